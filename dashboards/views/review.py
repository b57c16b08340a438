"""Review: what to decide next, one thing after another, with keys; everything can be taken back.

`?queue=` names the queue: low, conflict, unaligned, sample, merges, done, answers.
"""

from __future__ import annotations

import review_facts
import review_merges
import review_undo
import shared
import streamlit as st

from kgc.view import html

QUEUE = "kgc_review_queue"
QUEUES = {
    "low": "Least sure", "conflict": "Conflicts", "unaligned": "Loosely quoted", "sample": "Sample", "merges": "Merges",
    "done": "Merged", "answers": "Left out", "rejected": "Rejected",
}  # fmt: skip
CSS = """<style>
.kgc-bars { margin: .3em 0; max-width: 60em; }
.kgc-bar { display: grid; grid-template-columns: minmax(8rem, 16rem) 1fr; gap: .8em; align-items: center; }
.kgc-bar-box { position: relative; height: .9em;
  background: linear-gradient(#8886, #8886) center / 1px 100% no-repeat; }
.kgc-bar-box span { position: absolute; top: .1em; bottom: .1em; border-radius: 2px; }
.kgc-bar-for { background: #2e7d32; }
.kgc-bar-against { background: #b3261e; }
.kgc-bar-words { overflow-wrap: anywhere; font-size: .9em; }
.kgc-veto { border-left: 4px solid #b3261e; padding-left: .6em; }
.kgc-side { overflow-wrap: anywhere; margin: .15em 0; }
.st-key-kgc_review_passages { max-height: calc(100vh - 345px); overflow: auto; }
.st-key-kgc_review_sides { max-height: calc(100vh - 400px); overflow: auto; }
@media (max-width: 800px) { .st-key-kgc_review_passages, .st-key-kgc_review_sides { max-height: none; } }
</style>"""


def choose_queue() -> None:
    st.query_params.from_dict({"queue": st.session_state.get(QUEUE) or "low"})


def draw_bar(queue: str) -> None:
    with st.container(horizontal=True, vertical_alignment="bottom"):
        st.segmented_control("Queue", list(QUEUES), format_func=QUEUES.__getitem__, key=QUEUE, on_change=choose_queue,
                             label_visibility="collapsed")  # fmt: skip
        review_undo.draw_undo()
        with st.container(width=180):
            shared.person_field()
    review_undo.draw_said()
    if queue not in QUEUES:
        st.html(html.notice(f"There is no queue {queue!r}.", f"Queues: {', '.join(QUEUES)}."))


st.html(CSS)
queue = st.query_params.get("queue", "low")
if queue in QUEUES:
    st.session_state[QUEUE] = queue
draw_bar(queue)
with shared.opened() as workspace:
    if queue == "answers":
        review_facts.draw_answers(workspace)
    elif queue in ("merges", "done"):
        review_merges.draw(workspace, queue)
    elif queue in QUEUES:
        review_facts.draw(workspace, queue)
