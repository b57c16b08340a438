"""The evidence page: who said what about which class, and nothing on it is markup but ours."""

from __future__ import annotations

from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from kgc.ontology.draft import apply
from kgc.ontology.page import escaped, evidence_page, page_path
from kgc.ontology.records import Proposal, Quote, Vote


def page() -> str:
    quotes = (Quote("docs/a.txt", 10, 38, "Acme Corp. supplies Nordwind.", "Acme Corp."),)
    votes = (Vote("critic", "against", "too wide"), Vote("ontologist", "for"))
    return evidence_page(
        apply(
            None,
            [
                Proposal("add", "class", "Supplier", definition="Who supplies.", quotes=quotes, by="expert",
                         votes=votes, objections=("Is it a role?",), aliases=("vendor",)),
                Proposal("add", "class", "Customer"),
                Proposal("add", "attribute", "Supplier.founded", datatype="date", by="expert"),
                Proposal("add", "relation", "supplies", head=("Supplier",), tail=("Customer",), quotes=quotes),
                Proposal("add", "relation", "sinks", head=("Ship",), tail=("Port",), by="expert"),
            ],
            name="mine",
        ),
        made="Made of 1 document.",
    )  # fmt: skip


def test_the_page_tells_definition_quotes_proposers_votes_and_objections() -> None:
    told = page()
    for part in (
        "# Evidence for mine", "Made of 1 document", "### Supplier", "Who supplies", "Proposed by expert: add",
        "against: critic (too wide)", "for: ontologist", "Objection: Is it a role?",
        "**Acme Corp.** supplies Nordwind",
        "docs/a.txt, 10–38", "Also called: vendor", "### Supplies (Supplier → Customer)", "Attribute founded (date)",
    ):  # fmt: skip
        assert part in told, part


def test_unsupported_and_refused_ones_are_marked() -> None:
    told = page()
    assert "**Unsupported:** Customer." in told
    assert "**Unsupported:** too few quotes" in told.partition("### Customer")[2]
    assert "add relation sinks by expert: Its head 'Ship' is no class" in told


def test_the_page_lies_beside_the_schema() -> None:
    assert page_path(Path("schemas/mine.py")) == Path("schemas/mine.evidence.md")


@settings(max_examples=400, deadline=None)
@given(st.one_of(st.text(max_size=40), st.text(alphabet="<>&*_`[]()!#\\-\n |~:/w.@x1=", max_size=40)))
def test_escaped_text_is_no_markup(text: str) -> None:
    for line in (f"x {escaped(text)} y", f"{escaped(text)} y", f"x\n{escaped(text)}", escaped(text) or "x"):
        tokens = MarkdownIt("gfm-like", {"linkify": False}).parse(line)
        kinds = {child.type for token in tokens for child in token.children or ()}
        assert kinds <= {"text", "text_special", "softbreak"}, line
        assert [t.type for t in tokens] == ["paragraph_open", "inline", "paragraph_close"], line
