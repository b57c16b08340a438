"""Score the encoder alone on CoNLL04, whose sentences it never saw: relations given names, and strict from text.

    python -m kgc.slm.train.relations --data $KGC_DATA --package models/kgc-model-en/kgc_model_en [--part test]

Our relations count as those of CoNLL04 by what its schema (`schemas/conll04.py`) says they hold: nothing is fitted.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterable, Iterator, Sequence, Set
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Final, TypeVar, cast

import numpy as np

from kgc.slm.decode import Labels, log_softmax, stretches
from kgc.slm.lexicon import read_lexicon
from kgc.slm.train.examples import DIRECTED, LABELS, Argument, Example
from kgc.slm.train.measure import Tally
from kgc.slm.train.records import rows
from kgc.slm.train.run import Judge, read_package

if TYPE_CHECKING:
    from numpy.typing import NDArray

KIND: Final = {"Peop": "PER", "Org": "ORG", "Loc": "LOC", "Other": "MISC"}
SAME: Final = {
    "Work_For": ("PER", ("WorksFor", "LeaderOf", "MemberOf", "FounderOf"), "ORG"),
    "Live_In": ("PER", ("LivesIn", "BornIn", "CitizenOf", "LeaderOf"), "LOC"),
    "OrgBased_In": ("ORG", ("BasedIn", "LocatedIn"), "LOC"),
    "Located_In": ("LOC", ("LocatedIn",), "LOC"),
    "Kill": ("PER", ("Killed",), "PER"),
}
"""Kinds of head and tail, and which of our relations say it."""
OURS: Final = {(head, ours, tail): name for name, (head, listed, tail) in SAME.items() for ours in listed}
TRIED: Final = (0.05, 0.07, 0.1, 0.15, 0.2, 0.3, 0.4, 0.5)
"""Probabilities that are tried: the set calls more living and being based somewhere than we do."""
Fact = tuple[Argument, str, Argument]
T = TypeVar("T")


def example(row: dict[str, object]) -> tuple[Example, set[Fact]]:
    """A sentence with its names, and its facts."""
    entities = cast("list[dict[str, object]]", row["entities"])
    found = [Argument(cast("int", e["start"]), cast("int", e["end"]), KIND[str(e["type"])]) for e in entities]
    triples = cast("list[dict[str, object]]", row["triples"])
    gold = {
        (found[cast("int", t["head_entity"])], str(t["relation"]), found[cast("int", t["tail_entity"])])
        for t in triples
    }
    named = tuple(sorted(set(found), key=lambda a: a.start))
    return Example(str(row["text"]), named, negative=1.0, whole=True), gold


def related(
    judge: Judge, given: Example, temperature: float = 1.0, least: float | None = None
) -> Iterator[tuple[Fact, float]]:
    """The facts that the model tells between the names of an example.

    Without `least` those that are more probable than none; with it those of at least this probability.
    """
    window = judge.reader.read(given)
    [out] = judge.outputs([window])
    if not len(window.pairs):
        return
    chances = np.exp(log_softmax(out.pairs, temperature))
    for (i, j), chance in zip(window.pairs, chances, strict=True):
        first, second = (given.arguments[window.arguments[x]] for x in (i, j))
        fact, sure, none = best(first, second, chance)
        if fact and (sure > none if least is None else sure >= least):
            yield fact, sure


def widened(facts: dict[Fact, float]) -> dict[Fact, float]:
    """With what follows: who lives or sits in a place is in the larger place around it too."""
    around = {(h.start, h.end): (t, p) for (h, r, t), p in facts.items() if r == "Located_In"}
    more = dict(facts)
    for (head, relation, tail), sure in facts.items():
        larger = around.get((tail.start, tail.end))
        if larger and relation in ("Live_In", "OrgBased_In", "Located_In") and larger[0] != head:
            more.setdefault((head, relation, larger[0]), sure * larger[1])
    return more


def best(first: Argument, second: Argument, chance: NDArray[np.float32]) -> tuple[Fact | None, float, float]:
    """The relation of CoNLL04 whose readings are together the most probable, with its probability and that of none."""
    sums: dict[Fact, float] = {}
    for name, value in zip(DIRECTED[1:], chance[1:], strict=True):
        head, tail = (first, second) if name.endswith(">") else (second, first)
        relation = OURS.get((head.kind, name[:-1], tail.kind))
        if relation:
            sums[head, relation, tail] = sums.get((head, relation, tail), 0.0) + float(value)
    if not sums:
        return None, 0.0, 1.0
    fact = max(sums, key=lambda f: sums[f])
    return fact, sums[fact], 1 - sum(sums.values())


def named(judge: Judge, given: Example) -> Example:
    """The example with the names that the model finds instead of its own."""
    window = judge.reader.read(replace(given, arguments=()))
    [out] = judge.outputs([window])
    found = [
        Argument(window.borders[s.start][0], window.borders[s.end - 1][1], s.label)
        for s in stretches(out.words, Labels.of(LABELS))
    ]
    return replace(given, arguments=tuple(found))


def tallies(
    judge: Judge, given_rows: Iterable[dict[str, object]], temperature: float = 1.0, least: float | None = None
) -> dict[str, Tally]:
    """Of some rows: relations given names, strict relations from text, and names."""
    given, strict, names = Tally(), Tally(), Tally()
    for row in given_rows:
        known, gold = example(row)
        found = named(judge, known)
        wanted = {(a.start, a.end, a.kind) for a in known.arguments if a.kind != "MISC"}
        seen = {(a.start, a.end, a.kind) for a in found.arguments if a.kind not in ("MISC", "NORP")}
        count(names, wanted, seen)
        for tally, source in ((given, known), (strict, found)):
            facts = widened(dict(related(judge, source, temperature, least)))
            count(tally, gold, set(facts))
            tally.sure += [(sure, fact in gold) for fact, sure in facts.items()]
    return {"relations given names": given, "relations strict": strict, "names": names}


def count(tally: Tally, gold: Set[T], found: Set[T]) -> None:
    tally.gold += len(gold)
    tally.found += len(found)
    tally.right += len(gold & found)


def chosen(judge: Judge, held: Sequence[dict[str, object]], temperature: float) -> float:
    """The probability from which on relations between given names score best on some rows."""
    scores = {p: tallies(judge, held, temperature, p)["relations given names"].row()["f1"] for p in TRIED}
    return max(TRIED, key=lambda p: scores[p])


def main(arguments: Sequence[str] | None = None) -> None:
    parser = argparse.ArgumentParser(description="Score the English encoder alone on CoNLL04.")
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--package", type=Path, required=True)
    parser.add_argument("--part", choices=("train", "dev", "test"), default="test")
    options = parser.parse_args(arguments)
    package = read_package(options.package / "encoder", read_lexicon(options.package / "lexicon.tsv", "en"))
    config = json.loads((options.package / "encoder/config.json").read_text(encoding="utf-8"))
    warm = config["temperature"]["relation"]
    found = list(rows(options.data / f"ie/conll04/{options.part}.jsonl"))
    scores = {what: tally.row() for what, tally in tallies(package, found, warm).items()}
    if options.part == "test":
        least = chosen(package, list(rows(options.data / "ie/conll04/dev.jsonl")), warm)
        told = tallies(package, found, warm, least)
        scores |= {f"{what}, from {least} on (chosen on dev)": told[what].row() for what in told if what != "names"}
    print(json.dumps(scores, indent=1))  # noqa: T201


if __name__ == "__main__":
    main()
