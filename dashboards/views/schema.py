"""Schema: classes and relations, how they are used, what does not fit, and what another schema would change."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import shared
import streamlit as st

from kgc.errors import KgcError
from kgc.ledger.usage import Usage
from kgc.ontology.diff import diff
from kgc.schema import Schema
from kgc.schema.find import files, find
from kgc.view import html, schema

CHOSEN, OTHER, VIOLATIONS = "kgc_schema_chosen", "kgc_schema_other", "kgc_schema_violations"
DRAWN = 120
"""Classes that are drawn at most; of a larger schema those with entities, the most frequent first."""


def choose(event: shared.Event) -> None:
    if event.get("what") == "choose":
        st.session_state[CHOSEN] = str(event.get("id") or "").partition(":")[0]


def draw_picture(found: Schema, usage: Usage) -> None:
    only: list[str] = []
    if len(found.entities) > DRAWN:
        only = [use.name for use in usage.classes][:DRAWN]
        st.caption(f"The {len(only)} most frequent of {len(found.entities):,} classes are drawn.")
    chosen = st.session_state.get(CHOSEN, "")
    shared.canvas("kgc_schema_canvas", schema.picture(found, usage, chosen, only), choose, space="schema",
                  height="clamp(340px, calc(100vh - 190px), 1200px)")  # fmt: skip


def draw_chosen(found: Schema, usage: Usage) -> None:
    """What is chosen in the drawing, or else what a person should look at."""
    name = str(st.session_state.get(CHOSEN, "") or st.query_params.get("name", ""))
    entity, relation = found.entity(name), found.relation(name)
    if entity is not None:
        st.html(heading(entity.name, entity.definition))
        above = found.ancestors(entity.name)
        if above:
            st.html(f'<div class="kgc-place">a kind of {html.escaped(", ".join(above))}</div>')
        rows = [r for r in schema.class_rows(found, usage) if str(r["Class"]).strip() == html.plain(entity.name)]
        for row in rows:
            st.html(told(row, ("Entities", "With those below", "For example", "Attributes")))
        if shared.has("query"):
            st.button("Ask for them", key="kgc_schema_ask", on_click=shared.go,
                      args=("query", {"q": f"MATCH (e:{entity.name}) RETURN e.name, e.id LIMIT 100"}))  # fmt: skip
    elif relation is not None:
        ends = f"{' | '.join(relation.head)} → {' | '.join(relation.tail)}"
        st.html(heading(relation.name, relation.definition))
        st.html(f'<div class="kgc-place">{html.escaped(ends)}</div>')
        for row in (r for r in schema.relation_rows(found, usage) if r["Relation"] == html.plain(relation.name)):
            st.html(told(row, ("Facts", "Conflicts", "Rejected", "Mostly")))
    else:
        draw_fitting(found, usage)


def heading(name: str, definition: str) -> str:
    return f'<h2 class="kgc-name"><bdi>{html.escaped(name)}</bdi></h2><p>{html.escaped(definition)}</p>'


def told(row: Mapping[str, object], labels: Sequence[str]) -> str:
    lines = (f"<div><b>{label}:</b> {html.escaped(str(row[label]) or '–')}</div>" for label in labels)
    return f'<div class="kgc-text">{"".join(lines)}</div>'


def draw_fitting(found: Schema, usage: Usage) -> None:
    fitting = schema.fitting(found, usage)
    st.html("<b>What to look at</b>")
    for name, percent in fitting.overloaded:
        st.html(f"{html.escaped(name)} takes {percent}% of everything: it may be worth splitting.")
    if fitting.unused:
        st.html(f"Nothing is found of: {html.escaped(', '.join(fitting.unused))}.")
    if not fitting.overloaded and not fitting.unused:
        st.html("Every class and relation is used, and none takes most of everything.")
    if usage.problems:
        st.html("<b>What answers said that had no place</b>")
        st.dataframe(
            [{"Times": p.count, "What": html.plain(p.message)} for p in usage.problems], hide_index=True,
            alt="Labels without a place",
        )  # fmt: skip


def draw_tables(found: Schema, usage: Usage) -> None:
    st.dataframe(schema.class_rows(found, usage), hide_index=True, alt="Classes", height="content")
    st.dataframe(schema.relation_rows(found, usage), hide_index=True, alt="Relations", height="content")


def check() -> None:
    """Hold the graph against its schema (SHACL); takes a while, so only when asked for."""
    try:
        with shared.opened() as workspace:
            st.session_state[VIOLATIONS] = workspace.validate()
    except KgcError as error:
        st.session_state[VIOLATIONS] = error


def draw_violations() -> None:
    st.button("Check the graph", key="kgc_schema_check", on_click=check)
    st.html('<div class="kgc-place">Every fact is held against the classes, ends and datatypes of the schema.</div>')
    found = st.session_state.get(VIOLATIONS)
    if isinstance(found, KgcError):
        st.html(html.notice(found.message, found.hint))
    elif found is not None:
        st.caption(
            f"{found.violations:,} violations and {found.warnings:,} warnings in {found.statements:,} statements."
        )
        st.dataframe(
            [
                {
                    "Of": html.plain(f.thing),
                    "What": html.plain(f.message),
                    "Value": html.plain(f.value),
                    "Severity": f.severity,
                    "Said in": html.plain(", ".join(p.document for p in f.places[:3])),
                }
                for f in found.findings[:500]
            ],
            hide_index=True,
            alt="Violations",
        )


def draw_diff(found: Schema) -> None:
    known = files(shared.path())
    names = [name for name in sorted(known) if name != found.name]
    other = st.selectbox("Another schema", names, index=None, key=OTHER, placeholder="choose one to compare with")
    if not other:
        return
    changes = diff(found, find(other, shared.path())).changes
    if not changes:
        st.caption("They say the same.")
        return
    st.dataframe(schema.diff_rows(changes), hide_index=True, alt="Differences", height="content")
    st.html(
        f"What that means for this graph: <code>kgc ontology migrate {html.escaped(str(known[other]))} --dry-run</code>"
    )


def draw() -> None:
    with shared.opened() as workspace:
        found = workspace.schema()
        if not found.entities:
            st.html(html.notice("This workspace has no schema yet.", "Read a folder into it: kgc ingest FOLDER"))
            return
        usage = shared.usage(workspace)
    drawing, tables, fits, beside = st.tabs(["Drawing", "Tables", "Check", "Compare"])
    with drawing:
        left, right = st.columns([2.4, 1], gap="small")
        with left:
            draw_picture(found, usage)
        with right:
            draw_chosen(found, usage)
    with tables:
        draw_tables(found, usage)
    with fits:
        draw_violations()
    with beside:
        draw_diff(found)


draw()
