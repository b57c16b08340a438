"""The Evidence page: a piece of a document with every fact that it says, and one fact with all its places.

All cutting is done here, in code points, since a browser counts in other units.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final, Protocol, TypedDict

from kgc.data import Document, Fact, Literal, Node, Support
from kgc.view.entity import value_text
from kgc.view.html import plain

PIECE: Final = 6_000
"""Code points of a document that are shown at once."""
BEFORE: Final = 1_200
"""Code points before the chosen fact."""
NEAR: Final = 200
"""Code points that a cut goes back for white space."""
LABEL: Final = 90


class Standing(Protocol):
    """A fact and where in the document it stands."""

    @property
    def fact(self) -> str: ...
    @property
    def start(self) -> int: ...
    @property
    def end(self) -> int: ...


@dataclass(frozen=True, slots=True)
class Said:
    """A fact that a piece of text says. `state` is accepted, rejected, conflict, denied, unsure or proposed."""

    id: str
    label: str
    state: str
    confidence: float
    note: str = ""


@dataclass(frozen=True, slots=True)
class Cut:
    """A piece of text between two borders of quotes: `said` are the places in the list of facts that it belongs to."""

    text: str
    said: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Piece:
    """A piece of a document: `cuts` together are its text from `start` to `end`. `page` is 0 where there are none.

    `before` and `after` are offsets in the pieces beside it, which leave out nothing between; None at the ends.
    """

    document: str
    title: str
    page: int
    start: int
    end: int
    cuts: tuple[Cut, ...]
    said: tuple[Said, ...]
    before: int | None
    after: int | None


class Drawn(TypedDict):
    """A piece as the browser gets it."""

    cuts: list[list[object]]
    said: list[list[object]]
    chosen: str
    label: str


def borders(document: Document, at: int) -> tuple[int, int]:
    """Where to cut a piece of a document that shows offset `at`: at white space where there is some near.

    A cut stays where it is when it is made again, so that what is shown after a piece begins where that one ended.
    """
    start = _space(document.text, min(at, len(document.text)) - BEFORE)
    return start, _space(document.text, start + PIECE)


def _space(text: str, at: int) -> int:
    """The nearest white space before an offset or on it, `NEAR` code points away at most; else the offset itself."""
    if at <= 0 or at >= len(text):
        return max(0, min(at, len(text)))
    return next((n for n in range(at, max(0, at - NEAR) - 1, -1) if text[n].isspace()), at)


def piece(document: Document, start: int, end: int, stands: Sequence[Standing], facts: Iterable[Fact]) -> Piece:
    """The text between two offsets with the facts that stand there, each once, in the order of the text."""
    by_id = {fact.id: fact for fact in facts}
    order = list(dict.fromkeys(s.fact for s in stands if s.fact in by_id))
    places = {id_: n for n, id_ in enumerate(order)}
    marks = [(max(s.start, start), min(s.end, end), places[s.fact]) for s in stands if s.fact in places]
    held = [mark for mark in marks if mark[0] < mark[1]]
    points = sorted({start, end, *(p for low, high, _ in held for p in (low, high))})
    cuts = tuple(
        Cut(document.text[a:b], tuple(sorted({n for low, high, n in held if low <= a and b <= high})))
        for a, b in pairwise(points)
    )
    return Piece(
        document.source, document.meta.title, page_of(document, start), start, end, cuts,
        tuple(said(by_id[id_]) for id_ in order),
        None if start == 0 else max(0, start - PIECE + NEAR + BEFORE),
        None if end >= len(document.text) else end + BEFORE,
    )  # fmt: skip


def page_of(document: Document, at: int) -> int:
    """The page that an offset stands on, from 1; 0 in formats without pages."""
    pages = document.meta.pages
    return next((n for n, span in enumerate(pages, 1) if span.start <= at < span.end), len(pages) and 1)


def page_words(document: Document, at: int) -> str:
    """The page that an offset stands on, of how many; "" in formats without pages."""
    pages = len(document.meta.pages)
    return f"page {page_of(document, at)} of {pages}" if pages else ""


def said(fact: Fact) -> Said:
    """A fact in a line: head, relation, tail."""
    tail = fact.tail.name if isinstance(fact.tail, Node) else value_text(fact.tail)
    label = f"{fact.head.name} — {fact.relation} — {tail}"
    notes = [
        w for w, holds in (("negated", fact.negated), ("hedged", fact.hedged), ("conflict", fact.conflict)) if holds
    ]
    notes += [f"{q.name} {q.value}" for q in fact.qualifiers]
    return Said(fact.id, label if len(label) <= 2 * LABEL else label[: 2 * LABEL - 1] + "…", state(fact),
                fact.confidence, ", ".join(notes))  # fmt: skip


def state(fact: Fact) -> str:
    if fact.status != "proposed":
        return fact.status
    if fact.negated:
        return "denied"
    return "conflict" if fact.conflict else "proposed"


def drawn(found: Piece, chosen: str) -> Drawn:
    """The piece as lists; hidden and turning characters are made visible."""
    return {
        "cuts": [[plain(c.text), list(c.said)] for c in found.cuts],
        "said": [[s.id, plain(s.label), s.state, round(s.confidence, 2), plain(s.note)] for s in found.said],
        "chosen": chosen,
        "label": plain(f"{found.title or found.document}"),
    }


def first_place(fact: Fact) -> Support | None:
    """The best place to show a fact at: one where its quote stands as it is, else any."""
    exact = [s for s in fact.evidence if s.aligned == "exact"]
    return next(iter(exact or fact.evidence), None)


def why(fact: Fact) -> str:
    """Why the best support of a fact says so, who read it and how sure that is."""
    best = max(fact.evidence, key=lambda s: (s.aligned == "exact", s.confidence), default=None)
    if best is None:
        return "nothing supports it any more"
    told = [f"because: {best.rationale}"] if best.rationale else []
    by = best.strategy if best.model == best.strategy else f"{best.strategy}, {best.model}"
    aligned = {"exact": [], "fuzzy": ["loosely aligned"], "none": ["not found in the text"]}[best.aligned]
    return plain(" · ".join((*told, f"confidence {best.confidence:.2f}", f"read by {by}", *aligned)))


def reasons(fact: Fact) -> list[dict[str, object]]:
    """Every support of a fact as a row: where, by whom, how sure, and why."""
    return [
        {
            "Document": plain(s.document), "Page": s.page or None, "Quote": plain(s.quote),
            "Why": plain(s.rationale), "Strategy": plain(s.strategy), "Model": plain(s.model),
            "Confidence": round(s.confidence, 2), "Aligned": s.aligned,
        }
        for s in fact.evidence
    ]  # fmt: skip


def ends(fact: Fact) -> tuple[str, str]:
    """The ids of the entities at both ends; "" for a value."""
    return fact.head.id, "" if isinstance(fact.tail, Literal) else fact.tail.id
