"""Decisions on a terminal, and taking several of them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from kgc.cli.call import Call
from kgc.cli.screen import emit, note, out
from kgc.cli.visible import visible
from kgc.data import Decision
from kgc.errors import KgcError

if TYPE_CHECKING:
    from kgc.pipeline.workspace import Workspace


def judge(call: Call, ids: Sequence[str], decide: Callable[[Workspace, str], Decision]) -> int:
    """Decide on each id in turn and print the decisions; the first that cannot be decided on ends it.

    Its error tells which ids were decided on before it: that holds.
    """
    from kgc.pipeline.workspace import Workspace

    taken: list[Decision] = []
    with Workspace(call.workspace) as workspace:
        for id_ in ids:
            try:
                taken.append(decide(workspace, id_))
            except KgcError as error:
                if taken:
                    error.hint = f"{error.hint} Recorded before it: {', '.join(ids[: len(taken)])}.".strip()
                raise
        tell_later(call, workspace)
    if call.json:
        emit(taken)
    elif not call.quiet:
        for decision in taken:
            out(line(decision))
    return 0


def judged(call: Call, decide: Callable[[Workspace], Decision]) -> int:
    """Take one decision and print it."""
    return judge(call, ("",), lambda workspace, _: decide(workspace))


def tell_later(call: Call, workspace: Workspace) -> None:
    """That the graph is not yet what was decided, where another run is at work."""
    if workspace.stale() and not call.quiet:
        note("Recorded. Another run is at work in this workspace: the graph follows when it ends.")


def line(decision: Decision) -> str:
    """A decision in one line."""
    undone = "undone " if decision.undone else ""
    what = " | ".join(map(visible, decision.what))
    reason = f"  ({visible(decision.reason)})" if decision.reason else ""
    return f"{decision.id}  {undone}{decision.kind}  {what}{reason}  by {visible(decision.by)}"
