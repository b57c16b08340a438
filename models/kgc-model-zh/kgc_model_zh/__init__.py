"""Chinese entity model of kgc. `path()` is where its files lie; kgc.slm.package checks and loads them."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from spacy.language import Language


def path() -> Path:
    return Path(__file__).resolve().parent


def load() -> Language:
    """The spaCy pipeline. Its inputs want the cues that `kgc.slm.cues.mark` writes."""
    import spacy  # noqa: PLC0415  heavy

    return spacy.load(path() / "pipeline")
