"""Scores of what is linked inside documents: the measures by hand-made and published examples, and whole sets."""

from __future__ import annotations

import itertools
import json
import random
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kgc.errors import KgcError
from kgc.evaluate.coref import GIVEN, evaluate
from kgc.evaluate.coref_measures import assigned, measured, parts
from kgc.evaluate.coref_rows import name_in, read_texts
from kgc.evaluate.sets import find

LABELS = st.lists(st.tuples(st.integers(0, 4), st.integers(0, 4)), min_size=1, max_size=12)


def f1(found: list[int], gold: list[int]) -> dict[str, float]:
    return {name: m.micro.f1 for name, m in measured([parts(found, gold)]).items()}


def test_the_measures_give_the_figures_of_bagga_and_baldwins_example() -> None:
    """Things {1-5} {6,7} {8-12}; the answer joins the first and the last, or the last two."""
    gold = [0] * 5 + [1] * 2 + [2] * 5
    first, second = [0] * 5 + [1] * 7, [0] * 5 + [1] * 2 + [0] * 5
    for found, b3 in ((first, 16 / 21), (second, 7 / 12)):
        of = parts(found, gold)
        assert of["muc"] == (9, 10, 9, 9)
        assert of["b3"][0] / of["b3"][1] == pytest.approx(b3)
        assert of["b3"][2] / of["b3"][3] == 1


def test_the_entity_measure_finds_the_best_match_of_all() -> None:
    found, gold = [1, 1, 1, 2, 2, 2, 2, 2, 2, 2], [1, 1, 1, 1, 1, 2, 2, 3, 3, 3]
    sizes = {
        (f, g): 2 * sum(a == f and b == g for a, b in zip(found, gold, strict=True)) for f in (1, 2) for g in (1, 2, 3)
    }
    best = max(
        sum(sizes[f, g] / (found.count(f) + gold.count(g)) for f, g in zip((1, 2), order, strict=True))
        for order in itertools.permutations((1, 2, 3), 2)
    )
    assert parts(found, gold)["ceafe"] == pytest.approx((best, 2, best, 3))


@settings(max_examples=60, deadline=None)
@given(LABELS)
def test_right_is_one_order_of_numbers_is_nothing_and_sides_change_places(pairs: list[tuple[int, int]]) -> None:
    found, gold = [a for a, _ in pairs], [b for _, b in pairs]
    exact = parts(gold, gold)
    assert all(of[0] == pytest.approx(of[1]) and of[2] == pytest.approx(of[3]) for of in exact.values())
    one, other = parts(found, gold), parts(gold, found)
    assert all(one[m] == pytest.approx((*other[m][2:], *other[m][:2])) for m in one)
    renumbered = parts([9 - f for f in found], gold)
    assert all(renumbered[m] == pytest.approx(one[m]) for m in one)


def test_an_assignment_is_the_cheapest_of_all() -> None:
    chance = np.random.default_rng(0)
    for rows, columns in ((1, 1), (2, 4), (4, 4), (4, 6)):
        cost = chance.random((rows, columns))
        cheapest = min(sum(cost[r, c] for r, c in enumerate(of)) for of in itertools.permutations(range(columns), rows))
        assert sum(cost[r, c] for r, c in assigned(cost)) == pytest.approx(cheapest)


def test_the_interval_holds_the_score_and_the_seed_gives_the_same_again() -> None:
    chance = random.Random(1)
    texts = [
        parts([chance.randrange(4) for _ in range(20)], [chance.randrange(4) for _ in range(20)]) for _ in range(12)
    ]
    found = measured(texts, 3)
    assert found == measured(texts, 3)
    assert list(found) == ["muc", "b3", "ceafe", "conll"]
    for m in found.values():
        assert m.micro.ci is not None
        assert m.micro.ci[0] <= m.micro.f1 <= m.micro.ci[1]
    assert found["conll"].micro.f1 == pytest.approx(sum(found[n].micro.f1 for n in ("muc", "b3", "ceafe")) / 3)
    assert f1([0, 0], [0, 0])["conll"] == 1


def test_names_are_taken_out_of_annotated_phrases() -> None:
    assert name_in("the late Lady Belmont") == "Lady Belmont"
    assert name_in("Mary Chaworth, whom he met while at school") == "Mary Chaworth"
    assert name_in("Byron's") == "Byron"
    assert name_in("the University of Georgia") == "University of Georgia"
    assert name_in("a Nobel Prize recipient") == ""


def row(text: str, *marks: tuple[str, str, str, str]) -> dict[str, object]:
    """A row with each mark (surface, type, cluster, level) where it first stands after the one before."""
    found, at = [], 0
    for surface, type_, cluster, level in marks:
        at = text.index(surface, at)
        found.append({"start": at, "end": at + len(surface), "type": type_, "cluster": cluster, "level": level})
        at += len(surface)
    return {"id": "1", "text": text, "entities": found}


def write(place: Path, *rows: dict[str, object]) -> Path:
    place.write_text("".join(json.dumps(r) + "\n" for r in rows), encoding="utf-8")
    return place


def test_a_set_is_scored_by_links_references_and_partitions(tmp_path: Path) -> None:
    text = "Jane Smith came. Smith said that she was ill. Tom slept."
    marks = (("Jane Smith", "PER", "a", "PROP"), ("Smith", "PER", "a", "PROP"), ("she", "PER", "a", "PRON"),
             ("Tom", "PER", "b", "PROP"))  # fmt: skip
    found = evaluate(find(str(write(tmp_path / "test.jsonl", row(text, *marks)))))
    links, said = found.scores["local_links"].micro, found.scores["references"].micro
    assert (links.found, links.gold, links.right) == (1, 1, 1)
    assert (said.found, said.gold, said.right) == (1, 1, 1)
    assert found.scores["same_name_conll"].micro.f1 < found.scores["local_conll"].micro.f1 == 1
    assert found.scores["all_conll"].micro.f1 == 1
    assert found.warnings == (GIVEN,)
    assert found.as_json()["schema"] == "mentions given"


def test_an_ambiguous_pronoun_is_scored_where_sure_and_where_it_must_be(tmp_path: Path) -> None:
    marks = (("Jane Smith", "NAME", "P", ""), ("Mary Jones", "NAME", "B", ""), ("she", "PRONOUN", "P", ""))
    place = write(tmp_path / "test.jsonl", row("Jane Smith told Mary Jones that she would stay.", *marks))
    scores = evaluate(find(str(place))).scores
    assert scores["gap_forced"].micro.right == 1
    assert scores["gap"].micro.gold == 1
    assert scores["gap"].classes is not None
    assert list(scores["gap"].classes) == ["feminine"]


def test_a_set_without_clusters_is_refused_with_its_line(tmp_path: Path) -> None:
    place = write(
        tmp_path / "test.jsonl", {"id": "1", "text": "Jane", "entities": [{"start": 0, "end": 4, "type": "PER"}]}
    )
    with pytest.raises(KgcError, match=r"test.jsonl:1: a mention without `cluster`"):
        evaluate(find(str(place)))


def test_a_mention_whose_cluster_is_null_is_refused_with_the_line_of_the_file(tmp_path: Path) -> None:
    place = tmp_path / "test.jsonl"
    mention = {"start": 0, "end": 4, "type": "PER", "cluster": None}
    place.write_text("\n\n" + json.dumps({"id": "1", "text": "Jane", "entities": [mention]}), encoding="utf-8")
    with pytest.raises(KgcError, match=r"test.jsonl:3: a mention without `cluster`"):
        evaluate(find(str(place)))


def test_separators_in_a_text_are_no_ends_of_lines(tmp_path: Path) -> None:
    told = row("Jane\u2028Smith\x85came.", ("Jane\u2028Smith", "PER", "a", "PROP"))
    place = tmp_path / "test.jsonl"
    place.write_text(json.dumps(told, ensure_ascii=False) + "\n", encoding="utf-8")
    [text] = read_texts((place,))
    assert [m.surface for m in text.marked] == ["Jane\u2028Smith"]


def test_links_of_names_are_right_on_fiction_and_better_than_spelling_alone(kgc_data: Path) -> None:
    found = evaluate(find(str(kgc_data / "coref" / "litbank" / "dev.jsonl")))
    assert found.scores["local_links"].micro.p > 0.8
    assert found.scores["local_conll"].micro.f1 > found.scores["same_name_conll"].micro.f1 + 0.03
    assert found.scores["references"].micro.p > 0.75


def test_the_texts_of_a_set_name_what_stands_where(kgc_data: Path) -> None:
    for text in itertools.islice(read_texts((kgc_data / "coref" / "gum_open" / "dev.jsonl",)), 3):
        assert all(m.span.of(text.text) == m.surface for m in text.marked)
        assert all(m.name in m.surface for m in text.marked)
