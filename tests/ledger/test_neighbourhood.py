"""Walking through the graph gives what a look at all facts would give, however many there are at one entity."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bench.browser_ledger import HUB, write
from kgc.ledger import Ledger, neighbourhood, path
from kgc.ledger.neighbourhood import Neighbourhood
from kgc.ledger.path import shortest_path
from kgc.ledger.suggest import suggest
from kgc.ledger.wanted import ALL, Wanted, during

Edges = list[tuple[str, str, str, float]]


@pytest.fixture(scope="module")
def ledger(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Ledger]:
    """Two thousand facts, two hundred of them of one hub."""
    workspace = tmp_path_factory.mktemp("walk")
    write(workspace, 2_000)
    with Ledger(workspace, writable=False) as opened:
        yield opened


@pytest.fixture(scope="module")
def edges(ledger: Ledger) -> Edges:
    query = (
        "SELECT h.id, t.id, f.id, f.confidence FROM fact f JOIN entity h ON h.rowid = f.head JOIN entity t"
        " ON t.rowid = f.tail WHERE f.visible"
    )
    return [(r[0], r[1], r[2], r[3]) for r in ledger.connection.execute(query)]


@pytest.fixture(scope="module")
def hub(ledger: Ledger) -> str:
    return str(ledger.connection.execute("SELECT id FROM entity WHERE name = ?", (HUB,)).fetchone()[0])


def beside(edges: Edges, id_: str) -> set[str]:
    return {b if a == id_ else a for a, b, _, _ in edges if id_ in (a, b)}


def test_the_neighbours_of_a_hub_are_given_by_portions_until_there_are_no_more(
    ledger: Ledger, edges: Edges, hub: str
) -> None:
    reader, drawn = Neighbourhood(ledger.connection), [hub]
    wanted = beside(edges, hub)
    assert len(wanted) > 150
    while found := reader.around(hub, ALL, drawn, 50).ids:
        assert len(found) <= 50
        assert not set(found) & set(drawn)
        drawn += found
    assert set(drawn) - {hub} == wanted


def test_where_not_all_facts_of_a_hub_are_looked_at_the_number_says_so(
    ledger: Ledger, hub: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    reader = Neighbourhood(ledger.connection)
    assert reader.around(hub, ALL, (), 5).all_counted
    monkeypatch.setattr(neighbourhood, "SCAN", 50)
    found = reader.around(hub, ALL, (), 5)
    assert len(found.ids) == 5
    assert not found.all_counted
    assert found.total >= 200


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(data=st.data())
def test_the_facts_between_entities_are_all_there_are_wherever_the_bounds_lie(
    ledger: Ledger, edges: Edges, hub: str, monkeypatch: pytest.MonkeyPatch, data: st.DataObject
) -> None:
    everyone = sorted({end for a, b, _, _ in edges for end in (a, b)})
    ids = data.draw(st.lists(st.sampled_from(everyone), max_size=60, unique=True))
    ids = [hub, *sorted(beside(edges, hub))[:20], *ids]
    monkeypatch.setattr(neighbourhood, "SCAN", data.draw(st.sampled_from([0, 3, 20, 4_000])))
    found = Neighbourhood(ledger.connection).between(ids, ALL)
    inside = set(ids)
    assert [e.id for e in found] == sorted(id_ for a, b, id_, _ in edges if a in inside and b in inside)


def test_a_filter_holds_for_neighbours_and_for_facts_between(ledger: Ledger, edges: Edges, hub: str) -> None:
    sure = Wanted(confidence=0.9, types=frozenset({"Location"}))
    reader = Neighbourhood(ledger.connection)
    found = reader.around(hub, sure, (), 500)
    assert set(found.ids) <= {b if a == hub else a for a, b, _, c in edges if hub in (a, b) and c >= 0.9}
    assert {p.type for p in reader.places(found.ids)} <= {"Person", "Organization"}
    assert all(e.confidence >= 0.9 for e in reader.between([hub, *found.ids], sure))
    document = "corpus/report-00003.txt"
    facts = reader.between([hub, *reader.around(hub, ALL, (), 500).ids], Wanted(document=document))
    assert facts
    assert all((document, 1) in reader.sources([e.id]) for e in facts)


def shortest(edges: Edges, start: str, end: str) -> int | None:
    """How many facts lie between, by a walk over all of them."""
    near: dict[str, set[str]] = {}
    for a, b, _, _ in edges:
        near.setdefault(a, set()).add(b)
        near.setdefault(b, set()).add(a)
    seen, edge, steps = {start}, {start}, 0
    while edge and end not in edge:
        edge = {n for e in edge for n in near.get(e, ())} - seen
        seen |= edge
        steps += 1
    return steps if end in edge else None


@settings(max_examples=30, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(data=st.data())
def test_a_way_is_a_shortest_one_and_each_of_its_steps_a_fact(
    ledger: Ledger, edges: Edges, data: st.DataObject
) -> None:
    everyone = sorted({end for a, b, _, _ in edges for end in (a, b)})
    start, end = data.draw(st.sampled_from(everyone)), data.draw(st.sampled_from(everyone))
    way = shortest_path(ledger.connection, start, end, ALL)
    steps = shortest(edges, start, end)
    if steps is None or steps > path.STEPS:
        assert way == ()
        return
    assert (way[0], way[-1], len(way)) == (start, end, steps + 1)
    assert all(b in beside(edges, a) for a, b in pairwise(way))


def test_a_crowd_is_met_in_but_not_walked_on_from(ledger: Ledger, hub: str, monkeypatch: pytest.MonkeyPatch) -> None:
    one, other = Neighbourhood(ledger.connection).around(hub, ALL, (), 2).ids
    monkeypatch.setattr(path, "CROWD", 100)
    assert shortest_path(ledger.connection, one, other, ALL) == (one, hub, other)
    assert shortest_path(ledger.connection, one, hub, ALL) == (one, hub)
    monkeypatch.setattr(path, "LOOKED_AT", 0)
    assert shortest_path(ledger.connection, one, other, ALL) == ()


@pytest.mark.parametrize("typed", ["halv", "HALVORSEN bat", "batt", "Halvorsen Battery Corporation"])
def test_what_is_typed_finds_the_name_that_begins_so_and_the_best_known_first(ledger: Ledger, typed: str) -> None:
    found = suggest(ledger.connection, typed, ("Location", "Organization", "Person"))
    assert found[0].name == HUB
    assert found[0].facts >= 200


@pytest.mark.parametrize(
    "typed", ["", "  ", '"', "*", "a* OR b", "🙂", "%", "'; DROP TABLE entity; --", "\x00", "a\ud800"]
)
def test_whatever_is_typed_is_text(ledger: Ledger, typed: str) -> None:
    assert isinstance(suggest(ledger.connection, typed, ("Person",)), tuple)


def test_the_strongest_facts_of_an_entity_come_first_and_all_are_counted(
    ledger: Ledger, edges: Edges, hub: str
) -> None:
    ids, total = Neighbourhood(ledger.connection).strongest(hub, 10)
    sure = {id_: c for a, b, id_, c in edges if hub in (a, b)}
    assert total == len(sure)
    assert [sure[i] for i in ids] == sorted(sure.values(), reverse=True)[:10]


def test_what_is_no_longer_there_is_left_out(ledger: Ledger, hub: str) -> None:
    reader = Neighbourhood(ledger.connection)
    assert [p.id for p in reader.places(["gone", hub])] == [hub]
    assert reader.between(["gone"], ALL) == ()
    assert reader.around("gone", ALL).ids == ()
    assert shortest_path(ledger.connection, "gone", hub, ALL) == ()


@pytest.mark.parametrize(
    ("time", "since", "until", "holds"),
    [
        ('[["end","2003"],["start","1998-05"]]', 2000, 2001, True),
        ('[["end","2003"],["start","1998-05"]]', 2004, 0, False),
        ('[["start","1998"]]', 2020, 0, True),
        ('[["end","1998"]]', 0, 1950, True),
        ('[["end","1998"]]', 1999, 0, False),
        ('[["time","2001-02-03"]]', 2001, 2001, True),
        ('[["time","2001-02-03"]]', 2002, 0, False),
        ('[["time","the spring"]]', 2002, 0, False),
    ],
)
def test_a_time_is_met_where_it_overlaps(time: str, since: int, until: int, holds: bool) -> None:
    assert during(time, since, until, undated=False) == holds


def test_a_workspace_suggests_by_alias_too(tmp_path: Path) -> None:
    from kgc.pipeline.workspace import Workspace

    (tmp_path / "docs").mkdir()
    text = "Halvorsen Battery Corporation was founded in 1998. Halvorsen Battery Corp. is based in Trondheim."
    (tmp_path / "docs" / "one.txt").write_text(text, encoding="utf-8")
    with Workspace(tmp_path / "w") as workspace:
        workspace.ingest(tmp_path / "docs")
        names = {n for e in workspace.entities() for n in (e.name, *(a.name for a in e.aliases))}
        for name in names:
            assert any(name in (s.name, s.alias) for s in workspace.suggest(name))
