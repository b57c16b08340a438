"""Whom a statement can be about."""

from __future__ import annotations

import pytest

from kgc.slm.holders import fits
from tests.slm.marked import marked


@pytest.mark.parametrize(
    ("relation", "line"),
    [
        ("LeaderOf", "The chief executive officer of {Halden} ([Robert Brown]) resigned."),
        ("LeaderOf", "[Robert Brown] took over as governor of {Montana}, |Clara Weiss| went home."),
        ("LeaderOf", "[Robert Brown], governor of {Montana}, |Clara Weiss| and others came."),
        ("position", "the {president} of France [Robert Brown] and |Clara Weiss|"),
        ("position", "[Robert Brown], acting {director}, spoke with |Clara Weiss|."),
        ("ChildOf", "[Clara Weiss], the eldest daughter of {Robert Brown}, came."),
        ("ChildOf", "[Clara Weiss] (born 1901), daughter of |Emma Stone| and {Robert Brown}, came."),
        ("LivesIn", "[Robert Brown] of {Leeds} came."),
        ("PerformedIn", "the film {Nora} with actors such as [Clara Weiss]"),
        ("PerformedIn", "as did [Clara Weiss] in the film {Nora}"),
        ("WorksFor", "the Acme man ([Robert Brown]) of {Acme}"),
    ],
)
def test_it_can_be(relation: str, line: str) -> None:
    m = marked(line)
    assert fits(relation, m.head, m.tail, m.people, m.text)


@pytest.mark.parametrize(
    ("relation", "line"),
    [
        ("LeaderOf", "After [Robert Brown]'s death the Governor of {Montana}, |Clara Weiss|, came."),
        ("position", "the chemist [Clara Weiss] and the {engineer} |Robert Brown|"),
        ("position", "under the new {director} the group of Dr. [Clara Weiss]"),
        ("position", "[Robert Brown]'s hospice {nurse}, |Clara Weiss|"),
        ("position", "invited by [Robert Brown] as a {lecturer}"),
        ("ChildOf", "[Robert Brown] and his wife |Clara Weiss| (Hill), daughter of {Thomas Hill}"),
        ("ChildOf", "[Clara Weiss], daughter of |Robert Brown| of {Grace Dieu}"),
        ("SpouseOf", "|Robert Brown| ([Karl Holm]) leaves his wife {Clara Weiss}"),
        ("LivesIn", "the 3rd Baron [Robert Brown] of {Harrowden}"),
        ("PerformedIn", "in {Doctors} as [Clara Weiss]"),
        ("PerformedIn", "she played the nurse [Clara Weiss] in {Doctors}"),
        ("PerformedIn", "with [Robert Brown] as {Nora}"),
    ],
)
def test_it_cannot_be(relation: str, line: str) -> None:
    m = marked(line)
    assert not fits(relation, m.head, m.tail, m.people, m.text)
