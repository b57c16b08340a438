"""Evidence: what the documents call what, who does what to whom, and where it stands."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from kgc.data import Block, Document, Span
from kgc.ontology.columns import columns
from kgc.ontology.records import Evidence, Phrase, Term
from kgc.ontology.sample import Sample, of_folder
from kgc.ontology.terms import evidence, quotes_hold

Collect = Callable[..., Evidence]


@pytest.fixture(scope="module")
def collect(tmp_path_factory: pytest.TempPathFactory) -> Collect:
    def of(*texts: str, suffix: str = ".txt") -> Evidence:
        folder = tmp_path_factory.mktemp("docs")
        for n, text in enumerate(texts):
            (folder / f"{n}{suffix}").write_text(text, encoding="utf-8")
        return evidence(of_folder(folder))

    return of


def term(found: Evidence, name: str) -> Term | None:
    return next((t for t in found.terms if t.name == name), None)


def phrase(found: Evidence, name: str) -> Phrase | None:
    return next((p for p in found.phrases if p.name == name and not p.known), None)


@pytest.mark.parametrize(
    ("text", "child", "parent"),
    [
        ("The harbour repairs vessels such as ferries, trawlers and tugboats.", "trawler", "vessel"),
        ("They sell apples, pears and other fruits.", "pear", "fruit"),
        ("A trawler is a kind of fishing vessel with a large net.", "trawler", "fishing vessel"),
        ("Swamp ecosystems are divided into strand swamps and dome swamps.", "dome swamp", "swamp ecosystem"),
        ("In chemistry, diol is classified as a type of polyol by most authors.", "diol", "polyol"),
        ("The team tests instruments, including analysers and impedance meters.", "impedance meter", "instrument"),
        ("锂电池是一种可充电电池，广泛用于汽车。", "锂电池", "充电电池"),
        ("公司采购铜、镍、钴等金属材料，用于生产。", "铜", "金属材料"),
    ],
)
def test_what_the_text_calls_a_kind_of_something_is_below_it(
    collect: Collect, text: str, child: str, parent: str
) -> None:
    found = [t for t in collect(text).terms if child in t.name]
    assert any(parent in kind for t in found for kind in t.kinds), [(t.name, t.kinds) for t in found]


def test_what_stands_before_a_comma_of_an_introduction_is_no_kind(collect: Collect) -> None:
    found = collect("In environmental science, diol is classified as a type of polyol by most authors.")
    assert not any("polyol" in t.kinds for t in found.terms if "science" in t.name)


def test_a_passive_is_turned(collect: Collect) -> None:
    found = collect("The invoice was paid by the buyer last week. The seller was told of it.")
    paid = phrase(found, "pay")
    assert paid is not None
    assert paid.pairs == (("buyer", "invoice", 1),)


def test_a_frame_keeps_its_preposition(collect: Collect) -> None:
    found = collect("The company sells cells to Acme Corp.")
    supplied = phrase(found, "sell to")
    assert supplied is not None
    assert supplied.tails == (("Company", 1),)


def test_names_have_their_class_and_what_they_are_called(collect: Collect) -> None:
    found = collect("Jokela Mining Oy is a supplier of nickel. Anna Berg works for Jokela Mining Oy in Oulu.")
    mining = term(found, "Jokela Mining Oy")
    assert mining is not None
    assert (mining.type, mining.kinds) == ("Company", ("supplier",))
    assert any(p.known == "WorksFor" for p in found.phrases)


def test_a_title_is_no_part_of_the_sentence_behind_it(collect: Collect) -> None:
    found = collect(
        "Classification of Carbon Oxides within Organic Oxides and Others\nAn oxide is a kind of compound.\n"
    )
    oxide = term(found, "oxide")
    assert oxide is not None
    assert "compound" in oxide.kinds


def test_every_quote_stands_where_it_says(repository: Path) -> None:
    sample = of_folder(repository / "examples" / "documents")
    found = evidence(sample)
    assert found.terms
    assert found.phrases
    assert quotes_hold(found, {d.source: d.text for d in sample.documents})
    assert found == evidence(sample)


def test_long_sentences_are_quoted_in_part(collect: Collect) -> None:
    found = collect("The yard repairs ferries " + "and trawlers and tugboats of every size and colour " * 12 + "daily.")
    assert all(len(q.text) <= 400 for t in found.terms for q in t.quotes)


def test_columns_tell_whose_they_are_and_what_they_hold() -> None:
    rows = ["Company | Seat | Employees | Joined", "Acme AS | Bergen | 190 | 2019", "Beta AS | Oslo | 46 | 2007"]
    text = "\n".join(rows)
    starts = [text.index(row) for row in rows]
    blocks = tuple(Block("row" if n else "header", Span(at, at + len(rows[n]))) for n, at in enumerate(starts))
    document = Document("1", "docs/a.md", "text/markdown", "en", text, "", blocks=blocks)
    found = {
        c.title: c
        for c in columns(document, {"Acme AS": "Company", "Beta AS": "Company", "Bergen": "City", "Oslo": "City"})
    }
    assert {(c.title, c.owner, c.datatype, c.cells) for c in found.values()} == {
        ("Seat", "Company", "string", "City"),
        ("Employees", "Company", "integer", ""),
        ("Joined", "Company", "date", ""),
    }
    assert all(text[c.quote.start : c.quote.end] == c.quote.text for c in found.values())


@pytest.mark.parametrize(
    "text",
    ["", "\n\n", "....", "12 | 34\n56 | 78", "```\nclass A:\n    pass\n```", "a" * 5000, "\ufeff\u202e<0> [x] <99>。"],
)
def test_odd_texts_are_read_without_harm(text: str) -> None:
    document = Document("1", "docs/a.txt", "text/plain", "", text, "")
    from kgc.chunk import split

    found = evidence(Sample(1, (document,), split(document)))
    assert quotes_hold(found, {"docs/a.txt": text})


def test_marks_of_our_own_in_a_text_are_only_text(collect: Collect) -> None:
    found = collect(
        "The <0> such as <1> and <2> is a kind of <3> vessel of the harbour.", "<0>是一种<1>电池，[制造]<2>。"
    )
    assert found.documents == 2
