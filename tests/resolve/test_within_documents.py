"""What names, pronouns and noun phrases stand for inside one document, and the laws that hold for any text."""

from __future__ import annotations

import csv
import random
import re
from dataclasses import dataclass
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kgc.resolve.records import Kind, LocalLink
from kgc.resolve.within import Named, links
from kgc.resolve.within_letters import abbreviates
from kgc.resolve.within_references import Reference, references

HERE = Path(__file__).parent
MARK = re.compile(r"\[(?P<kind>[poltx]):(?P<name>[^\]]+)\]|\{(?P<phrase>[^}]+)\}")
KINDS: dict[str, Kind] = {"p": "person", "o": "organization", "l": "place", "t": "thing"}
NONE = "NONE"


@dataclass(frozen=True)
class Case:
    """A text with its names marked, a name or phrase of it, and the name that it stands for."""

    lang: str
    marked: str
    mention: str
    stands_for: str


def cases() -> list[Case]:
    found = []
    for lang in ("en", "zh"):
        with (HERE / f"within_cases_{lang}.tsv").open(encoding="utf-8", newline="") as file:
            rows = csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE)
            found += [Case(lang, r["text"], r["mention"], r["stands_for"]) for r in rows]
    return found


def read(marked: str) -> tuple[str, tuple[Named, ...], dict[str, int]]:
    """The plain text, its names, and where the phrases in braces begin."""
    text, names, phrases, at = "", [], {}, 0
    for found in MARK.finditer(marked):
        text += marked[at : found.start()]
        at = found.end()
        if found["phrase"]:
            phrases[found["phrase"]] = len(text)
        else:
            kind, name = KINDS[found["kind"]], found["name"]
            names.append(Named(f"{kind}:{name}", name, kind, len(text), len(text) + len(name)))
        text += found["phrase"] or found["name"]
    return text + marked[at:], tuple(names), phrases


def surface(key: str) -> str:
    return key.partition(":")[2]


def test_there_are_a_hundred_cases_and_a_third_of_them_are_traps() -> None:
    found = cases()
    assert len(found) >= 100
    assert sum(c.stands_for == NONE for c in found) * 3 >= len(found)


@pytest.mark.parametrize("case", cases(), ids=lambda c: f"{c.lang}-{c.mention}-{c.stands_for}")
def test_a_name_or_phrase_stands_for_what_its_document_says(case: Case) -> None:
    text, names, phrases = read(case.marked)
    if case.mention in phrases:
        meant = references(text, names, case.lang)
        told = {r.surface: surface(r.target_key) for r in meant if r.start == phrases[case.mention]}
    else:
        told = {surface(x.key): surface(x.target) for x in links("a.txt", text, names)}
    assert told.get(case.mention, NONE) == case.stands_for


def linked(marked: str) -> tuple[LocalLink, ...]:
    text, names, _ = read(marked)
    return links("a.txt", text, names)


def test_a_link_says_of_which_document_how_sure_and_why() -> None:
    (found,) = linked("The [o:World Health Organization] ([o:WHO]) met.")
    assert (found.document, surface(found.key), surface(found.target)) == ("a.txt", "WHO", "World Health Organization")
    assert 0.9 <= found.score < 1
    assert "defines 'WHO' as short for 'World Health Organization'" in found.reason


def test_a_way_over_several_names_leads_to_its_end_with_all_reasons() -> None:
    told = {surface(x.key): x for x in linked("[p:Jane Smith] left. [p:Smith] was ill. [p:Smith's] son came.")}
    assert {surface(x.target) for x in told.values()} == {"Jane Smith"}
    assert told["Smith's"].reason.count(";") == 1


def test_a_class_above_anothers_is_no_clash_and_a_sister_class_is() -> None:
    text = "Stanford University grew. Stanford grew."

    def told(types: tuple[str, ...], others: tuple[str, ...]) -> int:
        full = Named("a", "Stanford University", "organization", 0, 19, types)
        return len(links("a.txt", text, (full, Named("b", "Stanford", "organization", 26, 34, others))))

    assert told(("School", "Organization"), ("Organization",)) == 1
    assert told(("School", "Organization"), ("Company", "Organization")) == 0


def test_what_one_document_says_changes_with_its_names_not_with_their_order() -> None:
    text, names, _ = read(
        "[p:Jane Smith] and [o:Acme Corp.]: [p:Smith] left [o:Acme]. [p:J. Smith] and [p:Dr Smith] are one."
    )
    shuffled = list(names)
    for seed in range(20):
        random.Random(seed).shuffle(shuffled)  # a test, no secret
        assert links("a.txt", text, shuffled) == links("a.txt", text, names)
    assert len(links("a.txt", text, names)) == 4


def test_initials_must_fit_the_words_in_order() -> None:
    assert abbreviates("NATO", "North Atlantic Treaty Organization")
    assert abbreviates("HHS", "Department of Health and Human Services") is False
    assert abbreviates("DARPA", "Defense Advanced Research Projects Agency")
    assert not abbreviates("WTO", "World Health Organization")
    assert not abbreviates("A", "Acme")


def test_a_reference_is_what_the_text_has_there() -> None:
    text, names, _ = read("[p:Jane Smith] arrived in Bergen. She will stay a week.")
    (found,) = references(text, names)
    assert isinstance(found, Reference)
    assert text[found.start : found.end] == found.surface == "She"
    assert found.target_key == "person:Jane Smith"
    assert 0.7 <= found.score <= 1
    assert "'Jane Smith'" in found.reason


def test_a_higher_bar_gives_fewer_references_and_languages_without_rules_none() -> None:
    text, names, _ = read("[p:Jane Smith] met [p:Mary Jones]. She said that she would stay.")
    low, high = references(text, names, least=0.0), references(text, names, least=0.95)
    assert len(low) == 2
    assert len(high) < 2
    assert references(text, names, "de", 0.0) == ()


HOSTILE = st.text(
    st.sampled_from("AaB .,()\"“”'’-—简称（）“”该公司王先生他\u202e\u0000\ud800\u0301éשלוםمI\n\t&·Drs"), max_size=120
)
AWKWARD = st.sampled_from(
    ("", " ", "the", "Dr.", "'s", "(", "the (A)", "·", "公司", "A.", "\ud800", "\u202eabc", "A" * 10_000)
)


@settings(max_examples=150, deadline=None)
@given(st.lists(st.tuples(HOSTILE, st.one_of(AWKWARD, HOSTILE), st.sampled_from(sorted(KINDS))), max_size=8))
def test_nothing_in_a_text_breaks_it_and_what_is_linked_is_not_linked_on(parts: list[tuple[str, str, str]]) -> None:
    text, names = "", []
    for before, name, kind in parts:
        text += before
        names.append(Named(f"{kind}:{name}", name, KINDS[kind], len(text), len(text) + len(name)))
        text += name
    found = links("a.txt", text, names)
    keys = {n.key for n in names}
    assert {x.key for x in found}.isdisjoint(x.target for x in found)
    assert len({x.key for x in found}) == len(found)
    assert all(x.key in keys and x.target in keys and 0.75 <= x.score <= 1 and x.reason for x in found)
    for lang in ("en", "zh"):
        for r in references(text, names, lang, 0.0):
            assert text[r.start : r.end] == r.surface
            assert r.target_key in keys


def test_places_outside_the_text_and_names_that_are_everywhere_are_borne() -> None:
    many = [Named(f"p:{i}", f"N{i} Smith", "person", i, i + 2) for i in range(3000)]
    wrong = [Named("p:Smith", "Smith", "person", 90_000, 90_005), Named("p:x", "x", "person", -5, -1)]
    text = "Smith (" * 700
    assert links("a.txt", text, [*many, *wrong]) == ()
    assert references(text, wrong) == ()
