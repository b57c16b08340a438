"""`kgc accept`: say that facts are true."""

from __future__ import annotations

import click

from kgc.cli.call import Call, Verb, example
from kgc.cli.judge import judge


@click.command(cls=Verb, epilog=example("kgc accept 5d1c0e77a1b2c3d4"))
@click.argument("facts", nargs=-1, required=True, metavar="FACT...")
@click.option("--by", default="person", show_default=True, help="Who says so.")
def accept(call: Call, facts: tuple[str, ...], by: str) -> int:
    """Say that FACTS, by their ids, are true. `kgc show` prints the ids; the decision outlives every run."""
    return judge(call, facts, lambda workspace, fact: workspace.accept(fact, by))
