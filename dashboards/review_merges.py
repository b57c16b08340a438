"""Merges on the Review page: pairs with what speaks for and against; merging and splitting by hand."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import shared
import streamlit as st
from review_facts import draw_list, draw_steps, place
from review_undo import deciding

from kgc.data import Decision
from kgc.errors import KgcError
from kgc.pipeline.proposed import Merge
from kgc.pipeline.workspace import Workspace
from kgc.view import html, review
from kgc.view.entity import entity_page

SHOWN, FACTS = 60, 6
ONE, OTHER, WHOLE, PARTS = (f"kgc_review_{name}" for name in ("one", "other", "whole", "parts"))


def act(what: Callable[[Workspace, str], Decision], words: str, following: str = "", *, in_force: bool = True) -> None:
    """Decide by what is given the workspace and who decides."""
    person = shared.person()
    with deciding() as (workspace, kept):
        kept.remember(workspace, [what(workspace, person).id], words, in_force=in_force)
        kept.at = following


def accept(id_: str, following: str) -> None:
    act(lambda workspace, by: workspace.accept(id_, by=by), "They are one now.", following)


def reject(id_: str, following: str) -> None:
    act(lambda workspace, by: workspace.reject(id_, by=by), "They are kept apart.", following)


def take_back(id_: str, following: str) -> None:
    act(lambda workspace, _: workspace.undo(id_), "The merge is taken back.", following, in_force=False)


def draw(workspace: Workspace, queue: str) -> None:
    pending, done = workspace.merge_counts()
    words = html.counted(pending, "pair", "pairs")
    in_force = html.counted(done, "merge is", "merges are")
    st.html(f'<div class="kgc-place">{words} may be one thing; {in_force} in force.</div>')
    found = workspace.proposals("pending" if queue == "merges" else "low", SHOWN)
    if queue == "done":  # the doubtful ones first
        low = {m.id for m in found}
        found = (*found, *(m for m in workspace.proposals("done", SHOWN) if m.id not in low))
    draw_by_hand(workspace)
    if not found:
        why = "No pair is open." if queue == "merges" else "Nothing was merged."
        st.html(html.notice("There is nothing in this queue.", why))
        return
    ids = [m.id for m in found]
    now = place(ids)
    merge = next(m for m in found if m.id == now)
    left, right = st.columns([1, 2], gap="medium")
    with right:
        draw_merge(workspace, merge, ids)
    with left:
        rows = [(review.sign("", m.id == now), f"{m.a.surface} = {m.b.surface}", m.score) for m in found]
        draw_list("kgc_review_pairs", ids, now, rows, "Score")


def draw_merge(workspace: Workspace, merge: Merge, ids: Sequence[str]) -> None:
    more = f" (and {merge.more} more pairs of their names)" if merge.more else ""
    one, two = (f"<bdi>{html.escaped(end.surface)}</bdi>" for end in (merge.a, merge.b))
    told = f"score {merge.score:.2f}{more} · {merge.reason}"
    mark = "?" if merge.state == "pending" else ""
    st.html(f'<h3 class="kgc-name"><b>{one} = {two}{mark}</b></h3><div class="kgc-place">{html.escaped(told)}</div>')
    following = review.after(ids, merge.id)
    with st.container(horizontal=True):
        if merge.state == "pending":
            st.button("They are one", key="kgc_review_one_a", shortcut="A", type="primary", on_click=accept,
                      args=(merge.id, following))  # fmt: skip
            st.button("Two things", key="kgc_review_one_x", shortcut="X", on_click=reject, args=(merge.id, following))
        else:
            st.button("Take the merge back", key="kgc_review_one_back", shortcut="X", on_click=take_back,
                      args=(merge.id, following))  # fmt: skip
        draw_steps(ids, merge.id)
    with st.container(key="kgc_review_sides"):
        st.html(review.bars(merge.explanation))
        one = merge.a.entity == merge.b.entity  # drawn once
        for n, (column, end) in enumerate(zip(st.columns(2, gap="medium"), (merge.a, merge.b), strict=True)):
            with column:
                if not (one and n):
                    draw_side(workspace, end.entity, "" if one else end.surface, n)


def draw_side(workspace: Workspace, entity: str, surface: str, side: int) -> None:
    """An entity in short: names, attributes, its best facts."""
    try:
        page = entity_page(workspace, entity, FACTS)
    except KgcError as error:
        st.html(html.notice(error.message, error.hint))
        return
    st.html(html.heading(page))
    if surface:
        st.html(f'<div class="kgc-place">here as <bdi>{html.escaped(surface)}</bdi></div>')
    if page.attributes:
        st.html(html.attributes(page.attributes))
    lines = (f"{r.direction} {html.escaped(r.relation)} <bdi>{html.escaped(r.other)}</bdi>" for r in page.rows[:FACTS])
    told = "".join(f'<div class="kgc-side">{line}</div>' for line in lines)
    st.html(told or '<div class="kgc-place">Nothing is said of it; it is only named.</div>')
    if shared.has("explore"):
        st.button("Explore", key=f"kgc_review_explore_{side}", on_click=shared.go,
                  args=("explore", {"entity": entity}))  # fmt: skip


# By hand


def merge_two() -> None:
    one, other = (str(st.session_state.get(key, "")).strip() for key in (ONE, OTHER))
    if one and other:
        act(lambda workspace, by: workspace.merge(one, other, by=by), "They are one now.")


def split_off() -> None:
    whole = str(st.session_state.get(WHOLE, "")).strip()
    parts = tuple(str(p) for p in st.session_state.get(PARTS) or ())
    if whole and parts:
        act(lambda workspace, by: workspace.split(whole, parts, by=by), "They are apart now.")


def draw_by_hand(workspace: Workspace) -> None:
    with st.expander("Merge or split by hand"):
        with st.container(horizontal=True, vertical_alignment="bottom"):
            st.text_input("One", key=ONE, placeholder="name or id", max_chars=500)
            st.text_input("Other", key=OTHER, placeholder="name or id", max_chars=500)
            st.button("Merge", key="kgc_review_merge", on_click=merge_two)
        with st.container(horizontal=True, vertical_alignment="bottom"):
            whole = st.text_input("Entity", key=WHOLE, placeholder="name or id", max_chars=500)
            cards = workspace.show(whole, 1) if whole.strip() and is_known(workspace, whole) else ()
            names = list(dict.fromkeys(a.name for card in cards[:1] for a in card.entity.aliases))
            st.multiselect("Names to take out of it", names, key=PARTS, format_func=html.plain)
            st.button("Split", key="kgc_review_split", on_click=split_off)


def is_known(workspace: Workspace, name: str) -> bool:
    try:
        return bool(workspace.show(name, 1))
    except KgcError as error:
        st.html(html.notice(error.message, error.hint))
        return False
