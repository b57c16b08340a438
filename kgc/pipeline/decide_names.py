"""People's decisions on names: which are one thing, which are not, of what class a thing is, what it is called."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

from kgc.data import Decision, Entity
from kgc.data.names import tidy
from kgc.errors import KgcError, UnknownName
from kgc.ledger import Ledger
from kgc.ledger.codec import dump
from kgc.ledger.decisions import decision_id
from kgc.ledger.graph import LedgerGraph
from kgc.ledger.rulings import local_split, person_merge, person_split, ruled
from kgc.resolve.clusters import roots


@dataclass(frozen=True, slots=True)
class Meant:
    """An entity that somebody named, and the key of the name they used."""

    entity: Entity
    key: str


def meant(graph: LedgerGraph, name: str) -> Meant:
    """The one entity of this id, key, name or alias. Raises `UnknownName` for none, `KgcError` for several."""
    ids = graph.find(name)
    if not ids:
        raise UnknownName("entity", name, graph.names_like(name), "`kgc search` finds parts of names.")
    found = [e for e in map(graph.entity, ids) if e]
    called = [e for e in found if e.name.casefold() == name.casefold()]
    if len(called) == 1:
        found = called  # the others have the name beside their own
    if len(found) > 1:
        which = ", ".join(f"{e.id} ({e.type})" for e in found[:8])
        raise KgcError(f"{len(found)} entities are called {name!r}.", f"Give the id of the one you mean: {which}.")
    keys = found[0].keys
    same = [k for k in keys if name == k] or [k for k in keys if _surface(k).casefold() == name.casefold()]
    return Meant(found[0], same[0] if same else keys[0])


def merge(ledger: Ledger, graph: LedgerGraph, one: str, other: str, by: str) -> Decision:
    """Say that two entities are one. Raises `KgcError` where they are already, or where it contradicts a decision."""
    a, b = meant(graph, one), meant(graph, other)
    return _together(ledger, a, b, by)


def take_together(
    ledger: Ledger, graph: LedgerGraph, one: str, other: str, by: str, *, again: bool = False
) -> Decision:
    """Say that two names, by their keys, are of one thing; `again` also where they are already, by a rule."""
    a, b = _of_key(graph, one), _of_key(graph, other)
    if again and a.entity.id == b.entity.id:
        return person_merge(one, other, by)
    return _together(ledger, a, b, by)


def _together(ledger: Ledger, a: Meant, b: Meant, by: str) -> Decision:
    if a.entity.id == b.entity.id:
        raise KgcError(
            f"{_surface(a.key)!r} and {_surface(b.key)!r} are one entity already ({a.entity.id}).",
            "`kgc show` lists its names.",
        )
    said = ruled(ledger.decisions.all())
    decision = person_merge(a.key, b.key, by)
    for pair, id_ in sorted(said.apart.items()):
        one, two = pair
        if not _join(pair, a.entity.keys, b.entity.keys):
            continue
        [apart] = ledger.decisions.get(id_)
        if pair == decision.what and apart.undone:
            continue  # a rule's merge of just these two was taken back, and is taken again
        how = f"`kgc accept {id_}` merges them again" if apart.undone else f"`kgc undo {id_}` takes that back"
        raise KgcError(f"{_surface(one)!r} and {_surface(two)!r} were taken apart ({apart.reason}).", f"{how}.")
    return decision


def _join(pair: tuple[str, str], ones: Collection[str], others: Collection[str]) -> bool:
    a, b = pair
    return (a in ones and b in others) or (b in ones and a in others)


def split(
    ledger: Ledger, graph: LedgerGraph, entity: str, names: Sequence[str], by: str, document: str = ""
) -> Decision:
    """Take names out of an entity, or, without names, each of its names from each; in one document alone, if named.

    Raises `KgcError` where there is nothing to take apart, or where people's merges hold it together.
    """
    found = meant(graph, entity).entity
    if document:
        return _split_in(ledger, found, names, document, by)
    if len(found.keys) < 2:
        raise KgcError(f"{found.name!r} has one name only.", "There is nothing to take apart.")
    out = [key for name in names for key in _named(ledger, found, name)]
    rest = [key for key in found.keys if key not in out] if names else []
    if names and not rest:
        raise KgcError("Nothing of the entity would be left.", "Without names, each is taken from each.")
    if names:
        must_be_free(ledger, out, rest)
        return person_split(out, rest, by)
    for key in found.keys[1:]:
        must_be_free(ledger, [k for k in found.keys if k != key], [key])
    return person_split(found.keys, (), by)


def _named(ledger: Ledger, entity: Entity, name: str) -> list[str]:
    """The keys of an entity's names that are written so."""
    keys = [k for k in entity.keys if name == k or _surface(k).casefold() == name.casefold()]
    if keys:
        return keys
    documents = [d for d, key, *_ in ledger.proposals.local(entity.id) if _surface(key).casefold() == name.casefold()]
    if documents:
        raise KgcError(
            f"{name!r} is {entity.name!r} in single documents only ({', '.join(documents[:5])}).",
            f"Name the document: --in {documents[0]}.",
        )
    raise UnknownName("name", name, [_surface(k) for k in entity.keys], f"`kgc show {entity.id}` lists its names.")


def _split_in(ledger: Ledger, entity: Entity, names: Sequence[str], document: str, by: str) -> Decision:
    here = [link for link in ledger.proposals.local(entity.id) if link[0] == document]
    wanted = [link for link in here if not names or _surface(link[1]).casefold() == names[0].casefold()]
    if len(wanted) != 1 or len(names) > 1:
        known = ", ".join(sorted({_surface(link[1]) for link in here})) or "none"
        raise KgcError(
            f"It takes one name that stands for {entity.name!r} in {document} alone; there are: {known}.",
            "`kgc split ENTITY NAME --in DOCUMENT`.",
        )
    return local_split(*wanted[0][:3], by)


def must_be_free(ledger: Ledger, out: Collection[str], rest: Collection[str]) -> None:
    """Raise `KgcError` where people's merges hold names together that are to be taken apart."""
    said = ruled(ledger.decisions.all())
    root = roots(said.together)
    bound = {root[k] for k in out if k in root} & {root[k] for k in rest if k in root}
    if not bound:
        return
    mine = {pair: id_ for pair, id_ in said.together.items() if root[pair[0]] in bound}
    between = {id_ for (a, b), id_ in mine.items() if (a in out) != (b in out)}
    ids = sorted(between or mine.values())
    raise KgcError(
        f"People merged these names (decision {', '.join(ids)}).", f"`kgc undo {ids[0]}` takes that back first."
    )


def reject_pair(ledger: Ledger, graph: LedgerGraph, one: str, other: str, by: str) -> Decision:
    """Say that the entities of two names are two things."""
    a, b = _of_key(graph, one).entity, _of_key(graph, other).entity
    if a.id == b.id:
        raise KgcError(f"They are one entity ({a.id}).", "`kgc split` takes names out of it.")
    must_be_free(ledger, a.keys, b.keys)
    return person_split(a.keys, b.keys, by)


def retype(graph: LedgerGraph, entity: str, type_: str, by: str) -> Decision:
    """Say of which class an entity is, by all its names."""
    found = meant(graph, entity).entity
    class_ = graph.schema.entity(type_)
    if class_ is None:
        raise UnknownName("class", type_, [e.name for e in graph.schema.entities], "`kgc schema show` lists them.")
    if found.type == class_.name:
        raise KgcError(f"{found.name!r} is a {found.type} already.", "`kgc show` tells the class of an entity.")
    return _of_entity("retype", found.keys, {"type": class_.name}, f"made a {class_.name} by {by}", by)


def rename(graph: LedgerGraph, entity: str, name: str, by: str) -> Decision:
    """Say what an entity is called, be it one of its names or none."""
    found = meant(graph, entity)
    called = tidy(name)
    if not called:
        raise KgcError("A name has letters.", "Give one: `kgc rename ENTITY NAME`.")
    if found.entity.name == called:
        raise KgcError(f"It is called {called!r} already.", "`kgc show` tells what an entity is called.")
    return _of_entity("rename", found.entity.keys[:1], {"name": called}, f"renamed by {by}", by)


def _of_entity(kind: str, keys: Iterable[str], said: dict[str, str], reason: str, by: str) -> Decision:
    what, payload = tuple(keys), dump(said)
    assert kind in ("retype", "rename")
    return Decision(decision_id(kind, what, payload), kind, what, payload, reason=reason, by=by)  # type: ignore[arg-type]


def _of_key(graph: LedgerGraph, key: str) -> Meant:
    ids = graph.find(key)
    found = next((e for e in map(graph.entity, ids) if e and key in e.keys), None)
    if found is None:
        raise KgcError(f"{_surface(key)!r} is not in the graph at present.", "The decision sleeps until it is back.")
    return Meant(found, key)


def _surface(key: str) -> str:
    return key.partition(":")[2]
