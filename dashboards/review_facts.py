"""The queues of facts on the Review page: one fact with its evidence, verdicts by key, corrections, many at once."""

from __future__ import annotations

from collections.abc import Sequence
from typing import cast

import shared
import streamlit as st

from kgc.data import Fact, Node
from kgc.errors import KgcError
from kgc.ledger.queues import Narrow, QueueName
from kgc.pipeline.workspace import Workspace
from kgc.view import html, review
from kgc.view.evidence import said, why
from kgc.view.passage import evidence

AT, SAID, UNDO, SEED = "kgc_review_at", "kgc_review_said", "kgc_review_undo", "kgc_review_seed"
SHOWN, SAMPLE = 60, 50
LIMITS = "sample"


def decided(ids: Sequence[str], words: str) -> None:
    """Remember what was decided, so that it can be taken back."""
    st.session_state[UNDO] = [*st.session_state.get(UNDO, []), list(ids)][-200:]
    st.session_state[SAID] = words


def judge(kind: str, id_: str, following: str) -> None:
    with shared.told(), shared.opened() as workspace:
        act = workspace.accept if kind == "accept" else workspace.reject
        decided([act(id_, by=shared.person()).id], f"{kind.capitalize()}ed.")
        st.session_state[AT] = following


def judge_many(kind: str, ids: tuple[str, ...]) -> None:
    with shared.told(), shared.opened() as workspace:
        done = workspace.judge_all(ids, "accept" if kind == "accept" else "reject", by=shared.person())
        decided([d.id for d in done], f"{html.counted(len(done), 'fact', 'facts')} {kind}ed.")


def turn_round(id_: str) -> None:
    with shared.told(), shared.opened() as workspace:
        decided([workspace.reverse(id_, by=shared.person()).id], "Turned round.")


def retype(entity: str, key: str) -> None:
    chosen = st.session_state.get(key)
    if chosen:
        with shared.told(), shared.opened() as workspace:
            decided([workspace.retype(entity, str(chosen), by=shared.person()).id], f"It is a {chosen} now.")


def rename(entity: str, key: str) -> None:
    name = str(st.session_state.get(key, "")).strip()
    if name:
        with shared.told(), shared.opened() as workspace:
            decided([workspace.rename(entity, name, by=shared.person()).id], "It has another name now.")


def go(id_: str) -> None:
    st.session_state[AT] = id_


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
        found = Narrow(relation, type_, document, least, most)
        st.session_state["kgc_review_bulk"] = found != Narrow()
    return found


def draw(workspace: Workspace, queue: str) -> None:
    name = cast("QueueName", queue)
    found = narrow(workspace)
    limit = SAMPLE if name == LIMITS else SHOWN
    facts = workspace.queue(name, found, limit, str(st.session_state.get(SEED, "")))
    if not facts:
        st.html(html.notice("There is nothing in this queue.", "Choose another one, or widen the filter."))
        return
    if name == "sample":
        draw_precision(facts)
    else:
        draw_size(workspace, name, found, facts)
    ids = [f.id for f in facts]
    now = review.moved(ids, str(st.session_state.get(AT, "")), 0)
    fact = next(f for f in facts if f.id == now)
    left, right = st.columns([1, 2], gap="medium")
    with right:
        draw_fact(workspace, fact, ids)
    with left:
        draw_list(facts, now)


def draw_precision(facts: Sequence[Fact]) -> None:
    """A random sample, and what its verdicts say of the graph."""
    with st.container(horizontal=True, vertical_alignment="center"):
        st.html(f"<b>{html.escaped(review.precision(facts).words)}</b>")
        st.text_input("Another sample", key=SEED, placeholder="any of 0-9a-f", max_chars=16, width=160,
                      help="The beginning of an id; the same letters give the same sample.")  # fmt: skip


def draw_size(workspace: Workspace, name: QueueName, found: Narrow, facts: Sequence[Fact]) -> None:
    total = workspace.queue_size(name, found)
    st.caption(f"{html.counted(total, 'fact', 'facts')}; the first {len(facts)} are shown.")
    if st.session_state.get("kgc_review_bulk"):
        ids = tuple(f.id for f in facts)
        words = html.counted(len(ids), "fact", "facts")
        with st.container(horizontal=True):
            st.button(f"Accept these {words}", key="kgc_review_all_a", on_click=judge_many, args=("accept", ids))
            st.button(f"Reject these {words}", key="kgc_review_all_x", on_click=judge_many, args=("reject", ids))


def draw_list(facts: Sequence[Fact], now: str) -> None:
    rows = [
        {"": "●" if f.id == now else {"accepted": "✓", "rejected": "✗"}.get(f.status, ""),
         "Fact": html.plain(said(f).label),
         "Conf.": round(f.confidence, 2)}
        for f in facts
    ]  # fmt: skip
    key = f"kgc_review_list_{len(facts)}_{now[:6]}"

    def chosen() -> None:
        picked = st.session_state[key]["selection"]["rows"]
        if picked:
            st.session_state[AT] = facts[picked[0]].id

    st.dataframe(rows, hide_index=True, key=key, selection_mode="single-row", on_select=chosen, alt="The queue",
                 column_config={"": st.column_config.Column(width=30), "Conf.": st.column_config.Column(width=55)},
                 height=480)  # fmt: skip


def draw_fact(workspace: Workspace, fact: Fact, ids: Sequence[str]) -> None:
    st.html(html.statement(fact))
    st.html(f'<div class="kgc-place">{html.escaped(why(fact))}</div>')
    following = review.after(ids, fact.id)
    with st.container(horizontal=True):
        st.button("Accept", key="kgc_review_accept", shortcut="A", type="primary", on_click=judge,
                  disabled=fact.status == "accepted", args=("accept", fact.id, following))  # fmt: skip
        st.button("Reject", key="kgc_review_reject", shortcut="X", on_click=judge,
                  disabled=fact.status == "rejected", args=("reject", fact.id, following))  # fmt: skip
        st.button("Previous", key="kgc_review_up", shortcut="K", on_click=go, args=(review.moved(ids, fact.id, -1),))
        st.button("Next", key="kgc_review_down", shortcut="J", on_click=go, args=(review.moved(ids, fact.id, 1),))
        if shared.has("evidence"):
            st.button("In its document", key="kgc_review_evidence", on_click=shared.go,
                      args=("evidence", {"fact": fact.id}))  # fmt: skip
        draw_corrections(workspace, fact)
    for passage in evidence(workspace, fact, around=300, limit=4):
        st.html(html.passage(passage))


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
                st.selectbox(f"Class of {html.plain(end.name)[:60]}", names, key=key,
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
