"""Runs: what is under way, what it costs, what failed and why, what was done before."""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass
from pathlib import Path
from threading import Thread

import shared
import streamlit as st

from kgc.errors import KgcError
from kgc.llm.price import price_table
from kgc.ontology.agents.hold import recorded
from kgc.ontology.agents.transcript import transcript
from kgc.pipeline.workspace import Workspace
from kgc.view import html, runs

RETRY, TALK, GOING = "kgc_runs_retry", "kgc_runs_talk", "kgc_runs_going"
AGAIN = "What failed is asked again as new requests; what is pending the next ingest asks by itself."
SHOWN = 20


@dataclass
class Trial:
    """A retry that this page began: what came of it is told where it went wrong."""

    workspace: Path
    error: KgcError | None = None

    def begin(self) -> Trial:
        """Try beside the page; the run tells how far it is like any other."""
        self.thread = Thread(target=self.run, name="kgc retry", daemon=True)
        self.thread.start()
        return self

    def run(self) -> None:
        try:
            with Workspace(self.workspace) as workspace:
                workspace.retry()
        except KgcError as error:
            self.error = error
        except sqlite3.Error as error:
            self.error = KgcError(f"The ledger could not be written ({error}).", "Try again.")

    @property
    def goes_on(self) -> bool:
        return self.thread.is_alive()


@shared.fragment(run_every=2.0)
def draw_live() -> None:
    """The run that is at work, looked at every two seconds; without one, how things stand."""
    with shared.opened() as workspace:
        going = workspace.live()
        report = workspace.status() if going is None else None
    trial = st.session_state.get(RETRY)
    busy = going is not None or (trial is not None and trial.goes_on)
    if st.session_state.get(GOING, busy) != busy:  # one began or ended: the rest of the page is of yesterday
        st.session_state[GOING] = busy
        st.rerun(scope="app")
    st.session_state[GOING] = busy
    if going is not None:
        bar = runs.bar(going.progress, going.budget, going.max_calls)
        st.html(f"<b>{html.escaped(going.kind)} {html.escaped(going.what)}</b> with {html.escaped(going.model)}")
        st.progress(bar.share if bar.share is not None else 0.0, text=bar.title)
        with st.container(horizontal=True):
            for label, value in bar.facts:
                st.metric(label, html.plain(value))
    elif report is not None:
        st.html(f'<div class="kgc-place">{"A run begins." if busy else "Nothing is running."}</div>')
        st.dataframe(runs.standing(report), hide_index=True, alt="How far it is", width="content")


def retry() -> None:
    st.session_state[RETRY] = Trial(shared.path()).begin()


def title(words: str) -> None:
    st.html(f'<h3 class="kgc-name"><b>{html.escaped(words)}</b></h3>')


def draw_failures(workspace: Workspace) -> None:
    groups = runs.failure_groups(workspace.status().failures)
    title("Failures")
    trial: Trial | None = st.session_state.get(RETRY)
    if trial is not None and trial.error is not None:
        st.html(html.notice(trial.error.message, trial.error.hint))
    if not groups:
        st.html('<div class="kgc-place">Nothing failed and nothing is open.</div>')
        return
    busy = workspace.live() is not None or (trial is not None and trial.goes_on)
    st.button("Retry", on_click=retry, key="kgc_runs_retry_button", disabled=busy, help=AGAIN)
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
    title("What was done")
    if not past:
        st.html('<div class="kgc-place">No run has changed anything yet.</div>')
        return
    st.html(f'<div class="kgc-place">The last: {html.escaped(runs.changes(past[0]))}.</div>')
    st.dataframe(runs.history(past), hide_index=True, alt="Runs, the newest first")


def draw_spending(workspace: Workspace) -> None:
    rows = runs.spending(workspace.spent(), price_table())
    title("What it took, by strategy and model")
    if rows:
        st.dataframe(rows, hide_index=True, alt="Tokens and money")
    else:
        st.html('<div class="kgc-place">No model was paid: the built-in one reads for nothing.</div>')


def draw_talks(workspace: Workspace) -> None:
    talks = workspace.talks()
    if not talks:
        return
    title("Talks about the schema")
    names = {f"{t.at[:16].replace('T', ' ')} · {t.team} · {html.plain(t.goal)[:80] or 'no goal'}": t.id for t in talks}
    chosen = st.selectbox("Talk", list(names), key=TALK)
    if chosen:
        _, talk = recorded(workspace.path, names[chosen])
        for said in transcript(talk, None):
            with st.expander(html.label(f"{said.n}. {said.title}: {said.read}")):
                st.html(f'<div class="kgc-text" dir="auto">{html.escaped(said.text)}</div>')
                for problem in said.problems:
                    st.html(f'<div class="kgc-place">{html.escaped(problem)}</div>')


draw_live()
with shared.opened() as opened:
    draw_failures(opened)
    draw_history(opened)
    draw_spending(opened)
    draw_talks(opened)
