"""Runs: what is under way, what it costs, what failed and why, what was done before."""

from __future__ import annotations

from threading import Thread

import shared
import streamlit as st

from kgc.errors import KgcError
from kgc.llm.price import price_table
from kgc.ontology.agents.hold import recorded
from kgc.ontology.agents.transcript import transcript
from kgc.pipeline.workspace import Workspace
from kgc.view import html, runs

RETRY, TALK = "kgc_runs_retry", "kgc_runs_talk"
AGAIN = "What failed is asked again as new requests; what is pending the next ingest asks by itself."
SHOWN = 20


@shared.fragment(run_every=2.0)
def draw_live() -> None:
    """The run that is at work, looked at every two seconds; without one, how things stand."""
    with shared.opened() as workspace:
        going = workspace.live()
        report = workspace.status() if going is None else None
    if going is not None:
        bar = runs.bar(going.progress, going.budget, going.max_calls)
        st.html(f"<b>{html.escaped(going.kind)} {html.escaped(going.what)}</b> with {html.escaped(going.model)}")
        st.progress(bar.share if bar.share is not None else 0.0, text=bar.title)
        with st.container(horizontal=True):
            for label, value in bar.facts:
                st.metric(label, html.plain(value))
        return
    assert report is not None
    st.caption("Nothing is running.")
    with st.container(horizontal=True):
        for label, tally in (("Documents", report.documents), ("Passages", report.chunks)):
            st.metric(f"{label} done", f"{tally.done:,}")
            st.metric("failed", f"{tally.failed:,}")
            st.metric("pending", f"{tally.pending:,}")


def retry() -> None:
    """Try the failures again beside the page; the run tells how far it is like any other."""
    path = shared.path()

    def run() -> None:
        try:
            with Workspace(path) as workspace:
                workspace.retry()
        except KgcError as error:
            told[0] = error

    told: list[KgcError | None] = [None]
    st.session_state[RETRY] = told
    Thread(target=run, name="kgc retry", daemon=True).start()


def draw_failures(workspace: Workspace) -> None:
    groups = runs.failure_groups(workspace.status().failures)
    st.subheader("Failures")
    told = st.session_state.get(RETRY)
    if told and told[0] is not None:
        st.html(html.notice(told[0].message, told[0].hint))
    if not groups:
        st.caption("Nothing failed and nothing is open.")
        return
    st.button("Retry", on_click=retry, key="kgc_runs_retry_button", disabled=workspace.live() is not None,
              help=AGAIN)  # fmt: skip
    st.dataframe(
        [
            {
                "Reason": g.code, "What": html.plain(g.message), "What to do": html.plain(g.hint), "Count": g.count,
                "of these pending": g.pending, "For example": html.plain(", ".join(g.documents)),
            }
            for g in groups
        ],
        hide_index=True,
        alt="Failures by reason",
    )  # fmt: skip


def draw_history(workspace: Workspace) -> None:
    past = workspace.history(SHOWN)
    st.subheader("What was done")
    if not past:
        st.caption("No run has changed anything yet.")
        return
    st.caption(f"The last: {runs.changes(past[0])}.")
    st.dataframe(runs.history(past), hide_index=True, alt="Runs, the newest first")


def draw_spending(workspace: Workspace) -> None:
    rows = runs.spending(workspace.spent(), price_table())
    st.subheader("What it took, by strategy and model")
    if rows:
        st.dataframe(rows, hide_index=True, alt="Tokens and money")
    else:
        st.caption("No model was paid: the built-in one reads for nothing.")


def draw_talks(workspace: Workspace) -> None:
    talks = workspace.talks()
    if not talks:
        return
    st.subheader("Talks about the schema")
    names = {f"{t.at[:16].replace('T', ' ')} · {t.team} · {html.plain(t.goal)[:80] or 'no goal'}": t.id for t in talks}
    chosen = st.selectbox("Talk", list(names), key=TALK)
    if chosen:
        _, talk = recorded(workspace.path, names[chosen])
        for said in transcript(talk, None):
            with st.expander(f"{said.n}. {html.plain(said.title)}: {html.plain(said.read)}"):
                st.html(f'<div class="kgc-text" dir="auto">{html.escaped(said.text)}</div>')
                for problem in said.problems:
                    st.html(f'<div class="kgc-place">{html.escaped(problem)}</div>')


draw_live()
with shared.opened() as opened:
    draw_failures(opened)
    draw_history(opened)
    draw_spending(opened)
    draw_talks(opened)
