"""`kgc undo`: take decisions back."""

from __future__ import annotations

import click

from kgc.cli.call import Call, Verb, example
from kgc.cli.judge import judge


@click.command(
    cls=Verb, epilog=example("kgc decisions list", "kgc undo 8e1f", "kgc undo --by rule:judge:openai:gpt-5-mini")
)
@click.argument("decisions", nargs=-1, metavar="[DECISION...]")
@click.option("--by", default="", metavar="WHO", help="Take back all that WHO decided (or whose name begins so).")
@click.option("--kind", default="", metavar="KIND", help="With --by: of this kind alone (merge, split, accept …).")
def undo(call: Call, decisions: tuple[str, ...], by: str, kind: str) -> int:
    """Take DECISIONS back, people's or the resolver's merges, by their ids or how those begin.

    The graph is what it was without them. An undone merge of the resolver stays undone: the next ingest does not
    merge the two again. `kgc accept` takes a decision again that was undone.
    """
    from kgc.errors import KgcError

    if by and decisions:
        raise click.UsageError("DECISIONS and --by exclude each other.")
    if kind and not by:
        raise click.UsageError("--kind goes with --by: of all that WHO decided, this kind alone.")
    if by:
        return undo_by(call, by, kind)
    if not decisions:
        raise KgcError("Nothing is named that could be taken back.", "kgc undo DECISION, or kgc undo --by WHO")
    return judge(call, decisions, lambda workspace, decision: workspace.undo(decision))


def undo_by(call: Call, by: str, kind: str) -> int:
    """Take back all decisions of one author at once, but for merges that people confirmed; derive once."""
    from kgc.cli.judge import tell_later
    from kgc.cli.screen import emit, note
    from kgc.cli.visible import visible
    from kgc.cli.words import count
    from kgc.errors import UnknownName
    from kgc.pipeline.workspace import Workspace

    with Workspace(call.workspace) as workspace:
        every = [d for d in workspace.decisions() if not d.undone and (not kind or d.kind == kind)]
        found = [d.id for d in every if d.by == by or d.by.startswith(f"{by}:")]
        if not found:
            known = sorted({d.by for d in every})
            raise UnknownName("author of decisions in force", by, known, f"There are: {', '.join(known) or 'none'}.")
        done = workspace.undo_all(found)
        undone = {d.id for d in workspace.decisions() if d.undone}
        left = [id_ for id_ in found if id_ not in undone]
        tell_later(call, workspace)
    if call.json:
        emit({"undone": done, "decisions": [id_ for id_ in found if id_ in undone], "left": left})
    elif not call.quiet:
        note(f"{count(done, 'decision')} by {visible(by)} taken back.")
        if left:
            note(f"Left, because people merged these names as well (`kgc undo ID` tells more): {', '.join(left)}")
    return 0
