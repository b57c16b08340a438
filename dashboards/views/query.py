"""Query: ask the graph in Cypher or SPARQL, read-only; see the answer as a table, bars, a drawing, or take it along."""

from __future__ import annotations

import os

import shared
import streamlit as st

from kgc.errors import KgcError
from kgc.pipeline.saved_queries import SavedQuery, drop, keep, saved
from kgc.pipeline.sparql import Place
from kgc.pipeline.workspace import Workspace
from kgc.view import html, query
from kgc.view.query import Answer, Language

TEXT, LANGUAGE, ANSWER, HISTORY, ON, NAME, GIVEN = (
    f"kgc_query_{name}" for name in ("text", "language", "answer", "history", "on", "name", "given")
)
SERVER = (
    "neo4j://… or http://… of a SPARQL server; empty for the workspace itself. The password is read from NEO4J_PASSWORD"
    " or SPARQL_PASSWORD."
)
LIMITS = (100, 1_000, 10_000)
SECONDS = (5, 30, 300)
OPEN = "kgc_query_open"
KEPT = 50
"""Queries of the session's history."""


def take(text: str, language: Language) -> None:
    """Put a query into the field."""
    st.session_state[TEXT] = text
    st.session_state[LANGUAGE] = language


def run() -> None:
    """Ask, and keep the answer or what went wrong until the next question."""
    text, language = str(st.session_state.get(TEXT, "")), str(st.session_state.get(LANGUAGE) or "Cypher")
    if not text.strip():
        st.session_state[ANSWER] = KgcError("There is nothing to ask yet.", "Type a query, or take an example.")
        return
    history = [entry for entry in st.session_state.get(HISTORY, []) if entry != (text, language)]
    st.session_state[HISTORY] = [(text, language), *history][:KEPT]
    st.session_state[ANSWER] = None
    with shared.told():
        try:
            with shared.opened() as workspace:
                st.session_state[ANSWER] = ask(workspace, text, language)
        except KgcError as error:
            st.session_state[ANSWER] = error


def ask(workspace: Workspace, text: str, language: str) -> Answer:
    """The answer of the graph itself, or of the server that was named."""
    server = str(st.session_state.get(ON, "")).strip()
    limit = int(st.session_state.get("kgc_query_limit") or LIMITS[0])
    seconds = float(st.session_state.get("kgc_query_seconds") or SECONDS[1])
    if language == "SPARQL":
        return workspace.query_sparql(text, Place(server) if server else None, limit=limit, timeout=seconds)
    if server:
        return workspace.query_server(server, text, limit=limit, timeout=seconds)
    return workspace.query(text, limit=limit, timeout=seconds)


def draw_examples(workspace: Workspace) -> None:
    kept = saved(shared.path())
    if kept:
        st.caption("Saved")
        for n, one in enumerate(kept):
            with st.container(horizontal=True):
                st.button(html.label(one.name[:40]), key=f"kgc_query_saved_{n}", on_click=take,
                          args=(one.text, one.language))  # fmt: skip
                st.button(":material/close:", key=f"kgc_query_drop_{n}", help="Drop this saved query", type="tertiary",
                          on_click=forget, args=(one.name,))  # fmt: skip
    st.caption("Examples")
    for n, example in enumerate(query.examples(workspace.schema())):
        title = example.title if example.language == "Cypher" else f"{example.title} (SPARQL)"
        st.button(html.label(title), key=f"kgc_query_example_{n}", on_click=take, width="stretch",
                  args=(example.text, example.language))  # fmt: skip
    history = st.session_state.get(HISTORY, [])
    if history:
        st.caption("Asked before")
        for n, (text, language) in enumerate(history[:10]):
            st.button(html.label(" ".join(text.split())[:60]), key=f"kgc_query_was_{n}", on_click=take,
                      args=(text, language), width="stretch")  # fmt: skip


def save() -> None:
    name = str(st.session_state.get(NAME, "")).strip()
    language: Language = "SPARQL" if st.session_state.get(LANGUAGE) == "SPARQL" else "Cypher"
    try:
        keep(shared.path(), SavedQuery(name, language, str(st.session_state.get(TEXT, ""))))
        st.session_state[NAME] = ""
    except KgcError as error:
        st.session_state[ANSWER] = error


def forget(name: str) -> None:
    with shared.told():
        drop(shared.path(), name)


def draw_field() -> None:
    st.segmented_control("Language", ("Cypher", "SPARQL"), key=LANGUAGE, default=None, label_visibility="collapsed",
                         persist_state="session")  # fmt: skip
    st.text_area("Query", key=TEXT, height=110, max_chars=100_000, label_visibility="collapsed",
                 persist_state="session", placeholder="MATCH (e:Entity) RETURN e.name LIMIT 10")  # fmt: skip
    with st.container(horizontal=True, vertical_alignment="bottom"):
        st.button("Ask", type="primary", on_click=run, shortcut="Ctrl+Enter", key="kgc_query_ask")
        st.selectbox("Rows at most", LIMITS, key="kgc_query_limit", width=130)
        st.selectbox("Seconds at most", SECONDS, index=1, key="kgc_query_seconds", width=130)
        st.text_input("Server", key=ON, placeholder="this workspace", width=220, help=SERVER)
        st.text_input("Save as", key=NAME, width=170, max_chars=200)
        st.button("Save", on_click=save, key="kgc_query_save")
    st.caption("Queries can only read: one that would write is refused.")


def draw_answer() -> None:
    answer = st.session_state.get(ANSWER)
    if isinstance(answer, KgcError):
        st.html(html.notice(answer.message, answer.hint))
        return
    if answer is None:
        return
    more = " There are more; raise the limit." if answer.truncated else ""
    st.caption(f"{html.counted(len(answer.rows), 'row', 'rows')} in {answer.seconds:.2f} s.{more}")
    drawing, bars = query.picture(answer), query.chart(answer)
    names = ["Table", *(["Drawing"] if drawing else []), *(["Bars"] if bars else [])]
    with st.container(horizontal=True, vertical_alignment="center"):
        shown = st.segmented_control("Show as", names, default="Table", key=f"kgc_query_as_{len(names)}",
                                     label_visibility="collapsed")  # fmt: skip
        st.download_button("CSV", query.as_csv(answer), "answer.csv", "text/csv", key="kgc_query_csv")
    if shown == "Drawing" and drawing:
        shared.canvas(
            "kgc_query_canvas", drawing, opened, space="query", height="clamp(250px, calc(100vh - 415px), 900px)"
        )
        chosen = next((d for d in drawing.dots if d.id == st.session_state.get(OPEN)), None)
        if chosen and shared.has("explore"):
            st.button(f"Open {html.label(chosen.name[:60])} in Explore", on_click=shared.go, key="kgc_query_explore",
                      args=("explore", {"entity": chosen.id}))  # fmt: skip
    elif shown == "Bars" and bars:
        st.bar_chart({"name": list(bars.names), bars.title: list(bars.values)}, x="name", y=bars.title, sort=False)
    elif answer.rows:
        st.dataframe(query.table(answer), hide_index=True, alt="What the query brought", height="content")
    else:
        st.html(html.notice("Nothing matches.", "Check the names: the Schema page lists classes and relations."))


def opened(event: shared.Event) -> None:
    """A node of the drawing can be looked at in Explore."""
    answer = st.session_state.get(ANSWER)
    drawing = query.picture(answer) if answer and not isinstance(answer, KgcError) else None
    if event.get("what") == "choose" and drawing:
        st.session_state[OPEN] = next((d.id for d in drawing.dots if d.id == event.get("id")), "")


st.session_state.setdefault(LANGUAGE, "Cypher")
given = st.query_params.get("q", "")
if given and given != st.session_state.get(GIVEN):  # once: what is typed afterwards stays
    st.session_state[GIVEN] = given
    take(given[:10_000], "Cypher")
st.session_state.setdefault(ON, os.environ.get("KGC_QUERY_ON", ""))
left, right = st.columns([1, 3.2], gap="medium")
with right:
    draw_field()
    draw_answer()
with left, shared.opened() as opened_workspace:
    draw_examples(opened_workspace)
