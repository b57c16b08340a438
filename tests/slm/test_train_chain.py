"""What annotated passages teach of Chinese pairs, and how the whole model is scored on annotated passages."""

from __future__ import annotations

from pathlib import Path

import pytest

from kgc.slm.lexicon import read_lexicon
from kgc.slm.package import folder
from kgc.slm.train import chain
from kgc.slm.train.han_rules import passage
from kgc.slm.train.han_supply import NONE, pairs_of
from kgc.slm.train.markup import read_line

LEXICON = read_lexicon(folder("zh") / "lexicon.tsv", "zh")


def relations(line: str) -> list[str]:
    return [p.relation for p in pairs_of(passage(read_line(line), LEXICON, {}), LEXICON)]


def test_a_pair_has_the_direction_of_its_fact() -> None:
    assert relations("{Person:a|陆启明}创办了{Company:b|远桥机械}。 => a FounderOf b") == ["FounderOf>"]
    assert relations("{Company:b|远桥机械}由{Person:a|陆启明}创办。 => a FounderOf b") == ["FounderOf<"]
    assert relations("{Person:a|陆启明}与妻子{Person:b|周敏}。 => b SpouseOf a") == ["SpouseOf>"]
    assert relations("{Person:a|陆启明}访问了{Company:b|远桥机械}。") == [NONE]


def test_a_value_is_an_end_too() -> None:
    assert relations("{Company:b|远桥机械}成立于{date:d|1996年8月}。 => b founded d") == ["founded>"]


def test_only_the_nearest_mentions_teach_a_fact() -> None:
    line = "{Company:b|远桥机械}（{Company:b|远桥机械}）总部在{City:c|宁波}。 => b BasedIn c"
    assert relations(line) == [NONE, "BasedIn>"]  # the far mention with the place is left out


def test_the_chain_counts_what_is_right_said_and_found(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "sentences_en_x.txt"
    file.write_text(
        "{Person:a|Maria Solberg} was born in {City:b|Bergen}. => a BornIn b\n"
        "{Person:a|Maria Solberg} was not born in {City:b|Bergen}. => ! a BornIn b\n"
        "{Person:a|Ingrid Dahl} was born in {City:b|Molde}.\n",
        encoding="utf-8",
    )
    monkeypatch.setattr("sys.argv", ["chain", "--misses", str(file)])
    chain.main()
    shown = capsys.readouterr().out
    assert "WRONG sentences_en_x.txt:3 Ingrid Dahl BornIn" in shown
    assert shown.endswith("all: 2 right of 3 said; 2 of 2 found\n")
