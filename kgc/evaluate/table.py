"""`labels.toml`: how each data set is read and scored."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from importlib import resources
from types import MappingProxyType
from typing import Final
from typing import Literal as OneOf

from kgc.errors import ConfigError

Against = OneOf["entities", "triples"]


@dataclass(frozen=True, slots=True)
class Entry:
    """What the table says of a data set; the keys are explained at the top of `labels.toml`."""

    schema: str = ""
    lang: str = ""
    split: str = ""
    first: int = 0
    glued: bool = False
    entities: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    unscored: tuple[str, ...] = ()
    relations: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    parents: Mapping[str, str] = field(default_factory=dict)
    against: tuple[Against, ...] = ("entities", "triples")


@cache
def entries() -> Mapping[str, Entry]:
    """All rows of the table by the data set's name."""
    return MappingProxyType({name: _entry(name, row) for name, row in _table().items() if name != "held-out"})


def held_out() -> tuple[str, ...]:
    """The data sets that the built-in model is scored on."""
    return _words("held-out", _table()["held-out"].get("sets", ()))


def usual_schema() -> str:
    """The schema that the built-in model reads a set with that has none of its own."""
    return str(_table()["held-out"].get("schema", ""))


@cache
def _table() -> Mapping[str, Mapping[str, object]]:
    raw = (resources.files("kgc.evaluate") / "labels.toml").read_text(encoding="utf-8")
    return MappingProxyType(tomllib.loads(raw))


KEYS: Final = ("schema", "lang", "split", "from", "glued", "entities", "unscored", "relations", "parents", "against")


def _entry(name: str, row: Mapping[str, object]) -> Entry:
    unknown = set(row) - set(KEYS)
    if unknown:
        raise ConfigError(f"labels.toml: {name}: unknown key {min(unknown)!r}.", f"There are: {', '.join(KEYS)}.")
    first = row.get("from", 0)
    chosen = _words(name, row.get("against", ("entities", "triples")))
    against: tuple[Against, ...] = tuple(a for a in ("entities", "triples") if a in chosen)
    return Entry(
        str(row.get("schema", "")), str(row.get("lang", "")), str(row.get("split", "")),
        first if isinstance(first, int) else 0, row.get("glued") is True,
        {k: _words(name, v) for k, v in _mapping(name, row.get("entities", {})).items()},
        _words(name, row.get("unscored", ())),
        {k: _words(name, v) for k, v in _mapping(name, row.get("relations", {})).items()},
        {k: str(v) for k, v in _mapping(name, row.get("parents", {})).items()},
        against,
    )  # fmt: skip


def _words(name: str, value: object) -> tuple[str, ...]:
    """A word or a list of words; the empty word is no word."""
    words = [value] if isinstance(value, str) else value
    if not isinstance(words, list | tuple) or not all(isinstance(w, str) for w in words):
        raise ConfigError(f"labels.toml: {name}: {value!r} is neither a string nor a list of strings.")
    return tuple(w for w in words if w)


def _mapping(name: str, value: object) -> Mapping[str, object]:
    if not isinstance(value, dict):
        raise ConfigError(f"labels.toml: {name}: {value!r} is no table.")
    return value
