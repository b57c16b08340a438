"""Evidence: a document beside all that was read from it; one fact with every place it stands on.

`?fact=` opens a fact where it stands best, `?document=` a document at its first fact, `&at=` an offset of its text.
"""

from __future__ import annotations

from collections.abc import Sequence

import review_undo
import shared
import streamlit as st

from kgc.data import Fact
from kgc.errors import UnknownName
from kgc.ledger.in_document import Stand
from kgc.pipeline.workspace import Workspace
from kgc.view import evidence, html
from kgc.view.overview import document_rows

TEXT, DOCUMENT = "kgc_evidence_text", "kgc_evidence_document"
CSS = """<style>
.st-key-kgc_evidence_bar { align-items: end; }
.kgc-fact { font-size: 1.15rem; overflow-wrap: anywhere; margin: 0; }
</style>"""


def open_fact(id_: str) -> None:
    st.query_params.pop("at", None)
    st.query_params.pop("document", None)
    st.query_params["fact"] = id_


def chosen_in_text() -> None:
    event = st.session_state[TEXT].get("chosen") or {}
    if event.get("id"):
        document, at = st.query_params.get("document"), st.query_params.get("at")
        open_fact(str(event["id"]))
        if document and at:  # the text stays where it is
            st.query_params.from_dict({"fact": str(event["id"]), "document": document, "at": at})


def turn(document: str, at: int) -> None:
    """Show another piece of the document; what was chosen stays chosen."""
    st.query_params["document"] = document
    st.query_params["at"] = str(at)


def choose_document() -> None:
    name = st.session_state.get(DOCUMENT)
    if name:
        st.query_params.from_dict({"document": str(name)})


def at_place(workspace: Workspace, fact: Fact | None) -> tuple[str, int]:
    """Which document is shown, and around which offset."""
    named, at = st.query_params.get("document", ""), st.query_params.get("at", "")
    if named:
        offset = int(at) if at.isdecimal() and len(at) < 12 else workspace.next_standing(named, 0) or 0
        return named, offset
    place = evidence.first_place(fact) if fact else None
    return (place.document, place.start) if place else ("", 0)


def draw_fact(fact: Fact) -> None:
    """The fact in words, with what can be decided about it."""
    line = evidence.said(fact)
    with st.container(key="kgc_evidence_fact", horizontal=True, vertical_alignment="center"):
        words = ", ".join(w for w in (fact.status if fact.status != "proposed" else "", line.note) if w)
        note = f' <span class="kgc-place">{html.escaped(words)}</span>' if words else ""
        st.html(f'<p class="kgc-fact"><b><bdi>{html.escaped(line.label)}</bdi></b>{note}</p>')
        if fact.status != "accepted":
            st.button("Accept", key="kgc_evidence_accept", shortcut="A", on_click=decide, args=("accept", fact.id))
        if fact.status != "rejected":
            st.button("Reject", key="kgc_evidence_reject", shortcut="X", on_click=decide, args=("reject", fact.id))
        review_undo.draw_undo()
        head, tail = evidence.ends(fact)
        if shared.has("explore"):
            st.button("Explore", key="kgc_evidence_explore", on_click=shared.go,
                      args=("explore", {"entity": head or tail}))  # fmt: skip
    st.html(f'<div class="kgc-place">{html.escaped(evidence.why(fact))}</div>')
    review_undo.draw_said()


def decide(kind: str, id_: str) -> None:
    person = shared.person()
    with review_undo.deciding() as (workspace, kept):
        judge = workspace.accept if kind == "accept" else workspace.reject
        kept.remember(workspace, [judge(id_, by=person).id], f"{kind.capitalize()}ed.")


def draw_bar(workspace: Workspace, document: str, piece: evidence.Piece, page: str) -> None:
    """Which document and page; back and forth in it, and from fact to fact."""
    with st.container(key="kgc_evidence_bar", horizontal=True):
        where = f"characters {piece.start:,}–{piece.end:,}" + (f" · {page}" if page else "")
        st.html(f'<b><bdi>{html.escaped(piece.title or document)}</bdi></b>'
                f'<div class="kgc-place">{html.escaped(document)} · {where}</div>')  # fmt: skip
        ids = [one.id for one in piece.said]
        at = place(ids)
        following = workspace.next_standing(document, piece.end)
        if ids or following is not None:
            st.button("Previous fact", key="kgc_evidence_up", shortcut="K", disabled=at <= 0, on_click=step,
                      args=(document, piece.start, ids, -1))  # fmt: skip
            st.button("Next fact", key="kgc_evidence_down", shortcut="J", on_click=step,
                      disabled=at + 1 >= len(ids) and following is None,
                      args=(document, piece.start, ids, 1, following))  # fmt: skip
        if piece.before is not None or piece.after is not None:
            st.button("Back", key="kgc_evidence_back", disabled=piece.before is None, on_click=turn,
                      args=(document, piece.before or 0), help="The piece of the document before this one")  # fmt: skip
            st.button("On", key="kgc_evidence_on", disabled=piece.after is None, on_click=turn,
                      args=(document, piece.after or 0), help="The piece of the document after this one")  # fmt: skip
        st.button("All documents", key="kgc_evidence_all", on_click=st.query_params.clear)


def step(document: str, start: int, ids: Sequence[str], by: int, following: int | None = None) -> None:
    """From the fact that is chosen when the key is read to the one before or behind it, there also in a later piece."""
    at = place(ids)
    if at + by < len(ids):
        here = str(start + evidence.BEFORE if start else 0)
        st.query_params.from_dict({"fact": ids[max(0, at + by)], "document": document, "at": here})
    elif following is not None:
        step_on(document, following)


def place(ids: Sequence[str]) -> int:
    """Where in a piece the chosen fact stands, -1 where it does not."""
    chosen = st.query_params.get("fact", "")
    return ids.index(chosen) if chosen in ids else -1


def step_on(document: str, offset: int) -> None:
    """To the first fact of a later piece."""
    turn(document, offset)
    with shared.told(), shared.opened() as workspace:
        found = workspace.standing(document, offset, offset + 1)
        if found:
            st.query_params["fact"] = found[0].fact


def draw_text(workspace: Workspace, document: str, at: int, chosen: str) -> None:
    found = workspace.document(document)
    start, end = evidence.borders(found, at)
    stands: tuple[Stand, ...] = workspace.standing(document, start, end)
    graph = workspace.graph()
    facts = [f for f in (graph.fact(id_) for id_ in dict.fromkeys(s.fact for s in stands)) if f is not None]
    piece = evidence.piece(found, start, end, stands, facts)
    mark = next((s.start for s in stands if s.fact == chosen), piece.start)
    draw_bar(workspace, document, piece, evidence.page_words(found, max(mark, piece.start)))
    shared.component("text")(key=TEXT, data=evidence.drawn(piece, chosen), on_chosen_change=chosen_in_text)
    if not piece.said:
        st.html('<div class="kgc-place">Nothing was read from this piece.</div>')


def draw_documents(workspace: Workspace) -> None:
    """Which document to look at, when none is open."""
    rows = document_rows(workspace)
    if not rows:
        st.html(html.notice("This workspace is empty.", "Read a folder into it: kgc ingest FOLDER"))
        return
    st.selectbox("Document", [r.source for r in rows], index=None, key=DOCUMENT, on_change=choose_document,
                 format_func=html.plain, placeholder="choose a document to read it beside its facts")  # fmt: skip
    st.dataframe(
        [{"Document": html.plain(r.source), "State": r.state, "Passages": r.chunks, "Facts": r.facts,
          "Problem": html.plain(r.problem)} for r in rows],
        hide_index=True, alt="Documents of the workspace",
    )  # fmt: skip


def draw_place(workspace: Workspace, document: str, at: int, chosen: str) -> bool:
    """The document around a place; False where it is not there any more."""
    try:
        draw_text(workspace, document, at, chosen)
    except UnknownName as error:
        st.html(html.notice(f"The document {document!r} is no longer there.", error.hint))
        return False
    return True


def draw() -> None:
    chosen = st.query_params.get("fact", "")
    with shared.opened() as workspace:
        fact = workspace.graph().fact(chosen) if chosen else None
        if chosen and fact is None:
            st.html(html.notice(f"There is no fact {chosen!r}.", "It may have gone with its document, or been merged."))
        document, at = at_place(workspace, fact)
        if fact is not None:
            draw_fact(fact)
        if not document or not draw_place(workspace, document, at, chosen):
            draw_documents(workspace)
            return
        if fact is not None:
            with st.expander(f"Every place it stands on ({len(fact.evidence)}), by whom and why"):
                st.dataframe(evidence.reasons(fact), hide_index=True, alt="Support of the fact")


st.html(CSS)
draw()
