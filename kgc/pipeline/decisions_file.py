"""People's decisions as JSON lines, to be carried to another workspace."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import asdict, replace
from pathlib import Path
from typing import Final

from kgc.data import Decision
from kgc.errors import KgcError
from kgc.ledger import Ledger
from kgc.ledger.decisions import RULE, decision_id
from kgc.ledger.rulings import IN_DOCUMENT

_SIZES: Final = {
    "merge": (2, 2), "split": (2, 0), "link": (1, 1), "accept": (3, 3), "reject": (3, 3), "retype": (1, 0),
    "reverse": (3, 3), "rename": (1, 1),
}  # fmt: skip
"""Kinds that can be taken over, with how many keys they have at the least and at the most (0: any number)."""
_HINT: Final = "It has to be a line of `kgc decisions export`."


def export_decisions(ledger: Ledger, path: Path) -> int:
    """Write people's decisions, and the merges they took back, one JSON object a line; returns how many."""
    rows = [asdict(d) for d in ledger.decisions.all() if d.undone or not d.by.startswith(RULE)]
    text = "".join(json.dumps(r, ensure_ascii=False) + "\n" for r in sorted(rows, key=lambda r: str(r["id"])))
    try:
        path.write_text(text, encoding="utf-8")
    except OSError as error:
        raise KgcError(f"{path} cannot be written: {error.strerror}.", "Choose another place.") from error
    return len(rows)


def import_decisions(ledger: Ledger, path: Path) -> int:
    """Take decisions over from another workspace; those about things that are not here sleep. Returns how many."""
    decisions = list(_read(path))
    with ledger.transaction():
        for decision in decisions:
            ledger.decisions.put(decision)
        if decisions:
            ledger.state.bump()
    return len(decisions)


def _read(path: Path) -> Iterator[Decision]:
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise KgcError(f"{path} cannot be read: {error}.", "It has to be a file of `kgc decisions export`.") from error
    for number, line in enumerate(lines, 1):
        if line.strip():
            yield _decision(line, f"{path}:{number}")


def _decision(line: str, where: str) -> Decision:
    try:
        row = json.loads(line)
        decision = Decision(**{**row, "what": tuple(row["what"])})
    except (json.JSONDecodeError, TypeError, KeyError) as error:
        raise KgcError(f"{where}: this is no decision ({error}).", _HINT) from error
    least, most = _SIZES.get(decision.kind, (0, 0))
    if decision.payload == IN_DOCUMENT:
        least = most = 3
    if not least or len(decision.what) < least or (most and len(decision.what) > most):
        kinds = ", ".join(_SIZES)
        raise KgcError(
            f"{where}: a decision of the kind {decision.kind!r} about {len(decision.what)} keys cannot be taken over.",
            f"Known kinds: {kinds}.",
        )
    texts = (*decision.what, decision.payload, decision.reason, decision.by, decision.at)
    if not all(isinstance(text, str) for text in texts):
        raise KgcError(f"{where}: the keys and words of a decision are texts.", _HINT)
    if not isinstance(decision.undone, bool) or not isinstance(decision.score, (int, float)):
        raise KgcError(f"{where}: `undone` is true or false, `score` a number.", _HINT)
    explained = decision.kind == "merge" and decision.by.startswith(RULE)
    return replace(decision, id=decision_id(decision.kind, decision.what, "" if explained else decision.payload))
