"""People's decisions as JSON lines, to be carried to another workspace."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import asdict, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from kgc.data import Decision
from kgc.data.knowledge import read_link
from kgc.data.names import tidy
from kgc.errors import KgcError
from kgc.ledger import Ledger
from kgc.ledger.codec import clean
from kgc.ledger.decisions import RULE, decision_id
from kgc.ledger.entities import detail
from kgc.ledger.rulings import IN_DOCUMENT, split_size
from kgc.resolve.merges import load_features
from kgc.store.atomic import replacing

_SIZES: Final = {
    "merge": (2, 2), "split": (2, 0), "link": (1, 1), "accept": (3, 3), "reject": (3, 3), "retype": (1, 0),
    "reverse": (3, 3), "rename": (1, 1),
}  # fmt: skip
"""Kinds that can be taken over, with how many keys they have at the least and at the most (0: any number)."""
_PAYLOADS: Final = {
    "split": '"", {"out": N} with 0 < N < the number of keys, or {"in":"document"} with three keys',
    "link": '{"kb", "id", "name", "iri"} with an id or an iri',
    "retype": '{"type": CLASS}',
    "rename": '{"name": NAME}',
}
"""What a payload has to be, in words; of the other kinds it is "" or a JSON object."""
_HINT: Final = "It has to be a line of `kgc decisions export`."


def export_decisions(ledger: Ledger, path: Path) -> int:
    """Write people's decisions, and the merges they took back, one JSON object a line; returns how many."""
    rows = [asdict(d) for d in ledger.decisions.all() if d.undone or not d.by.startswith(RULE)]
    text = "".join(json.dumps(r, ensure_ascii=False) + "\n" for r in sorted(rows, key=lambda r: str(r["id"])))
    try:
        with replacing(path) as draft:
            draft.write_text(clean(text), encoding="utf-8", newline="")
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
    """Lines end where the file says so: U+2028 and its like may stand in a name."""
    try:
        with path.open("rb") as file:
            for number, line in enumerate(file, 1):
                if line.strip():
                    yield _decision(line, f"{path}:{number}")
    except OSError as error:
        raise KgcError(f"{path} cannot be read: {error}.", "It has to be a file of `kgc decisions export`.") from error


def _decision(line: bytes, where: str) -> Decision:
    try:
        row = json.loads(line.decode("utf-8-sig"))
        decision = Decision(**{**row, "what": tuple(row["what"])})
    except (ValueError, TypeError, KeyError, RecursionError) as error:
        raise KgcError(f"{where}: this is no decision ({error}).", _HINT) from error
    _check_values(decision, where)
    _check_size(decision, where)
    if not _understood(decision):
        wanted = _PAYLOADS.get(decision.kind, '"" or a JSON object')
        told = f"{where}: the payload of this {decision.kind} is {decision.payload!r:.80}."
        raise KgcError(told, f"It has to be {wanted}.")
    explained = decision.kind == "merge" and decision.by.startswith(RULE)
    id_ = decision_id(decision.kind, decision.what, "" if explained else decision.payload)
    return replace(decision, id=id_, at=_time(decision.at, where))


def _check_values(decision: Decision, where: str) -> None:
    texts = (*decision.what, decision.kind, decision.payload, decision.reason, decision.by, decision.at)
    if not all(isinstance(text, str) for text in texts):
        raise KgcError(f"{where}: the keys and words of a decision are texts.", _HINT)
    if broken := next((text for text in texts if clean(text) != text), ""):
        raise KgcError(f"{where}: {broken!r:.80} has half a character (a lone surrogate).", "Correct the text.")
    if not isinstance(decision.undone, bool) or not isinstance(decision.score, (int, float)):
        raise KgcError(f"{where}: `undone` is true or false, `score` a number.", _HINT)
    if not 0 <= decision.score <= 1:
        raise KgcError(f"{where}: the score is {decision.score!r:.20}, not between 0 and 1.", _HINT)


def _check_size(decision: Decision, where: str) -> None:
    least, most = _SIZES.get(decision.kind, (0, 0))
    if decision.kind == "split" and decision.payload == IN_DOCUMENT:
        least = most = 3
    if not least or len(decision.what) < least or (most and len(decision.what) > most):
        kinds = ", ".join(_SIZES)
        raise KgcError(
            f"{where}: a decision of the kind {decision.kind!r} about {len(decision.what)} keys cannot be taken over.",
            f"Known kinds: {kinds}.",
        )


def _understood(decision: Decision) -> bool:
    """Whether the payload says what one of its kind has to: nobody asks again where it is read."""
    try:
        if not isinstance(json.loads(decision.payload or "{}"), dict):
            return False
        return _says(decision)
    except (ValueError, TypeError, RecursionError):
        return False


def _says(decision: Decision) -> bool:
    match decision.kind:
        case "split":
            return decision.payload in ("", IN_DOCUMENT) or split_size(decision) > 0
        case "link":
            return read_link(decision.payload).id != ""
        case "retype":
            return detail(decision, "type") != ""
        case "rename":
            return tidy(detail(decision, "name")) != ""
        case "merge":
            return _explains(decision.payload)
        case _:
            return True


def _explains(payload: str) -> bool:
    """Whether what spoke for and against a merge, where that is told, is in words and numbers."""
    features, vetoes = load_features(payload)
    words = [w for f in features for w in (f.name, f.reason)] + [w for v in vetoes for w in (v.code, v.reason)]
    return all(isinstance(w, str) for w in words) and all(isinstance(f.weight, (int, float)) for f in features)


def _time(at: str, where: str) -> str:
    """When it was decided, as the ledger orders times; "" is now."""
    if not at:
        return ""
    try:
        time = datetime.fromisoformat(at)
        if time.tzinfo is None:
            raise ValueError("without its zone")
        return time.astimezone(UTC).isoformat(timespec="microseconds")
    except (ValueError, OverflowError) as error:
        told = f"{where}: `at` is {at!r:.40}, which is no time ({error})."
        raise KgcError(told, "Write it as in 2026-11-21T22:40:00+00:00.") from error
