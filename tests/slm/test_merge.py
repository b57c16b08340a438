"""Rules and encoder together: one fact where they agree, and what either says alone."""

from __future__ import annotations

from kgc.data import Span
from kgc.slm.found import Judged, Related
from kgc.slm.merge import blanked, doubted, merged, told
from kgc.slm.names import Name
from kgc.slm.statements import Statement
from kgc.slm.values import Value


def name(text: str, surface: str, kind: str, cls: str) -> Name:
    at = text.index(surface)
    return Name(Span(at, at + len(surface)), surface, kind, cls)


def says(text: str, items: list[Name | Value], *related: Related) -> list[Statement]:
    whole = Span(0, len(text))
    return list(told(Judged(related=related), items, list(range(len(items))), text, whole, "en"))


TEXT = "Ann Berg was born in Bergen, Norway, and May Holm will not lead Acme."
ANN = name(TEXT, "Ann Berg", "P", "Person")
BERGEN = name(TEXT, "Bergen", "L", "City")
NORWAY = name(TEXT, "Norway", "L", "Country")
MAY = name(TEXT, "May Holm", "P", "Person")
ACME = name(TEXT, "Acme", "O", "Organization")
ITEMS: list[Name | Value] = [ANN, BERGEN, NORWAY, MAY, ACME]


def ruled(precision: float, head: Name = ANN, relation: str = "BornIn", tail: Name = BERGEN) -> Statement:
    return Statement(head, relation, tail, "rule born-in", "was born in", precision, negated=False, hedged=False)


def test_where_both_agree_there_is_one_surer_statement_that_names_both() -> None:
    [found] = merged([ruled(0.9)], says(TEXT, ITEMS, Related(0, "BornIn", 1, 0.8)))
    assert found.source == "rule born-in, encoder 0.80"
    assert 0.9 < found.precision <= 0.98


def test_what_the_encoder_says_alone_shows_its_probability_and_the_words() -> None:
    [found] = merged([], says(TEXT, ITEMS, Related(0, "BornIn", 1, 0.8)))
    assert (found.source, found.words) == ("encoder: BornIn 0.80", "Ann Berg was born in Bergen")


def test_a_rule_knows_its_pair_better_and_other_pairs_stay() -> None:
    said = says(TEXT, ITEMS, Related(0, "LivesIn", 1, 0.7), Related(1, "LocatedIn", 2, 0.9))
    assert [(s.relation, s.source[:4]) for s in merged([ruled(0.9)], said)] == [
        ("BornIn", "rule"),
        ("LocatedIn", "enco"),
    ]


def test_a_wider_place_adds_nothing_to_the_narrower_one_before_it() -> None:
    assert says(TEXT, ITEMS, Related(0, "BornIn", 2, 0.9), Related(0, "CitizenOf", 2, 0.9)) == []


def test_cues_flag_what_the_encoder_says_but_names_are_no_cues() -> None:
    [denied] = says(TEXT, ITEMS, Related(3, "LeaderOf", 4, 0.9))
    assert (denied.negated, denied.hedged) == (True, True)
    text = "May Holm leads Acme."
    items: list[Name | Value] = [name(text, "May Holm", "P", "Person"), name(text, "Acme", "O", "Organization")]
    [plain] = says(text, items, Related(0, "LeaderOf", 1, 0.9))
    assert (plain.negated, plain.hedged) == (False, False)


def test_a_question_states_nothing() -> None:
    text = "Was Ann Berg born in Bergen?"
    items: list[Name | Value] = [name(text, "Ann Berg", "P", "Person"), name(text, "Bergen", "L", "City")]
    assert says(text, items, Related(0, "BornIn", 1, 0.9)) == []


def test_a_symmetric_relation_agrees_in_either_direction() -> None:
    rule = ruled(0.9, ANN, "SpouseOf", MAY)
    [found] = merged([rule], says(TEXT, ITEMS, Related(3, "SpouseOf", 0, 0.8)))
    assert "encoder" in found.source


def test_hidden_names_keep_every_offset() -> None:
    plain = blanked(TEXT, Span(0, len(TEXT)), ITEMS)
    assert len(plain) == len(TEXT)
    assert "May" not in plain
    assert plain.index("born") == TEXT.index("born")


def test_a_rule_that_the_encoder_holds_for_unlikely_is_less_sure() -> None:
    at = {item.span: i for i, item in enumerate(ITEMS)}
    known = frozenset(("BornIn",))
    against = Judged(seen=frozenset({(0, 1)}), known=known)
    agreeing = Judged(seen=frozenset({(0, 1)}), known=known, chances={(0, "BornIn", 1): 0.4})
    elsewhere = Judged(known=known)
    assert doubted(ruled(0.9), against, at).precision < 0.7
    assert doubted(ruled(0.9), agreeing, at).precision == 0.9
    assert doubted(ruled(0.9), elsewhere, at).precision == 0.9
    assert doubted(ruled(0.9, relation="OwnerOf"), against, at).precision == 0.9


def test_what_is_told_in_passing_is_not_hedged_by_the_words_around_it() -> None:
    text = "Zeta plans to buy Acme, a firm from Oslo."
    items: list[Name | Value] = [
        name(text, "Zeta", "O", "Organization"),
        name(text, "Acme", "O", "Organization"),
        name(text, "Oslo", "L", "City"),
    ]
    based, bought = says(text, items, Related(1, "BasedIn", 2, 0.9), Related(0, "Acquired", 1, 0.9))
    assert (based.hedged, bought.hedged) == (False, True)
