"""`kgc reverse`: turn facts round."""

from __future__ import annotations

import click

from kgc.cli.call import Call, Verb, example
from kgc.cli.judge import judge


@click.command(cls=Verb, epilog=example("kgc reverse 5d1c0e77a1b2c3d4"))
@click.argument("facts", nargs=-1, required=True, metavar="FACT...")
@click.option("--by", default="person", show_default=True, help="Who says so.")
def reverse(call: Call, facts: tuple[str, ...], by: str) -> int:
    """Turn FACTS round, by their ids: what was the head is the tail ("Acme owns Bolt" is "Bolt owns Acme")."""
    return judge(call, facts, lambda workspace, fact: workspace.reverse(fact, by))
