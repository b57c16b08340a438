"""Facts and mentions are written as lines that say what their rows say."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from hypothesis import given
from hypothesis import strategies as st

from kgc.data import Edge, Entity, Fact, MentionRow, Node, Qualifier, Support
from kgc.store.layout import layout
from kgc.store.lines import fact_lines, mention_lines
from kgc.store.rows import edge_rows
from kgc.store.staging import cell
from kgc.testing.graphs import SCHEMA, ListGraph

TEXT = st.text(st.characters(codec="utf-8") | st.sampled_from('",\n\ufdd0'), max_size=8)


@dataclass(frozen=True)
class Flat(ListGraph):
    """A graph that also gives its facts flat."""

    def edges(self) -> Iterator[Edge | Fact]:
        for f in self.facts():
            [place] = f.evidence
            assert isinstance(f.tail, Node)
            yield Edge(
                f.relation, f.head.type, f.tail.type, f.head.id, f.tail.id, f.id, f.confidence, place.quote,
                place.rationale, place.chunk, place.document, place.page, f.status, place.aligned, f.hedged,
                f.conflict, f.qualifiers,
            )  # fmt: skip


@st.composite
def facts(draw: st.DrawFn) -> Fact:
    place = Support(
        draw(TEXT), "d", draw(st.integers(0, 2)), "c1", 0, 1, draw(TEXT), draw(st.sampled_from(("exact", "fuzzy"))),
        draw(TEXT), "codekgc", "m", 0.5,
    )  # fmt: skip
    names = st.sampled_from(("start", "end", "role", "why"))
    qualifiers = draw(st.lists(st.builds(Qualifier, names, TEXT), max_size=3))
    relation, tail = draw(st.sampled_from((("WorksFor", "Company"), ("Owns", "公司"), ("Unknown", "Company"))))
    return Fact(
        "f1", relation, Node("p1", "Person", "Ada"), Node("o1", tail, "Acme"), draw(st.floats(0, 1)), "accepted",
        draw(st.booleans()), False, draw(st.booleans()), tuple(qualifiers), (place,),
    )  # fmt: skip


@given(facts())
def test_a_flat_fact_gives_the_line_that_its_row_gives(fact: Fact) -> None:
    tables = layout(SCHEMA)
    wanted = [
        (key, values and ",".join(cell(v) for v in values))
        for key, values in edge_rows(ListGraph(SCHEMA, (), (fact,)), tables)
    ]
    assert list(fact_lines(ListGraph(SCHEMA, (), (fact,)), tables)) == wanted
    assert list(fact_lines(Flat(SCHEMA, (), (fact,)), tables)) == wanted


@given(TEXT, st.sampled_from(("", "Person", "Ghost")))
def test_a_mention_gives_the_line_that_its_row_gives(surface: str, type_: str) -> None:
    graph = ListGraph(
        SCHEMA, (Entity("p1", "Person", "Ada"),), mention_rows=(MentionRow("c1", "p1", surface, 0, 3, type_),)
    )
    [(key, line)] = mention_lines(graph, layout(SCHEMA))
    if type_ == "Ghost":
        assert line is None
    else:
        assert (key, line) == (("MENTIONS", "Chunk", "Person"), f'"c1","p1",{cell(surface)},0,3')
