"""Which spellings are the same name, and which are not."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kgc.data.names import mention_key, normalise, tidy
from kgc.resolve.clusters import roots
from kgc.resolve.frozen import prior
from kgc.resolve.records import Item, Rulings
from kgc.resolve.resolver import resolve


def merged(
    surfaces: list[str], type_: str = "Organization", apart: frozenset[tuple[str, str]] = frozenset()
) -> set[frozenset[str]]:
    """The clusters of more than one name."""
    kind = "person" if type_ == "Person" else "organization"
    items = [Item(mention_key(type_, s), tidy(s), kind, (type_,)) for s in surfaces]
    groups = resolve(items, prior({}), Rulings(apart=apart)).groups
    return {frozenset(key.partition(":")[2] for key in group) for group in groups}


@pytest.mark.parametrize(
    "surfaces",
    [
        ["Acme Corp", "Acme Corp.", "ACME CORPORATION", "Acme"],
        ["Ｎｏｒｔｈｗｉｎｄ　Ｌｔｄ", "Northwind Ltd.", "Northwind Limited", "northwind"],
        ["A.B. Volvo", "A. B. Volvo"],
        ["O'Neill Group", "O’Neill Group", "Oneill group"],
        ["远山科技有限公司", "远山科技"],
        ["Foo Co., Ltd.", "Foo Company Limited", "Foo"],
    ],
)
def test_spellings_of_one_organization_are_merged(surfaces: list[str]) -> None:
    assert merged(surfaces) == {frozenset(map(tidy, surfaces))}


@pytest.mark.parametrize(
    "surfaces",
    [
        ["Acme Inc.", "Acme Ltd."],
        ["Bank of Oslo", "Bank of Bergen"],
        ["North Acme", "South Acme"],
        ["Acme 1", "Acme 2"],
        ["C", "C++"],
        ["Company", "Corp"],
        ["远山银行", "近山银行"],
    ],
)
def test_different_organizations_stay_apart(surfaces: list[str]) -> None:
    assert merged(surfaces) == set()


def test_a_suffix_means_nothing_in_the_name_of_a_person() -> None:
    assert merged(["Lin Co", "Lin"], type_="Person") == set()
    assert merged(["Ada Byron", "ADA BYRON"], type_="Person") == {frozenset({"Ada Byron", "ADA BYRON"})}


def test_one_name_in_two_types_is_two_things() -> None:
    items = [Item(mention_key(t, "Apple"), "Apple", "thing", (t,)) for t in ("Product", "Organization")]
    assert resolve(items, prior({})).groups == ()


def test_what_a_person_took_apart_is_in_no_cluster_together() -> None:
    apart = frozenset({("Organization:ACME", "Organization:Acme")})
    clusters = merged(["Acme", "ACME", "acme", "ACme"], apart=apart)
    assert all(not {"Acme", "ACME"} <= c for c in clusters)
    assert frozenset({"ACME", "ACme", "acme"}) in clusters


@given(st.text())
def test_any_text_has_a_key_and_a_normal_form_that_is_stable(surface: str) -> None:
    assert tidy(tidy(surface)) == tidy(surface)
    assert mention_key("T", surface) == mention_key("T", tidy(surface))
    assert normalise(surface).text.casefold() == normalise(surface.casefold()).text.casefold()


@given(st.lists(st.tuples(st.sampled_from("abcdefgh"), st.sampled_from("abcdefgh"))))
def test_clusters_do_not_depend_on_the_order_of_merges(pairs: list[tuple[str, str]]) -> None:
    assert roots(pairs) == roots(reversed(pairs)) == roots([(b, a) for a, b in pairs])
