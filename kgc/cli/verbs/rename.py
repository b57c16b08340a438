"""`kgc rename`: say what an entity is called."""

from __future__ import annotations

import click

from kgc.cli.call import Call, Verb, example
from kgc.cli.judge import judged


@click.command(cls=Verb, epilog=example('kgc rename "ACME CORP" "Acme Corporation"'))
@click.argument("entity")
@click.argument("name")
@click.option("--by", default="person", show_default=True, help="Who says so.")
def rename(call: Call, entity: str, name: str, by: str) -> int:
    """Call ENTITY by NAME, be it one of its names or none. Its other names stay, and find it as before."""
    return judged(call, lambda workspace: workspace.rename(entity, name, by))
