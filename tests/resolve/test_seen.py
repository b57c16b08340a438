"""What was seen of names before spares work, and changes nothing."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kgc.resolve.frozen import prior
from kgc.resolve.records import Item
from kgc.resolve.resolver import propose, propose_again
from kgc.resolve.seen import Seen, empty, load, save

PARTS = (
    "Acme", "ACME", "Acmee", "Quorvex", "Quorvx", "Inc.", "Ltd.", "Bank", "of", "North", "South", "1", "II", "Smith",
    "John", "J.", "Jon", "Jr.", "银行", "北京", "!!",
)  # fmt: skip
NAMES = st.dictionaries(
    st.lists(st.sampled_from(PARTS), min_size=1, max_size=4).map(" ".join),
    st.sampled_from(["", "1998", "2001"]),
    max_size=40,
)
STATISTICS = prior({})


def items(names: dict[str, str]) -> list[Item]:
    found = (Item(s, s, "organization", attributes=(("founded", v),) if v else ()) for s, v in names.items())
    return sorted(found, key=lambda i: i.key)


@given(st.lists(NAMES, min_size=1, max_size=4))
@settings(deadline=None, max_examples=60)
def test_names_that_come_go_and_change_are_proposed_as_if_all_were_new(history: list[dict[str, str]]) -> None:
    seen = empty()
    for names in history:
        found, seen = propose_again(items(names), STATISTICS, seen)
        assert found == propose(items(names), STATISTICS)


def test_blocks_that_overflow_are_seen_as_they_are_now() -> None:
    surnames = [Item(f"{n:03}", f"{chr(97 + n % 26)}{n:x} Smith", "person") for n in range(60)]
    _, seen = propose_again(surnames[::2], STATISTICS, empty())
    assert propose_again(surnames, STATISTICS, seen)[0] == propose(surnames, STATISTICS)


@given(NAMES)
@settings(deadline=None, max_examples=30)
def test_what_was_seen_is_kept_in_a_file(tmp_path_factory: pytest.TempPathFactory, names: dict[str, str]) -> None:
    path = tmp_path_factory.mktemp("seen") / "names.npz"
    _, seen = propose_again(items(names), STATISTICS, empty())
    save(seen, path, "key")
    assert same(load(path, "key"), seen)
    assert same(load(path, "another"), empty())


def same(one: Seen, other: Seen) -> bool:
    arrays = [(s.digests, s.nothing, s.shapes.codes, s.shapes.counts, s.shapes.signatures) for s in (one, other)]
    texts = one.shapes.texts == other.shapes.texts and one.shapes.joined == other.shapes.joined
    return texts and all(np.array_equal(a, b) for a, b in zip(*arrays, strict=True))


@pytest.mark.parametrize("content", [b"", b"PK nothing of the kind", None])
def test_a_file_that_cannot_be_read_is_as_if_it_were_not_there(tmp_path: Path, content: bytes | None) -> None:
    path = tmp_path / "names.npz"
    if content is not None:
        path.write_bytes(content)
    assert same(load(path, "key"), empty())
