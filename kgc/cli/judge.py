"""Decisions on a terminal, and taking several of them."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING

from kgc.cli.call import Call
from kgc.cli.screen import emit, out
from kgc.cli.visible import visible
from kgc.data import Decision

if TYPE_CHECKING:
    from kgc.pipeline.workspace import Workspace


def judge(call: Call, ids: Iterable[str], decide: Callable[[Workspace, str], Decision]) -> int:
    """Decide on each id in turn and print the decisions; the first that cannot be decided on ends it."""
    from kgc.pipeline.workspace import Workspace

    with Workspace(call.workspace) as workspace:
        taken = [decide(workspace, id_) for id_ in ids]
    if call.json:
        emit(taken)
    elif not call.quiet:
        for decision in taken:
            out(line(decision))
    return 0


def judged(call: Call, decide: Callable[[Workspace], Decision]) -> int:
    """Take one decision and print it."""
    return judge(call, ("",), lambda workspace, _: decide(workspace))


def line(decision: Decision) -> str:
    """A decision in one line."""
    undone = "undone " if decision.undone else ""
    what = " | ".join(map(visible, decision.what))
    reason = f"  ({visible(decision.reason)})" if decision.reason else ""
    return f"{decision.id}  {undone}{decision.kind}  {what}{reason}  by {visible(decision.by)}"
