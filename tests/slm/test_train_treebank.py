"""Names marked in the treebank: lines that are read, sentences that are others, and passages made of them."""

from __future__ import annotations

from pathlib import Path

import pytest

from kgc.errors import KgcError
from kgc.slm.train.treebank import checksum, marks, passage, read_marks, treebank

AUSTIN = {
    "id": "a",
    "words": "Ask Austin in Texas , a Texan .",
    "spaces": "11101111",
    "upos": "V PROPN P PROPN . D N .",
}
PLAIN = {"id": "b", "words": "Then go home .", "spaces": "1101", "upos": "ADV VERB NOUN PUNCT"}


def test_names_stand_at_their_words_and_nationalities_are_told_apart() -> None:
    line = f"a\t{checksum(AUSTIN)}\t1-1:PER 3-3:LOC"
    found = passage([PLAIN, AUSTIN], dict(read_marks([line])))
    assert found is not None
    assert found.text == "Then go home. Ask Austin in Texas, a Texan ."
    named = [(found.text[a.start : a.end], a.kind) for a in found.arguments]
    assert named[:2] == [("Austin", "PER"), ("Texas", "LOC")]


def test_a_sentence_that_was_not_marked_is_not_learned_from() -> None:
    other = {**AUSTIN, "words": "Ask Dallas in Texas , a Texan ."}
    marked = dict(read_marks([f"a\t{checksum(AUSTIN)}\t1-1:PER"]))
    assert passage([other], marked) is None  # another wording has another checksum
    assert passage([AUSTIN], {}) is None
    assert passage([PLAIN], marked) is None  # nothing to learn


def test_a_sentence_without_names_is_a_lesson_too() -> None:
    found = passage([AUSTIN], dict(read_marks([f"a\t{checksum(AUSTIN)}"])))
    assert found is not None
    assert not [a for a in found.arguments if a.kind != "NORP"]


@pytest.mark.parametrize("line", ["a", "a\t", "a\t1a2b3c\t5:LOC", "a\t1a2b3c\t5-5:CITY"])
def test_a_line_that_marks_nothing_is_refused(line: str) -> None:
    with pytest.raises(KgcError, match=r"treebank_names_en\.tsv:1"):
        list(read_marks([line]))


def test_every_marked_sentence_is_one_of_the_treebank(kgc_data: Path) -> None:
    from kgc.slm.train.records import rows

    known = {
        (str(r["id"]), checksum(r)): str(r["words"]).count(" ")
        for r in rows(kgc_data / "treebank/ud_en_ewt/train.jsonl")
    }
    for key, names in read_marks(marks()):
        assert all(first <= last <= known[key] for first, last, _ in names), key
    assert sum(1 for _ in treebank(kgc_data)) > 2000
