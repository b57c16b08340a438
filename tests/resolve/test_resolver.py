"""Which names the resolver merges, asks about, and keeps apart; and the laws that hold for any names."""

from __future__ import annotations

import csv
import random
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kgc.ledger.decisions import decision_id
from kgc.resolve.blocking import candidates
from kgc.resolve.match import explain
from kgc.resolve.merges import merges
from kgc.resolve.records import Item, Kind, Resolution, Rulings, pair
from kgc.resolve.resolver import resolve
from kgc.resolve.statistics import Statistics, fit

HERE = Path(__file__).parent
SCRIPT = str.maketrans(
    "張雲銀學臺灣積電務國東豐車澤習馬鄧偉孫劉華陳錢廣區慶長紅樓夢對論號會",
    "张云银学台湾积电务国东丰车泽习马邓伟孙刘华陈钱广区庆长红楼梦对论号会",
)
LISTS = ("en", "zh")


def read(name: str) -> list[tuple[Item, Item]]:
    with (HERE / f"{name}.tsv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))
    return [
        (named(f"{n}a", row["one"], kind_of(row["kind"])), named(f"{n}b", row["other"], kind_of(row["kind"])))
        for n, row in enumerate(rows)
    ]


def kind_of(text: str) -> Kind:
    kinds: dict[str, Kind] = {"person": "person", "organization": "organization", "place": "place", "thing": "thing"}
    return kinds[text]


def named(key: str, surface: str, kind: Kind = "organization") -> Item:
    return Item(key, surface, kind)


def together(*surfaces: str, kind: Kind = "organization") -> set[frozenset[str]]:
    """The groups of more than one, as surfaces."""
    items = [named(s, s, kind) for s in surfaces]
    return {frozenset(group) for group in resolve(items, fit(items)).groups}


def counted(pairs: list[tuple[Item, Item]]) -> Statistics:
    return fit([item for both in pairs for item in both], SCRIPT)


@pytest.mark.parametrize("lang", LISTS)
def test_no_look_alike_is_merged(lang: str) -> None:
    pairs = read(f"lookalikes_{lang}")
    statistics = counted(pairs)
    merged = [(a.surface, b.surface) for a, b in pairs if resolve([a, b], statistics).groups]
    assert merged == []


@pytest.mark.parametrize("lang", LISTS)
def test_no_look_alike_is_merged_among_all_the_others(lang: str) -> None:
    pairs = read(f"lookalikes_{lang}")
    groups = resolve([item for both in pairs for item in both], counted(pairs)).groups
    inside = {pair(x, y) for group in groups for x in group for y in group if x < y}
    assert [(a.surface, b.surface) for a, b in pairs if (a.key, b.key) in inside] == []


@pytest.mark.parametrize(("lang", "least"), [("en", 110), ("zh", 48)])
def test_all_variants_share_a_block_and_most_are_merged_without_asking(lang: str, least: int) -> None:
    pairs = read(f"variants_{lang}")
    statistics = counted(pairs)
    missed = [(a.surface, b.surface) for a, b in pairs if not len(candidates([a, b], statistics))]
    assert missed == []
    assert sum(bool(resolve([a, b], statistics).groups) for a, b in pairs) >= least


def test_there_are_two_hundred_look_alikes_and_two_hundred_variants() -> None:
    assert sum(len(read(f"lookalikes_{lang}")) for lang in LISTS) >= 200
    assert sum(len(read(f"variants_{lang}")) for lang in LISTS) >= 200


def test_a_name_that_goes_with_two_that_exclude_each_other_goes_with_neither() -> None:
    assert together("Quorvex", "Quorvex Inc.", "Quorvex Ltd.") == set()
    assert together("Quorvex", "Quorvex Inc.") == {frozenset({"Quorvex", "Quorvex Inc."})}


def test_no_chain_goes_through_a_weak_middle() -> None:
    groups = together("Anna Lindqvist", "Anna Maria Lindqvist", "Anna Clara Lindqvist", kind="person")
    assert not any({"Anna Maria Lindqvist", "Anna Clara Lindqvist"} <= g for g in groups)


def test_a_class_and_its_ancestor_may_be_one_but_not_two_sisters_nor_two_kinds() -> None:
    shop = Item("a", "Walmart", "organization", ("Organization",))
    firm = Item("b", "Walmart Inc.", "organization", ("Company", "Organization"))
    school = Item("c", "Walmart Inc", "organization", ("School", "Organization"))
    person = Item("d", "Walmart", "person", ("Person",))
    statistics = fit([shop, firm, school, person])
    assert resolve([shop, firm], statistics).groups == (("a", "b"),)
    assert resolve([firm, school], statistics).groups == ()
    [told] = explain([shop, person], statistics)
    assert told.verdict == "apart"
    assert told.reason == "Organization and Person are not classes of one thing"


def test_an_alias_from_a_text_merges_what_no_spelling_could() -> None:
    bank = Item("a", "中国人民银行", "organization", aliases=("央行",))
    other = Item("b", "央行", "organization")
    assert resolve([bank, other], fit([bank, other])).groups == (("a", "b"),)


def person(key: str, name: str, **values: str) -> Item:
    return Item(key, name, "person", attributes=tuple(values.items()))


CROWD = [person(f"zz{n}", f"Zz{n} Yy{n}", born=str(1900 + n % 60), register=f"no {n}") for n in range(200)]


def test_branches_that_share_the_name_of_the_group_stay_apart() -> None:
    items = [
        Item("a", "Quorvex Exports USA", "organization", aliases=("Quorvex Exports",)),
        Item("b", "Quorvex Exports Singapore", "organization", aliases=("Quorvex Exports",)),
        Item("c", "Quorvex Exports", "organization"),
    ]
    assert resolve(items[:2], fit(items)).groups == ()
    assert resolve(items, fit(items)).groups == ()


def test_people_who_share_an_address_are_not_taken_for_one() -> None:
    home = {"mail": "info@example.org", "street": "Storgata 7", "town": "Lund"}
    one, two = person("a", "Ada Kron", **home), person("b", "Bo Holm", **home)
    several = frozenset(home)
    assert resolve([one, two], fit([one, two, *CROWD], several=several)).groups == ()
    one, two = person("a", "Ada Kron", **home), person("b", "Bo Kron", **home)
    assert resolve([one, two], fit([one, two, *CROWD], several=several)).groups == ()


def test_values_that_differ_keep_namesakes_apart() -> None:
    one, two = person("a", "Ada Kron", born="1903"), person("b", "Ada Kron", born="1951")
    assert resolve([one, two], fit([one, two, *CROWD])).groups == ()
    assert resolve([one, two], fit([one, two, *CROWD], several=frozenset({"born"}))).groups == (("a", "b"),)


def test_values_that_identify_outweigh_a_misspelling_that_a_guard_would_not_let_pass() -> None:
    values = {"register": "77-1234-9", "tax": "998877", "home": "Storgata 7"}
    one, two = person("a", "Ada Kron", **values), person("b", "Ida Kron", **values)
    assert resolve([one, two], fit([one, two, *CROWD])).groups == (("a", "b"),)
    [alone] = explain([person("a", "Ada Kron"), person("b", "Ida Kron")], fit(CROWD))
    assert [v.code for v in alone.vetoes] == ["given"]


def test_a_value_that_many_share_says_less_than_one_that_few_share() -> None:
    one, two = person("a", "Ada Kron", born="1903"), person("b", "A. Kron", born="1903")
    few = fit([one, two, *CROWD])
    many = fit([one, two, *CROWD, *(person(f"yy{n}", f"Xx{n} Ww{n}", born="1903") for n in range(200))])
    assert explain([one, two], few)[0].score > explain([one, two], many)[0].score


def test_shared_neighbours_turn_a_question_into_a_merge() -> None:
    facts = ("LEADER_OF>Organization:Quorvex", "BORN_IN>Location:Lund", "SPOUSE>Person:Bo Kron")
    alone = [Item("a", "Ada Kron", "person"), Item("b", "A. Kron", "person")]
    known = [Item(i.key, i.surface, i.kind, neighbours=facts) for i in alone]
    statistics = fit(alone)
    assert [p.verdict for p in resolve(alone, statistics).proposals] == ["grey"]
    assert resolve(known, statistics).groups == (("a", "b"),)


def test_every_proposal_says_why_in_words_and_numbers() -> None:
    items = [named("a", "Quorvex Corp."), named("b", "Quorvex")]
    [proposal] = resolve(items, fit(items)).proposals
    assert proposal.verdict == "merge"
    assert proposal.reason == "the same name but for the legal form"
    assert 0.85 <= proposal.score <= 1
    assert [f.name for f in proposal.features] == ["name"]


def test_two_items_with_one_key_are_refused() -> None:
    with pytest.raises(ValueError, match="'a'"):
        resolve([named("a", "X"), named("a", "Y")], Statistics())


# -- what people decide -------------------------------------------------------------------------------------------


def test_people_join_what_nothing_joins_and_part_what_all_joins() -> None:
    items = [named("a", "Quorvex"), named("b", "QUORVEX"), named("c", "Halden")]
    statistics = fit(items)
    assert resolve(items, statistics, Rulings(together=[("c", "a")])).groups == (("a", "b", "c"),)
    assert resolve(items, statistics, Rulings(apart=[("b", "a")])).groups == ()
    assert resolve(items, statistics, Rulings(apart=[("a", "zz")])).groups == (("a", "b"),)


def test_a_ruling_that_contradicts_others_is_refused_with_the_reason() -> None:
    items = [named(k, f"{k}{k} Name") for k in "abc"]
    rulings = Rulings(together=[("a", "b"), ("b", "c")], apart=[("a", "c")])
    result = resolve(items, fit(items), rulings)
    assert result.groups == (("a", "b"),)
    assert result.refused == ((("b", "c"), "it would join names that a person took apart"),)


def test_groups_become_decisions_that_carry_score_and_reason_and_leave_people_theirs() -> None:
    items = [named("a", "Halden"), named("b", "Quorvex"), named("c", "QUORVEX"), named("d", "Quorvex Corp.")]
    decisions = list(merges(resolve(items, fit(items), Rulings(together=[("a", "b")])), decision_id))
    assert [d.what for d in decisions] == [("b", "c"), ("b", "d")]
    assert decisions == list(merges(resolve(items, fit(items)), decision_id))
    legal = decisions[-1]
    assert (legal.kind, legal.by, legal.id) == ("merge", "rule:names", decision_id("merge", legal.what))
    assert legal.reason == "the same name but for the legal form"
    assert 0.85 <= legal.score <= 1


# -- laws ---------------------------------------------------------------------------------------------------------

PARTS = "Acme|ACME|Acme,|Acmee|Quorvex|Quorvx|Inc.|Ltd.|Bank|of|North|South|1|2|II|Smith|John|J.|Jon|Jr.|银行|北京"
WORDS = st.sampled_from(PARTS.split("|"))
NAMES = st.lists(st.lists(WORDS, min_size=1, max_size=4).map(" ".join), min_size=1, max_size=14, unique=True)
FROZEN = fit(
    [named(str(n), s) for n, s in enumerate(["Acme Bank", "John Smith", "Bank of Acme", "Acme Inc.", "Quorvex"])]
)


@given(NAMES, st.sampled_from(["person", "organization"]), st.randoms(use_true_random=False))
@settings(deadline=None, max_examples=80)
def test_the_order_of_names_and_rulings_means_nothing(names: list[str], kind: Kind, chance: random.Random) -> None:
    items = [named(s, s, kind) for s in names]
    rulings = [pair(chance.choice(names), chance.choice(names)) for _ in range(4)]
    first = resolve(items, FROZEN, Rulings(rulings[:2], rulings[2:]))
    chance.shuffle(items)
    turned = [(b, a) for a, b in rulings]
    assert resolve(items, FROZEN, Rulings(turned[1::-1], turned[:1:-1])) == first


@given(NAMES)
@settings(deadline=None, max_examples=50)
def test_names_that_share_nothing_with_the_others_change_nothing_for_them(names: list[str]) -> None:
    items = [named(s, s) for s in names]
    others = [named(f"zz{n}", f"Wumpelto{n} Kifjuddy") for n in range(3)]
    alone, beside = resolve(items, FROZEN), resolve([*items, *others], FROZEN)

    def mine(result: Resolution) -> tuple[list[tuple[str, ...]], list[object]]:
        return (
            [g for g in result.groups if not g[0].startswith("zz")],
            [p for p in result.proposals if not p.pair[0].startswith("zz")],
        )

    assert mine(beside) == mine(alone)


@given(NAMES, st.randoms(use_true_random=False))
@settings(deadline=None, max_examples=80)
def test_what_people_decided_is_kept_and_groups_hold_no_veto(names: list[str], chance: random.Random) -> None:
    items = [named(s, s) for s in names]
    apart = {pair(a, b) for a, b in [(chance.choice(names), chance.choice(names)) for _ in range(3)] if a != b}
    joined = {pair(a, b) for a, b in [(chance.choice(names), chance.choice(names)) for _ in range(2)] if a != b}
    result = resolve(items, FROZEN, Rulings(joined, apart))
    inside = {pair(x, y) for group in result.groups for x in group for y in group if x < y}
    assert not inside & apart
    assert joined - inside == {p for p, _ in result.refused}
    if not joined:
        vetoed = {p.pair for p in explain(items, FROZEN) if p.vetoes}
        assert not inside & vetoed


@given(
    st.lists(st.tuples(st.text(max_size=60), st.sampled_from(["person", "organization", "place", "thing"])), max_size=8)
)
@settings(deadline=None, max_examples=120)
def test_any_text_can_be_resolved(rows: list[tuple[str, Kind]]) -> None:
    items = [Item(str(n), text, kind, aliases=(text[:3],)) for n, (text, kind) in enumerate(rows)]
    result = resolve(items, fit(items))
    assert all(0 <= p.score <= 1 for p in result.proposals)
    for a, b in [(x, y) for x in items for y in items if x.key < y.key]:
        assert explain([a, b], FROZEN) == explain([b, a], FROZEN)


@pytest.mark.parametrize(
    "surface",
    [
        "",
        " ",
        "\0\x1b[31m",
        "a" * 10_000,
        "银" * 10_000,
        "word " * 2_000,
        "\u202eשלום\u202c",
        "!!!",
        "\ud800",
        "́" * 500,
    ],
    ids=[
        "empty",
        "space",
        "controls",
        "one long word",
        "long Han",
        "many words",
        "right to left",
        "marks",
        "surrogate",
        "accents",
    ],
)
def test_a_hostile_name_neither_breaks_the_resolver_nor_joins_another(surface: str) -> None:
    items = [named("a", surface), named("b", "Quorvex"), named("c", "Quorvex Inc.")]
    assert resolve(items, fit(items)).groups == (("b", "c"),)


def test_a_crowd_of_one_surname_makes_a_number_of_pairs_that_grows_with_the_names_only() -> None:
    sizes = []
    for size in (500, 2000):
        items = [named(str(n), f"{'abcdefghij'[n % 10]}{n:x} Smith", "person") for n in range(size)]
        sizes.append(len(candidates(items, fit(items))))
    assert sizes[1] <= 5 * max(sizes[0], 500)
    same = [named(str(n), "John Smith", "person") for n in range(3000)]
    assert len(candidates(same, fit(same))) <= 3000 * 24


def test_a_name_in_hundreds_of_spellings_is_one_group() -> None:
    word = "quorvexdel"
    items = [named(f"{n:03}", "".join(c.upper() if n >> i & 1 else c for i, c in enumerate(word))) for n in range(400)]
    assert [len(group) for group in resolve(items, fit(items)).groups] == [400]
