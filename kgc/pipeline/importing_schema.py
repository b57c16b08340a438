"""A schema made from what a graph holds: its types as classes, its properties as relations and attributes."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from keyword import kwlist
from typing import Final

from kgc.data.facts import OPEN
from kgc.errors import SchemaError
from kgc.pipeline.importing_draft import Draft
from kgc.pipeline.importing_names import identifier, property_name
from kgc.schema import DATATYPES, Attribute, EntityType, EventType, RelationType, RoleType, Schema
from kgc.schema.model import Labels
from kgc.schema.naming import LABELS, TYPES, upper_snake
from kgc.schema.read import WORDS
from kgc.schema.rules import IRI, broken

_OF_PAIRS: Final = (
    "SELECT s.relation, h.class, t.class FROM statement s JOIN thing a ON a.id = s.head JOIN kind h ON"
    " h.types = a.types AND h.event = a.event JOIN thing b ON b.id = s.tail JOIN kind t ON t.types = b.types"
    " AND t.event = b.event"
    " WHERE h.class != '' AND t.class != '' GROUP BY 1, 2, 3 ORDER BY 1, 2, 3"
)
_OF_VALUES: Final = (
    "SELECT s.relation, h.class, CASE WHEN s.value IS NULL THEN 'url' ELSE json_extract(s.value, '$[2]') END, count(*)"
    " FROM statement s JOIN thing a ON a.id = s.head JOIN kind h ON h.types = a.types AND h.event = a.event"
    " WHERE h.class != '' AND (s.value IS NOT NULL OR s.tail NOT IN (SELECT id FROM thing)) GROUP BY 1, 2, 3"
    " ORDER BY 1, 2, 3"
)


@dataclass(slots=True)
class Names:
    """Foreign names and the ones that they have in the schema; names that differ in case alone are one."""

    taken: dict[str, str]
    made: dict[tuple[str, str], str] = field(default_factory=dict)
    sources: dict[str, list[str]] = field(default_factory=dict)

    def of(self, foreign: str, role: str) -> str:
        """The schema's name of a foreign class or relation; `role` is what it gets behind it where it is taken."""
        known = self.made.get((role, foreign))
        if known:
            return known
        name = identifier(foreign)
        name = self._free(name, role)
        self.made[role, foreign] = name
        self.sources.setdefault(name, []).append(foreign)
        return name

    def _free(self, name: str, role: str) -> str:
        key = _stored(name, role)
        if self.taken.get(key, role) != role:
            name = f"{name}{role}"
            key = _stored(name, role)
        self.taken.setdefault(key, role)
        same = (n for n in self.sources if _stored(n, role) == key)
        return next(same, name)

    def labels(self, name: str) -> Labels:
        """Where a name comes from: IRIs as they are, other names as aliases."""
        found = sorted(set(self.sources.get(name, ())) - {name})
        iris = tuple(f for f in found if IRI.fullmatch(f) and "://" in f)
        return Labels(same_as=iris, aliases=tuple(f for f in found if f not in iris))


def derive_schema(draft: Draft, name: str, title: str) -> Schema:
    """A schema that all of a graph has a place in, but for things without a type.

    Raises `SchemaError` where there is no type at all, or names that no schema can hold side by side.
    """
    names = Names({n.casefold(): "reserved" for n in (*LABELS, *TYPES, *WORDS, *kwlist)})
    kinds = _kinds(draft)
    if not kinds:
        raise SchemaError(
            f"Nothing in {title} has a type, so that no schema can be derived.", "Write one: --schema FILE."
        )
    classes = {t: names.of(t, "Thing") for t in sorted(_types(kinds, event=False))}
    events = {t: names.of(t, "Event") for t in sorted(_types(kinds, event=True))}
    parents = _parents(draft, kinds)
    _join(draft, kinds, {**classes, **events})
    relations, roles = _relations(draft, names, set(events.values()))
    attributes, values = _attributes(draft, {r.name for r in relations}, set(events.values()))
    schema = Schema(
        name,
        tuple(_entities(classes, parents, attributes, names)),
        relations,
        tuple(EventType(e, "", _joined(roles.get(e, {}), values.get(e, {})), names.labels(e))
              for e in sorted(set(events.values()))),
        definition=f"Derived from {title}.",
    )  # fmt: skip
    wrong = [message for _, message in broken(schema)]
    if wrong:
        raise SchemaError(f"No schema can be derived from {title}: {wrong[0]}", "Write one: --schema FILE.")
    return schema


def _stored(name: str, role: str) -> str:
    return (upper_snake(name) if role == "Relation" else name).casefold()


Kinds = Mapping[tuple[tuple[str, ...], bool], int]
"""How many things there are of each set of types, and whether they are events."""


def _kinds(draft: Draft) -> Kinds:
    rows = draft.sql.execute("SELECT types, event, count(*) FROM thing WHERE types != '[]' GROUP BY types, event")
    return {(tuple(json.loads(types)), bool(event)): count for types, event, count in rows}


def _types(kinds: Kinds, *, event: bool) -> set[str]:
    return {t for types, is_event in kinds if is_event == event for t in types}


def _parents(draft: Draft, kinds: Kinds) -> dict[str, str]:
    """The class above each: as the graph says, else the smallest that all of its things have besides."""
    said = dict(draft.sql.execute("SELECT child, min(parent) FROM below GROUP BY child").fetchall())
    sizes: Counter[str] = Counter()
    common: dict[str, set[str]] = {}
    for (types, event), count in kinds.items():
        for t in types if not event else ():
            sizes[t] += count
            common[t] = common[t] & set(types) if t in common else set(types)
    found: dict[str, str] = {}
    for t in sorted(sizes):
        above = [o for o in common[t] if o != t and sizes[o] > sizes[t]]
        parent = said.get(t, "") if said.get(t) in sizes else min(above, key=lambda o: (sizes[o], o), default="")
        if parent and t not in _line(found, parent):
            found[t] = parent
    return found


def _line(parents: Mapping[str, str], name: str) -> list[str]:
    """A class and all above it."""
    line = [name]
    while (name := parents.get(name, "")) and name not in line:
        line.append(name)
    return line


def _join(draft: Draft, kinds: Kinds, names: Mapping[str, str]) -> None:
    """The class of each set of types, as a table to join with: the type that the fewest things have."""
    sizes: Counter[str] = Counter()
    for (types, _), count in kinds.items():
        sizes.update(dict.fromkeys(types, count))
    draft.sql.execute("DROP TABLE IF EXISTS kind")
    draft.sql.execute("CREATE TABLE kind (types TEXT, event INTEGER, class TEXT, PRIMARY KEY (types, event))")
    for types, event in draft.sql.execute("SELECT DISTINCT types, event FROM thing").fetchall():
        first = min(json.loads(types), key=lambda t: (sizes[t], t), default="")
        draft.sql.execute("INSERT INTO kind VALUES (?, ?, ?)", (types, event, names.get(first, "")))


Filled = dict[str, dict[str, set[str]]]
"""The types of each role of each event."""


def _relations(draft: Draft, names: Names, events: set[str]) -> tuple[tuple[RelationType, ...], Filled]:
    heads: dict[str, set[str]] = {}
    tails: dict[str, set[str]] = {}
    roles: Filled = {}
    for relation, head, tail in draft.sql.execute(_OF_PAIRS).fetchall():
        if relation.startswith(OPEN):
            continue  # has its place in any schema that is opened
        if head in events:
            roles.setdefault(head, {}).setdefault(property_name(relation.rpartition(".")[2]), set()).add(tail)
        elif tail not in events:
            name = names.of(relation, "Relation")
            heads.setdefault(name, set()).add(head)
            tails.setdefault(name, set()).add(tail)
    made = (
        RelationType(n, tuple(sorted(heads[n])), tuple(sorted(tails[n])), labels=names.labels(n)) for n in sorted(heads)
    )
    return tuple(made), roles


def _attributes(draft: Draft, relations: set[str], events: set[str]) -> tuple[dict[str, set[Attribute]], Filled]:
    """Attributes by class, and the roles of events that hold values; a property has one datatype everywhere."""
    kinds: dict[str, Counter[str]] = {}
    owners: dict[str, set[str]] = {}
    for relation, owner, datatype, count in draft.sql.execute(_OF_VALUES).fetchall():
        if relation.startswith(OPEN):
            continue
        name = property_name(relation)
        name = f"{name}_value" if name in relations else name
        kinds.setdefault(name, Counter())[datatype if datatype in DATATYPES else "string"] += count
        owners.setdefault(name, set()).add(owner)
    attributes: dict[str, set[Attribute]] = {}
    values: Filled = {}
    for name, found in owners.items():
        for owner in found:
            if owner in events:
                values.setdefault(owner, {})[name] = {_datatype(kinds[name])}
            else:
                attributes.setdefault(owner, set()).add(Attribute(name, _datatype(kinds[name])))
    return attributes, values


def _datatype(kinds: Counter[str]) -> str:
    """The datatype of all values but for those that nothing was made of; numbers hold integers; else a string."""
    typed = set(kinds) - {"string"}
    if typed == {"integer", "number"}:
        typed = {"number"}
    one = next(iter(typed), "string")
    return one if len(typed) == 1 and kinds["string"] <= kinds.total() // 2 else "string"


def _entities(
    classes: Mapping[str, str], parents: Mapping[str, str], attributes: Mapping[str, set[Attribute]], names: Names
) -> Iterator[EntityType]:
    above: dict[str, str] = {}
    for foreign, name in classes.items():
        parent = classes.get(parents.get(foreign, ""), "")
        if parent and parent != name and name not in _line(above, parent):
            above.setdefault(name, parent)
    for name in sorted(set(classes.values())):
        inherited = {a.name for line in _line(above, name)[1:] for a in attributes.get(line, ())}
        own = sorted((a for a in attributes.get(name, ()) if a.name not in inherited), key=lambda a: a.name)
        yield EntityType(name, "", above.get(name, ""), tuple(own), names.labels(name))


def _joined(things: Mapping[str, Iterable[str]], values: Mapping[str, Iterable[str]]) -> tuple[RoleType, ...]:
    """The roles of an event; one that holds things here and values there holds things."""
    both = {**values, **things}
    return tuple(RoleType(n, tuple(sorted(both[n])), required=False) for n in sorted(both))
