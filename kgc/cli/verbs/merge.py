"""`kgc merge`: say that two entities are one."""

from __future__ import annotations

import click

from kgc.cli.call import Call, Verb, example
from kgc.cli.judge import judged


@click.command(
    cls=Verb, epilog=example('kgc merge "IBM" "International Business Machines"', "kgc merge 3f2a9c0d 81be44a0")
)
@click.argument("one")
@click.argument("other")
@click.option("--by", default="person", show_default=True, help="Who says so.")
def merge(call: Call, one: str, other: str, by: str) -> int:
    """Say that ONE and OTHER, by their names or ids, are one entity, with all the names that each has.

    The decision outlives every run; `kgc undo` takes it back. What contradicts an earlier decision is refused.
    """
    return judged(call, lambda workspace: workspace.merge(one, other, by))
