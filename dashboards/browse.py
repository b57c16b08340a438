"""The page that `kgc browse` serves: search, an entity with its facts, and each fact's evidence in its text.

`?q=` holds the search, `?entity=` and `?fact=` what is looked at, so that every view has an address. What is shown is
computed by `kgc.view`; text of documents is drawn as escaped HTML or as table cells, never as Markdown.
"""

from __future__ import annotations

import argparse
from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager
from pathlib import Path

import streamlit as st
from streamlit.elements.lib.column_types import ColumnConfig

from kgc.data import content_id
from kgc.errors import KgcError
from kgc.view import html
from kgc.view.entity import EntityPage, FactRow, entity_page
from kgc.view.overview import EntityRow, document_rows, search_page
from kgc.view.passage import evidence
from kgc.view.source import Source

HITS, FACTS = "kgc_hits_", "kgc_facts_"
# In pixels, by the name of the column, so that one long cell pushes nothing out of sight.
WIDTHS = {
    "": 36,
    "Name": 190,
    "Type": 90,
    "Facts": 60,
    "Relation": 110,
    "Other end": 190,
    "Note": 90,
    "Confidence": 90,
    "Places": 60,
    "Documents": 85,
    "Document": 260,
    "State": 70,
    "Chunks": 65,
    "Attribute": 110,
    "Value": 260,
}


def main(opened: Callable[[], AbstractContextManager[Source]]) -> None:
    st.set_page_config(page_title="kgc", layout="wide")
    st.html(html.STYLE)
    try:
        with opened() as source:
            draw(source)
    except KgcError as error:
        st.html(html.notice(error.message, error.hint))


def columns() -> dict[str, ColumnConfig]:
    return {name: st.column_config.Column(width=width) for name, width in WIDTHS.items()}


def draw(source: Source) -> None:
    left, right = st.columns([1, 2], gap="large")
    with left:
        text = st.text_input("Search names and text", key="q", type="search", live=True, bind="query-params")
        if text:
            draw_search(source, text)
    with right:
        chosen = st.query_params.get("entity", "")
        if chosen:
            draw_entity(source, chosen)
        else:
            draw_documents(source)


def draw_search(source: Source, text: str) -> None:
    found = search_page(source, text)
    if not found.entities and not found.passages:
        st.html(html.notice(f"Nothing is found for {text!r}.", "Try fewer or other words, or the start of a name."))
        return
    if found.entities:
        st.caption(html.counted(len(found.entities), "entity", "entities"))
        draw_hits(found.entities)
    for row in found.passages:
        st.html(html.snippet(row))


def draw_hits(rows: Sequence[EntityRow]) -> None:
    ids = tuple(row.id for row in rows)
    key = HITS + content_id(*ids)
    st.dataframe(
        [{"Name": html.plain(row.name), "Type": row.type, "Facts": row.facts} for row in rows],
        hide_index=True,
        column_config=columns(),
        key=key,
        selection_mode="single-row",
        on_select=lambda: open_chosen_entity(key, ids),
        alt="Entities that were found",
    )


def draw_documents(source: Source) -> None:
    rows = document_rows(source)
    if not rows:
        st.html(html.notice("This workspace is empty.", "Read a folder into it: kgc ingest FOLDER"))
        return
    total = html.counted(len(rows), "document", "documents")
    st.caption(f"{total}. Search for a name, and choose an entity to see what is known of it and where it is said.")
    st.dataframe(
        [
            {
                "Document": html.plain(row.source),
                "State": row.state,
                "Chunks": row.chunks,
                "Facts": row.facts,
                "Problem": html.plain(row.problem),
            }
            for row in rows
        ],
        hide_index=True,
        column_config=columns(),
        alt="Documents of the workspace",
    )


def draw_entity(source: Source, entity_id: str) -> None:
    try:
        page = entity_page(source, entity_id)
    except KgcError as error:
        st.html(html.notice(error.message, error.hint))
        return
    st.html(html.heading(page))
    if page.attributes:
        st.caption("Attributes")
        st.dataframe(
            [
                {
                    "Attribute": a.name,
                    "Value": html.plain(a.value),
                    "Places": a.support,
                    "Note": "conflict" if a.conflict else "",
                }
                for a in page.attributes
            ],
            hide_index=True,
            column_config=columns(),
            alt="Attributes",
        )
    draw_facts(page)
    draw_evidence(source, page)


def draw_facts(page: EntityPage) -> None:
    if not page.rows:
        st.caption("No facts are known of it; it is only named.")
        return
    shown = f", the best supported {len(page.rows)} below" if page.more else ""
    total = html.counted(len(page.rows) + page.more, "fact", "facts")
    st.caption(f"{total}{shown}. Choose one to read where it is said.")
    ids = tuple(row.id for row in page.rows)
    key = FACTS + content_id(page.entity.id, *ids)
    wanted = st.query_params.get("fact", "")
    st.dataframe(
        [fact_cells(row) for row in page.rows],
        hide_index=True,
        column_config=columns(),
        key=key,
        selection_mode="single-row",
        selection_default={"selection": {"rows": [ids.index(wanted)]}} if wanted in ids else None,
        on_select=lambda: open_chosen_fact(key, ids),
        alt="Facts",
    )


def fact_cells(row: FactRow) -> dict[str, str | int | float]:
    return {
        "": row.direction,
        "Relation": row.relation,
        "Other end": html.plain(row.other),
        "Note": html.plain(", ".join(row.notes)),
        "Type": row.other_type,
        "Confidence": round(row.confidence, 2),
        "Places": row.places,
        "Documents": row.documents,
    }


def draw_evidence(source: Source, page: EntityPage) -> None:
    fact = page.fact(st.query_params.get("fact", ""))
    row = next((r for r in page.rows if fact and r.id == fact.id), None)
    if fact is None or row is None:
        return
    places, walk = st.columns([3, 1], vertical_alignment="center")
    where = html.counted(row.places, "place", "places")
    places.caption(f"Evidence: {where} in {html.counted(row.documents, 'document', 'documents')}")
    if row.other_id and row.other_id != page.entity.id:
        walk.button("Open the other end", key="kgc_walk", on_click=open_entity, args=(row.other_id,))
    for passage in evidence(source, fact):
        st.html(html.passage(passage))


def open_chosen_entity(key: str, ids: Sequence[str]) -> None:
    rows = st.session_state[key]["selection"]["rows"]
    if rows:
        set_address(ids[rows[0]])


def open_chosen_fact(key: str, ids: Sequence[str]) -> None:
    rows = st.session_state[key]["selection"]["rows"]
    if rows:
        st.query_params["fact"] = ids[rows[0]]
    else:
        st.query_params.pop("fact", None)


def open_entity(entity_id: str) -> None:
    """Go to another entity; the table of hits no longer marks the one that was left."""
    for key in [k for k in st.session_state if str(k).startswith(HITS)]:
        st.session_state[key] = {"selection": {"rows": []}}
    set_address(entity_id)


def set_address(entity_id: str) -> None:
    st.query_params.pop("fact", None)
    st.query_params["entity"] = entity_id


def open_workspace() -> AbstractContextManager[Source]:
    from kgc.pipeline.workspace import Workspace  # noqa: PLC0415  # the page's drawing needs no pipeline

    parser = argparse.ArgumentParser(prog="kgc browse")
    parser.add_argument("--workspace", type=Path, default=Path())
    return Workspace(parser.parse_args().workspace)


if __name__ == "__main__":
    main(open_workspace)
