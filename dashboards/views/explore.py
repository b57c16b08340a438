"""Explore: find something, look around it, read why each fact is there.

What is visible is a value (`kgc.view.explore`) in the session; every act makes another one of it, and can be undone.
"""

from __future__ import annotations

from collections.abc import Callable

import explore_filter
import explore_side
import shared
import streamlit as st

from kgc.pipeline.workspace import Workspace
from kgc.view import explore, html
from kgc.view.explore import NOTHING, Trail, View
from kgc.view.explore_export import as_csv, as_cypher
from kgc.view.explore_show import Seen, look, picture, rows, suggested

TRAIL, HANDLED, WAY, SAID = "kgc_explore_trail", "kgc_explore_handled", "kgc_explore_way", "kgc_explore_said"
CANVAS, SEARCH = "kgc_explore_canvas", "kgc_explore_search"
CSS = """<style>
.st-key-kgc_explore_search { max-width: 40%; }
.st-key-kgc_explore_bar { margin: -3.4rem 0 0 41%; width: 59%; align-items: center; flex-wrap: nowrap; }
.st-key-kgc_explore_side { max-height: calc(100vh - 132px); overflow: hidden auto; padding-right: .4rem; }
.st-key-kgc_explore_side .stButton button { min-height: 2rem; padding: .1rem .7rem; }
@media (max-width: 1100px) {
  .st-key-kgc_explore_search { max-width: 100%; }
  .st-key-kgc_explore_bar { margin: 0; width: 100%; flex-wrap: wrap; }
}
.kgc-banner { border-left: 4px solid #2f7fd6; padding: .35em .9em; border-radius: .3em;
  background: color-mix(in srgb, #2f7fd6 14%, transparent); }
</style>"""
HEIGHT = "clamp(360px, calc(100vh - 132px), 1600px)"


def trail() -> Trail:
    return st.session_state.setdefault(TRAIL, Trail())


def step(act: Callable[[Workspace, View], View]) -> None:
    """Take a step from the view of now; mistakes are told where the page is drawn."""
    with shared.told(), shared.opened() as workspace:
        set_trail(trail().step(act(workspace, trail().now)))


def set_trail(changed: Trail) -> None:
    st.session_state[TRAIL] = changed
    focus = changed.now.focus
    st.session_state[HANDLED] = (focus, st.query_params.get("hops", "1"))
    if focus and st.query_params.get("entity") != focus:
        st.query_params["entity"] = focus
    elif not focus:
        st.query_params.pop("entity", None)


def open_entity(id_: str, hops: int = 1) -> None:
    """Look at an entity: where it stands, or with what is around it. While a way is asked for, it is its other end."""
    if st.session_state.get(WAY):
        find_way(id_)
        return
    if id_ in trail().now.entities:
        step(lambda _, view: explore.attend(view, id_))
    else:
        step(lambda workspace, view: explore.focus(workspace.neighbourhood(), view, id_, hops))


def find_way(end: str) -> None:
    start = st.session_state.pop(WAY)

    def act(workspace: Workspace, view: View) -> View:
        way = workspace.way(start, end, view.wanted)
        if not way:
            st.session_state[SAID] = "There is no way of up to 8 facts between the two under this filter."
            return view
        return explore.choose(explore.follow(view, way), end)

    step(act)


def drawn_event(event: shared.Event) -> None:
    """What was done in the drawing."""
    what, id_ = str(event.get("what")), str(event.get("id"))
    if what == "choose" and st.session_state.get(WAY) and id_ in trail().now.entities:
        find_way(id_)
        return
    acts: dict[str, Callable[[Workspace, View], View]] = {
        "choose": lambda _, view: explore.choose(view, id_),
        "expand": lambda workspace, view: explore.expand(workspace.neighbourhood(), view, id_),
        "hide": lambda _, view: explore.hide(view, id_),
        "pin": lambda _, view: explore.pin(view, id_),
        "only": lambda _, view: explore.only(view, id_),
        "kind": lambda _, view: explore.toggled(view, id_),
        "kind_only": lambda workspace, view: explore.alone(view, id_, workspace.neighbourhood().types()),
    }
    if what in acts:
        step(acts[what])


@shared.fragment
def draw_search() -> None:
    """The search field with its suggestions: runs again at every pause in typing, and nothing else does."""
    said = st.session_state.get(SEARCH) or {}
    typed = str(said.get("typed") or st.session_state.get("kgc_explore_typed", ""))[:200]
    with shared.opened() as workspace:
        found = workspace.suggest(typed) if typed else ()
        types = workspace.neighbourhood().types() if found else ()
    data = {
        "text": typed,
        "rows": suggested(found, types),
        "label": "Search names",
        "placeholder": "Search: a name, an alias, 名称 …",
        "nothing": "No name begins so. Try another word of it.",
    }
    shared.component("search")(key=SEARCH, data=data, on_typed_change=remember_typed, on_chosen_change=open_chosen)
    if st.session_state.pop("kgc_explore_moved", False):
        st.rerun()


def remember_typed() -> None:
    st.session_state["kgc_explore_typed"] = str(st.session_state[SEARCH].get("typed") or "")


def open_chosen() -> None:
    chosen = str(st.session_state[SEARCH].get("chosen") or "")
    st.session_state["kgc_explore_typed"] = ""
    if chosen:
        open_entity(chosen)
        st.session_state["kgc_explore_moved"] = True


@shared.fragment
def draw() -> None:
    with shared.opened() as workspace:
        view = trail().now
        seen = look(workspace.neighbourhood(), view)
        draw_bar(workspace, seen, view)
        tell(seen, view)
        left, right = st.columns([2.4, 1], gap="small")
        with left:
            if st.session_state.get("kgc_explore_as") == "Table":
                draw_table(seen)
            else:
                shared.canvas(CANVAS, picture(seen, view), drawn_event, height=HEIGHT)
        with right, st.container(key="kgc_explore_side", gap="small"):
            explore_side.draw(workspace, seen, view, step, open_entity, ask_way)


def ask_way(id_: str) -> None:
    st.session_state[WAY] = id_


def draw_bar(workspace: Workspace, seen: Seen, view: View) -> None:
    """What is about the whole picture."""
    now = trail()
    with st.container(horizontal=True, key="kgc_explore_bar", gap="small"):
        st.button("Undo", icon=":material/undo:", shortcut="U", disabled=not now.past, key="kgc_explore_undo",
                  on_click=lambda: set_trail(now.undo()))  # fmt: skip
        st.button("Redo", icon=":material/redo:", disabled=not now.undone, key="kgc_explore_redo",
                  on_click=lambda: set_trail(now.redo()))  # fmt: skip
        explore_filter.draw(workspace, seen, view, step)
        if view.away:
            st.button(f"Show {len(view.away)} hidden", icon=":material/visibility:", key="kgc_explore_back",
                      on_click=step, args=(lambda _, v: explore.bring_back(v),))  # fmt: skip
        with st.popover("Export", icon=":material/download:"):
            st.caption("PNG and SVG: the buttons in the drawing.")
            st.download_button("CSV", as_csv(seen).encode("utf-8-sig"), "graph.csv", "text/csv",
                               on_click="ignore", key="kgc_explore_csv")  # fmt: skip
            st.download_button("Cypher", as_cypher(seen), "graph.cypher", "text/plain",
                               on_click="ignore", key="kgc_explore_cypher")  # fmt: skip
        st.segmented_control("Shown as", ("Graph", "Table"), default="Graph", key="kgc_explore_as",
                             label_visibility="collapsed", required=True)  # fmt: skip
        st.html(
            f'<span class="kgc-place" data-testid="kgc-shown">{html.counted(len(seen.places), "entity", "entities")}, '
            f"{html.counted(len(seen.links), 'fact', 'facts')}</span>"
        )


def tell(seen: Seen, view: View) -> None:
    """What there is to say of the picture as a whole."""
    said = st.session_state.pop(SAID, "")
    if said:
        st.html(html.notice(said))
    if start := st.session_state.get(WAY):
        place = seen.place(start)
        name = html.escaped(place.name if place else start)
        with st.container(horizontal=True, gap="small"):
            st.html(f'<div class="kgc-banner" role="status">A way from <b><bdi>{name}</bdi></b>: choose its other end, '
                    "in the drawing or by searching.</div>")  # fmt: skip
            st.button("Never mind", key="kgc_explore_no_way", on_click=lambda: st.session_state.pop(WAY, None))
    if seen.lost:
        st.html(html.notice(
            f"{html.counted(seen.lost, 'entity', 'entities')} of this picture no longer in the graph.",
            "It was changed while you looked.",
        ))  # fmt: skip
    if len(view.entities) >= explore.MOST:
        st.html(
            html.notice(f"{explore.MOST} entities stand here, no more are added.", "Hide some, or look at one only.")
        )


def draw_table(seen: Seen) -> None:
    found = rows(seen)
    if not found:
        st.html(html.notice("No facts are visible.", "Search for something, or loosen the filter."))
        return
    key = "kgc_explore_table"

    def open_row() -> None:
        chosen = st.session_state[key]["selection"]["rows"]
        if chosen:
            step(lambda _, view: explore.choose(view, found[chosen[0]].id))

    st.dataframe(
        [{"From": r.head, "Relation": r.relation, "To": r.tail, "Confidence": r.confidence, "State": r.status,
          "Places": r.places, "Time": r.time} for r in found],
        hide_index=True, key=key, selection_mode="single-row", on_select=open_row, height=560, alt="Visible facts",
    )  # fmt: skip


def arrive() -> None:
    """Go where the address says; without one, to a first picture."""
    address = (st.query_params.get("entity", ""), st.query_params.get("hops", "1"))
    if st.session_state.get(HANDLED) == address and TRAIL in st.session_state:
        return
    id_, hops = address
    with shared.opened() as workspace:
        reader = workspace.neighbourhood()
        if id_:
            found = workspace.graph().find(id_)
            if not found:
                st.html(html.notice(f"There is no entity {id_!r} in this graph.", "Search for it by name."))
            else:
                far = min(3, int(hops)) if hops.isdigit() else 1
                st.session_state[TRAIL] = trail().step(explore.focus(reader, trail().now, found[0], far))
        if trail().now == NOTHING:
            st.session_state[TRAIL] = Trail(explore.start(reader))
    st.session_state[HANDLED] = address


st.html(CSS)
arrive()
if trail().now == NOTHING and not trail().past:
    st.html(html.notice("This workspace is empty.", "Read a folder into it: kgc ingest FOLDER"))
else:
    draw_search()
    draw()
