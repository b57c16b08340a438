"""Exploring is a trail of views: each step gives another, every step can be undone, and what is hidden stays so."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kgc.ledger.neighbourhood import Link, Neighbourhood, Place
from kgc.ledger.wanted import ALL, Wanted
from kgc.pipeline.workspace import Workspace
from kgc.view import explore
from kgc.view.explore import MOST, NOTHING, Trail, View
from kgc.view.explore_export import as_csv, as_cypher
from kgc.view.explore_show import Seen, look, picture, rows
from kgc.view.picture import drawn, kinds, short
from tests.view.imported import fact, graph

ADA, BOB, EVE, ACME, ROME = "Ada/Person", "Bob/Person", "Eve/Person", "Acme/Organization", "Rome/Location"


@pytest.fixture(scope="module")
def workspace(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Workspace]:
    """Ada and Bob work for Acme in Rome, Eve knows Bob; forty more work for Acme."""
    made = graph(
        tmp_path_factory.mktemp("explore"),
        fact(ADA, "WorksFor", ACME, confidence=0.95, start="1998", end="2003"),
        fact(BOB, "WorksFor", ACME, confidence=0.6),
        fact(ACME, "BasedIn", ROME, confidence=0.8),
        fact(EVE, "SpouseOf", BOB, confidence=0.7),
        fact(EVE, "WorksFor", ACME, negated=True),
        *(fact(f"Worker {n}/Person", "WorksFor", ACME, confidence=0.5) for n in range(40)),
    )
    with made as opened:
        yield opened


@pytest.fixture(scope="module")
def reader(workspace: Workspace) -> Neighbourhood:
    return workspace.neighbourhood()


@pytest.fixture(scope="module")
def ids(workspace: Workspace) -> dict[str, str]:
    return {e.name: e.id for e in workspace.entities()}


def names(seen: Seen) -> set[str]:
    return {p.name for p in seen.places}


def test_to_look_at_an_entity_shows_it_with_what_is_around(reader: Neighbourhood, ids: dict[str, str]) -> None:
    view = explore.focus(reader, NOTHING, ids["Bob"])
    assert names(look(reader, view)) == {"Bob", "Acme", "Eve"}
    assert (view.focus, view.chosen) == (ids["Bob"], ids["Bob"])
    alone = explore.focus(reader, NOTHING, ids["Bob"], hops=0)
    assert names(look(reader, alone)) == {"Bob"}
    far = explore.focus(reader, NOTHING, ids["Eve"], hops=3)
    assert {"Eve", "Bob", "Acme", "Rome"} <= names(look(reader, far))


def test_a_first_picture_shows_the_best_connected(reader: Neighbourhood) -> None:
    assert "Acme" in names(look(reader, explore.start(reader)))


def test_to_expand_adds_neighbours_after_those_that_stand(reader: Neighbourhood, ids: dict[str, str]) -> None:
    view = explore.focus(reader, NOTHING, ids["Bob"])
    more = explore.expand(reader, view, ids["Acme"], 10)
    assert more.entities[: len(view.entities)] == view.entities
    assert len(more.entities) == len(view.entities) + 10
    everyone = explore.expand(reader, more, ids["Acme"], 500)
    assert explore.expand(reader, everyone, ids["Acme"]).entities == everyone.entities


def test_no_more_stand_than_can_be_drawn(reader: Neighbourhood, ids: dict[str, str]) -> None:
    crowd = tuple(f"x{n}" for n in range(MOST - 3))
    view = View(entities=(*crowd, ids["Acme"]))
    assert len(explore.expand(reader, view, ids["Acme"]).entities) == MOST
    full = explore.expand(reader, explore.expand(reader, view, ids["Acme"]), ids["Acme"])
    assert len(full.entities) == MOST


def test_what_is_hidden_does_not_come_back_by_expanding_but_when_asked(
    reader: Neighbourhood, ids: dict[str, str]
) -> None:
    view = explore.focus(reader, NOTHING, ids["Bob"])
    hidden = explore.hide(view, ids["Eve"])
    assert "Eve" not in names(look(reader, explore.expand(reader, hidden, ids["Bob"])))
    assert "Eve" in names(look(reader, explore.bring_back(hidden)))


def test_what_is_pinned_stays_when_another_is_looked_at(reader: Neighbourhood, ids: dict[str, str]) -> None:
    view = explore.pin(explore.focus(reader, NOTHING, ids["Bob"]), ids["Eve"])
    assert "Eve" in names(look(reader, explore.focus(reader, view, ids["Rome"])))
    assert set(explore.only(view, ids["Acme"]).entities) == {ids["Acme"], ids["Eve"]}
    let_go = explore.pin(view, ids["Eve"])
    assert "Eve" not in names(look(reader, explore.focus(reader, let_go, ids["Rome"])))


@given(st.lists(st.sampled_from(["expand", "hide", "pin", "only", "choose", "kind", "back", "focus"]), max_size=12))
def test_undo_leads_back_step_by_step_and_redo_forth(
    reader: Neighbourhood, ids: dict[str, str], acts: list[str]
) -> None:
    trail, views = Trail(explore.start(reader)), []
    for act in acts:
        views.append(trail.now)
        trail = trail.step(acted(reader, trail.now, act, ids["Acme"]))
    last, n = trail.now, len(trail.past)
    for _ in range(n):
        trail = trail.undo()
    assert trail.past == ()
    assert replace(trail.now, chosen="") == replace((views or [trail.now])[0], chosen="")
    for _ in range(n):
        trail = trail.redo()
    assert trail.now == last
    assert trail.undone == ()


def acted(reader: Neighbourhood, view: View, act: str, id_: str) -> View:
    steps = {
        "expand": lambda: explore.expand(reader, view, id_, 5),
        "hide": lambda: explore.hide(view, id_),
        "pin": lambda: explore.pin(view, id_),
        "only": lambda: explore.only(view, id_),
        "choose": lambda: explore.choose(view, id_),
        "kind": lambda: explore.toggled(view, "Person"),
        "back": lambda: explore.bring_back(view),
        "focus": lambda: explore.focus(reader, view, id_),
    }
    return steps[act]()


def test_to_choose_something_is_no_step_to_undo() -> None:
    view = View(entities=("a", "b"))
    trail = Trail(view).step(explore.choose(view, "a"))
    assert trail.now.chosen == "a"
    assert trail.past == ()


@pytest.mark.parametrize(
    ("wanted", "left"),
    [
        (Wanted(confidence=0.9), {"Ada", "Acme"}),
        (Wanted(relations=frozenset({"WorksFor"})), {"Acme", "Rome"}),
        (Wanted(types=frozenset({"Organization"})), {"Ada", "Bob", "Rome"}),
        (Wanted(since=2000, until=2001, undated=False), {"Ada", "Acme"}),
        (Wanted(since=2004), {"Bob", "Acme", "Rome"}),
        (Wanted(document="graph/graph.jsonl"), {"Ada", "Bob", "Acme", "Rome"}),
        (Wanted(document="another"), {"Acme"}),
        (Wanted(statuses=frozenset({"accepted"})), {"Acme"}),
    ],
)
def test_a_filter_leaves_what_it_names_and_what_is_looked_at(
    reader: Neighbourhood, ids: dict[str, str], wanted: Wanted, left: set[str]
) -> None:
    view = View(tuple(ids[n] for n in ("Ada", "Bob", "Acme", "Rome")), ids["Acme"], wanted=wanted)
    assert names(look(reader, view)) == left


def test_denied_facts_are_shown_on_request_and_drawn_as_such(reader: Neighbourhood, ids: dict[str, str]) -> None:
    view = View((ids["Eve"], ids["Acme"]))
    assert look(reader, view).links == ()
    seen = look(reader, replace(view, wanted=Wanted(hidden=True)))
    [line] = picture(seen, view).lines
    assert (line.name, line.state) == ("WorksFor", "denied")


def test_a_way_is_put_into_the_picture_and_marked(
    workspace: Workspace, reader: Neighbourhood, ids: dict[str, str]
) -> None:
    way = workspace.way(ids["Eve"], ids["Rome"])
    assert [p.name for p in reader.places(way)] == ["Eve", "Bob", "Acme", "Rome"]
    view = explore.follow(View((ids["Ada"],)), way)
    shown = picture(look(reader, view), view)
    assert {d.name for d in shown.dots if d.marked} == {"Eve", "Bob", "Acme", "Rome"}
    assert len([e for e in shown.lines if e.marked]) == 3


def test_a_dot_tells_how_many_facts_are_not_drawn(reader: Neighbourhood, ids: dict[str, str]) -> None:
    view = View((ids["Acme"], ids["Rome"]))
    more = {d.name: d.more for d in picture(look(reader, view), view).dots}
    assert more == {"Acme": 42, "Rome": 0}


def test_what_left_the_graph_is_counted(reader: Neighbourhood, ids: dict[str, str]) -> None:
    assert look(reader, View((ids["Ada"], "gone"))).lost == 1


def test_the_legend_shows_a_type_alone_and_all_again(reader: Neighbourhood, ids: dict[str, str]) -> None:
    types = reader.types()
    view = explore.focus(reader, NOTHING, ids["Acme"])
    alone = explore.alone(view, "Person", types)
    assert {p.type for p in look(reader, alone).places} == {"Person"}
    assert explore.alone(alone, "Person", types).wanted == ALL
    shown = {k.name: k.shown for k in picture(look(reader, alone), alone).kinds}
    assert shown == {"Location": False, "Organization": False, "Person": True}


# Export

HOSTILE = '=HYPERLINK("http://x")\' }) DETACH DELETE n //\\'


def hostile_seen() -> Seen:
    places = (Place("a", "Person", HOSTILE, 1), Place("b", "Wei`rd", "B\n\u202e", 1))
    return Seen(places, (Link("f", "open:paid by", "a", "b", 0.5, "proposed", False, False, False, 1, ""),), (), 0)


def test_a_table_for_a_spreadsheet_runs_no_formula() -> None:
    [head, row] = csv.reader(io.StringIO(as_csv(hostile_seen())))
    told = dict(zip(head, row, strict=True))
    assert told["head"] == f"'{HOSTILE}"
    assert (told["relation"], told["status"]) == ("paid by", "proposed")


def test_statements_hold_names_as_strings_only() -> None:
    [first, second, edge] = as_cypher(hostile_seen()).splitlines()
    kept = "'=HYPERLINK(\"http://x\")\\' }) DETACH DELETE n //\\\\'"
    assert first == f"MERGE (n:Entity {{id: 'a'}}) SET n:Person, n.name = {kept};"
    assert "`Wei``rd`" in second
    assert "'B\\u000A\\u202E'" in second
    assert "OPEN_FACT" in edge


def test_the_table_twin_lists_what_is_drawn(reader: Neighbourhood, ids: dict[str, str]) -> None:
    view = View(tuple(ids[n] for n in ("Ada", "Bob", "Acme", "Rome")))
    found = rows(look(reader, view))
    assert [(r.head, r.relation, r.tail, r.time) for r in found] == [
        ("Acme", "BasedIn", "Rome", ""),
        ("Ada", "WorksFor", "Acme", "end 2003, start 1998"),
        ("Bob", "WorksFor", "Acme", ""),
    ]


# Pictures


@given(st.lists(st.text(max_size=6), max_size=30), st.lists(st.text(max_size=6), max_size=10))
def test_kinds_keep_colour_and_shape_whatever_else_is_shown(shown: list[str], known: list[str]) -> None:
    alone = {k.name: (k.color, k.shape) for name in set(shown) & set(known) for k in kinds([name], known)}
    together = {k.name: (k.color, k.shape) for k in kinds(shown, known)}
    assert all(together[name] == look_ for name, look_ in alone.items())


@given(st.text(max_size=80))
def test_a_name_in_a_drawing_is_one_short_line_without_invisible_characters(name: str) -> None:
    told = short(name)
    assert len(told) <= 36 + 9 * sum(not c.isprintable() for c in name) + 1
    assert not set(told) & set("\n\r\t\u202e\u200b\u2066\x00")


def test_a_picture_is_sent_as_lists_with_its_kinds_by_number(reader: Neighbourhood, ids: dict[str, str]) -> None:
    view = View((ids["Acme"], ids["Rome"]))
    data = drawn(picture(look(reader, view), view))
    assert [[d[1], data["kinds"][int(str(d[2]))][0]] for d in data["dots"]] == [
        ["Acme", "Organization"],
        ["Rome", "Location"],
    ]
