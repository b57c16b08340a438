"""The examples give a graph worth looking at, without a key or a server."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from kgc.data import Entity, Node
from kgc.pipeline.workspace import Workspace

LEAST_RECALL = 0.25
"""A floor that tells a broken chain from a working one; how good the model is, `kgc eval` measures."""


@pytest.fixture(scope="module")
def workspace(repository: Path, tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    found = Workspace(tmp_path_factory.mktemp("examples"))
    report = found.ingest(repository / "examples" / "documents")
    assert (report.documents.failed, report.documents.pending) == (0, 0)
    return found


def names(entity: Entity) -> set[str]:
    return {entity.name.casefold(), *(a.name.casefold() for a in entity.aliases)}


def statements(workspace: Workspace) -> set[tuple[str, str, str]]:
    """All facts by every name of both ends, folded."""
    by_id = {e.id: names(e) for e in workspace.entities()}
    found = set()
    for fact in workspace.facts():
        tails = by_id[fact.tail.id] if isinstance(fact.tail, Node) else {fact.tail.value.casefold()}
        found |= {(head, fact.relation, tail) for head in by_id[fact.head.id] for tail in tails}
    return found


def expected(repository: Path) -> list[tuple[str, str, str]]:
    lines = (repository / "examples" / "expected.jsonl").read_text(encoding="utf-8").splitlines()
    rows = [json.loads(line) for line in lines]
    return [(r["head"].casefold(), r["relation"], r["tail"].casefold()) for r in rows]


def test_enough_of_the_expected_facts_are_found(workspace: Workspace, repository: Path) -> None:
    found, wanted = statements(workspace), expected(repository)
    missing = [fact for fact in wanted if fact not in found]
    recall = 1 - len(missing) / len(wanted)
    assert recall >= LEAST_RECALL, f"recall {recall:.2f}; missing {missing}"


def test_one_company_under_many_names_is_one_entity(workspace: Workspace) -> None:
    [card] = workspace.show("Halvorsen Battery Corporation")
    assert {"halvorsen battery corporation", "halvorsen battery corp."} <= names(card.entity)
    documents = {s.document for fact in card.facts for s in fact.evidence}
    assert len(documents) >= 3


def test_every_fact_stands_where_it_says(workspace: Workspace) -> None:
    count = 0
    for fact in workspace.facts():
        for place in fact.evidence:
            assert workspace.document(place.document).text[place.start : place.end] == place.quote
            count += 1
    assert count > 0


def test_what_is_denied_is_no_fact(workspace: Workspace) -> None:
    denied = {
        ("halvorsen battery corporation", "Acquired", "jokela mining oy"),
        ("olof brannvik", "WorksFor", "brannvik instruments"),
        ("lanwan energy storage", "Acquired", "vestby recycling as"),
    }
    assert not denied & statements(workspace)


def test_both_founding_years_are_kept(workspace: Workspace) -> None:
    [card] = workspace.show("Halvorsen Battery Corporation")
    years = {a.value.value[:4] for a in card.entity.attributes if a.name == "founded"}
    assert years == {"1997", "1998"}
