"""Examples as numbers: windows, labels, pairs."""

from __future__ import annotations

import random
import re

import numpy as np
from tokenizers import Tokenizer
from tokenizers.models import WordLevel

from kgc.slm.bits import LISTS
from kgc.slm.lexicon import Lexicon
from kgc.slm.train.encode import EITHER, Encoded, Reader, batches
from kgc.slm.train.examples import CLASSES, DIRECTED, LABELS, Argument, Example
from kgc.slm.train.measure import calibration_error, coolest

LEXICON = Lexicon({"Oslo": "c"}, re.compile("Norway"))
MARKS = {"[PAD]": 0, "[UNK]": 1, "[CLS]": 2, "[SEP]": 3}


def reader(most: int = 256) -> Reader:
    return Reader(Tokenizer(WordLevel(MARKS, unk_token="[UNK]")), LEXICON, most)


BORN = Example(
    "Dahl was born in Oslo. Berg left.",
    (Argument(0, 4, "PER", "Person"), Argument(17, 21, "LOC"), Argument(23, 27, "PER")),
    ((0, "BornIn", 1, 1.0),), negative=1.0, misc=True,
)  # fmt: skip


def tags(window: Encoded) -> list[str]:
    return [LABELS[i] if i >= 0 else str(i) for i in window.labels]


def test_words_of_names_are_labelled() -> None:
    assert tags(reader().read(BORN)) == ["B-PER", "O", "O", "O", "B-LOC", "O", "B-PER", "O", "O"]


def test_where_other_names_were_not_annotated_a_plain_word_may_be_one() -> None:
    window = reader().read(Example("Dahl left", (Argument(0, 4, "PER"),)))
    assert list(window.labels) == [LABELS.index("B-PER"), EITHER]


def test_pairs_are_those_of_one_sentence() -> None:
    window = reader().read(BORN)
    assert window.pairs.tolist() == [[0, 1]]
    assert [DIRECTED[i] for i in window.relations] == ["BornIn>"]


def test_pairs_that_are_unsure_are_left_out() -> None:
    text = "Dahl and Berg left Oslo"
    found = (Argument(0, 4, "PER"), Argument(9, 13, "PER"), Argument(19, 23, "LOC"))
    window = reader().read(Example(text, found, unsure=frozenset({(2, 0)}), negative=0.5))
    assert window.pairs.tolist() == [[0, 1], [1, 2]]
    assert window.weights.tolist() == [0.5, 0.5]


def test_two_values_are_no_pair_and_names_of_one_thing_neither() -> None:
    text = "Dahl Dahl 1990 1991"
    found = (
        Argument(0, 4, "PER", key="a"),
        Argument(5, 9, "PER", key="a"),
        Argument(10, 14, "date"),
        Argument(15, 19, "date"),
    )
    assert reader().read(Example(text, found, negative=1.0)).pairs.tolist() == [[0, 2], [0, 3], [1, 2], [1, 3]]


def test_what_does_not_fit_is_cut_off() -> None:
    window = reader(most=5).read(BORN)
    assert len(window.pieces) == 5
    assert len(window.spans) == 1


def test_a_known_class_is_the_only_one_and_a_kind_leaves_its_own() -> None:
    window = reader().read(BORN)
    assert [CLASSES[i] for i in np.flatnonzero(window.classes[0])] == ["Person"]
    assert [CLASSES[i] for i in np.flatnonzero(window.classes[1])] == ["Location", "Country", "City"]


def test_the_lists_can_be_hidden() -> None:
    shown = reader().read(BORN).features[:, LISTS]
    hidden = reader().read(BORN, hide=1.0, dice=random.Random(1)).features[:, LISTS]
    assert shown[4].any()
    assert not hidden[4].any()


def test_batches_hold_every_window_once_and_stay_small() -> None:
    windows = [reader().read(Example("word " * n, ())) for n in range(1, 40)]
    found = batches(windows, 60, random.Random(1))
    assert sorted(len(w.pieces) for b in found for w in b) == sorted(len(w.pieces) for w in windows)
    assert all(len(b) * max(len(w.pieces) for w in b) <= 60 for b in found)


def test_the_temperature_undoes_what_the_logits_overstate() -> None:
    dice = np.random.default_rng(1)
    logits = dice.normal(size=4000)
    right = dice.random(4000) < 1 / (1 + np.exp(-logits))

    def said(temperature: float) -> list[tuple[float, bool]]:
        return list(zip((1 / (1 + np.exp(-logits * 2 / temperature))).tolist(), right.tolist(), strict=True))

    assert abs(coolest(said) - 2.0) < 0.25
    assert coolest(lambda _: []) == 1.0


def test_calibration_error_is_the_gap_between_said_and_right() -> None:
    assert calibration_error([(0.95, True)] * 95 + [(0.95, False)] * 5) < 0.001
    assert abs(calibration_error([(0.95, False)] * 10) - 0.95) < 0.001
    assert calibration_error([]) == 0.0
