"""Decisions under new names: they are about names with their class, which a schema may call another way."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import replace
from typing import Final, TypeVar

from kgc.data import Decision
from kgc.ledger import Ledger
from kgc.ledger.codec import dump
from kgc.ledger.decisions import RULE, decision_id
from kgc.ledger.derive import LITERAL
from kgc.ledger.entities import detail
from kgc.ledger.rulings import DERIVED, IN_DOCUMENT
from kgc.schema import Schema
from kgc.schema.model import EntityType, RelationType
from kgc.schema.renames import before

T = TypeVar("T", EntityType, RelationType)
_OF_FACTS: Final = ("accept", "reject", "reverse")


def carry_decisions(ledger: Ledger, old: Schema, new: Schema) -> int:
    """Take each decision again under the names that its classes and relations have now; returns how many.

    What was undone stays so under the new names, but for what a person has in force there. The old ones stay, asleep,
    and wake if the old names come back; one whose keys go on being called so would not sleep, and is undone. Whoever
    calls it holds a transaction.
    """
    classes, relations = _renamed(old.entities, new.entities), _renamed(old.relations, new.relations)
    carried = [(d, c) for d in ledger.decisions.all() if (c := _carried(d, classes, relations))]
    for was, now in sorted(carried, key=lambda pair: pair[0].undone):
        there = ledger.decisions.get(now.id) if now.undone else ()
        if not any(not d.undone and not d.by.startswith(RULE) for d in there):
            ledger.decisions.put(now)
        if was.what == now.what:
            ledger.decisions.undo(was)
    return len(carried)


def _renamed(olds: tuple[T, ...], news: tuple[T, ...]) -> dict[str, str]:
    """Old name -> new name of what is called another way now."""
    return {old.name: new.name for new in news for old in before(new, olds) if old.name != new.name}


def _carried(decision: Decision, classes: Mapping[str, str], relations: Mapping[str, str]) -> Decision | None:
    """The same decision under the new names; None where nothing changes, and for what a rule decides anew itself."""
    if decision.by in DERIVED and not decision.undone:
        return None
    what = _what(decision, classes, relations)
    payload = _payload(decision, classes)
    if (what, payload) == (decision.what, decision.payload):
        return None
    ways = ((decision.payload, payload), (decision.by, decision.by))  # what its id was made of beside kind and keys
    made_of = next((now for was, now in ways if decision.id == decision_id(decision.kind, decision.what, was)), "")
    return replace(decision, id=decision_id(decision.kind, what, made_of), what=what, payload=payload)


def _what(decision: Decision, classes: Mapping[str, str], relations: Mapping[str, str]) -> tuple[str, ...]:
    if decision.kind in _OF_FACTS:
        head, relation, tail = decision.what
        return _key(head, classes), relations.get(relation, relation), _key(tail, classes)
    if decision.payload == IN_DOCUMENT:
        document, *keys = decision.what
        return document, *(_key(key, classes) for key in keys)
    return tuple(_key(key, classes) for key in decision.what)


def _payload(decision: Decision, classes: Mapping[str, str]) -> str:
    class_ = detail(decision, "type") if decision.kind == "retype" else ""
    if class_ not in classes:
        return decision.payload
    return dump({**json.loads(decision.payload), "type": classes[class_]})


def _key(key: str, classes: Mapping[str, str]) -> str:
    """A mention key, `Type:Surface`, under its class's new name; a literal stays."""
    if key.startswith(LITERAL):
        return key
    type_, colon, surface = key.partition(":")
    return f"{classes.get(type_, type_)}{colon}{surface}"
