"""`kgc merges`: which names were merged, which are asked about."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from kgc.cli.call import Call, Verb, example

if TYPE_CHECKING:
    from kgc.pipeline.proposed import Which
    from kgc.pipeline.workspace import Workspace


@click.command(cls=Verb, epilog=example("kgc merges --pending", "kgc merges --low", "kgc merges --conflicts"))
@click.option(
    "--pending",
    "which",
    flag_value="pending",
    default=True,
    help="Pairs that the resolver is not sure of, the surest first (the default).",
)
@click.option("--done", "which", flag_value="done", help="Merges in force, by rule and by people.")
@click.option("--low", "which", flag_value="low", help="Merges in force with the lowest scores, the lowest first.")
@click.option("--conflicts", "which", flag_value="conflicts", help="Values of one entity that exclude each other.")
@click.option("--limit", type=click.IntRange(min=1), default=50, show_default=True, help="Rows at most.")
def merges(call: Call, which: str, limit: int) -> int:
    """List pairs of names with score, reason and id: `kgc accept ID` merges a pending pair, `kgc reject ID` keeps it
    apart, `kgc undo ID` takes a merge back."""
    from kgc.pipeline.workspace import Workspace

    with Workspace(call.workspace) as workspace:
        if which == "conflicts":
            return _conflicts(call, workspace, limit)
        wanted: Which = "done" if which == "done" else "low" if which == "low" else "pending"
        return _pairs(call, workspace, wanted, limit)


def _pairs(call: Call, workspace: Workspace, which: Which, limit: int) -> int:
    from kgc.cli.screen import console, emit, note
    from kgc.cli.words import count

    found = workspace.proposals(which, limit)
    if call.json:
        emit(found)
        return 0
    from kgc.cli.pairs import merges as print_merges

    print_merges(console(), found)
    if not call.quiet:
        pending, done = workspace.merge_counts()
        shown = f"{count(len(found), 'pair')} shown. " if found else ""
        note(f"{shown}{pending:,} to ask, {count(done, 'merge')} in force.")
    return 0


def _conflicts(call: Call, workspace: Workspace, limit: int) -> int:
    from itertools import islice

    from kgc.cli.screen import console, emit, note
    from kgc.cli.words import count

    found = tuple(islice(workspace.conflicts(), limit))
    if call.json:
        from kgc.store.shapes import fact_shape

        emit([fact_shape(fact) for fact in found])
        return 0
    from kgc.cli.pairs import conflicts as print_conflicts

    print_conflicts(console(), found)
    if not call.quiet:
        note(f"{count(len(found), 'value')} shown that exclude others.")
    return 0
