"""Vectors are kept in 8 bits, found by likeness, belong to one embedder, and may be lost without harm."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from kgc.errors import StoreError
from kgc.store import vectors as module
from kgc.store.vectors import Vectors

UNIT = np.eye(4, dtype=np.float32)
SOME = arrays(np.float32, st.tuples(st.integers(0, 3), st.just(4)), elements=st.floats(-1, 1, width=32))


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / ".kgc" / "vectors.db"


@pytest.fixture
def held(path: Path) -> Iterator[Vectors]:
    with Vectors(path, "some:1", 4) as opened:
        yield opened


def test_an_item_is_found_by_the_best_of_its_vectors(held: Vectors) -> None:
    held.put("chunk", [("a", UNIT[[0, 1]]), ("b", UNIT[[2]]), ("c", (UNIT[[1]] + UNIT[[2]]) / np.float32(2**0.5))])
    assert [(n.key, n.n, round(n.score, 2)) for n in held.nearest("chunk", UNIT[1], 2)] == [
        ("a", 1, 1.0),
        ("c", 0, 0.71),
    ]


@settings(deadline=None, max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(items=st.lists(SOME, max_size=7), block=st.integers(1, 3), limit=st.integers(1, 4))
def test_blocks_find_what_comparing_all_at_once_finds(
    held: Vectors, monkeypatch: pytest.MonkeyPatch, items: list[np.ndarray], block: int, limit: int
) -> None:
    query = np.array([0.5, -0.5, 0.1, 0.7], np.float32)
    monkeypatch.setattr(module, "BLOCK", block)
    held.remove("chunk", list(held.keys("chunk")))
    held.put("chunk", [(f"{n:03}", item) for n, item in enumerate(items)])
    kept = {f"{n:03}": held.of("chunk", f"{n:03}") @ query for n in range(len(items))}
    wanted = sorted((max(own) for own in kept.values() if len(own)), reverse=True)[:limit]
    found = held.nearest("chunk", query, limit)
    np.testing.assert_allclose([n.score for n in found], wanted, atol=1e-5)
    assert all(abs(kept[n.key][n.n] - n.score) < 1e-5 for n in found)


@given(vectors=SOME)
@settings(deadline=None, max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_eight_bits_are_off_by_half_a_step_at_most(held: Vectors, vectors: np.ndarray) -> None:
    held.put("chunk", [("a", vectors)])
    if not vectors.any():
        assert held.of("chunk", "a").shape == (0, 4)
        assert held.unread("chunk") == 1
        return
    steps = np.abs(vectors).max(axis=1, keepdims=True) / 127
    assert (np.abs(held.of("chunk", "a") - vectors) <= steps * 0.51 + 1e-9).all()


def test_what_is_put_again_is_replaced_and_what_is_removed_is_gone(held: Vectors) -> None:
    held.put("chunk", [("a", UNIT[[0]]), ("b", UNIT[[1]])])
    held.put("chunk", [("a", UNIT[[3]])])
    held.put("entity", [("a", UNIT[[2]])])
    held.remove("chunk", ["b", "never there"])
    assert list(held.keys("chunk")) == ["a"]
    assert [n.key for n in held.nearest("chunk", UNIT[3], 5)] == ["a"]
    assert list(held.keys("entity")) == ["a"]


def test_many_are_removed_at_once(held: Vectors) -> None:
    keys = [f"{n:05}" for n in range(2500)]
    held.put("chunk", [(key, UNIT[:1]) for key in keys])
    held.remove("chunk", keys[1:])
    assert list(held.keys("chunk")) == ["00000"]


def test_vectors_outlive_the_process_but_not_their_embedder(path: Path) -> None:
    with Vectors(path, "some:1", 4) as first:
        first.put("chunk", [("a", UNIT[[0]])])
    with Vectors(path, "some:1", 4) as again:
        assert list(again.keys("chunk")) == ["a"]
    with Vectors(path, "some:2", 4) as other:
        assert list(other.keys("chunk")) == []


def test_of_a_group_all_is_kept_or_nothing(held: Vectors) -> None:
    held.put("chunk", [("a", UNIT[[0]])])
    with pytest.raises(StoreError):
        held.put("chunk", [("b", UNIT[[1]]), (None, UNIT[[2]]), ("c", UNIT[[3]])])  # type: ignore[list-item]
    assert list(held.keys("chunk")) == ["a"]


@pytest.mark.parametrize("content", [b"", b"no database at all, " * 300, b"SQLite format 3\x00" + b"\xff" * 5000])
def test_a_damaged_file_is_made_anew(path: Path, content: bytes) -> None:
    path.parent.mkdir()
    path.write_bytes(content)
    with Vectors(path, "some:1", 4) as held:
        held.put("chunk", [("a", UNIT[[0]])])
        assert list(held.keys("chunk")) == ["a"]


def test_a_place_that_cannot_be_written_is_named(path: Path) -> None:
    path.parent.write_text("a file in the way")
    with pytest.raises(StoreError, match=r"vectors\.db cannot be written"):
        Vectors(path, "some:1", 4)


def test_another_process_may_read_at_the_same_time(path: Path, held: Vectors) -> None:
    held.put("chunk", [("a", UNIT[[0]])])
    other = sqlite3.connect(path)
    other.execute("BEGIN")
    assert other.execute("SELECT count(*) FROM item").fetchone() == (1,)
    held.put("chunk", [("b", UNIT[[1]])])
    other.close()
    assert list(held.keys("chunk")) == ["a", "b"]
