"""What the built-in model promises whatever the text: spans, order, other schemas, other languages."""

from __future__ import annotations

import unicodedata
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kgc.data import Chunk, Extraction, Literal, Mention, Span, content_id
from kgc.errors import KgcError
from kgc.schema import Schema
from kgc.schema.compile import compile_file, compile_text
from kgc.shipped import folder
from kgc.slm import package
from kgc.slm.builtin import BuiltIn

SCHEMA = compile_file(folder("schemas") / "general.py")
READER = BuiltIn()
OTHER = '''
from kgc.schema.words import Entity, Relation


class Peop(Entity):
    """A person."""


class Org(Entity):
    """An organization."""


class CEO(Relation):
    """Who leads it."""

    head: Org
    tail: Peop
'''
PIECES = st.sampled_from(
    [
        "Maria Solberg",
        "Acme Inc.",
        "was founded by",
        "在",
        "有限公司",
        "陈伟民",
        "成立于",
        "1998",
        "\x00",
        "\ue000P0\ue001",
        "😀",
        " | ",
        "\n",
        "```",
        "{}",
        "=",
        "CEO of",
        ", ",
        "《红楼梦》",
        "$5 million",
        "born in",
        "Oslo",
        "Norway",
        ".",
        "。",
        "\u2028",
        "e\u0301",
        "\u0301\u0308",
        "\u0958",
    ]
)
HOSTILE = [
    "",
    " \n\t",
    "😀" * 50,
    "\x00\x01",
    "A" * 5000,
    "Acme " * 2000,
    "\ue000P0\ue001 was born in \ue000L1\ue001.",
    "| a | b |\n" * 100,
]


def chunk(text: str, lang: str = "en", document: str = "d") -> Chunk:
    return Chunk("c" + content_id(text), document, content_id(text), Span(0, len(text)), text, lang=lang)


def check(text: str, found: Extraction) -> None:
    for mention in found.mentions:
        assert mention.span is not None
        assert mention.span.of(text) == mention.surface
    for triple in found.triples:
        assert triple.evidence.span.of(text) == triple.evidence.quote
        ends = [triple.head, triple.tail]
        for end in ends:
            assert end.span is not None
            assert end.span.within(triple.evidence.span)
            assert end.span.of(text) == (end.raw if isinstance(end, Literal) else end.surface)


@settings(max_examples=60, deadline=None)
@given(st.lists(PIECES, max_size=25).map(" ".join), st.sampled_from(["en", "zh", ""]))
def test_every_span_is_exact_whatever_the_text(text: str, lang: str) -> None:
    [found] = READER.extract([chunk(text, lang)], SCHEMA)
    check(text, found)


@pytest.mark.parametrize("text", HOSTILE)
@pytest.mark.parametrize("lang", ["en", "zh"])
def test_hostile_text_is_read_without_an_error(text: str, lang: str) -> None:
    [found] = READER.extract([chunk(text, lang)], SCHEMA)
    check(text, found)


def test_there_is_one_extraction_a_chunk_in_order() -> None:
    texts = [f"Maria Solberg was born in Oslo in {year}." for year in range(1900, 1980)]
    mixed = [chunk(t if i % 3 else "何军出生于杭州。", "en" if i % 3 else "zh") for i, t in enumerate(texts)]
    assert [e.chunk for e in READER.extract(iter(mixed), SCHEMA)] == [c.key for c in mixed]


def test_a_schema_with_other_names_is_filled_through_its_names_and_turned_relations() -> None:
    schema: Schema = compile_text(OTHER, "other", "other.py")
    [found] = READER.extract([chunk("David Miller, chief executive officer of Norwood Systems Ltd, left.")], schema)
    said = [
        (t.head.surface, t.head.type, t.relation, t.tail.surface)
        for t in found.triples
        if not isinstance(t.tail, Literal)
    ]
    assert said == [("Norwood Systems Ltd", "Org", "CEO", "David Miller")]
    assert {m.type for m in found.mentions} == {"Org", "Peop"}


def test_limits_name_what_stays_empty() -> None:
    told = {p.where: p.message for p in READER.limits(SCHEMA)}
    assert "WorksOn" in told["relations"]
    assert "BornIn" not in told["relations"]
    assert all(p.severity == "warning" for p in READER.limits(SCHEMA))


def test_another_language_gives_one_warning_a_document_and_no_names() -> None:
    text = "Der Konzern mit Sitz in München wurde 1847 von Werner Siemens gegründet."
    found = list(READER.extract([chunk(text, "de", "a"), chunk(text, "de", "a"), chunk(text, "de", "b")], SCHEMA))
    assert [len(e.problems) for e in found] == [1, 0, 1]
    assert not any(e.mentions or e.triples for e in found)


def test_demonyms_and_common_first_words_are_no_names() -> None:
    [found] = READER.extract([chunk("Japanese firms grew. However, German prices fell. Monday was quiet.")], SCHEMA)
    assert found.mentions == ()


def test_a_threshold_leaves_out_what_is_less_sure() -> None:
    text = "Maria Solberg was born in Bergen in 1975."
    [some] = BuiltIn(min_confidence=0.99).extract([chunk(text)], SCHEMA)
    assert some.triples == ()


def test_a_missing_or_changed_model_package_is_said_with_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(KgcError, match="kgc-model-xx"):
        package.folder("xx")
    (tmp_path / "a.bin").write_bytes(b"other")
    with pytest.raises(KgcError, match="not the file that was packed"):
        package.check(tmp_path, {"lang": "en", "files": {"a.bin": "0" * 64}})


def test_the_version_changes_with_the_threshold_and_is_stable() -> None:
    assert BuiltIn().version == BuiltIn().version != BuiltIn(min_confidence=0.9).version


def test_every_name_says_how_sure_it_is_and_that_is_no_part_of_what_it_is() -> None:
    text = "Maria Solberg was born in Bergen in 1975."
    [found] = READER.extract([chunk(text)], SCHEMA)
    [other] = READER.extract([chunk("何军出生于杭州。", "zh")], SCHEMA)
    every = [*found.mentions, *other.mentions, *(t.head for t in found.triples)]
    assert len(every) >= 4
    assert all(m.confidence is not None and 0 < m.confidence <= 1 for m in every)
    assert all(m == Mention(m.surface, m.type, m.span) for m in every)


def test_given_names_are_related_and_no_others() -> None:
    text = "Maria Solberg was born in Bergen in 1975. Ingrid Dahl was born in Molde."
    told = given(text, Maria_Solberg="Person", Bergen="City")
    [found] = READER.relate([(chunk(text), told)], SCHEMA)
    assert {m.surface for m in found.mentions} == {"Maria Solberg", "Bergen"}
    assert said(found) == {("Maria Solberg", "BornIn", "Bergen"), ("Maria Solberg", "birth_date", "1975")}


def test_a_given_name_needs_no_likeness_to_one() -> None:
    text = "the singer was born in the old port in 1975."
    [found] = READER.relate([(chunk(text), given(text, the_singer="Person", the_old_port="City"))], SCHEMA)
    assert ("the singer", "BornIn", "the old port") in said(found)


def test_names_of_other_schemas_are_given_in_their_types() -> None:
    schema: Schema = compile_text(OTHER, "other", "other.py")
    text = "David Miller, chief executive officer of Norwood Systems Ltd, left."
    [found] = READER.relate([(chunk(text), given(text, David_Miller="Peop", Norwood_Systems_Ltd="Org"))], schema)
    assert said(found) == {("Norwood Systems Ltd", "CEO", "David Miller")}


def test_names_are_given_in_any_language_in_the_order_of_the_chunks() -> None:
    texts = [("何军出生于杭州。", "zh", {"何军": "Person", "杭州": "City"}), ("Der Konzern.", "de", {})]
    texts += [("Maria Solberg was born in Bergen.", "en", {"Maria_Solberg": "Person", "Bergen": "City"})] * 2
    asked = [(chunk(text, lang), given(text, **names)) for text, lang, names in texts]
    found = list(READER.relate(iter(asked), SCHEMA))
    assert [e.chunk for e in found] == [c.key for c, _ in asked]
    assert [len(e.triples) for e in found] == [1, 0, 1, 1]


APART = unicodedata.normalize(
    "NFD", "José García was born in Zürich in 1960. Günther Müller leads Bäckerei Köhler GmbH."
)


def test_accents_apart_are_read_as_letters_and_quoted_as_written() -> None:
    [found] = READER.extract([chunk(APART)], SCHEMA)
    [same] = READER.extract([chunk(unicodedata.normalize("NFC", APART))], SCHEMA)
    check(APART, found)
    assert {unicodedata.normalize("NFC", m.surface) for m in found.mentions} == {m.surface for m in same.mentions}
    assert {tuple(unicodedata.normalize("NFC", x) for x in t) for t in said(found)} == said(same)
    assert ("José García", "BornIn", "Zürich") in said(same)


def test_names_are_given_with_accents_apart() -> None:
    name, place = (unicodedata.normalize("NFD", n) for n in ("José García", "Zürich"))
    told = [
        Mention(n, t, Span(APART.index(n), APART.index(n) + len(n))) for n, t in ((name, "Person"), (place, "City"))
    ]
    [found] = READER.relate([(chunk(APART), told)], SCHEMA)
    check(APART, found)
    assert (name, "BornIn", place) in said(found)


def test_given_names_without_a_place_or_a_known_type_or_over_each_other_do_no_harm() -> None:
    text = "Maria Solberg was born in Bergen in 1975."
    told = [*given(text, Maria_Solberg="Person", Maria="Person", Bergen="City"), Mention("Oslo", "City")]
    [found] = READER.relate([(chunk(text), [*told, *given(text, was="Weather")])], SCHEMA)
    assert {m.surface for m in found.mentions} == {"Maria Solberg", "Bergen"}
    check(text, found)


def given(text: str, **types: str) -> list[Mention]:
    """Names by their surface, "_" for a space."""
    names = {surface.replace("_", " "): type_ for surface, type_ in types.items()}
    at = {surface: text.index(surface) for surface in names}
    return [Mention(s, type_, Span(at[s], at[s] + len(s))) for s, type_ in names.items()]


def said(found: Extraction) -> set[tuple[str, str, str]]:
    return {
        (t.head.surface, t.relation, t.tail.raw if isinstance(t.tail, Literal) else t.tail.surface)
        for t in found.triples
    }
