"""`kgc undo`: take decisions back."""

from __future__ import annotations

import click

from kgc.cli.call import Call, Verb, example
from kgc.cli.judge import judge


@click.command(cls=Verb, epilog=example("kgc decisions list", "kgc undo 8e1f"))
@click.argument("decisions", nargs=-1, required=True, metavar="DECISION...")
def undo(call: Call, decisions: tuple[str, ...]) -> int:
    """Take DECISIONS back, people's or the resolver's merges, by their ids or how those begin.

    The graph is what it was without them. An undone merge of the resolver stays undone: the next ingest does not
    merge the two again. `kgc accept` takes a decision again that was undone.
    """
    return judge(call, decisions, lambda workspace, decision: workspace.undo(decision))
