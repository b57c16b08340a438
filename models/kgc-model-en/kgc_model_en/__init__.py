"""English model of kgc. `path()` is where its files lie; kgc.slm.package checks and loads them."""

from __future__ import annotations

from pathlib import Path


def path() -> Path:
    return Path(__file__).resolve().parent
