"""Home: what this graph is, how it stands, what to do next."""

from __future__ import annotations

import shared
import streamlit as st

from kgc.ledger.usage import Usage
from kgc.pipeline.report import Report
from kgc.pipeline.workspace import Workspace
from kgc.view import home, html

TOP = 12
CSS = """<style>
.kgc-steps { display: grid; grid-template-columns: repeat(auto-fit, minmax(15rem, 1fr)); gap: .6rem; }
.kgc-command { font-family: monospace; user-select: all; }
</style>"""


@st.cache_data(show_spinner=False, max_entries=4)
def usage_of(path: str, generation: str) -> Usage:  # noqa: ARG001  # the graph's number makes it be counted anew
    with Workspace(path) as workspace:
        return workspace.usage()


def draw_steps(steps: tuple[home.Step, ...]) -> None:
    columns = st.columns(min(3, len(steps)), gap="small")
    for n, step in enumerate(steps[:6]):
        with columns[n % len(columns)], st.container(border=True):
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
    st.caption(home.health(report))


def draw_shares(workspace: Workspace) -> None:
    usage = usage_of(str(shared.path()), workspace.graph().fingerprint)
    left, middle, right = st.columns([1, 1, 1.3], gap="medium")
    with left:
        st.html("<b>Classes</b>")
        rows = home.shares((u.name, u.entities) for u in usage.classes)
        st.dataframe([{"Class": html.plain(n), "Entities": c} for n, c in rows], hide_index=True, alt="Classes")
    with middle:
        st.html("<b>Relations</b>")
        rows = home.shares((u.name, u.facts) for u in usage.relations)
        st.dataframe([{"Relation": html.plain(n), "Facts": c} for n, c in rows], hide_index=True, alt="Relations")
    with right:
        st.html("<b>In most facts</b>")
        draw_top(workspace)


def draw_top(workspace: Workspace) -> None:
    walk = workspace.neighbourhood()
    places = walk.places(walk.prominent(TOP))
    with st.container(horizontal=True, gap="small"):
        for place in places:
            st.button(f"{html.plain(place.name)[:40]} · {html.plain(place.type)}", key=f"kgc_home_top_{place.id}",
                      on_click=shared.go, args=("explore", {"entity": place.id}))  # fmt: skip


def draw() -> None:
    with shared.opened() as workspace:
        report = workspace.status()
        running = workspace.live() is not None
        pending, _ = workspace.merge_counts()
        empty = not report.documents.done and not report.facts
        if empty:
            st.html(
                html.notice("This workspace is empty.", "Read a folder into it, and this page tells what it holds.")
            )
        else:
            draw_counts(report)
        draw_steps(home.next_steps(report, proposals=pending, running=running))
        if not empty:
            draw_shares(workspace)


st.html(CSS)
draw()
