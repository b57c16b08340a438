"""After training: calibrate on dev, score, write the report and the checksums."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from dataclasses import asdict
from pathlib import Path

from kgc.slm.lexicon import Lexicon
from kgc.slm.train import measure
from kgc.slm.train.examples import DIRECTED, Example
from kgc.slm.train.naming import sampled
from kgc.slm.train.pack import seal
from kgc.slm.train.recipe import Recipe
from kgc.slm.train.run import read_package
from kgc.slm.train.sources import DEV, TEST
from kgc.slm.train.supply import annotated

Scores = dict[str, dict[str, float]]


def finish(
    recipe: Recipe, out: Path, lexicon: Lexicon, data: Path, history: Sequence[dict[str, float]],
    say: Callable[[str], None],
) -> None:  # fmt: skip
    """Write temperatures, `scores.json`, `report.md` and `meta.json` of an exported package."""
    _, held = annotated(sampled(lexicon))
    dev = [e for read in DEV.values() for e in read(data)]
    entity, relation = calibrate(out, lexicon, [*dev, *held])
    say(f"temperature of names {entity}, of relations {relation}")
    found = scored(out, lexicon, data, held, entity, relation)
    (out / "scores.json").write_text(json.dumps(by_set(found), indent=1) + "\n", encoding="utf-8")
    whole = {"recipe": asdict(recipe), "history": list(history), "scores": found}
    report = out.with_name(f"{out.name}-training")
    report.mkdir(exist_ok=True)
    (report / "report.json").write_text(json.dumps(whole, indent=1) + "\n", encoding="utf-8")
    (report / "report.md").write_text(markdown(history, found), encoding="utf-8")
    seal(out, "en", recipe.seed)
    for name, row in found.items():
        say(f"{name}: " + " ".join(f"{k} {v:g}" for k, v in row.items()))


def calibrate(out: Path, lexicon: Lexicon, examples: Sequence[Example]) -> tuple[float, float]:
    """Measure both temperatures and the thresholds of relations and write them into `encoder/config.json`."""
    path = out / "encoder" / "config.json"
    config = json.loads(path.read_text(encoding="utf-8"))
    package = read_package(out / "encoder", lexicon)
    entity, relation = measure.temperatures(package, examples)
    config["temperature"] = {"entity": entity, "relation": relation}
    config["thresholds"] = measure.thresholds(package, examples, relation)
    path.write_text(json.dumps(config, indent=1) + "\n", encoding="utf-8")
    return entity, relation


def scored(out: Path, lexicon: Lexicon, data: Path, held: Sequence[Example], entity: float, relation: float) -> Scores:
    """Names on each test set and on dev, relations between given names; Re-DocRED calls peoples places."""
    package = read_package(out / "encoder", lexicon)
    found: Scores = {}
    for group, sets in (("dev ", DEV), ("", TEST)):
        for name, read in sets.items():
            examples = list(read(data))
            norp = "LOC" if "redocred" in name else ""
            found[f"{group}{name}: names"] = measure.names(package, examples, norp=norp, temperature=entity).row()
            if "redocred" in name:
                found[f"{group}{name}: relations"] = measure.facts(package, examples, relation).row()
                by_thing = measure.cluster_facts(package, examples, lambda i: DIRECTED[i])
                found[f"{group}{name}: relations by thing"] = by_thing.row()
    found["own passages, held out: names"] = measure.names(package, held, ("PER", "ORG", "LOC", "MISC")).row()
    found["own passages, held out: relations"] = measure.facts(package, held, relation).row()
    found["own passages, held out: classes"] = measure.classes(package, held)
    return found


def by_set(found: Scores) -> dict[str, Scores]:
    """Scores by data set and then by what was scored."""
    nested: dict[str, Scores] = {}
    for name, row in found.items():
        data, _, what = name.partition(": ")
        if "f1" in row:
            nested.setdefault(data, {})[what] = row
    return nested


def markdown(history: Sequence[dict[str, float]], found: Scores) -> str:
    """Losses by epoch and scores, as two tables."""
    columns = list(history[0]) if history else []
    lines = ["# Training report", "", "| " + " | ".join(columns) + " |", "|" + " --- |" * len(columns)]
    lines += ["| " + " | ".join(f"{row[c]:g}" for c in columns) + " |" for row in history]
    lines += ["", "| what | precision | recall | F1 | ECE | gold | found |", "|" + " --- |" * 7]
    for name, row in found.items():
        if "f1" in row:
            values = [f"{row[k]:.3f}" for k in ("precision", "recall", "f1", "ece")]
            lines.append(f"| {name} | " + " | ".join([*values, f"{row['gold']:g}", f"{row['found']:g}"]) + " |")
    return "\n".join(lines) + "\n"
