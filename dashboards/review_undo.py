"""What was decided in this session, and how it is taken back: one list for Review and Evidence, the last first."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import cast

import shared
import streamlit as st

from kgc.errors import KgcError
from kgc.pipeline.workspace import Workspace
from kgc.view import html

MEMORY = "kgc_decided"
KEPT = 500
"""Acts that can be taken back one after the other."""

Act = tuple[bool, tuple[str, ...]]
"""Decisions by their ids, and whether they were put in force (else: taken back)."""


@dataclass(slots=True)
class Memory:
    """What a session remembers of its decisions: those done, what is to be said of the last, where one is in a queue.

    Held by a callback from before it decides: where another key was pressed meanwhile, Streamlit ends a callback at its
    next touch of `st.session_state`, and what was decided would be known to the ledger but not to Undo.
    """

    done: list[Act] = field(default_factory=list)
    said: str = ""
    later: bool = False
    wrong: tuple[str, str] | None = None
    at: str = ""

    def remember(self, workspace: Workspace, ids: Sequence[str], words: str, *, in_force: bool = True) -> None:
        """Tell what was done, and keep it for Undo."""
        act = (in_force, tuple(ids))
        self.done = [*(a for a in self.done if a != act), act][-KEPT:]  # once, where a key was pressed twice
        self.tell(workspace, words)

    def tell(self, workspace: Workspace, words: str) -> None:
        self.said = words
        self.later = workspace.stale()


def memory() -> Memory:
    if MEMORY not in st.session_state:
        st.session_state[MEMORY] = Memory()
    return cast("Memory", st.session_state[MEMORY])


def undo() -> None:
    """Take back what was done last in this session; where that was itself a taking back, decide it again."""
    person = shared.person()
    with deciding() as (workspace, kept):
        if not kept.done:
            return
        in_force, ids = kept.done.pop()  # what cannot be taken back must not stand in the way of what can
        if in_force:
            count = workspace.undo_all(ids)
            words = f"Taken back: {html.counted(count, 'decision', 'decisions')}."
            kept.tell(workspace, words if count else "It was taken back already, by somebody else.")
        else:
            for id_ in ids:
                workspace.accept(id_, by=person)
            kept.tell(workspace, "It is in force again.")


def draw_undo() -> None:
    st.button("Undo", key="kgc_decided_undo", shortcut="U", on_click=undo, disabled=not memory().done)


def draw_said() -> None:
    """What was done last, or why it was not, once; and that the graph follows later, where a run is at work.

    It always has its place in the page: were it to come and go, what is open below would close.
    """
    kept = memory()
    said, later, error = kept.said, kept.later, kept.wrong
    kept.said, kept.later, kept.wrong = "", False, None
    with st.container(key="kgc_decided_box"):
        if error:
            st.html(html.notice(*error))
        elif said and later:
            st.html(html.notice(f"Recorded: {said}", "A run is at work. The graph follows when it ends."))
        elif said:
            st.html(f'<div class="kgc-place" role="status">{html.escaped(said)}</div>')


@contextmanager
def deciding() -> Iterator[tuple[Workspace, Memory]]:
    """The workspace to decide in, before the next run; what goes wrong is told by `draw_said`.

    Whatever else a callback needs of the session is read before the first decision.
    """
    kept = memory()
    try:
        with shared.opened() as workspace:
            yield workspace, kept
    except KgcError as error:
        kept.wrong = (error.message, error.hint)
    except sqlite3.Error as error:
        kept.wrong = (f"The decision could not be recorded ({error}).", "Try again in a moment.")
