"""What was decided in this session, and how it is taken back: one list for Review and Evidence, the last first."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import contextmanager

import shared
import streamlit as st

from kgc.errors import KgcError
from kgc.pipeline.workspace import Workspace
from kgc.view import html

DONE, SAID, LATER, WRONG = "kgc_decided", "kgc_decided_said", "kgc_decided_later", "kgc_decided_wrong"
KEPT = 500
"""Acts that can be taken back one after the other."""

Act = tuple[bool, tuple[str, ...]]
"""Decisions by their ids, and whether they were put in force (else: taken back)."""


def acts() -> list[Act]:
    return list(st.session_state.get(DONE, []))


def remember(workspace: Workspace, ids: Sequence[str], words: str, *, in_force: bool = True) -> None:
    """Tell what was done, and keep it for Undo."""
    act = (in_force, tuple(ids))
    st.session_state[DONE] = [*(a for a in acts() if a != act), act][-KEPT:]  # once, where a key was pressed twice
    tell(workspace, words)


def tell(workspace: Workspace, words: str) -> None:
    st.session_state[SAID] = words
    st.session_state[LATER] = workspace.stale()


def undo() -> None:
    """Take back what was done last in this session; where that was itself a taking back, decide it again."""
    done = acts()
    if not done:
        return
    in_force, ids = done[-1]
    st.session_state[DONE] = done[:-1]  # what cannot be taken back must not stand in the way of what can
    with deciding() as workspace:
        if in_force:
            count = workspace.undo_all(ids)
            words = f"Taken back: {html.counted(count, 'decision', 'decisions')}."
            tell(workspace, words if count else "It was taken back already, by somebody else.")
        else:
            for id_ in ids:
                workspace.accept(id_, by=shared.person())
            tell(workspace, "It is in force again.")


def draw_undo() -> None:
    st.button("Undo", key="kgc_decided_undo", shortcut="U", on_click=undo, disabled=not acts())


def draw_said() -> None:
    """What was done last, or why it was not, once; and that the graph follows later, where a run is at work.

    It always has its place in the page: were it to come and go, what is open below would close.
    """
    said, later = st.session_state.pop(SAID, ""), st.session_state.pop(LATER, False)
    error = st.session_state.pop(WRONG, None)
    with st.container(key="kgc_decided_box"):
        if error:
            st.html(html.notice(*error))
        elif said and later:
            st.html(html.notice(f"Recorded: {said}", "A run is at work. The graph follows when it ends."))
        elif said:
            st.html(f'<div class="kgc-place" role="status">{html.escaped(said)}</div>')


@contextmanager
def deciding() -> Iterator[Workspace]:
    """The workspace to decide in, before the next run; what goes wrong is told by `draw_said`."""
    try:
        with shared.opened() as workspace:
            yield workspace
    except KgcError as error:
        st.session_state[WRONG] = (error.message, error.hint)
    except sqlite3.Error as error:
        st.session_state[WRONG] = (f"The decision could not be recorded ({error}).", "Try again in a moment.")
