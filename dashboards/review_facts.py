"""The queues of facts on the Review page: one fact with its evidence, verdicts by key, corrections, many at once."""

from __future__ import annotations

from collections.abc import Sequence
from typing import cast

import shared
import streamlit as st
from review_undo import deciding, memory

from kgc.data import Fact, Node
from kgc.errors import KgcError
from kgc.ledger.queues import Narrow, QueueName
from kgc.pipeline.workspace import Workspace
from kgc.view import html, review
from kgc.view.evidence import said, why
from kgc.view.passage import evidence

SEED = "kgc_review_seed"
SHOWN, SAMPLE, LISTED = 60, 50, 12
ELSE = "Choose another queue."
EMPTY = {
    "low": "Every fact was decided on.",
    "conflict": "No two facts say different things where only one can be.",
    "unaligned": "Every quote stands in its document as it is.",
    "rejected": "Nothing was rejected.",
}
"""What an empty queue means."""


def judge(kind: str, id_: str, following: str) -> None:
    person = shared.person()
    with deciding() as (workspace, kept):
        act = workspace.accept if kind == "accept" else workspace.reject
        kept.remember(workspace, [act(id_, by=person).id], f"{kind.capitalize()}ed.")
        kept.at = following


def judge_many(kind: str, ids: tuple[str, ...]) -> None:
    person = shared.person()
    with deciding() as (workspace, kept):
        done = workspace.judge_all(ids, "accept" if kind == "accept" else "reject", by=person)
        kept.remember(workspace, [d.id for d in done], f"{html.counted(len(done), 'fact', 'facts')} {kind}ed.")


def turn_round(id_: str) -> None:
    person = shared.person()
    with deciding() as (workspace, kept):
        kept.remember(workspace, [workspace.reverse(id_, by=person).id], "Turned round.")


def retype(entity: str, key: str) -> None:
    chosen, person = st.session_state.get(key), shared.person()
    if chosen:
        with deciding() as (workspace, kept):
            decision = workspace.retype(entity, str(chosen), by=person)
            kept.remember(workspace, [decision.id], f"It is a {chosen} now.")


def rename(entity: str, key: str) -> None:
    name, person = str(st.session_state.get(key, "")).strip(), shared.person()
    if name:
        with deciding() as (workspace, kept):
            kept.remember(workspace, [workspace.rename(entity, name, by=person).id], "It has another name now.")


def go(id_: str) -> None:
    memory().at = id_


def place(ids: Sequence[str], by: int = 0) -> str:
    """Where one is in a queue now, or a step from there."""
    kept = memory()
    kept.at = review.moved(ids, kept.at, by)
    return kept.at


def draw_steps(ids: Sequence[str], now: str) -> None:
    """Back and on; from where one is when the key is read, so that a press while the page is drawn counts as well."""
    for word, key, shortcut, by, end in (("Previous", "up", "K", -1, ids[0]), ("Next", "down", "J", 1, ids[-1])):
        st.button(word, key=f"kgc_review_{key}", shortcut=shortcut, on_click=place, args=(ids, by), disabled=now == end)


def narrow(workspace: Workspace) -> Narrow:
    """What the filter says."""
    schema = workspace.schema()
    relations = [
        "",
        *(r.name for r in schema.relations),
        *dict.fromkeys(a.name for e in schema.entities for a in e.attributes),
    ]
    with st.expander("Filter, and decide on all at once"):
        with st.container(horizontal=True):
            relation = st.selectbox("Relation", relations, key="kgc_review_relation", format_func=lambda r: r or "any")
            type_ = st.selectbox("Class", ["", *(e.name for e in schema.entities)], key="kgc_review_type",
                                 format_func=lambda t: t or "any")  # fmt: skip
            document = st.text_input("Document begins with", key="kgc_review_document", max_chars=500)
            least, most = st.slider("Confidence", 0.0, 1.0, (0.0, 1.0), 0.05, key="kgc_review_confidence")
        return Narrow(relation, type_, document, least, most)


def draw(workspace: Workspace, queue: str) -> None:
    name = cast("QueueName", queue)
    found = narrow(workspace)
    limit = SAMPLE if name == "sample" else SHOWN
    facts = workspace.queue(name, found, limit, str(st.session_state.get(SEED, "")))
    if not facts:
        told = "Choose another queue, or widen the filter." if found != Narrow() else EMPTY.get(queue, ELSE)
        st.html(html.notice("There is nothing in this queue.", told))
        return
    if name == "sample":
        draw_precision(facts)
    else:
        draw_size(workspace, name, found, facts)
    ids = [f.id for f in facts]
    now = place(ids)
    fact = next(f for f in facts if f.id == now)
    done = {f.id for f in facts if f.status in ("accepted", "rejected")} if name == "sample" else set()
    left, right = st.columns([1, 2], gap="medium")
    with right:
        draw_fact(workspace, fact, ids, review.after(ids, fact.id, done))
    with left:
        rows = [(review.sign(f.status, f.id == now), said(f).label, f.confidence) for f in facts]
        draw_list("kgc_review_list", ids, now, rows, "Conf.")


def draw_precision(facts: Sequence[Fact]) -> None:
    """A random sample, and what its verdicts say of the graph; the same letters give the same sample."""
    with st.container(horizontal=True, vertical_alignment="center"):
        st.html(f"<b>{html.escaped(review.precision(facts).words)}</b>")
        st.text_input("Another sample", key=SEED, placeholder="another sample: 0-9a-f", max_chars=16, width=220,
                      label_visibility="collapsed")  # fmt: skip


def draw_size(workspace: Workspace, name: QueueName, found: Narrow, facts: Sequence[Fact]) -> None:
    total = workspace.queue_size(name, found)
    shown = f"; the first {len(facts)} are listed" if total > len(facts) else ""
    st.html(f'<div class="kgc-place">{html.counted(total, "fact", "facts")}{shown}.</div>')
    if found == Narrow():
        return
    with st.container(horizontal=True):
        for kind, word in (("accept", "Accept"), ("reject", "Reject")):
            ids = tuple(f.id for f in facts if f.status != f"{kind}ed")
            words = html.counted(len(ids), "fact", "facts")
            st.button(f"{word} these {words}", key=f"kgc_review_all_{kind}", on_click=judge_many, args=(kind, ids),
                      disabled=not ids)  # fmt: skip


def draw_list(key: str, ids: Sequence[str], now: str, rows: Sequence[tuple[str, str, float]], number: str) -> None:
    """The part of the queue in which `now` is, a line each: sign, words, a number. A click on a line goes there."""
    start, end = review.leaf(ids, now, LISTED)

    def chosen() -> None:
        cells = st.session_state[key]["selection"]["cells"]
        if cells and start + cells[0][0] < len(ids):
            go(ids[start + cells[0][0]])

    st.dataframe(
        [{"": sign, number: value, "What": html.plain(words)} for sign, words, value in rows[start:end]],
        hide_index=True, key=key, selection_mode="single-cell", on_select=chosen, alt="The queue", height="content",
        column_config={"": st.column_config.Column(width=28), "What": st.column_config.Column(width=800),
                       number: st.column_config.NumberColumn(width=52, format="%.2f")},
    )  # fmt: skip
    if len(ids) > LISTED:
        st.html(f'<div class="kgc-place">{start + 1}–{end} of {len(ids)}</div>')


def draw_fact(workspace: Workspace, fact: Fact, ids: Sequence[str], following: str) -> None:
    st.html(html.statement(fact))
    with st.container(horizontal=True):
        st.button("Accept", key="kgc_review_accept", shortcut="A", type="primary", on_click=judge,
                  disabled=fact.status == "accepted", args=("accept", fact.id, following))  # fmt: skip
        st.button("Reject", key="kgc_review_reject", shortcut="X", on_click=judge,
                  disabled=fact.status == "rejected", args=("reject", fact.id, following))  # fmt: skip
        draw_steps(ids, fact.id)
        if shared.has("evidence"):
            st.button("In its document", key="kgc_review_evidence", on_click=shared.go,
                      args=("evidence", {"fact": fact.id}))  # fmt: skip
        draw_corrections(workspace, fact)
    with st.container(key="kgc_review_passages"):
        passages = evidence(workspace, fact, around=300, limit=4)
        for passage in passages:
            st.html(html.passage(passage))
        if not passages:
            st.html(f'<div class="kgc-place">{html.escaped(why(fact))}</div>')


def draw_corrections(workspace: Workspace, fact: Fact) -> None:
    """Put right what is nearly right: direction, class, name."""
    with st.popover("Correct …", key="kgc_review_correct"):
        if isinstance(fact.tail, Node):
            st.button("Turn it round", key="kgc_review_turn", on_click=turn_round, args=(fact.id,),
                      help="Head and tail change places.")  # fmt: skip
        names = [e.name for e in workspace.schema().entities]
        for word, end in (("head", fact.head), ("tail", fact.tail)):
            if isinstance(end, Node):
                key = f"kgc_review_type_{word}_{end.id}"
                st.selectbox(f"Class of {html.label(end.name[:60])}", names, key=key,
                             index=names.index(end.type) if end.type in names else None,
                             on_change=retype, args=(end.id, key))  # fmt: skip
                field = f"kgc_review_name_{word}_{end.id}"
                st.text_input("Name", end.name, key=field, on_change=rename, args=(end.id, field), max_chars=500)


def draw_answers(workspace: Workspace) -> None:
    """What answers said that became no fact: to be seen, and put right in the schema."""
    try:
        found = workspace.problems()
    except KgcError as error:
        st.html(html.notice(error.message, error.hint))
        return
    if not found:
        st.html(html.notice("Nothing was left out.", "Whatever answers said had a place in the schema."))
        return
    st.caption(
        "What answers said that could not become a fact. `kgc ontology refine` lets a team mend the schema by it."
    )
    st.dataframe(
        [{"Why": p.code, "What": html.plain(p.message), "Said": html.plain(p.raw), "Document": html.plain(p.document)}
         for p in found],
        hide_index=True, alt="What was left out of answers", height=560,
    )  # fmt: skip
