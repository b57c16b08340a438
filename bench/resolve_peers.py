"""Splink on the resolution sets: `PYTHON bench/resolve_peers.py [SET …]`, with the Python of a place where splink 4 is.

A sensible default, the same rules for every set and no labels. Each field is compared by what its name says: names by
`NameComparison`, e-mail by `EmailComparison`, dates of birth, numbers and codes as the same or a letter or two apart,
texts by Jaccard and Jaro-Winkler; what is the same counts by how often it comes. Blocked on each field and on the first
letters of texts; u by random sampling, m by EM on up to four blockings. The prior says that every second record has
another (every one, of two tables). Telephone numbers are cut down to their digits. Annotated pairs that are not blocked
do not match; records are clustered. Both at 0.5 and at 0.95. Somebody who knows a set would write its settings by hand;
nobody did here, for kgc neither.
"""

from __future__ import annotations

import json
import logging
import os
import sys
import time
import warnings
from collections import Counter
from itertools import combinations
from pathlib import Path
from typing import Any

SETS = ("febrl1", "restaurants_okkam", "senzing_truthset", "cora", "abt_buy", "dblp_acm")
SILENT = ("entity id", "id", "record_type", "data_source", "gender", "date", "amount", "status", "category")
LONG = 25
THRESHOLDS = (0.5, 0.95)


def root() -> Path:
    here = Path(__file__).resolve().parent.parent
    return Path(os.environ.get("KGC_DATA", here / ".." / "shared" / "data")) / "er"


def lines(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def told(name: str) -> bool:
    low = name.casefold()
    return low not in SILENT and not low.endswith("_type") and not low.startswith("rel_")


def columns(records: list[dict[str, str]]) -> list[str]:
    """Fields that a tenth of the records have, with more than a few values."""
    count = Counter(k for r in records for k, v in r.items() if v and told(k))
    values: dict[str, set[str]] = {}
    for r in records:
        for k, v in r.items():
            values.setdefault(k, set()).add(v)
    return [k for k in sorted(count) if count[k] >= 0.1 * len(records) and len(values[k]) > 3]


def settings(names: list[str], records: list[dict[str, str]], link: bool) -> Any:
    import splink.comparison_library as cl  # noqa: PLC0415
    from splink import SettingsCreator, block_on  # noqa: PLC0415

    comparisons, blocks = [], []
    for name in names:
        texts = [r[name] for r in records if r.get(name)]
        long = sum(map(len, texts)) > LONG * len(texts)
        low = name.casefold()
        if "mail" in low:
            comparisons.append(cl.EmailComparison(name))
        elif "name" in low and not long:
            comparisons.append(cl.NameComparison(name).configure(term_frequency_adjustments=True))
        elif "birth" in low or "phone" in low or "number" in low or low.endswith("id"):
            comparisons.append(cl.LevenshteinAtThresholds(name, [1, 2]))
        elif long:
            comparisons.append(cl.JaccardAtThresholds(name, [0.9, 0.75, 0.6]))
        else:
            found = cl.JaroWinklerAtThresholds(name, [0.92, 0.8])
            comparisons.append(found.configure(term_frequency_adjustments=True))
        blocks.append(block_on(f"substr({name}, 1, 6)") if long or "name" in low else block_on(name))
    if link:  # a first token that is rare enough is no key where titles begin otherwise: a code or a last word is
        blocks += [block_on(f"regexp_extract({name}, '(\\S+)\\s*$', 1)") for name in names[:2]]
    kind = "link_only" if link else "dedupe_only"
    n = len(records)
    return SettingsCreator(
        link_type=kind,
        comparisons=comparisons,
        blocking_rules_to_generate_predictions=blocks,
        probability_two_random_records_match=(2 if link else 1) / max(n, 2),
    )


def fitted(tables: list[Any], names: list[str], records: list[dict[str, str]]) -> Any:
    from splink import DuckDBAPI, Linker, block_on  # noqa: PLC0415

    link = len(tables) > 1
    linker = Linker(tables if link else tables[0], settings(names, records, link), db_api=DuckDBAPI())
    main = next((n for n in names if "name" in n.casefold() or "title" in n.casefold()), names[0])
    others = [n for n in names if n != main]
    linker.training.estimate_u_using_random_sampling(max_pairs=1e6)
    for rule in (block_on(main), block_on(f"substr({main}, 1, 6)"), *map(block_on, others[:2])):
        try:
            linker.training.estimate_parameters_using_expectation_maximisation(rule)
        except Exception as error:  # noqa: BLE001  # blocks without pairs
            print("EM:", error, file=sys.stderr)
    return linker


def frame(rows: list[tuple[str, dict[str, str]]], names: list[str]) -> Any:
    import pandas  # noqa: PLC0415

    return pandas.DataFrame(
        [{"unique_id": id_, **{n: plain(n, r.get(n)) for n in names}} for id_, r in rows], dtype=object
    )


def plain(name: str, text: str | None) -> str | None:
    """A value as somebody who knows the tool prepares it."""
    if text and "phone" in name.casefold():
        return "".join(c for c in text if c.isdecimal()) or None
    return " ".join(text.lower().split()) or None if text else None


def f1(found: int, gold: int, right: int) -> list[float]:
    p, r = right / max(found, 1), right / max(gold, 1)
    return [round(p, 4), round(r, 4), round(2 * p * r / max(p + r, 1e-9), 4)]


def clusters(name: str) -> list[list[Any]]:
    rows = lines(root() / name / "records.jsonl")
    records = [row["fields"] for row in rows]
    names = columns(records)
    linker = fitted([frame([(str(row["id"]), row["fields"]) for row in rows], names)], names, records)
    predicted = linker.inference.predict(threshold_match_probability=THRESHOLDS[0])
    gold = {str(row["id"]): str(row["cluster"]) for row in rows}
    wanted = sum(n * (n - 1) // 2 for n in Counter(gold.values()).values())
    out = []
    for threshold in THRESHOLDS:
        done = linker.clustering.cluster_pairwise_predictions_at_threshold(predicted, threshold).as_pandas_dataframe()
        groups: dict[str, list[str]] = {}
        for id_, group in zip(done["unique_id"], done["cluster_id"], strict=True):
            groups.setdefault(str(group), []).append(str(id_))
        pairs = [(a, b) for group in groups.values() for a, b in combinations(group, 2)]
        right = sum(gold[a] == gold[b] for a, b in pairs)
        out.append([name, threshold, len(pairs), wanted, *f1(len(pairs), wanted, right)])
    return out


def judged(name: str) -> list[list[Any]]:
    rows = lines(root() / name / "test.jsonl")
    sides: list[dict[str, str]] = [{}, {}]
    of: list[tuple[str, str, bool]] = []
    tables: list[dict[str, dict[str, str]]] = [{}, {}]
    for row in rows:
        ids = []
        for n, side in enumerate(("left", "right")):
            text = json.dumps(row[side], sort_keys=True)
            id_ = sides[n].setdefault(text, f"{side}{len(sides[n])}")
            tables[n][id_] = row[side]
            ids.append(id_)
        of.append((ids[0], ids[1], bool(row["label"])))
    records = [r for table in tables for r in table.values()]
    names = columns(records)
    linker = fitted([frame(list(table.items()), names) for table in tables], names, records)
    done = linker.inference.predict(threshold_match_probability=THRESHOLDS[0]).as_pandas_dataframe()
    scores: dict[tuple[str, str], float] = {}
    for a, b, p in zip(done["unique_id_l"], done["unique_id_r"], done["match_probability"], strict=True):
        scores[min(a, b), max(a, b)] = p
    out = []
    for threshold in THRESHOLDS:
        found = [(a, b, same) for a, b, same in of if scores.get((min(a, b), max(a, b)), 0.0) >= threshold]
        gold = sum(same for _, _, same in of)
        out.append([name, threshold, len(found), gold, *f1(len(found), gold, sum(same for _, _, same in found))])
    return out


if __name__ == "__main__":
    logging.disable(logging.WARNING)
    warnings.simplefilter("ignore")
    print("| set | at | pairs found | pairs true | P | R | F1 | s |\n|---|---|---|---|---|---|---|---|")
    for chosen in sys.argv[1:] or SETS:
        start = time.perf_counter()
        one = clusters if (root() / chosen / "records.jsonl").is_file() else judged
        for line in one(chosen):
            print("| " + " | ".join(map(str, [*line, round(time.perf_counter() - start, 1)])) + " |", flush=True)
