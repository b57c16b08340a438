"""Where content that ships with kgc lies: schemas, agents, dashboards, examples; in the wheel and in a checkout."""

from __future__ import annotations

from pathlib import Path
from typing import Literal as OneOf

Kind = OneOf["schemas", "agents", "dashboards", "examples"]


def folder(kind: Kind) -> Path:
    """The shipped folder of this kind: `kgc/_shipped/<kind>` when installed, the repository's own in a checkout."""
    here = Path(__file__).resolve().parent
    installed = here / "_shipped" / kind
    return installed if installed.is_dir() else here.parent / kind


def names(kind: Kind, suffix: str) -> tuple[str, ...]:
    """The shipped files of this kind by stem, sorted; those that start with `_` or `.` are left out."""
    return tuple(sorted(p.stem for p in folder(kind).glob(f"*{suffix}") if p.name[0] not in "_."))
