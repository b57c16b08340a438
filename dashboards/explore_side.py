"""The details beside the drawing: of an entity, of a fact, or what to do when nothing is chosen."""

from __future__ import annotations

from collections.abc import Callable

import shared
import streamlit as st

from kgc.data import Node
from kgc.errors import UnknownName
from kgc.pipeline.workspace import Workspace
from kgc.view import explore, html
from kgc.view.entity import EntityPage, page_of
from kgc.view.explore import STEP, View
from kgc.view.explore_show import Seen
from kgc.view.passage import evidence

Step = Callable[[Callable[[Workspace, View], View]], None]
FACTS, DECIDED, LATER = 60, "kgc_explore_decided", "kgc_explore_later"
HELP = """<div class="kgc-place"><p>Choose an entity or a fact in the drawing to see what is known of it and where it is
said.</p><p><b>Double-click</b> or <b>E</b> shows its neighbours, <b>H</b> hides it, <b>P</b> pins it, <b>O</b> leaves
only it. <b>U</b> undoes.</p><p>The legend shows and hides types. A number such as +12 counts facts that are not
drawn.</p></div>"""


def draw(
    workspace: Workspace,
    seen: Seen,
    view: View,
    step: Step,
    open_entity: Callable[[str], None],
    ask_way: Callable[[str], None],
) -> None:
    if view.chosen and seen.place(view.chosen):
        draw_entity(workspace, seen, view, step, ask_way)
    elif view.chosen and draw_fact(workspace, view, open_entity):
        return
    else:
        st.html(HELP)


def draw_entity(workspace: Workspace, seen: Seen, view: View, step: Step, ask_way: Callable[[str], None]) -> None:
    id_ = view.chosen
    try:
        page = page_of(workspace.card(id_, FACTS))
    except UnknownName as error:
        st.html(html.notice(error.message, "It was in the graph a moment ago."))
        return
    st.html(html.heading(page))
    draw_acts(workspace, seen, view, step, ask_way)
    if page.attributes:
        st.html(html.attributes(page.attributes))
    draw_facts(page, step)


def draw_acts(workspace: Workspace, seen: Seen, view: View, step: Step, ask_way: Callable[[str], None]) -> None:
    """What can be done with the chosen entity; the keys are those of the drawing."""
    id_ = view.chosen
    around = workspace.neighbourhood().around(id_, view.wanted, (), STEP)
    left = max(0, around.total - seen.beside(id_))
    near = "" if around.all_counted else "about "
    words = f"Show {min(STEP, left)} of {near}{left:,} more" if left > STEP else f"Show {left} more"
    with st.container(horizontal=True, gap="small"):
        st.button(words if left else "All neighbours are shown", key="kgc_explore_expand", icon=":material/add_circle:",
                  type="primary", disabled=not left, on_click=step,
                  args=(lambda w, v: explore.expand(w.neighbourhood(), v, id_),))  # fmt: skip
        pinned = id_ in view.pinned
        st.button("Unpin" if pinned else "Pin", key="kgc_explore_pin", on_click=step,
                  args=(lambda _, v: explore.pin(v, id_),))  # fmt: skip
        st.button("Hide", key="kgc_explore_hide", on_click=step, args=(lambda _, v: explore.hide(v, id_),))
        st.button("Only this", key="kgc_explore_only", on_click=step, args=(lambda _, v: explore.only(v, id_),))
        st.button("Path to …", key="kgc_explore_path", on_click=ask_way, args=(id_,))


def draw_facts(page: EntityPage, step: Step) -> None:
    """The facts of an entity as a table; choosing one opens its evidence."""
    if not page.rows:
        st.caption("No facts are known of it; it is only named.")
        return
    key = f"kgc_explore_facts_{page.entity.id}"

    def open_row() -> None:
        chosen = st.session_state[key]["selection"]["rows"]
        if chosen:
            step(lambda _, view: explore.choose(view, page.rows[chosen[0]].id))

    more = f"; the best supported {len(page.rows)} below" if page.more else ""
    st.caption(
        f"{html.counted(len(page.rows) + page.more, 'fact', 'facts')}{more}. Choose one to read why it is there."
    )
    st.dataframe(
        [{"": r.direction, "Relation": r.relation, "Other end": html.plain(r.other), "Conf.": round(r.confidence, 2),
          "Note": html.plain(", ".join(r.notes))} for r in page.rows],
        hide_index=True, key=key, selection_mode="single-row", on_select=open_row, alt="Facts",
        column_config={"": st.column_config.Column(width=30), "Conf.": st.column_config.Column(width=55)},
    )  # fmt: skip


def draw_fact(workspace: Workspace, view: View, open_entity: Callable[[str], None]) -> bool:
    """A fact with its evidence and what can be decided of it. False where it is no longer in the graph."""
    fact = workspace.graph().fact(view.chosen)
    if fact is None:
        return False
    st.html(html.statement(fact))
    if st.session_state.pop(LATER, False):
        st.html(html.notice("Your decision is recorded.", "The run that goes on takes it up at its end."))
    with st.container(horizontal=True, gap="small"):
        st.button("Accept", shortcut="A", key="kgc_explore_accept", disabled=fact.status == "accepted",
                  on_click=decide, args=("accept", fact.id))  # fmt: skip
        st.button("Reject", shortcut="X", key="kgc_explore_reject", disabled=fact.status == "rejected",
                  on_click=decide, args=("reject", fact.id))  # fmt: skip
        if fact.id in st.session_state.get(DECIDED, {}):
            st.button("Take back", key="kgc_explore_take_back", on_click=take_back, args=(fact.id,))
        for word, end in (("head", fact.head), ("tail", fact.tail)):
            if isinstance(end, Node):
                st.button(f"Open {word}", key=f"kgc_explore_open_{word}", on_click=open_entity, args=(end.id,))
        if shared.has("evidence"):
            st.button(
                "In its document", key="kgc_explore_evidence", on_click=shared.go, args=("evidence", {"fact": fact.id})
            )
    for passage in evidence(workspace, fact, around=240, limit=8):
        st.html(html.passage(passage))
    return True


def decide(kind: str, fact_id: str) -> None:
    person, decided = shared.person(), st.session_state.setdefault(DECIDED, {})  # before it is decided: see Memory
    with shared.told(), shared.opened() as workspace:
        judge = workspace.accept if kind == "accept" else workspace.reject
        decided[fact_id] = judge(fact_id, by=person).id
        fact = workspace.graph().fact(fact_id)
        if fact and fact.status != f"{kind}ed":
            st.session_state[LATER] = True


def take_back(fact_id: str) -> None:
    with shared.told(), shared.opened() as workspace:
        workspace.undo(st.session_state[DECIDED].pop(fact_id))
