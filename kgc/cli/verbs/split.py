"""`kgc split`: take names out of an entity."""

from __future__ import annotations

import click

from kgc.cli.call import Call, Verb, example
from kgc.cli.judge import judged


@click.command(cls=Verb, epilog=example('kgc split "Acme Corp." "Acme Ltd"', 'kgc split "Acme Corp."'))
@click.argument("entity")
@click.argument("names", nargs=-1)
@click.option(
    "--in", "document", default="", metavar="DOCUMENT", help="Take back what a name stands for in this document alone."
)
@click.option("--by", default="person", show_default=True, help="Who says so.")
def split(call: Call, entity: str, names: tuple[str, ...], document: str, by: str) -> int:
    """Take NAMES out of ENTITY: they are something else. Without names, each of its names is something of its own.

    The decision outlives every run; `kgc undo` takes it back.
    """
    return judged(call, lambda workspace: workspace.split(entity, names, by, document))
