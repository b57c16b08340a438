"""Data sets by name under KGC_DATA, or by path: where their rows lie, and what their README says of others' results."""

from __future__ import annotations

import os
import random
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from kgc.errors import KgcError, UnknownName
from kgc.evaluate import table
from kgc.evaluate.rows import Row, read_rows
from kgc.evaluate.table import Entry, entries

VARIABLE: Final = "KGC_DATA"
SPLITS: Final = ("test", "dev", "validation", "val", "all", "train")
"""Which split is scored where neither the caller nor the table of sets names one: the first that is there."""


@dataclass(frozen=True, slots=True)
class DataSet:
    """A data set and the part of it that is scored. `name` is what it was asked for as, with its split.

    `files` are those of the split, `every` those of all splits (a schema made of labels needs them all); `first` is
    the row that the part begins with. `readme` is None where there is none.
    """

    name: str
    files: tuple[Path, ...]
    every: tuple[Path, ...]
    entry: Entry
    first: int = 0
    readme: Path | None = None

    def rows(self) -> tuple[Row, ...]:
        """The part's rows, in the order of the files."""
        return tuple(row for path in self.files for row in read_rows(path))[self.first :]


def drawn(rows: Sequence[Row], sample: int | None = None, seed: int = 0) -> tuple[Row, ...]:
    """So many rows drawn at random by the seed, in their order; all of them where there are no more."""
    if sample is None or sample >= len(rows):
        return tuple(rows)
    chosen = random.Random(seed).sample(range(len(rows)), sample)  # noqa: S311  # a sample, no secret
    return tuple(rows[i] for i in sorted(chosen))


def find(asked: str, environment: Mapping[str, str] = os.environ) -> DataSet:
    """The data set of a name (`ie/conll04`, `ie/conll04:test`), a folder or a file.

    Raises `KgcError` for what is not there, with the nearest names or what the folder holds.
    """
    plain, _, split = asked.partition(":") if not Path(asked).exists() else (asked, "", "")
    path = Path(plain).expanduser()
    if path.is_file():
        return DataSet(path.name, (path,), (path,), Entry())
    if path.is_dir() and list(path.glob("*.jsonl")):
        return _in_folder(path, path.name, split, environment)
    root = data_root(environment)
    known = names(root)
    if plain not in known:
        raise UnknownName("data set", plain, known, f"Name one under {root}, or the path of a folder or a .jsonl file.")
    return _in_folder(root / plain, plain, split, environment)


def data_root(environment: Mapping[str, str] = os.environ) -> Path:
    """Where the data sets lie. Raises `KgcError` when that is not said, or is no folder."""
    given = environment.get(VARIABLE, "")
    hint = f"Set {VARIABLE} to the folder that holds ie/ and ner/, or give the path of a folder or a .jsonl file."
    if not given:
        raise KgcError(f"{VARIABLE} is not set, so data sets have no names.", hint)
    root = Path(given).expanduser()
    if not root.is_dir():
        raise KgcError(f"{VARIABLE} is {given!r}, which is no folder.", hint)
    return root


def names(root: Path) -> tuple[str, ...]:
    """The data sets under a root, sorted: every folder of `ie`, `ner` and `coref` that holds rows."""
    folders = {p.parent for kind in ("ie", "ner", "coref") for p in (root / kind).rglob("*.jsonl")}
    return tuple(sorted(f.relative_to(root).as_posix() for f in folders))


def _in_folder(folder: Path, name: str, split: str, environment: Mapping[str, str]) -> DataSet:
    entry = _entry(folder, environment)
    every = tuple(sorted(folder.glob("*.jsonl")))
    there = list(dict.fromkeys(p.stem.rpartition("-")[2] for p in every))
    usual = entry.split if entry.split in there else next((s for s in SPLITS if s in there), "")
    chosen = split or usual
    files = tuple(p for p in every if chosen and (p.stem == chosen or p.stem.endswith(f"-{chosen}")))
    if not files:
        raise UnknownName("split", split, [p.stem for p in every], f"{name} has: {', '.join(p.stem for p in every)}.")
    first = entry.first if chosen == entry.split and not split else 0
    part = f"{name}:{chosen}" + (f"[{first}:]" if first else "")
    return DataSet(part, files, every, entry, first, _readme(folder))


def _entry(folder: Path, environment: Mapping[str, str]) -> Entry:
    """What the table says of a folder under KGC_DATA, or of the nearest folder above it that it knows."""
    known = entries()
    try:
        inside = folder.resolve().relative_to(data_root(environment).resolve()).as_posix()
    except (KgcError, ValueError):
        return Entry()
    above = [inside, *(p.as_posix() for p in Path(inside).parents)]
    return next((known[name] for name in above if name in known), Entry())


def _readme(folder: Path) -> Path | None:
    places = [folder / "README.md", folder.parent / "README.md", folder.parent.parent / "README.md"]
    return next((p for p in places if p.is_file() and _published(p)), None)


def published(data: DataSet) -> tuple[str, ...]:
    """The lines of the README's "Published results" as they stand, and what its marks mean."""
    return _published(data.readme) if data.readme else ()


def _published(readme: Path) -> tuple[str, ...]:
    text = readme.read_text(encoding="utf-8", errors="replace")
    found = re.search(r"^#+ *Published results? *$\n(.*?)(?=^#|\Z)", text, re.MULTILINE | re.DOTALL | re.IGNORECASE)
    return tuple(line for line in found[1].splitlines() if line.strip()) if found else ()


def held_out(known: Sequence[str]) -> tuple[str, ...]:
    """Of these data sets the ones that the built-in model was neither trained nor tuned on, in the table's order."""
    return tuple(name for name in table.held_out() if name in known)
