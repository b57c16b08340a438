"""What every store of ours and of others must do, as a test class to inherit.

class TestMine(StoreContract):
    abilities = Mine.abilities
    def put(self, graph): ...       # write the graph
    def read(self): ...             # what is there now, by id
    def holds(self, text): ...      # whether the text stands in it anywhere
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import ClassVar

from kgc.data import (
    Alias,
    AttributeValue,
    ChunkRow,
    DocumentRow,
    Entity,
    Event,
    EventRole,
    Fact,
    Literal,
    Node,
    Support,
)
from kgc.store.contract import Abilities, Graph
from kgc.store.properties import clean
from kgc.testing.graphs import SCHEMA, ListGraph

HOSTILE: tuple[str, ...] = (
    "a\nb", "a\r\nb", "a\rb", 'say "hi"', "back\\slash", "\\", "\\n", '"', '""', "'); DROP TABLE Person; --", "a,b",
    "[x]", "[a,b]", "NULL", "null", "蓝湾储能，“引号”", "tab\tx", "{a}", " lead", "trail ", "'a'", "a|b", "`q`",
    '\\"', '"\\', "nul\0x", "\u2028", "nan", "#c", "😀", "N/A", "\x1f", "\ud800x", "=1+1", "@x", "{{x}}", "${x}", "%s",
    "\ufeffx", "e\u0301", "\xe9", "x" * 100_000,
)  # fmt: skip
"""Names that break what is glued together out of text."""


def person(number: int, name: str) -> Entity:
    """A person with one alias and a date of birth."""
    born = AttributeValue("birthDate", Literal(name, "1815-12-10", "date"), f"b{number:x}", 1, 0.5)
    return Entity(f"{number:016x}", "Person", name, (Alias(name, "en", 1),), (born,))


def fact_between(number: int, head: Entity, tail: Entity, relation: str = "WorksFor", text: str = "works for") -> Fact:
    """A fact with one place that quotes `text`."""
    place = Support("docs/a.txt", "d1", 2, "c1", 0, len(text), text, "exact", text, "codekgc", "m", 0.75)
    ends = Node(head.id, head.type, head.name), Node(tail.id, tail.type, tail.name)
    return Fact(f"{number:016x}", relation, *ends, 0.75, "proposed", evidence=(place,))


def small_graph(names: tuple[str, ...] = ("Ada Lovelace", "陈伟民")) -> ListGraph:
    """One person a name, each in the same two firms, each name quoted as evidence."""
    people = tuple(person(i, name) for i, name in enumerate(names))
    firms = (Entity("f" * 16, "Company", "Acme"), Entity("e" * 16, "公司", "蓝湾储能有限公司"))
    works = [fact_between(100 + i, p, firms[0], text=p.name) for i, p in enumerate(people)]
    chinese = [fact_between(100_000 + i, p, firms[1], "任职", p.name) for i, p in enumerate(people)]
    return ListGraph(SCHEMA, (*people, *firms), (*works, *chinese))


def whole_graph() -> ListGraph:
    """A fact on two places, an event, a document and its passage, each with words of its own."""
    graph = small_graph(("Ada",))
    fact = graph.fact_rows[0]
    second = replace(fact.evidence[0], document="docs/b.txt", document_id="d2", chunk="c2", quote="secondquote", end=11)
    roles = (EventRole("buyer", Node("f" * 16, "Company", "Acme")),)
    return replace(
        graph,
        fact_rows=(replace(fact, evidence=(*fact.evidence, second)), *graph.fact_rows[1:]),
        event_rows=(Event("e1", "Acquisition", "eventtrigger", roles, 0.5, "proposed", evidence=fact.evidence),),
        document_rows=(DocumentRow("d1", "docs/a.txt", "A"), DocumentRow("d2", "docs/b.txt", "B")),
        chunk_rows=(ChunkRow("c1", "d1", "chunktext", 0, 9),),
    )


class StoreContract:
    """Inherit, and say how a graph is put and read back; what is beside that is asked for where `abilities` say so."""

    abilities: ClassVar[Abilities] = Abilities()

    def put(self, graph: Graph) -> None:
        """Write the graph where `read` finds it; what was there before is replaced."""
        raise NotImplementedError

    def read(self) -> Mapping[str, tuple[str, str]]:
        """Facts by id, each with the name of its head and its quote."""
        raise NotImplementedError

    def expect(self, graph: ListGraph) -> dict[str, tuple[str, str]]:
        """What `read` must give; a store that marks texts says how by `shown`."""
        return {f.id: (self.shown(f.head.name), self.shown(f.evidence[0].quote)) for f in graph.fact_rows}

    def shown(self, text: str) -> str:
        return clean(text)

    def holds(self, text: str) -> bool:
        """Whether a text stands anywhere in what was written."""
        raise NotImplementedError

    def sent(self, graph: Graph) -> int:
        """How many rows writing this graph sends, over what is there; for stores that know the difference."""
        raise NotImplementedError

    def put_as(self, owner: str, graph: Graph) -> None:
        """Write as another workspace does, beside what is there; for stores that are shared."""
        raise NotImplementedError

    def read_as(self, owner: str) -> Mapping[str, tuple[str, str]]:
        """What another workspace has there; for stores that are shared."""
        raise NotImplementedError

    def count(self) -> int:
        """How many facts named WorksFor there are by a question in the store's language; for stores that are asked."""
        raise NotImplementedError

    def test_what_is_written_is_read_back(self) -> None:
        graph = small_graph()
        self.put(graph)
        assert self.read() == self.expect(graph)

    def test_hostile_names_come_back_letter_by_letter(self) -> None:
        graph = small_graph(HOSTILE)
        self.put(graph)
        assert self.read() == self.expect(graph)

    def test_an_empty_graph_is_written(self) -> None:
        self.put(ListGraph(SCHEMA))
        assert self.read() == {}

    def test_writing_twice_is_the_same_as_once(self) -> None:
        graph = small_graph()
        self.put(graph)
        first = self.read()
        self.put(graph)
        assert self.read() == first

    def test_what_the_graph_no_longer_has_goes(self) -> None:
        graph = small_graph()
        self.put(graph)
        less = replace(graph, entity_rows=graph.entity_rows[1:], fact_rows=graph.fact_rows[1:2])
        self.put(less)
        assert self.read() == self.expect(less)

    def test_a_changed_name_replaces_the_old_one(self) -> None:
        self.put(small_graph(("Ada Byron",)))
        graph = small_graph(("Ada Lovelace",))
        self.put(graph)
        assert self.read() == self.expect(graph)

    def test_it_holds_what_its_abilities_say_and_no_more(self) -> None:
        self.put(whole_graph())
        held = [self.holds(text) for text in ("eventtrigger", "chunktext", "secondquote")]
        assert held == [self.abilities.events, self.abilities.text, self.abilities.evidence]

    def test_the_difference_alone_is_sent(self) -> None:
        if not self.abilities.difference:
            return
        graph = small_graph(tuple(f"Person {number}" for number in range(12)))
        self.put(graph)
        assert self.sent(graph) == 0
        surer = replace(graph.fact_rows[3], confidence=0.5)
        assert self.sent(replace(graph, fact_rows=(*graph.fact_rows[:3], surer, *graph.fact_rows[4:]))) in (1, 2)

    def test_what_another_workspace_wrote_stays(self) -> None:
        if not self.abilities.shared:
            return
        mine, theirs = small_graph(("Ada",)), small_graph(("Ada", "Grace"))
        self.put(mine)
        self.put_as("another", theirs)
        self.put(ListGraph(SCHEMA))
        assert self.read_as("another") == self.expect(theirs)

    def test_it_is_asked_in_its_language(self) -> None:
        if not self.abilities.query:
            return
        self.put(small_graph(("Ada", "Grace")))
        assert self.count() == 2
