"""`kgc accept`: say that facts are true, that pairs are one thing."""

from __future__ import annotations

import click

from kgc.cli.call import Call, Verb, example
from kgc.cli.judge import judge


@click.command(cls=Verb, epilog=example("kgc accept 5d1c0e77a1b2c3d4", "kgc merges --pending"))
@click.argument("ids", nargs=-1, required=True, metavar="ID...")
@click.option("--by", default="person", show_default=True, help="Who says so.")
def accept(call: Call, ids: tuple[str, ...], by: str) -> int:
    """Say yes to what has these ids: facts are true (`kgc show`), pairs are one entity (`kgc merges --pending`), a
    merge by rule holds for good, an undone decision is in force again. It outlives every run."""
    return judge(call, ids, lambda workspace, id_: workspace.accept(id_, by))
