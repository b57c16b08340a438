"""Home: what this graph is, how it stands, what to do next."""

from __future__ import annotations

from collections.abc import Sequence

import shared
import streamlit as st

from kgc.errors import LedgerError
from kgc.pipeline.report import Report
from kgc.pipeline.workspace import Workspace
from kgc.view import home, html

TOP, ROWS = 8, 9
TABLE = "kgc_home_documents"
EMPTY = (
    "A workspace is a graph with all that it was read from. Read a folder of documents into it, and this page tells"
    " what it holds; the built-in model reads English and Chinese, without a key and without a network."
)
CSS = """<style>
.kgc-command { font-family: monospace; user-select: all; overflow-wrap: anywhere; }
.st-key-kgc_home_steps [data-testid="stColumn"] > div, .st-key-kgc_home_steps [data-testid="stColumn"] > div > div {
  height: 100%; }
</style>"""


@st.cache_data(show_spinner=False, max_entries=4)
def documents_of(path: str, generation: str) -> list[tuple[str, int]]:  # noqa: ARG001  # as above
    """The documents that say most, and how many facts they say."""
    with Workspace(path) as workspace:
        return home.richest(workspace.documents(), ROWS)


def draw_steps(steps: tuple[home.Step, ...]) -> None:
    with st.container(key="kgc_home_steps"):
        columns = st.columns(min(4, len(steps)), gap="small")
        for n, step in enumerate(steps[:4]):
            with columns[n], st.container(border=True):
                st.html(f"<b>{html.escaped(step.title)}</b><br>{html.escaped(step.why)}")
                if step.page and shared.has(step.page):
                    st.button("Go", key=f"kgc_home_step_{n}", on_click=shared.go, args=(step.page, {}))
                elif step.command:
                    st.html(f'<code class="kgc-command">{html.escaped(step.command)}</code>')


def draw_counts(report: Report) -> None:
    with st.container(horizontal=True):
        st.metric("Entities", f"{report.entities:,}")
        st.metric("Facts", f"{report.facts:,}")
        st.metric("Documents read", f"{report.documents.done:,}")
        st.metric("Passages read", f"{report.chunks.done:,}")
    st.html(f'<div class="kgc-place">{html.escaped(home.health(report))}</div>')


def draw_shares(workspace: Workspace) -> None:
    generation = workspace.graph().fingerprint
    usage = shared.usage(workspace)
    classes, relations, documents, top = st.columns([1, 1, 1.3, 1.4], gap="small")
    with classes:
        draw_table("Class", "Entities", "Classes", home.shares((u.name, u.entities) for u in usage.classes))
    with relations:
        draw_table("Relation", "Facts", "Relations", home.shares((u.name, u.facts) for u in usage.relations))
    with documents:
        draw_documents(documents_of(str(shared.path()), generation))
    with top:
        st.html("<b>In most facts</b>")
        draw_top(workspace)


def draw_table(name: str, number: str, title: str, rows: Sequence[tuple[str, int]]) -> None:
    st.html(f"<b>{title}</b>")
    st.dataframe([{name: html.plain(n), number: count} for n, count in rows], hide_index=True, alt=title,
                 column_config={number: st.column_config.Column(width=70)}, height="content")  # fmt: skip


def draw_documents(rows: Sequence[tuple[str, int]]) -> None:
    """Documents with most facts; a click opens one beside its facts."""

    def chosen() -> None:
        cells = st.session_state[TABLE]["selection"]["cells"]
        if cells and cells[0][0] < len(rows):
            shared.go("evidence", {"document": rows[cells[0][0]][0]})

    st.html("<b>Documents that say most</b>")
    st.dataframe([{"Facts": count, "Document": html.plain(n)} for n, count in rows], hide_index=True, key=TABLE,
                 selection_mode="single-cell", on_select=chosen, alt="Documents that say most", height="content",
                 column_config={"Facts": st.column_config.Column(width=55)})  # fmt: skip


def draw_top(workspace: Workspace) -> None:
    walk = workspace.neighbourhood()
    places = walk.places(walk.prominent(TOP))
    with st.container(horizontal=True, gap="xsmall"):
        for place in places:
            st.button(html.label(f"{place.name[:40]} · {place.type}"), key=f"kgc_home_top_{place.id}",
                      on_click=shared.go, args=("explore", {"entity": place.id}))  # fmt: skip


def draw() -> None:
    with shared.opened() as workspace:
        try:
            report = workspace.status()
        except LedgerError as error:
            st.html(html.notice(error.message, error.hint))
            return
        running = workspace.live() is not None
        pending, _ = workspace.merge_counts()
        empty = not report.documents.done and not report.facts
        if empty:
            st.html(html.notice("This workspace is empty.", EMPTY))
        else:
            draw_counts(report)
        draw_steps(home.next_steps(report, proposals=pending, running=running))
        if not empty:
            draw_shares(workspace)


st.html(CSS)
draw()
