"""People's decisions under new names: they are about names with their class, which a schema may call another way."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import TypeVar

from kgc.data import Decision
from kgc.ledger import Ledger
from kgc.ledger.decisions import RULE, decision_id
from kgc.ledger.derive import LITERAL
from kgc.schema import Schema
from kgc.schema.model import EntityType, RelationType
from kgc.schema.renames import before

T = TypeVar("T", EntityType, RelationType)


def carry_decisions(ledger: Ledger, old: Schema, new: Schema) -> int:
    """Take each decision of people again under the names that its classes and relations have now; returns how many.

    The old ones stay, asleep, and wake if the old names come back. Whoever calls it holds a transaction.
    """
    classes, relations = _renamed(old.entities, new.entities), _renamed(old.relations, new.relations)
    carried = [c for d in ledger.decisions.all() if (c := _carried(d, classes, relations))]
    for decision in carried:
        ledger.decisions.put(decision)
    return len(carried)


def _renamed(olds: tuple[T, ...], news: tuple[T, ...]) -> dict[str, str]:
    """Old name -> new name of what is called another way now."""
    return {old.name: new.name for new in news for old in before(new, olds) if old.name != new.name}


def _carried(decision: Decision, classes: Mapping[str, str], relations: Mapping[str, str]) -> Decision | None:
    """The same decision under the new names; None where nothing changes, and for what is undone or a rule's."""
    if decision.undone or decision.by.startswith(RULE):
        return None
    is_fact = len(decision.what) == 3
    what = tuple(
        relations.get(item, item) if is_fact and place == 1 else _key(item, classes)
        for place, item in enumerate(decision.what)
    )
    payload = classes.get(decision.payload, decision.payload) if decision.kind == "retype" else decision.payload
    if (what, payload) == (decision.what, decision.payload):
        return None
    with_payload = decision.id == decision_id(decision.kind, decision.what, decision.payload)
    id_ = decision_id(decision.kind, what, payload if with_payload else "")
    return replace(decision, id=id_, what=what, payload=payload)


def _key(key: str, classes: Mapping[str, str]) -> str:
    """A mention key, `Type:Surface`, under its class's new name; a literal stays."""
    if key.startswith(LITERAL):
        return key
    type_, colon, surface = key.partition(":")
    return f"{classes.get(type_, type_)}{colon}{surface}"
