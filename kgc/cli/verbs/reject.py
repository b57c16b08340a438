"""`kgc reject`: say that facts are wrong, that pairs are two things."""

from __future__ import annotations

import click

from kgc.cli.call import Call, Verb, example
from kgc.cli.judge import judge


@click.command(cls=Verb, epilog=example("kgc reject 5d1c0e77a1b2c3d4 --by ada"))
@click.argument("ids", nargs=-1, required=True, metavar="ID...")
@click.option("--by", default="person", show_default=True, help="Who says so.")
def reject(call: Call, ids: tuple[str, ...], by: str) -> int:
    """Say no to what has these ids: facts are wrong and leave the graph (`kgc show`), pairs are two entities
    (`kgc merges --pending`), a decision is taken back. It holds after the next ingest too."""
    return judge(call, ids, lambda workspace, id_: workspace.reject(id_, by))
