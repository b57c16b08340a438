"""Events, qualifiers, negation and hedging come through from the answer to the export and the embedded graph."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from kgc import Workspace
from kgc.testing.script import Script
from kgc.testing.server import Server
from tests.story import rows, write_story

SCHEMA = '''
from kgc.schema.words import Amount, Entity, Event, Relation

class Person(Entity):
    """A human being."""

class Organization(Entity):
    """A company."""

class Company(Organization):
    """A business."""

class WorksFor(Relation):
    """Is employed by."""
    head: Person
    tail: Organization

class Acquisition(Event):
    """A company buys another."""
    buyer: Organization
    bought: Organization
    price: Amount | None
'''
TEXT = """Acme bought Northwind for $2 bn in 2019. Acme acquired Northwind, as everybody knows.
Ada Byron worked for Acme from 1998 to 2004. Bo Lind never worked for Acme. Cleo Marsh may work for Acme."""
ANSWER = """# relations: WorksFor
o1 = Company("Acme")
o2 = Organization("Northwind")
p1 = Person("Ada Byron")
p2 = Person("Bo Lind")
p3 = Person("Cleo Marsh")
e1 = Acquisition("bought", 1, buyer=o1, bought=o2, price="$2 bn")
e2 = Acquisition("acquired", 2, buyer=o1, bought=o2)
WorksFor(p1, o1, 3, start="1998", end="2004")
WorksFor(p2, o1, 4, negated=True)
WorksFor(p3, o1, 5, hedged=True)"""


@pytest.fixture
def filled(workspace: Workspace, tmp_path: Path) -> Workspace:
    folder = write_story(tmp_path / "docs", {"deal.txt": TEXT})
    (tmp_path / "deals.py").write_text(SCHEMA)
    with Server(Script(reply=ANSWER)) as server:
        report = workspace.ingest(folder, schema=str(tmp_path / "deals.py"), model="openai:any", base_url=server.url)
    assert report.exit_code == 0
    return workspace


def test_two_tellings_of_one_event_are_one_event_with_two_places(filled: Workspace, tmp_path: Path) -> None:
    [event] = [r for r in rows(filled, tmp_path / "g.jsonl") if r["kind"] == "event"]
    assert event["type"] == "Acquisition"
    assert len(event["evidence"]) == 2  # type: ignore[arg-type]
    roles = {r["role"]: r["value"] for r in event["roles"]}  # type: ignore[attr-defined]
    assert (roles["buyer"]["name"], roles["bought"]["name"]) == ("Acme", "Northwind")
    assert roles["price"]["literal"] == "$2 bn"


def test_qualifiers_and_hedging_are_kept_and_what_is_denied_is_hidden(filled: Workspace, tmp_path: Path) -> None:
    facts = {f.head.name: f for f in filled.facts()}
    assert set(facts) == {"Ada Byron", "Cleo Marsh"}
    assert {q.name: q.value for q in facts["Ada Byron"].qualifiers} == {"start": "1998", "end": "2004"}
    assert facts["Cleo Marsh"].hedged
    hidden = {f.head.name: f for f in filled.facts(hidden=True)}
    assert hidden["Bo Lind"].negated
    filled.export(tmp_path / "all.jsonl", hidden=True)
    shown = [json.loads(line) for line in (tmp_path / "all.jsonl").read_text().splitlines()]
    entities = {row["id"] for row in shown if row["kind"] == "entity"}
    facts_ = [row for row in shown if row["kind"] == "fact"]
    assert {row["head"]["name"] for row in facts_ if row["negated"]} == {"Bo Lind"}
    assert {row["head"]["id"] for row in facts_} <= entities


def test_a_class_finds_its_descendants_and_an_event_its_roles(filled: Workspace) -> None:
    found = filled.query("MATCH (p:Person)-[r:WORKS_FOR]->(o:Organization) RETURN p.name, r.start ORDER BY p.name")
    assert [list(r) for r in found.rows] == [["Ada Byron", "1998"], ["Cleo Marsh", None]]
    found = filled.query("MATCH (e:Acquisition)-[:BUYER]->(o:Organization) RETURN e.trigger, o.name")
    assert [r[1] for r in found.rows] == ["Acme"]
