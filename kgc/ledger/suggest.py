"""Suggestions while somebody types a name: what begins so first, then what has a word that begins so."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Final

from kgc.data.names import normalise
from kgc.ledger.codec import clean
from kgc.ledger.words import match_expression

EACH: Final = 40
"""Candidates of each type whose whole name begins so."""
WORDS: Final = 200
"""Candidates with a word that begins so."""
DEGREE: Final = 2_000
"""Facts at each end that are counted at all."""
EXACT: Final = 200
"""Above so many facts the number that is told counts hidden ones too: it comes from the index alone."""
SHORTEST: Final = 2
"""Letters from which words inside names are looked at: one letter begins too many of them."""


@dataclass(frozen=True, slots=True)
class Suggestion:
    """An entity that what was typed may mean. `alias` is the name that fits where it is not its own, else "".

    `facts` counts those it takes part in, up to 2,000 at each end.
    """

    id: str
    type: str
    name: str
    alias: str
    facts: int


def suggest(connection: sqlite3.Connection, text: str, types: Iterable[str], limit: int = 12) -> tuple[Suggestion, ...]:
    """The best suggestions for what was typed, best first: the same name, a name that begins so, a word that does.

    Of equals the one with more facts comes first. Nothing for a text without a letter or digit.
    """
    text = clean(text)
    typed = " ".join(text.split()).casefold()
    if not any(c.isalnum() for c in typed):
        return ()
    rowids = {*_whole(connection, text, types), *_words(connection, text)}
    ranked = sorted((_ranked(typed, row) for row in _counted(connection, rowids, "")), key=lambda r: r[:4])
    best = [found for *_, found in ranked[:limit]]
    few = {rowid for rowid, found in best if found.facts <= EXACT}
    exact = {row[0]: row[-1] for row in _counted(connection, few, "AND f.visible")}
    return tuple(replace(found, facts=exact.get(rowid, found.facts)) for rowid, found in best)


Row = tuple[int, str, str, str, str, int]


def _counted(connection: sqlite3.Connection, rowids: set[int], more: str) -> list[Row]:
    """(rowid, id, type, name, aliases, facts) of these entities. Without `more` the index alone is counted."""
    cursor = connection.cursor()
    cursor.row_factory = None
    end = f"(SELECT count(*) FROM (SELECT 1 FROM fact f WHERE f.{{}} = e.rowid {more} LIMIT ?))"
    return cursor.execute(
        f"SELECT e.rowid, e.id, e.type, e.name, e.aliases, {end.format('head')} + {end.format('tail')} FROM"
        " json_each(?) i CROSS JOIN entity e ON e.rowid = i.value WHERE e.visible",
        (DEGREE, DEGREE, json.dumps(sorted(rowids))),
    ).fetchall()


def _ranked(typed: str, row: Row) -> tuple[int, int, int, str, tuple[int, Suggestion]]:
    rowid, id_, type_, name, aliases, facts = row
    rank = _rank(typed, name)
    alias = ""
    for other, _, _ in json.loads(aliases):
        if rank and (better := _rank(typed, other)) < rank:
            rank, alias = better, other
    return rank, -facts, len(name), id_, (rowid, Suggestion(id_, type_, name, alias, facts))


def _rank(typed: str, name: str) -> int:
    folded = name.casefold()
    if folded == typed:
        return 0
    if folded.startswith(typed):
        return 1
    return 2 if any(word.startswith(typed) for word in folded.split()) or typed in folded else 3


def _whole(connection: sqlite3.Connection, text: str, types: Iterable[str]) -> set[int]:
    """Entities one of whose names begins so, without regard to case and punctuation."""
    start = normalise(text).text
    if not start:
        return set()
    query = (
        "SELECT m.entity FROM name n JOIN member m ON m.name = n.rowid WHERE n.type = ? AND n.norm >= ? AND n.norm < ?"
        " ORDER BY n.norm LIMIT ?"
    )
    return {
        int(row[0]) for type_ in types for row in connection.execute(query, (type_, start, start + "\U0010ffff", EACH))
    }


def _words(connection: sqlite3.Connection, text: str) -> set[int]:
    expression = match_expression(text)
    if not expression or (len(text.strip()) < SHORTEST and text.strip().isascii()):
        return set()
    query = "SELECT rowid FROM entity_words WHERE entity_words MATCH ? LIMIT ?"
    return {int(row[0]) for row in connection.execute(query, (expression, WORDS))}
