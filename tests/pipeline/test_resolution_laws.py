"""Whatever happened to a workspace, its graph is that of its documents and of what people decided."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kgc.data import (
    Chunk,
    Decision,
    Document,
    EventMention,
    Evidence,
    Extraction,
    Literal,
    Mention,
    Node,
    Role,
    Span,
    Triple,
    content_id,
)
from kgc.errors import KgcError
from kgc.ledger import Ledger
from kgc.ledger.extractions import Recipe
from kgc.ledger.graph import LedgerGraph
from kgc.pipeline import decide, decide_names
from kgc.pipeline.derive import derive
from kgc.pipeline.proposed import listed
from kgc.schema import Attribute, EntityType, EventType, RelationType, RoleType, Schema
from kgc.schema.json import to_json

SCHEMA = Schema(
    "test",
    (
        EntityType("Person"),
        EntityType("Organization", attributes=(Attribute("founded", "date", functional=True),)),
        EntityType("Company", parent="Organization"),
        EntityType("Location"),
    ),
    (
        RelationType("WorksFor", ("Person",), ("Organization",)),
        RelationType("SpouseOf", ("Person",), ("Person",), symmetric=True),
        RelationType("OwnerOf", ("Organization",), ("Organization",)),
        RelationType("BasedIn", ("Organization",), ("Location",), functional=True),
    ),
    (EventType("Sale", roles=(RoleType("seller", ("Organization",)), RoleType("buyer", ("Organization",), False))),),
)
RECIPE = Recipe(content_id("recipe"), "test", "codekgc", "scripted", "700.1", to_json(SCHEMA))
FORMS = {
    " works for ": ("Person", "WorksFor", "Organization"),
    " is married to ": ("Person", "SpouseOf", "Person"),
    " is based in ": ("Organization", "BasedIn", "Location"),
    " owns ": ("Company", "OwnerOf", "Organization"),
    " was founded in ": ("Organization", "founded", ""),
}
LINES = (
    "Ada Byron works for Acme Corp.",
    "Ada Byron works for ACME Corporation",
    "A. Byron works for Acme",
    "ada byron is married to Bo Lind",
    "Bo Lind is married to Ada Byron",
    "Ada Maria Byron is married to Bo Lindh",
    "Byron works for Acme Ltd",
    "Acme Corp. was founded in 1998",
    "Acme Corporation was founded in 2001",
    "Acme is based in Bergen",
    "Acme Ltd is based in Bergen",
    "Acme Corp. owns Quorvex",
    "Acme owns Quorvex Energy",
    "Quorvex Ltd. owns Acme",
)
SOURCES = ("root/a.txt", "root/b.txt", "root/c.txt")
Put = tuple[str, tuple[str, ...]]


def extraction(line: str) -> Extraction:
    middle, (head_type, relation, tail_type) = next((m, f) for m, f in FORMS.items() if m in line)
    head, tail = line.split(middle)
    at = len(head) + len(middle)
    span = Span(at, at + len(tail))
    one = Mention(head, head_type, Span(0, len(head)))
    other = Mention(tail, tail_type, span) if tail_type else Literal(tail, tail, "date", span=span)
    evidence = Evidence(content_id(line), Span(0, len(line)), line, "exact", "a rule", "codekgc", "scripted")
    roles = (Role("seller", one), Role("buyer", other)) if isinstance(other, Mention) else ()
    events = (EventMention("Sale", "owns", roles, evidence),) if relation == "OwnerOf" else ()
    return Extraction(content_id(line), triples=(Triple(one, relation, other, evidence, 0.5),), events=events)


def put(ledger: Ledger, source: str, lines: tuple[str, ...]) -> None:
    """Store a document of these lines, each a chunk that has been read."""
    text = "\n".join(lines)
    document = Document(content_id(source), source, "text/plain", "en", text, content_id(text))
    chunks, at = [], 0
    for n, line in enumerate(lines):
        id_ = content_id(source, line, str(lines[:n].count(line)))
        chunks.append(Chunk(id_, document.id, content_id(line), Span(at, at + len(line)), line, lang="en"))
        at += len(line) + 1
    with ledger.transaction():
        ledger.folders.add_root("root", "docs")
        ledger.extractions.use(RECIPE, alone=True)
        ledger.folders.put(document, "root", "stamp", "1")
        ledger.folders.put_chunks(source, RECIPE.chunking, chunks, ())
        for line in lines:
            ledger.extractions.put(RECIPE, extraction(line), asking="a", deriving="d")
        ledger.state.bump()


def graph_of(ledger: Ledger) -> LedgerGraph:
    return ledger.graph(SCHEMA, "")


def dump(ledger: Ledger) -> list[object]:
    graph = graph_of(ledger)
    words = [(w, ledger.search(w, 20).entities) for w in ("Acme", "Ada", "Corporation", "Bergen", "Countess")]
    asked = [(m.a, m.b, m.score, m.reason, m.held) for m in listed(ledger, "pending", 99)]
    merged = sorted((d.what, d.kind, d.payload, d.score, d.reason) for d in ledger.decisions.of_kind("merge"))
    return [
        *graph.entities(True), *graph.facts(True), *graph.events(True), *graph.mentions(), *words,
        *sorted(graph.edges(), key=lambda e: e.id), sorted(asked, key=repr), merged,
    ]  # fmt: skip


@dataclass
class Life:
    """A workspace with what happens to it: each step is a kind and two numbers that choose of what is there."""

    ledger: Ledger
    folder: dict[str, tuple[str, ...]] = field(default_factory=dict)

    def step(self, kind: str, one: int, two: int) -> None:
        if kind in ("write", "remove"):
            self._folder(kind, one, two)
        else:
            self.decide(kind, one, two)
        derive(self.ledger)

    def _folder(self, kind: str, one: int, two: int) -> None:
        source = SOURCES[one % len(SOURCES)]
        if kind == "remove":
            self.folder.pop(source, None)
            with self.ledger.transaction():
                self.ledger.folders.remove(source)
                self.ledger.state.bump()
        else:
            first, many = two % len(LINES), 1 + two % 4
            self.folder[source] = tuple(LINES[(first + n * 5) % len(LINES)] for n in range(many))
            put(self.ledger, source, self.folder[source])

    def decide(self, kind: str, one: int, two: int) -> Decision | None:
        """Take a decision on whatever is there; None where nothing is, or where it is refused."""
        try:
            return self._decide(kind, one, two)
        except KgcError:
            return None

    def _decide(self, kind: str, one: int, two: int) -> Decision | None:
        ledger, graph = self.ledger, graph_of(self.ledger)
        ids = [e.id for e in graph.entities(True)]
        facts = [f.id for f in graph.facts(True)]
        asked = [m.id for m in listed(ledger, "pending", 99)]
        taken = sorted(d.id for d in ledger.decisions.all())
        if not ids:
            return None
        entity, other = ids[one % len(ids)], ids[two % len(ids)]
        of = graph.entity(entity)
        assert of is not None
        names = [k for n, k in enumerate(of.keys) if two >> n & 1][: len(of.keys) - 1]
        fact, pair, old = (group[one % len(group)] if group else "" for group in (facts, asked, taken))
        type_ = SCHEMA.entities[two % len(SCHEMA.entities)].name
        acts: dict[str, Callable[[], Decision]] = {
            "merge": lambda: decide.record(ledger, decide_names.merge(ledger, graph, entity, other, "Ann")),
            "split": lambda: decide.record(ledger, decide_names.split(ledger, graph, entity, names, "Ann")),
            "retype": lambda: decide.record(ledger, decide_names.retype(graph, entity, type_, "Ann")),
            "rename": lambda: decide.record(ledger, decide_names.rename(graph, entity, NAMES[two % 2], "Ann")),
            "yes": lambda: decide.accept(ledger, graph, fact, "Ann"),
            "no": lambda: decide.reject(ledger, graph, fact, "Ann"),
            "turn": lambda: decide.reverse(ledger, graph, fact, "Ann"),
            "join": lambda: decide.accept(ledger, graph, pair, "Ann"),
            "part": lambda: decide.reject(ledger, graph, pair, "Ann"),
            "undo": lambda: decide.undo(ledger, old),
            "redo": lambda: decide.accept(ledger, graph, old, "Ann"),
        }
        return acts[kind]()


NAMES = ("Countess", "Acme")
DECIDING = ("merge", "split", "retype", "rename", "yes", "no", "turn", "join", "part", "redo")
NUMBER = st.integers(0, 400)
STEPS = st.lists(
    st.tuples(st.sampled_from(("write", "write", "remove", "undo", *DECIDING)), NUMBER, NUMBER), min_size=2, max_size=9
)
FILLED = [("write", n, 17 * n + 3) for n in range(3)]


def ledger_at(factory: pytest.TempPathFactory, name: str) -> Ledger:
    """A ledger that is not kept: nothing waits for the disk."""
    ledger = Ledger(factory.mktemp(name), writable=True)
    ledger.connection.execute("PRAGMA synchronous = OFF")
    return ledger


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=STEPS)
def test_any_history_gives_what_a_rebuild_with_the_same_decisions_gives(
    tmp_path_factory: pytest.TempPathFactory, steps: list[tuple[str, int, int]]
) -> None:
    with ledger_at(tmp_path_factory, "lived") as lived, ledger_at(tmp_path_factory, "scratch") as scratch:
        life = Life(lived)
        for step in (*FILLED, *steps):
            life.step(*step)
        with scratch.transaction():
            for decision in lived.decisions.all():
                if decision.undone or not decision.by.startswith("rule:"):
                    scratch.decisions.put(decision)
        for source, lines in sorted(life.folder.items(), reverse=True):
            put(scratch, source, lines)
        if life.folder:
            derive(scratch)
            assert dump(lived) == dump(scratch)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=STEPS, kind=st.sampled_from(DECIDING), one=NUMBER, two=NUMBER)
def test_undoing_a_decision_restores_the_graph_exactly(
    tmp_path_factory: pytest.TempPathFactory, steps: list[tuple[str, int, int]], kind: str, one: int, two: int
) -> None:
    with ledger_at(tmp_path_factory, "undone") as ledger:
        life = Life(ledger)
        for step in (*FILLED, *steps):
            life.step(*step)
        before = dump(ledger)
        in_force = {d.id for d in ledger.decisions.all() if not d.undone}
        decision = life.decide(kind, one, two)
        if decision is None or decision.undone or decision.id in in_force:
            return  # nothing was decided that was not before
        derive(ledger)
        decide.undo(ledger, decision.id)
        derive(ledger)
        assert dump(ledger) == before


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=STEPS)
def test_what_people_decided_outlives_that_everything_goes_and_comes_back(
    tmp_path_factory: pytest.TempPathFactory, steps: list[tuple[str, int, int]]
) -> None:
    with ledger_at(tmp_path_factory, "away") as ledger:
        life = Life(ledger)
        for step in (*FILLED, *steps):
            life.step(*step)
        before, folder = dump(ledger), dict(life.folder)
        for number in range(len(SOURCES)):
            life.step("remove", number, 0)
        for source, lines in sorted(folder.items(), reverse=True):
            put(ledger, source, lines)
            derive(ledger)
        assert dump(ledger) == before


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=STEPS)
def test_what_people_joined_is_one_and_what_they_parted_is_not(
    tmp_path_factory: pytest.TempPathFactory, steps: list[tuple[str, int, int]]
) -> None:
    with ledger_at(tmp_path_factory, "people") as ledger:
        life = Life(ledger)
        for step in (*FILLED, *steps):
            life.step(*step)
        of = {key: e.id for e in graph_of(ledger).entities(True) for key in e.keys}
        in_force = [d for d in ledger.decisions.all() if not d.undone and d.by == "Ann"]
        for d in (d for d in in_force if d.kind == "merge" and d.what[0] in of and d.what[1] in of):
            assert of[d.what[0]] == of[d.what[1]]
        for d in (d for d in in_force if d.kind == "split" and d.payload):
            out = int(d.payload.removeprefix('{"out":').removesuffix("}"))
            inside = [{of[k] for k in part if k in of} for part in (d.what[:out], d.what[out:])]
            assert not inside[0] & inside[1]


def test_nodes_of_facts_are_entities_of_the_graph(tmp_path: Path) -> None:
    with Ledger(tmp_path, writable=True) as ledger:
        life = Life(ledger)
        for step in FILLED:
            life.step(*step)
        ids = {e.id for e in graph_of(ledger).entities(True)}
        ends = {end.id for f in graph_of(ledger).facts(True) for end in (f.head, f.tail) if isinstance(end, Node)}
        assert ends <= ids
