"""Write what a package says about its weights: checksums, seed, scores."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

from spacy.about import __version__

from kgc.slm.train.score import Counts


def pack(package: Path, lang: str, seed: int, scores: dict[str, dict[str, Counts]]) -> None:
    """Write `scores.json` and `meta.json`."""
    table = {name: {label: row(counts) for label, counts in found.items()} for name, found in scores.items()}
    (package / "scores.json").write_text(json.dumps(table, indent=1) + "\n", encoding="utf-8")
    seal(package, lang, seed)


def seal(package: Path, lang: str, seed: int) -> None:
    """Write `meta.json`: a SHA-256 of every data file, and one over all but the scores as the version."""
    files = sorted(
        p for p in package.rglob("*") if p.is_file() and p.suffix not in {".py", ".pyc"} and p.name != "meta.json"
    )
    sums = {p.relative_to(package).as_posix(): hashlib.sha256(p.read_bytes()).hexdigest() for p in files}
    version = hashlib.sha256("".join(f"{k}{v}" for k, v in sums.items() if k != "scores.json").encode()).hexdigest()[
        :12
    ]
    meta = {"lang": lang, "seed": seed, "spacy": __version__, "version": version, "files": sums}
    (package / "meta.json").write_text(json.dumps(meta, indent=1) + "\n", encoding="utf-8")


def row(counts: Counts) -> dict[str, float | int]:
    values = {"precision": counts.precision, "recall": counts.recall, "f1": counts.f1}
    return {**{k: round(v, 3) for k, v in values.items()}, "gold": counts.gold, "found": counts.found}
