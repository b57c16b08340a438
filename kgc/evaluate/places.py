"""Where a linking or resolution set lies: a name under KGC_DATA, or the path of a folder with the same layout."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path
from typing import Final
from typing import Literal as OneOf

from kgc.errors import UnknownName
from kgc.evaluate.report import Published
from kgc.evaluate.sets import DataSet, data_root, published
from kgc.evaluate.table import Entry

Task = OneOf["linking", "resolution"]
FOLDERS: Final[Mapping[Task, str]] = {"linking": "el", "resolution": "er"}
_FILES: Final[Mapping[Task, str]] = {"linking": "kb.jsonl", "resolution": ""}


def task_of(name: str) -> Task | None:
    """The task that a set's name tells: `el/…` is linking, `er/…` resolution."""
    return next((task for task, folder in FOLDERS.items() if name.startswith(f"{folder}/")), None)


def folder_of(task: Task, asked: str, environment: Mapping[str, str] = os.environ) -> tuple[str, Path]:
    """Name and folder of a set. Raises `KgcError` with the nearest names."""
    path = Path(asked).expanduser()
    if path.is_dir():
        return path.name, path
    root = data_root(environment)
    known = names(task, root)
    name = asked if "/" in asked else f"{FOLDERS[task]}/{asked}"
    if name not in known:
        raise UnknownName(f"{task} set", asked, known, f"There are: {', '.join(known) or 'none'}; or name a folder.")
    return name, root / name


def names(task: Task, root: Path) -> tuple[str, ...]:
    """The sets of a task under a root, sorted."""
    folders = {p.parent for p in (root / FOLDERS[task]).glob("*/*.jsonl")}
    kept = (f for f in folders if (f / _FILES[task]).exists())
    return tuple(sorted(f.relative_to(root).as_posix() for f in kept))


def published_in(folder: Path) -> Published | None:
    """What the set's README says of others' results."""
    readme = folder / "README.md"
    if not readme.is_file():
        return None
    lines = published(DataSet(folder.name, (), (), Entry(), 0, readme))
    return Published(str(readme), lines) if lines else None
