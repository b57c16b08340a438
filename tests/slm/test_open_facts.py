"""Open facts: what English sentences say in their own words, and what must not be taken from them."""

from __future__ import annotations

import shutil
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kgc.data import Chunk, Extraction, Mention, Problem, Span, content_id
from kgc.data.facts import OPEN
from kgc.errors import KgcError
from kgc.schema import EntityType, RelationType, Schema
from kgc.schema.opened import COMMON, OPEN_FACT, opened
from kgc.slm import package
from kgc.slm.grammar import Grammar, version_of
from kgc.slm.open import WithOpen

SCHEMA = opened(Schema("s", (EntityType("Company"), EntityType("Person")), (RelationType("Owns", ("Company",), ()),)))
PARSER = package.folder("en") / "parser"
pytestmark = pytest.mark.skipif(version_of(PARSER) == "missing", reason="the model package has no parser")


@dataclass(frozen=True, slots=True)
class Named:
    """Finds given names, as an extractor would."""

    names: tuple[tuple[str, str], ...] = ()
    name: str = "named"

    def limits(self, schema: Schema) -> Sequence[Problem]:
        assert schema.relation(OPEN_FACT) is None
        return ()

    def extract(self, chunks: Iterable[Chunk], schema: Schema) -> Iterator[Extraction]:
        for chunk in chunks:
            at = [(n, t, chunk.text.find(n)) for n, t in self.names]
            yield Extraction(chunk.key, tuple(Mention(n, t, Span(i, i + len(n))) for n, t, i in at if i >= 0))


def chunk(text: str, lang: str = "en") -> Chunk:
    return Chunk(content_id(text), "d", content_id(text), Span(0, len(text)), text, lang=lang)


@pytest.fixture(scope="module")
def reader() -> WithOpen:
    return WithOpen(Named((("Fjordcell", "Company"), ("Ingrid Dahl", "Person"))), "builtin")


def said(reader: WithOpen, text: str) -> set[tuple[str, str, str]]:
    [found] = reader.extract([chunk(text)], SCHEMA)
    return {
        (t.head.surface, t.relation.removeprefix(OPEN), t.tail.surface)
        for t in found.triples
        if isinstance(t.tail, Mention)
    }


@pytest.mark.parametrize(("text", "fact"), [
    ("Fjordcell makes solar panels.", ("Fjordcell", "make", "solar panels")),
    ("Oslo is the capital of Norway.", ("Oslo", "be capital of", "Norway")),
    ("Fjordcell was acquired by Helios Group in 2019.", ("Helios Group", "acquire", "Fjordcell")),
    ("Ingrid Dahl moved to Canada and married Peter Lund.", ("Ingrid Dahl", "marry", "Peter Lund")),
    ("Fjordcell bought Helios and Solaris.", ("Fjordcell", "buy", "Solaris")),
    ("Helios and Solaris supported the French government.", ("Solaris", "support", "French government")),
    ("Fjordcell, which was founded by Ole Brandt, grew quickly.", ("Ole Brandt", "found", "Fjordcell")),
    ("The city council of Lyon rejected public funding.", ("city council of Lyon", "reject", "public funding")),
    ("Ingrid Dahl set up wind farms.", ("Ingrid Dahl", "set up", "wind farms")),
])  # fmt: skip
def test_a_plain_statement_is_read(reader: WithOpen, text: str, fact: tuple[str, str, str]) -> None:
    assert fact in said(reader, text)


@pytest.mark.parametrize("text", [
    "It makes solar panels for the market.",
    "Who owns the largest company of Norway?",
    "If Fjordcell buys Helios, prices will rise.",
    "There are many ways to do this in Norway.",
    "Those companies bought their own shares.",
    "Some people own several things.",
    "Chapter 3 Fjordcell Makes Solar Panels",
    "name | value | Fjordcell makes solar panels. |",
    "for x in fjordcell: return makes(solar_panels);",
    "FJORDCELL MAKES SOLAR PANELS AND SELLS THEM.",
])  # fmt: skip
def test_what_says_nothing_by_itself_is_left_out(reader: WithOpen, text: str) -> None:
    assert said(reader, text) == set()


def test_denied_and_possible_statements_are_marked(reader: WithOpen) -> None:
    [found] = reader.extract([chunk("Fjordcell did not buy Helios. Fjordcell may buy Solaris.")], SCHEMA)
    assert {(t.relation, t.negated, t.hedged) for t in found.triples} == {
        ("open:buy", True, False), ("open:may buy", False, True),
    }  # fmt: skip


def test_ends_take_the_class_of_their_name_and_else_the_common_one(reader: WithOpen) -> None:
    [found] = reader.extract([chunk("Fjordcell makes solar panels.")], SCHEMA)
    [fact] = found.triples
    assert isinstance(fact.tail, Mention)
    assert (fact.head.type, fact.tail.type) == ("Company", COMMON)


def test_spans_are_of_the_chunk_though_its_lines_are_wrapped(reader: WithOpen) -> None:
    text = "Last year was good.\nFjordcell   makes\nsolar\n  panels."
    [found] = reader.extract([chunk(text)], SCHEMA)
    [fact] = found.triples
    assert isinstance(fact.tail, Mention)
    assert fact.tail.span is not None
    assert fact.tail.span.of(text) == fact.tail.surface == "solar\n  panels"
    assert fact.evidence.span.of(text) == fact.evidence.quote


def test_chinese_gets_what_the_extractor_finds_and_no_open_facts(reader: WithOpen) -> None:
    [found] = reader.extract([chunk("公司成立于2001年。总部位于北京。", "zh")], SCHEMA)
    assert found.triples == ()


def test_extractions_come_in_the_order_of_their_chunks(reader: WithOpen) -> None:
    chunks = [chunk(f"Fjordcell makes solar panel{'s' * (n % 2)} {n}.") for n in range(70)]
    assert [e.chunk for e in reader.extract(iter(chunks), SCHEMA)] == [c.key for c in chunks]


PIECES = st.sampled_from(
    ["Fjordcell", "makes", "solar panels", "was founded by", ", which", "and", "the capital of", ".", "\n", "  ", "“",
     "|", "is", "not", "😀", "\x00", "\u2028", "。", "公司", "-", "42", "(", ")", "A.", "\ud800"]
)  # fmt: skip


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(PIECES, max_size=25).map(" ".join))
def test_any_text_is_read_and_spans_hold(reader: WithOpen, text: str) -> None:
    [found] = reader.extract([chunk(text)], SCHEMA)
    for t in found.triples:
        assert t.relation.startswith(OPEN)
        assert t.evidence.span.of(text) == t.evidence.quote
        assert all(isinstance(m, Mention) and m.span and m.span.of(text) == m.surface for m in (t.head, t.tail))


def test_a_long_line_is_no_sentence(reader: WithOpen) -> None:
    assert said(reader, "Fjordcell makes " + "solar " * 50_000 + "panels.") == set()


def test_a_package_without_a_parser_says_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(KgcError, match="no parser"):
        Grammar.read(tmp_path / "parser")


def test_the_version_changes_with_the_weights(tmp_path: Path) -> None:
    copy = tmp_path / "parser"
    shutil.copytree(PARSER, copy)
    before = version_of(copy)
    (copy / "verbs.tsv").write_text("be\n", encoding="utf-8")
    assert version_of(copy) != before == version_of(PARSER)


def test_accents_apart_are_read_as_letters_and_quoted_as_written(reader: WithOpen) -> None:
    text = "The Zürich café was closed. Fjordcell makes café tables."
    apart = unicodedata.normalize("NFD", text)
    [same], [found] = (list(reader.extract([chunk(t)], SCHEMA)) for t in (text, apart))
    assert ("Fjordcell", "make", "café tables") in said(reader, text)
    assert {tuple(unicodedata.normalize("NFC", x) for x in t) for t in said(reader, apart)} == said(reader, text)
    assert [t.confidence for t in found.triples] == [t.confidence for t in same.triples]
    for triple in found.triples:
        assert triple.evidence.span.of(apart) == triple.evidence.quote
        for end in (triple.head, triple.tail):
            assert isinstance(end, Mention)
            assert end.span
            assert end.span.of(apart) == end.surface
