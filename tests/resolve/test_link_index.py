"""The index of a knowledge base's names: what is found, in what bounds, and what is refused."""

from __future__ import annotations

import random
import sqlite3
from collections.abc import Iterable
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kgc.data.knowledge import KbEntry, Link, read_link
from kgc.errors import KgcError
from kgc.resolve.linking.build import build
from kgc.resolve.linking.index import CANDIDATES, Index, is_current
from kgc.resolve.linking.keys import keys

WORLD = (
    KbEntry(
        "Q1", "Apple Inc.", ("Apple", "AAPL"), ("company",), "American maker of computers, founded by Steve Jobs", 9
    ),
    KbEntry("Q2", "World Health Organization", (), ("organization",)),
    KbEntry("Q3", "Steve Jobs", ("Steven Paul Jobs",), ("person",), "Founder of Apple", 5, ("Q1",)),
    KbEntry("Q4", "Steve Ballmer", (), ("person",), "Chief of Microsoft", 4),
    KbEntry("Q5", "中国人民银行", ("央行",), ("organization",)),
    KbEntry("Q6", "Mercury (planet)", (), ("planet",)),
)


def index_of(entries: Iterable[KbEntry], folder: Path) -> Index:
    path = folder / "kb.db"
    build(entries, path, "kb")
    return Index(path)


def ids(index: Index, name: str) -> list[str]:
    return [e.id for e in index.find(name).entries]


@pytest.fixture
def world(tmp_path: Path) -> Index:
    return index_of(WORLD, tmp_path)


@pytest.mark.parametrize(
    ("asked", "wanted"),
    [
        ("apple inc", "Q1"),
        ("Apple", "Q1"),
        ("WHO", "Q2"),
        ("World Health Organisation", "Q2"),
        ("Stve Jobs", "Q3"),
        ("Steve Jbos", "Q3"),
        ("Jobs, Steve", "Q3"),
        ("Ballmer", "Q4"),
        ("央行", "Q5"),
        ("人民银行", "Q5"),
        ("Mercury", "Q6"),
    ],
)
def test_a_name_is_found_as_written_short_misspelt_turned_or_by_its_letters(
    world: Index, asked: str, wanted: str
) -> None:
    assert wanted in ids(world, asked)


def test_what_is_not_there_is_not_found(world: Index) -> None:
    for asked in ("Samsung", "", " ", "🙂", "\x00", "a" * 10_000, "\u202eelppA\u202c x"):
        assert ids(world, asked) == []


def test_an_entry_comes_back_as_it_was_given(world: Index) -> None:
    assert world.entry("Q3") == WORLD[2]
    assert world.entry("Q99") is None


def test_a_crowd_of_namesakes_gives_the_likeliest_in_a_bounded_number(tmp_path: Path) -> None:
    crowd = [KbEntry(f"E{n:04}", "John Smith", prior=float(n % 997)) for n in range(3000)]
    index = index_of(crowd, tmp_path)
    found = index.find("John Smith")
    assert len(found.entries) == CANDIDATES
    assert found.crowd == 3000
    best = sorted(crowd, key=lambda e: (-e.prior, e.id))[:CANDIDATES]
    assert list(found.entries) == best


def test_the_order_of_the_entries_changes_no_candidates(tmp_path: Path) -> None:
    mixed = list(WORLD)
    random.Random(1).shuffle(mixed)
    one, two = index_of(WORLD, tmp_path / "a"), index_of(mixed, tmp_path / "b")
    for asked in ("Apple", "Steve", "WHO", "Jobs"):
        assert set(ids(one, asked)) == set(ids(two, asked))


def test_an_id_that_comes_twice_is_refused_with_both_places_and_nothing_is_left(tmp_path: Path) -> None:
    twice = [KbEntry("1", "A", where="kb.csv:2"), KbEntry("2", "B"), KbEntry("1", "C", where="kb.csv:4")]
    with pytest.raises(KgcError, match=r"kb\.csv:4: the id '1' is that of kb\.csv:2"):
        build(twice, tmp_path / "kb.db", "kb")
    assert list(tmp_path.iterdir()) == []


def test_a_source_that_breaks_off_leaves_the_old_index(tmp_path: Path) -> None:
    path = tmp_path / "kb.db"
    build(WORLD, path, "kb")

    def broken() -> Iterable[KbEntry]:
        yield WORLD[0]
        raise KgcError("kb.csv:3: broken")

    with pytest.raises(KgcError, match=r"kb\.csv:3"):
        build(broken(), path, "kb")
    assert [p.name for p in tmp_path.iterdir()] == ["kb.db"]
    assert ids(Index(path), "Apple")


def test_a_file_that_is_no_index_is_not_taken_for_one(tmp_path: Path) -> None:
    (tmp_path / "x.db").write_bytes(b"not a database at all, but long enough to look like a file")
    assert not is_current(tmp_path / "x.db")
    sqlite3.connect(tmp_path / "y.db").close()
    assert not is_current(tmp_path / "y.db")


@settings(max_examples=40, deadline=None)
@given(st.lists(st.text(min_size=1, max_size=40), min_size=1, max_size=6))
def test_every_name_that_has_keys_is_found_by_itself(
    tmp_path_factory: pytest.TempPathFactory, names: list[str]
) -> None:
    entries = [KbEntry(str(n), name) for n, name in enumerate(names)]
    index = index_of(entries, tmp_path_factory.mktemp("kb"))
    for entry in entries:
        assert not keys(entry.name) or entry.id in ids(index, entry.name)
    index.close()


def test_a_link_is_the_same_text_everywhere_and_can_be_read_back() -> None:
    link = Link("people", "p 1", "Ada")
    assert link.payload() == Link("people", "p 1", "Ada").payload()
    assert read_link(link.payload()).text == link.text == "people:p 1"
    with pytest.raises(ValueError, match="no entry"):
        read_link('{"kb": "people"}')
