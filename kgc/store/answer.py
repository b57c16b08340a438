"""What a query gives back, whatever was asked and however."""

from __future__ import annotations

from dataclasses import dataclass

from kgc.store.values import Plain


@dataclass(frozen=True, slots=True)
class Rows:
    """An answer. `truncated` tells that there were more rows than the limit."""

    columns: tuple[str, ...]
    rows: tuple[tuple[Plain, ...], ...]
    truncated: bool
    seconds: float
