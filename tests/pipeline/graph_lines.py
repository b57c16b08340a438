"""Lines of a graph as `kgc export` writes them, and what has to be the same after a round trip."""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path

Row = dict[str, object]

SCHEMA = '''"""People, firms and what happens to them."""

from kgc.schema.words import Amount, Date, Entity, Event, Functional, Relation, String, Url


class Person(Entity):
    aliases = ("human",)
    same_as = ("https://schema.org/Person",)

    born: Functional[Date]
    motto: String
    page: Url


class Author(Person):
    ...


class Firm(Entity):
    same_as = ("http://schema.org/Organization",)

    worth: Amount


class WorksFor(Relation):
    label = "works for"
    inverse = "Employs"

    head: Person
    tail: Firm


class Knows(Relation):
    symmetric = True

    head: Person
    tail: Person


class Sale(Event):
    seller: Firm
    buyer: Firm
    on: Date | None
'''


def write_schema(folder: Path) -> str:
    path = folder / "people.py"
    path.write_text(SCHEMA, encoding="utf-8")
    return str(path)


def node(name: str, type_: str = "Person") -> Row:
    return {"id": f"{type_}-{name}", "type": type_, "name": name}


def entity(name: str, type_: str = "Person", lang: str = "", others: Iterable[tuple[str, str]] = (),
           links: Iterable[str] = ()) -> Row:  # fmt: skip
    aliases = [{"name": n, "lang": code, "count": 1} for n, code in ((name, lang), *others)]
    return {"kind": "entity", **node(name, type_), "aliases": aliases, "attributes": {}, "links": list(links)}


def value(raw: str, plain: str = "", datatype: str = "string", unit: str = "") -> Row:
    return {"literal": raw, "value": plain or raw, "datatype": datatype, "unit": unit, "lang": ""}


def quote(text: str, document: str = "docs/a.txt", page: int | None = None, aligned: str = "exact") -> Row:
    return {"document": document, "page": page, "quote": text, "aligned": aligned, "rationale": None}


def fact(head: Row, relation: str, tail: Row, **more: object) -> Row:
    plain = {"confidence": 1.0, "negated": False, "hedged": False, "qualifiers": {}, "evidence": [quote("It says so.")]}
    return {"kind": "fact", "id": "x", "relation": relation, "head": head, "tail": tail, **plain, **more}


def sale(roles: Iterable[tuple[str, Row]], trigger: str = "sold", **more: object) -> Row:
    filled = [{"role": name, "value": end} for name, end in roles]
    plain = {"confidence": 0.9, "status": "proposed", "evidence": [quote("Acme sold Bolt.")]}
    return {"kind": "event", "id": f"e-{trigger}", "type": "Sale", "trigger": trigger, "roles": filled, **plain, **more}


def write_lines(path: Path, rows: Iterable[Row | str]) -> Path:
    text = "".join((r if isinstance(r, str) else json.dumps(r, ensure_ascii=False)) + "\n" for r in rows)
    path.write_text(text, encoding="utf-8")
    return path


def kept(path: Path) -> list[str]:
    """What an import keeps of each line of an export: all but counts of names, and the evidence but how many places
    there are, how well they were aligned and why."""
    return sorted(json.dumps(_kept(json.loads(line)), sort_keys=True) for line in path.read_text("utf-8").splitlines())


def _kept(row: Row) -> Row:
    found = dict(row)
    if row["kind"] == "entity":
        found["aliases"] = sorted([a["name"], a["lang"]] for a in row["aliases"])  # type: ignore[attr-defined]
    else:
        found["evidence"] = sorted([e["aligned"], e["rationale"]] for e in row["evidence"])  # type: ignore[attr-defined]
    return found
