"""`kgc reject`: say that facts are wrong."""

from __future__ import annotations

import click

from kgc.cli.call import Call, Verb, example
from kgc.cli.judge import judge


@click.command(cls=Verb, epilog=example("kgc reject 5d1c0e77a1b2c3d4 --by ada"))
@click.argument("facts", nargs=-1, required=True, metavar="FACT...")
@click.option("--by", default="person", show_default=True, help="Who says so.")
def reject(call: Call, facts: tuple[str, ...], by: str) -> int:
    """Say that FACTS, by their ids, are wrong: they leave the graph and stay out of it, also after the next ingest."""
    return judge(call, facts, lambda workspace, fact: workspace.reject(fact, by))
