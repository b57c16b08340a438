"""Which facts a verdict speaks of: its keys tell ends and relation, its payload what else tells facts apart."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Final

from kgc.data import Decision, Qualifier
from kgc.ledger.codec import clean, dump, dump_qualifiers

LITERAL: Final = "literal:"
"""How a literal tail is written in a decision's keys: `literal:<datatype>:<value>`."""

_MEANT: Final = (
    "head = (SELECT m.entity FROM member m JOIN name n ON n.rowid = m.name WHERE n.key = ?) AND relation = ? AND CASE"
    " WHEN tail IS NULL THEN ? || datatype || ':' || value = ? ELSE tail = (SELECT m.entity FROM member m JOIN name n"
    " ON n.rowid = m.name WHERE n.key = ?) END"
)
"""SQL: the facts of a head, relation and tail, by (head key, relation, LITERAL, tail key, tail key)."""
_ALONE: Final = "negated = ? AND time = ? AND coalesce(unit, '') = ?"
"""SQL: the one of them that a payload tells of; with the ends and the relation this is what a fact's id is made of."""


def payload(qualifiers: Iterable[Qualifier], *, negated: bool, unit: str) -> str:
    """What a verdict on one fact says beside its keys. It is never empty: without a payload it speaks of them all."""
    _, time = dump_qualifiers(tuple(qualifiers))
    return dump({"negated": negated, "time": json.loads(time or "[]"), "unit": clean(unit)})


def meant(verdict: Decision, head: str, tail: str) -> tuple[str, tuple[object, ...]]:
    """SQL that is true of the facts between two keys that a verdict speaks of, and its values.

    A verdict of an older kgc has no payload: it speaks of all facts of its keys. One whose payload cannot be read, as
    another program may have written it, speaks of none.
    """
    ends = (head, verdict.what[1], LITERAL, tail, tail)
    if not verdict.payload:
        return _MEANT, ends
    alone = _read(verdict.payload)
    return (f"{_MEANT} AND {_ALONE}", (*ends, *alone)) if alone else ("0", ())


def _read(text: str) -> tuple[bool, str, str] | None:
    """Whether the fact is negated, its time and its unit as the ledger holds them; None for what is no such payload."""
    try:
        found = json.loads(text)
    except (ValueError, RecursionError):
        return None
    match found:
        case {"negated": bool(negated), "time": list(time), "unit": str(unit)}:
            return negated, dump(time) if time else "", clean(unit)
        case _:
            return None
