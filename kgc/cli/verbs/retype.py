"""`kgc retype`: say of which class an entity is."""

from __future__ import annotations

import click

from kgc.cli.call import Call, Verb, example
from kgc.cli.judge import judged


@click.command(cls=Verb, epilog=example('kgc retype "Washington" Person'))
@click.argument("entity")
@click.argument("class_", metavar="CLASS")
@click.option("--by", default="person", show_default=True, help="Who says so.")
def retype(call: Call, entity: str, class_: str, by: str) -> int:
    """Say that ENTITY is of CLASS, one of the schema's. Facts that the class cannot have are hidden."""
    return judged(call, lambda workspace: workspace.retype(entity, class_, by))
