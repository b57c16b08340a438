"""The fields of an entry of a knowledge base, whatever file they stand in: what they are called, what they may hold."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Final

from kgc.data.knowledge import KbEntry
from kgc.errors import KgcError, did_you_mean, nearest

FIELDS: Final[Mapping[str, tuple[str, ...]]] = {
    "id": ("id", "iri", "uri", "qid"),
    "name": ("name", "label", "title", "preflabel"),
    "aliases": ("aliases", "alias", "altlabel", "altlabels", "also", "synonyms", "redirects"),
    "types": ("types", "type", "class", "category"),
    "description": ("description", "definition", "comment", "abstract"),
    "prior": ("prior", "frequency", "count", "popularity"),
    "related": ("related", "links", "broader", "neighbours"),
}
"""What an entry has, and what a column or key that holds it may be called; the first that is there is taken."""
BETWEEN: Final = "|"
"""What the texts of a list in one cell stand between."""
_LONGEST: Final = 10_000


def chosen(there: Iterable[str], columns: Mapping[str, str], where: str) -> dict[str, str]:
    """Which column holds which field. Raises `KgcError` where id or name has none, or a named one is not there."""
    names = list(there)
    by_fold = {name.strip().casefold().replace("_", ""): name for name in reversed(names)}
    for field, column in columns.items():
        if field not in FIELDS:
            raise KgcError(f"There is no field {field!r}.{did_you_mean(nearest(field, FIELDS))}", _hint())
        if column not in names:
            near = did_you_mean(nearest(column, names))
            raise KgcError(f"{where}: there is no column {column!r} for {field!r}.{near}", f"There are: {names}.")
    found = {
        field: next((by_fold[n] for n in usual if n in by_fold), "") for field, usual in FIELDS.items()
    } | dict(columns)  # fmt: skip
    for field in ("id", "name"):
        if not found[field]:
            raise KgcError(
                f"{where}: no column for {field!r}; there are: {', '.join(names) or 'none'}.",
                f"Say which it is: --columns {field}=COLUMN.",
            )
    return {field: column for field, column in found.items() if column}


def entry(row: Mapping[str, object], where: str) -> KbEntry:
    """An entry of its fields. Raises `KgcError` that names the place and the field."""
    return KbEntry(
        _required(row, "id", where), _required(row, "name", where),
        _texts(row.get("aliases"), "aliases", where), _texts(row.get("types"), "types", where),
        _text(row.get("description"), "description", where), _prior(row.get("prior"), where),
        _texts(row.get("related"), "related", where), where,
    )  # fmt: skip


def _required(row: Mapping[str, object], field: str, where: str) -> str:
    value = row.get(field)
    text = str(value) if isinstance(value, int) and not isinstance(value, bool) else _text(value, field, where)
    if not text.strip():
        raise KgcError(f"{where}: {field!r} is {'missing' if value is None else 'empty'}.", "Every entry has one.")
    return text.strip()


def _text(value: object, field: str, where: str) -> str:
    if value is None:
        return ""
    if not isinstance(value, str):
        raise KgcError(f"{where}: {field!r} is {value!r:.60}, not a text.", _hint())
    if any("\ud800" <= c <= "\udfff" for c in value):
        raise KgcError(f"{where}: {field!r} has half a character (a lone surrogate).", "Save the file as UTF-8 anew.")
    return value[:_LONGEST]


def _texts(value: object, field: str, where: str) -> tuple[str, ...]:
    """A list of texts, or one text with `|` between them."""
    parts = value.split(BETWEEN) if isinstance(value, str) else value
    if parts is None:
        return ()
    if not isinstance(parts, list):
        raise KgcError(f"{where}: {field!r} is {value!r:.60}, neither a list nor a text.", _hint())
    texts = (_text(part, f"{field}[{i}]", where).strip() for i, part in enumerate(parts))
    return tuple(dict.fromkeys(filter(None, texts)))


def _prior(value: object, where: str) -> float:
    if value is None or value == "":
        return 0.0
    try:
        found = float(value) if isinstance(value, str | int | float) else -1.0
    except ValueError:
        found = -1.0
    if not 0 <= found < float("inf"):
        raise KgcError(
            f"{where}: 'prior' is {value!r:.60}, not a number from 0.", "It says how often an entry is meant."
        )
    return found


def _hint() -> str:
    return f"Fields: {', '.join(FIELDS)}; lists in one text have {BETWEEN} between them."
