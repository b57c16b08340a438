"""The English encoder's own scores with their intervals, as the model card shows them.

    python -m kgc.slm.train.intervals --data $KGC_DATA --package models/kgc-model-en/kgc_model_en [--seed 0]

Percentile bootstrap at the 95% level: documents (sentences where a set has none) are drawn with replacement. The
intervals tell how much hangs on the choice of texts, not how much hangs on the seed of the training.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

import numpy as np

from kgc.slm.lexicon import Lexicon, read_lexicon
from kgc.slm.train import measure, relations
from kgc.slm.train.examples import DIRECTED, Example
from kgc.slm.train.measure import Tally
from kgc.slm.train.naming import sampled
from kgc.slm.train.records import by_document, rows
from kgc.slm.train.run import Judge, read_package
from kgc.slm.train.sources import cut, plain, redocred, sentence_spans, wikigold
from kgc.slm.train.supply import annotated

if TYPE_CHECKING:
    from numpy.typing import NDArray

RESAMPLES: Final = 2000
EVERY: Final = 4
"""Sentences of a document that are read together."""


@dataclass(frozen=True, slots=True)
class Score:
    """Precision, recall and F1 as fractions, the 95% interval of F1, and how many texts were drawn from."""

    precision: float
    recall: float
    f1: float
    low: float
    high: float
    texts: int


def interval(counts: Sequence[tuple[int, int, int]], seed: int = 0) -> Score:
    """The score of texts, each (found, gold, right)."""
    table = np.array(counts, np.int64).reshape(-1, 3)
    dice = np.random.default_rng(seed)
    drawn = dice.integers(0, len(table), (RESAMPLES, len(table)))
    low, high = np.quantile([f1(table[d].sum(0)) for d in drawn], (0.025, 0.975))
    found, gold, right = table.sum(0)
    exact = (right / max(1, found), right / max(1, gold), f1(table.sum(0)), low, high)
    values = [round(float(v), 4) for v in exact]
    return Score(values[0], values[1], values[2], values[3], values[4], len(table))


def f1(counts: NDArray[np.int64]) -> float:
    found, gold, right = counts
    return float(2 * right / max(1, found + gold))


def scores(package: Path, data: Path, seed: int = 0) -> dict[str, Score]:
    """Of each set that the package was not trained on, by what is scored."""
    lexicon = read_lexicon(package / "lexicon.tsv", "en")
    judge = read_package(package / "encoder", lexicon)
    config = json.loads((package / "encoder/config.json").read_text(encoding="utf-8"))
    warm = float(config["temperature"]["relation"])
    found = {name: interval(counts, seed) for name, counts in of_names(judge, data, lexicon)}
    for name, counts in of_relations(judge, data, lexicon, warm):
        found[name] = interval(counts, seed)
    return found


Counted = Iterator[tuple[str, list[tuple[int, int, int]]]]


def of_names(judge: Judge, data: Path, lexicon: Lexicon) -> Counted:
    uner = [[plain(r, "uner") for r in d] for d in by_document(rows(data / "ner/uner_en_ewt/test.jsonl"))]
    gold = [[e] for e in wikigold(data, 8, 10)]
    yield "UNER-EWT test: names", each(uner, lambda e: measure.names(judge, e))
    yield "WikiGold last 20%: names", each(gold, lambda e: measure.names(judge, e))
    docs = documents(data)
    yield "Re-DocRED 170-199: names, peoples as places", each(docs, lambda e: measure.names(judge, e, norp="LOC"))
    yield "Re-DocRED 170-199: names without peoples", each(docs, lambda e: measure.names(judge, e))
    own = [[e] for e in annotated(sampled(lexicon))[1]]
    kinds = ("PER", "ORG", "LOC", "MISC")
    yield "our own passages, held out: names", each(own, lambda e: measure.names(judge, e, kinds))


def of_relations(judge: Judge, data: Path, lexicon: Lexicon, warm: float) -> Counted:
    docs = documents(data)
    yield (
        "Re-DocRED 170-199: relations by thing, given names",
        each(docs, lambda e: measure.cluster_facts(judge, e, lambda i: DIRECTED[i])),
    )
    yield "Re-DocRED 170-199: relations by mention", each(docs, lambda e: measure.facts(judge, e, warm))
    own = [[e] for e in annotated(sampled(lexicon))[1]]
    yield "our own passages, held out: relations", each(own, lambda e: measure.facts(judge, e, warm))
    least = relations.chosen(judge, list(rows(data / "ie/conll04/dev.jsonl")), warm)
    by_what: dict[str, list[tuple[int, int, int]]] = {}
    for row in rows(data / "ie/conll04/test.jsonl"):
        for limit, where in ((None, ""), (least, f" from {least} on")):
            for what, tally in relations.tallies(judge, [row], warm, limit).items():
                if where == "" or what != "names":
                    by_what.setdefault(f"{what}{where}", []).append((tally.found, tally.gold, tally.right))
    for what, counts in by_what.items():
        yield f"CoNLL04 test: {what}", counts


def documents(data: Path) -> list[list[Example]]:
    """The documents of Re-DocRED that are only scored, as passages."""
    return [list(cut(redocred(r), sentence_spans(r), EVERY)) for r in rows(data / "ie/redocred/dev.jsonl")[170:200]]


def each(texts: Iterable[Sequence[Example]], tally: Callable[[Sequence[Example]], Tally]) -> list[tuple[int, int, int]]:
    return [(t.found, t.gold, t.right) for t in map(tally, texts)]


def main(arguments: Sequence[str] | None = None) -> None:
    parser = argparse.ArgumentParser(description="Score the English encoder alone, with intervals.")
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--package", type=Path, required=True)
    parser.add_argument("--seed", type=int, default=0)
    options = parser.parse_args(arguments)
    for name, s in scores(options.package, options.data, options.seed).items():
        shown = f"{s.precision:.3f} {s.recall:.3f} {s.f1:.3f} ({s.low:.3f}-{s.high:.3f})"
        print(f"{name:55} {s.texts:5} {shown}", flush=True)  # noqa: T201


if __name__ == "__main__":
    main()
