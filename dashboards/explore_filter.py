"""The filter of the Explore page: widgets that show what is wanted, and change it."""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st

from kgc.data import Status
from kgc.ledger.wanted import ALL, Wanted
from kgc.pipeline.workspace import Workspace
from kgc.view import explore
from kgc.view.explore import View
from kgc.view.explore_show import Seen

Step = Callable[[Callable[[Workspace, View], View]], None]
STATUSES: tuple[Status, ...] = ("proposed", "accepted", "rejected")
KEY = "kgc_explore_filter_"
EARLIEST, LATEST = 1000, 2100


def draw(workspace: Workspace, seen: Seen, view: View, step: Step) -> None:
    wanted = view.wanted
    label = f"Filter ({wanted.count})" if wanted.count else "Filter"
    sources = workspace.neighbourhood().sources([e.id for e in seen.links])
    relations = tuple(sorted({*seen.relations, *wanted.relations}))
    mirror(wanted, seen.types, relations)

    def change() -> None:
        step(lambda _, now: explore.filtered(now, read(seen.types, relations)))

    with st.popover(label, icon=":material/filter_alt:", width="content"):
        left, right = st.columns(2, gap="medium")
        with left:
            st.multiselect("Types", seen.types, key=KEY + "types", on_change=change)
            st.multiselect("Relations", relations, key=KEY + "relations", on_change=change)
            st.slider("Confidence at least", 0.0, 1.0, step=0.05, key=KEY + "confidence", on_change=change)
        with right:
            names = tuple(dict.fromkeys((*([wanted.document] if wanted.document else []), *(s for s, _ in sources))))
            st.selectbox(
                "Document", names, index=None, key=KEY + "document", on_change=change, accept_new_options=True,
                placeholder="any", help="Those that the visible facts stand in; or type the name of another.",
            )  # fmt: skip
            st.pills("Status", STATUSES, selection_mode="multi", key=KEY + "statuses", on_change=change)
            since, until = st.columns(2)
            since.number_input("From year", EARLIEST, LATEST, value=None, key=KEY + "since", on_change=change)
            until.number_input("To year", EARLIEST, LATEST, value=None, key=KEY + "until", on_change=change)
            st.checkbox("Keep facts without a time", key=KEY + "undated", on_change=change)
            st.checkbox("Also rejected, denied and unaligned facts", key=KEY + "hidden", on_change=change)
        st.button("Clear the filter", key=KEY + "clear", disabled=wanted == ALL, on_click=step,
                  args=(lambda _, now: explore.filtered(now, ALL),))  # fmt: skip


def mirror(wanted: Wanted, types: tuple[str, ...], relations: tuple[str, ...]) -> None:
    """Let the widgets show what is wanted, also after undo or a press in the legend."""
    values: dict[str, object] = {
        "types": [t for t in types if t not in wanted.types],
        "relations": [r for r in relations if r not in wanted.relations],
        "confidence": round(wanted.confidence, 2),
        "document": wanted.document or None,
        "statuses": [s for s in STATUSES if s in wanted.statuses],
        "since": wanted.since or None,
        "until": wanted.until or None,
        "undated": wanted.undated,
        "hidden": wanted.hidden,
    }
    for name, value in values.items():
        st.session_state[KEY + name] = value


def read(types: tuple[str, ...], relations: tuple[str, ...]) -> Wanted:
    """What the widgets say."""
    said = {name.removeprefix(KEY): value for name, value in st.session_state.items() if str(name).startswith(KEY)}
    statuses = frozenset(s for s in STATUSES if s in said["statuses"])
    return Wanted(
        types=frozenset(types) - frozenset(said["types"]),
        relations=frozenset(relations) - frozenset(said["relations"]),
        confidence=float(said["confidence"]),
        statuses=statuses,
        document=str(said["document"] or ""),
        since=int(said["since"] or 0),
        until=int(said["until"] or 0),
        undated=bool(said["undated"]),
        hidden=bool(said["hidden"]) or "rejected" in statuses,
    )
