"""Facts are derived from what the ledger holds now, however it came there."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kgc.data import (
    Chunk,
    Decision,
    Document,
    Edge,
    Evidence,
    Extraction,
    Fact,
    Literal,
    Mention,
    Node,
    Span,
    Triple,
    content_id,
)
from kgc.ledger import Ledger
from kgc.ledger.decisions import decision_id
from kgc.ledger.derive import Decided
from kgc.ledger.extractions import Recipe
from kgc.pipeline.resolving import caller, resolve_names
from kgc.schema import Attribute, EntityType, RelationType, Schema

SCHEMA = Schema(
    "test",
    (
        EntityType("Person"),
        EntityType("Organization", attributes=(Attribute("founded", "date", functional=True),)),
        EntityType("Location"),
    ),
    (
        RelationType("WorksFor", ("Person",), ("Organization",)),
        RelationType("SpouseOf", ("Person",), ("Person",), symmetric=True),
        RelationType("BasedIn", ("Organization",), ("Location",), functional=True),
    ),
)
RECIPE = Recipe(content_id("recipe"), "test", "codekgc", "scripted", "700.1", "{}")
LINES = (
    "Ada Byron works for Acme Corp.",
    "Ada Byron works for ACME Corporation",
    "ada byron is married to Bo Lind",
    "Bo Lind is married to Ada Byron",
    "Acme Corp. was founded in 1998",
    "Acme Corporation was founded in 2001",
    "Acme Corp. is based in Oslo",
    "Acme is based in Bergen",
    "Acme Ltd is based in Bergen",
)


@dataclass(frozen=True)
class Line:
    """A chunk of one sentence, and the triple it holds."""

    text: str

    def extraction(self) -> Extraction:
        head, relation, tail = _parts(self.text)
        evidence = Evidence(self.key, Span(0, len(self.text)), self.text, "exact", "a rule", "codekgc", "scripted")
        triple = Triple(head, relation, tail, evidence, confidence=0.5)
        return Extraction(self.key, triples=(triple,))

    @property
    def key(self) -> str:
        return content_id(self.text)


def _parts(text: str) -> tuple[Mention, str, Mention | Literal]:
    forms = {
        " works for ": ("Person", "WorksFor", "Organization"),
        " is married to ": ("Person", "SpouseOf", "Person"),
        " is based in ": ("Organization", "BasedIn", "Location"),
        " was founded in ": ("Organization", "founded", ""),
    }
    for middle, (head_type, relation, tail_type) in forms.items():
        if middle in text:
            head, tail = text.split(middle)
            at = len(head) + len(middle)
            span = Span(at, at + len(tail))
            end = Mention(tail, tail_type, span) if tail_type else Literal(tail, tail, "date", span=span)
            return Mention(head, head_type, Span(0, len(head))), relation, end
    raise AssertionError(text)


def put(ledger: Ledger, source: str, lines: tuple[str, ...]) -> None:
    """Store a document of these lines, each a chunk that has been read."""
    text = "\n".join(lines)
    document = Document(content_id(source), source, "text/plain", "en", text, content_id(text))
    chunks, at = [], 0
    for n, line in enumerate(lines):
        key = Line(line).key
        id_ = content_id(source, key, str(lines[:n].count(line)))
        chunks.append(Chunk(id_, document.id, key, Span(at, at + len(line)), line, lang="en"))
        at += len(line) + 1
    with ledger.transaction():
        ledger.folders.add_root("root", "docs")
        ledger.extractions.use(RECIPE, alone=True)
        ledger.folders.put(document, "root", "stamp", "1")
        ledger.folders.put_chunks(source, RECIPE.chunking, chunks, ())
        for line in lines:
            ledger.extractions.put(RECIPE, Line(line).extraction(), asking="a", deriving="d")
        ledger.state.bump()


def derive(ledger: Ledger, min_confidence: float = 0.0) -> None:
    with ledger.transaction():
        derivation = ledger.derivation(SCHEMA)
        groups = resolve_names(ledger, derivation, SCHEMA).groups
        decided = Decided(ledger.decisions.of_kind("accept", "reject"))
        derivation.build(groups, decided, caller(SCHEMA), min_confidence)


def dump(ledger: Ledger) -> list[object]:
    graph = ledger.graph(SCHEMA, "")
    words = [(w, ledger.search(w, 20).entities) for w in ("Acme", "Ada", "Corporation", "Bergen")]
    edges = sorted(graph.edges(), key=lambda e: e.id)
    return [
        *graph.entities(True), *graph.facts(True), *graph.mentions(), *graph.chunks(), *graph.documents(),
        *words, *edges,
    ]  # fmt: skip


@pytest.fixture
def ledger(tmp_path: Path) -> Iterator[Ledger]:
    with Ledger(tmp_path, writable=True) as opened:
        yield opened


def test_spellings_of_one_name_are_one_entity_and_the_fact_has_both_places(ledger: Ledger) -> None:
    put(ledger, "root/a.txt", (LINES[0],))
    put(ledger, "root/b.txt", (LINES[1],))
    derive(ledger)
    [fact] = ledger.graph(SCHEMA, "").facts()
    assert [e.document for e in fact.evidence] == ["root/a.txt", "root/b.txt"]
    assert [e.quote for e in fact.evidence] == [LINES[0], LINES[1]]
    [merge] = ledger.decisions.all()
    assert (merge.kind, merge.by) == ("merge", "rule:names")
    assert "case" in merge.reason


def test_a_merge_that_is_undone_stays_undone_through_every_derivation(ledger: Ledger) -> None:
    put(ledger, "root/a.txt", LINES[:2])
    derive(ledger)
    with ledger.transaction():
        ledger.decisions.undo(ledger.decisions.all()[0])
    for _ in range(2):
        derive(ledger)
        assert len(list(ledger.graph(SCHEMA, "").facts())) == 2
    assert len(ledger.decisions.all()) == 1


def test_two_corporate_suffixes_are_two_companies_and_a_bare_name_joins_neither(ledger: Ledger) -> None:
    put(ledger, "root/a.txt", (LINES[6], LINES[7], LINES[8]))
    derive(ledger)
    names = {e.name for e in ledger.graph(SCHEMA, "").entities() if e.type == "Organization"}
    assert names == {"Acme Corp.", "Acme", "Acme Ltd"}


def test_a_symmetric_relation_is_one_fact_whichever_way_it_is_said(ledger: Ledger) -> None:
    put(ledger, "root/a.txt", LINES[2:4])
    derive(ledger)
    [fact] = ledger.graph(SCHEMA, "").facts()
    assert len(fact.evidence) == 2


def test_facts_that_contradict_stand_side_by_side_and_are_marked(ledger: Ledger) -> None:
    put(ledger, "root/a.txt", (LINES[4], LINES[5]))
    derive(ledger)
    facts = list(ledger.graph(SCHEMA, "").facts())
    assert [(f.conflict, f.tail.value) for f in facts if isinstance(f.tail, Literal)] in (
        [(True, "1998"), (True, "2001")],
        [(True, "2001"), (True, "1998")],
    )


def test_dates_of_different_precision_do_not_contradict(ledger: Ledger) -> None:
    put(ledger, "root/a.txt", (LINES[4], "Acme Corp. was founded in 1998-05"))
    derive(ledger)
    assert [f.conflict for f in ledger.graph(SCHEMA, "").facts()] == [False, False]


def test_a_rejected_fact_leaves_the_graph_and_comes_back_when_that_is_undone(ledger: Ledger) -> None:
    put(ledger, "root/a.txt", (LINES[0],))
    what = ("Person:Ada Byron", "WorksFor", "Organization:Acme Corp.")
    with ledger.transaction():
        reject = ledger.decisions.put(Decision(decision_id("reject", what), "reject", what))
    derive(ledger)
    assert list(ledger.graph(SCHEMA, "").facts()) == []
    assert [f.status for f in ledger.graph(SCHEMA, "").facts(hidden=True)] == ["rejected"]
    with ledger.transaction():
        ledger.decisions.undo(reject)
    derive(ledger)
    assert [f.status for f in ledger.graph(SCHEMA, "").facts()] == ["proposed"]


def test_a_fact_below_the_wanted_confidence_is_hidden_not_lost(ledger: Ledger) -> None:
    put(ledger, "root/a.txt", (LINES[0],))
    derive(ledger, min_confidence=0.6)
    graph = ledger.graph(SCHEMA, "")
    assert (len(list(graph.facts())), len(list(graph.facts(hidden=True)))) == (0, 1)


def test_an_id_that_a_merge_retired_still_finds_its_entity(ledger: Ledger) -> None:
    put(ledger, "root/a.txt", LINES[:2])
    derive(ledger)
    [acme] = [e for e in ledger.graph(SCHEMA, "").entities() if e.type == "Organization"]
    [retired] = acme.retired
    assert ledger.graph(SCHEMA, "").find(retired) == (acme.id,)


def test_facts_between_entities_are_also_given_flat(ledger: Ledger) -> None:
    put(ledger, "root/a.txt", LINES)
    put(ledger, "root/b.txt", LINES[6:7])
    derive(ledger)
    graph = ledger.graph(SCHEMA, "")
    told = {e.id: e for e in graph.edges()}
    between = {f.id: f for f in graph.facts() if isinstance(f.tail, Node)}
    assert told.keys() == between.keys()
    for id_, edge in told.items():
        fact = between[id_]
        if isinstance(edge, Fact):
            assert edge == fact
            assert len(fact.evidence) > 1
        else:
            [place] = fact.evidence
            assert (edge.head, edge.tail, edge.tail_type) == (fact.head.id, fact.tail.id, fact.tail.type)  # type: ignore[union-attr]
            assert (edge.chunk, edge.document, edge.quote) == (place.chunk, place.document, place.quote)
    assert {type(e) for e in told.values()} == {Edge, Fact}


Folder = st.dictionaries(
    st.sampled_from(["root/a.txt", "root/b.txt", "root/c.txt"]),
    st.lists(st.sampled_from(LINES), min_size=1, max_size=4).map(tuple),
    max_size=3,
)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(history=st.lists(Folder, min_size=1, max_size=4), undone=st.integers(0, 3), rejected=st.booleans())
def test_any_history_of_edits_gives_what_building_from_scratch_gives(
    tmp_path_factory: pytest.TempPathFactory, history: list[dict[str, tuple[str, ...]]], undone: int, rejected: bool
) -> None:
    with (
        Ledger(tmp_path_factory.mktemp("lived"), writable=True) as lived,
        Ledger(tmp_path_factory.mktemp("scratch"), writable=True) as scratch,
    ):
        for step, folder in enumerate(history):
            for source in lived.folders.sources():
                if source not in folder:
                    with lived.transaction():
                        lived.folders.remove(source)
            for source, lines in folder.items():
                put(lived, source, lines)
            derive(lived)
            decisions = [d for d in lived.decisions.all() if not d.undone]
            if step == 0 and undone < len(decisions):
                with lived.transaction():
                    lived.decisions.undo(decisions[undone])
            if step == 0 and rejected:
                what = ("Person:Ada Byron", "WorksFor", "Organization:Acme Corp.")
                with lived.transaction():
                    lived.decisions.put(Decision(decision_id("reject", what), "reject", what, at="2026"))
        derive(lived)
        with scratch.transaction():
            for decision in lived.decisions.all():
                if decision.undone or not decision.by.startswith("rule:"):
                    scratch.decisions.put(decision)
        for source, lines in sorted(history[-1].items(), reverse=True):
            put(scratch, source, lines)
        derive(scratch)
        assert dump(lived) == dump(scratch)
