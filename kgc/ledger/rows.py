"""An extraction as plain rows: made without the ledger, also in another process, and quick to hand over."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict, dataclass
from typing import Final

from kgc.data import EventMention, Extraction, Literal, Mention, Problem, Triple
from kgc.data.names import mention_key, tidy
from kgc.ledger.codec import ALIGNED, clean, dump, dump_problem, dump_qualifiers, literal_row

Name = tuple[str, str, str]
"""Mention key, type and surface. Rows point to names by their place in `Rows.names`."""
Cell = str | int | float | bool | None
Event = tuple[str, str, tuple[tuple[str | int, ...], ...], tuple[Cell, ...]]
"""Type, trigger, roles, and the rest as in the table."""


@dataclass(frozen=True, slots=True)
class Rows:
    """What `Extractions.put` writes for one chunk; `answers` are the keys of the answers it was read from.

    `mentions` are (name, start, stop); `claims` begin with head, relation and tail, the rest as in the table; the
    roles of `events` are (role, name) or (role, raw, value, datatype, unit, lang).
    """

    chunk: str
    failure: str | None
    model: str
    problems: tuple[tuple[str, str, str], ...]
    names: tuple[Name, ...]
    mentions: tuple[tuple[int, int | None, int | None], ...]
    claims: tuple[tuple[Cell, ...], ...]
    events: tuple[Event, ...]
    answers: tuple[str, ...] = ()


def rows_of(found: Extraction) -> Rows:
    """The rows of an extraction. A triple without a name at one end becomes a problem."""
    names = _Names()
    named = [t for t in found.triples if _named(t)]
    nameless = (
        Problem("unparsable", f"a {t.relation} without a name at one end", raw=t.evidence.rationale)
        for t in found.triples
        if not _named(t)
    )
    models = {t.evidence.model for t in found.triples} | {e.evidence.model for e in found.events}
    return Rows(
        found.chunk,
        dump_problem(found.failure) if found.failure else None,
        clean(min(models, default="")),
        tuple(_problem(p) for p in (*found.problems, *nameless)),
        names=names.all(_mentions_of(found)),
        mentions=tuple(_places(found, names)),
        claims=tuple(_claim(t, names) for t in named),
        events=tuple(_event(e, names) for e in found.events),
        answers=found.answers,
    )


class _Names:
    """The names of one extraction in the order that they come in, each key once."""

    def __init__(self) -> None:
        self._known: dict[tuple[str, str], int] = {}
        self._keys: dict[str, int] = {}
        self._names: list[Name] = []

    def of(self, mention: Mention) -> int:
        known = self._known.get((mention.type, mention.surface))
        if known is None:
            key = clean(mention_key(mention.type, mention.surface))
            known = self._keys.setdefault(key, len(self._names))
            if known == len(self._names):
                self._names.append((key, mention.type, clean(tidy(mention.surface))))
            self._known[mention.type, mention.surface] = known
        return known

    def all(self, mentions: Iterator[Mention]) -> tuple[Name, ...]:
        for mention in mentions:
            self.of(mention)
        return tuple(self._names)


def _mentions_of(found: Extraction) -> Iterator[Mention]:
    """Everything that is named, with or without a place."""
    ends = (m for t in found.triples for m in (t.head, t.tail) if isinstance(m, Mention))
    players = (r.value for e in found.events for r in e.roles if isinstance(r.value, Mention))
    yield from (m for m in (*found.mentions, *ends, *players) if tidy(m.surface))


def _places(found: Extraction, names: _Names) -> Iterator[tuple[int, int | None, int | None]]:
    """All places where something is named, each once, in order of the text."""
    seen = {(names.of(m), (m.span.start, m.span.end) if m.span else None) for m in _mentions_of(found)}
    located = {name for name, span in seen if span}
    for name, span in sorted(seen, key=lambda s: (s[1] or (-1, -1), s[0])):
        if span:
            yield name, *span
        elif name not in located:
            yield name, None, None


def _problem(problem: Problem) -> tuple[str, str, str]:
    detail = {k: v for k, v in asdict(problem).items() if k in _DETAIL}
    return problem.code, problem.severity, dump(detail)


_DETAIL: Final = ("message", "where", "raw", "hint")


def _claim(t: Triple, names: _Names) -> tuple[Cell, ...]:
    qualifiers, time = dump_qualifiers(t.qualifiers) if t.qualifiers else ("[]", "")
    return (
        names.of(t.head), t.relation, None if isinstance(t.tail, Literal) else names.of(t.tail),
        *(literal_row(t.tail) if isinstance(t.tail, Literal) else (None,) * 5),
        t.negated, t.hedged, clean(qualifiers), clean(time), t.confidence, t.evidence.span.start,
        t.evidence.span.end, ALIGNED.index(t.evidence.aligned), clean(t.evidence.rationale),
    )  # fmt: skip


def _event(event: EventMention, names: _Names) -> Event:
    roles = tuple(
        (r.name, *literal_row(r.value)) if isinstance(r.value, Literal) else (r.name, names.of(r.value))
        for r in event.roles
    )
    e = event.evidence
    rest = (event.confidence, e.span.start, e.span.end, ALIGNED.index(e.aligned), clean(e.rationale))
    return event.type, clean(event.trigger), roles, rest


def _named(triple: Triple) -> bool:
    ends = (triple.head, triple.tail)
    return all(tidy(end.surface if isinstance(end, Mention) else end.raw) for end in ends)
