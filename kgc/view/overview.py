"""What a workspace holds at a glance: its documents, and what a search finds in it."""

from __future__ import annotations

from dataclasses import dataclass

from kgc.view.source import Source


@dataclass(frozen=True, slots=True)
class EntityRow:
    """An entity that a search found."""

    id: str
    name: str
    type: str
    facts: int


@dataclass(frozen=True, slots=True)
class PassageRow:
    """A passage that a search found; `pieces` are its text, each with whether it matches. `page` 0 means none."""

    document: str
    page: int
    headings: tuple[str, ...]
    pieces: tuple[tuple[str, bool], ...]


@dataclass(frozen=True, slots=True)
class SearchPage:
    """What a search found. Both empty: nothing."""

    entities: tuple[EntityRow, ...]
    passages: tuple[PassageRow, ...]


@dataclass(frozen=True, slots=True)
class DocumentRow:
    """A document of the workspace; `problem` says in words why it is not done, and what to do."""

    source: str
    state: str
    chunks: int
    facts: int
    problem: str


def search_page(source: Source, text: str, limit: int = 20) -> SearchPage:
    """What the words find, best first; no words find nothing."""
    if not text.strip():
        return SearchPage((), ())
    hits = source.search(text, limit)
    entities = tuple(EntityRow(h.id, h.name, h.type, h.facts) for h in hits.entities)
    passages = tuple(
        PassageRow(h.document, h.page, tuple(h.headings), tuple((t, bool(m)) for t, m in h.snippet))
        for h in hits.chunks
    )
    return SearchPage(entities, passages)


def document_rows(source: Source) -> tuple[DocumentRow, ...]:
    """All documents, those with a problem first, then by name."""
    rows = (
        DocumentRow(d.source, d.state, d.chunks, d.facts, f"{d.problem.message} {d.problem.hint}".strip())
        if d.problem
        else DocumentRow(d.source, d.state, d.chunks, d.facts, "")
        for d in source.documents()
    )
    return tuple(sorted(rows, key=lambda r: (r.state != "failed", r.source)))
