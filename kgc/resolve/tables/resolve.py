"""Records in, groups of one thing each out, with how sure each pair is: nothing is learnt from labels."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from kgc.resolve.records import Feature
from kgc.resolve.tables.fields import Field, Record, Row, fields_of, rows_of
from kgc.resolve.tables.model import Model, fit
from kgc.resolve.tables.pairs import candidates

MATCH: Final = 0.5
TOGETHER: Final = 0.6
"""The pairs between two groups need this score on average before the groups become one."""
_LOOKED_AT: Final = 16
"""Of a larger group so many records are compared."""


@dataclass(frozen=True, slots=True)
class Resolved:
    """Groups of two and more keys, each sorted; the scores of pairs that match, the smaller key first."""

    groups: tuple[tuple[str, ...], ...]
    scores: Mapping[tuple[str, str], float]
    model: Model


class Matcher:
    """Compares records of the same fields by a model that was fitted on others, or on themselves."""

    def __init__(self, records: Sequence[Record]) -> None:
        self.fields: tuple[Field, ...] = fields_of(records)
        rows = rows_of(records, self.fields)
        self.model = fit(self.fields, rows, candidates(self.fields, rows))

    def features(self, one: Record, other: Record) -> tuple[Feature, ...]:
        a, b = rows_of((one, other), self.fields)
        return self.model.features(a, b)

    def score(self, one: Record, other: Record) -> float:
        a, b = rows_of((one, other), self.fields)
        return self.model.score(a, b)


def resolve_records(records: Mapping[str, Record], match: float = MATCH) -> Resolved:
    """Group records by key. The order of the records means nothing.

    Pairs are joined from the surest on, two groups only if their records are alike on average: no chain through a
    weak middle.
    """
    keys = sorted(records)
    table = [records[key] for key in keys]
    fields = fields_of(table)
    rows = rows_of(table, fields)
    pairs = candidates(fields, rows)
    model = fit(fields, rows, pairs)
    scored = sorted(((model.score(rows[a], rows[b]), a, b) for a, b in pairs), key=lambda s: (-s[0], s[1], s[2]))
    edges = [(score, a, b) for score, a, b in scored if score >= match]
    groups = _grouped(edges, rows, model)
    named = tuple(sorted(tuple(sorted(keys[i] for i in group)) for group in groups))
    return Resolved(named, {(keys[a], keys[b]): round(score, 4) for score, a, b in edges}, model)


def _grouped(edges: Sequence[tuple[float, int, int]], rows: Sequence[Row], model: Model) -> list[list[int]]:
    of: dict[int, list[int]] = {}
    known = {(a, b): score for score, a, b in edges}
    for _, a, b in edges:
        one, two = of.setdefault(a, [a]), of.setdefault(b, [b])
        if one is two:
            continue
        across = [(min(x, y), max(x, y)) for x in _some(one) for y in _some(two)]
        for pair in across:
            if pair not in known:
                known[pair] = model.score(rows[pair[0]], rows[pair[1]])
        telling = [known[pair] for pair in across if known[pair] > 0]  # of 0 are those that nothing is known of
        if sum(telling) >= TOGETHER * len(telling):
            larger, smaller = (one, two) if len(one) >= len(two) else (two, one)
            larger.extend(smaller)
            for place in smaller:
                of[place] = larger
    return list({id(group): group for group in of.values() if len(group) > 1}.values())


def _some(group: list[int]) -> list[int]:
    """Some of a large group, evenly drawn."""
    return sorted(group)[:: len(group) // _LOOKED_AT + 1]
