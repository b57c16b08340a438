"""What the built-in model is: its packages as they are installed, and what of a schema it fills. Loads no weights."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from importlib import metadata
from pathlib import Path
from typing import Final

from kgc.errors import KgcError
from kgc.schema import Schema
from kgc.slm import package
from kgc.slm.inventory import inventory, limits, plain

NOTICES: Final = ("licenses/NOTICE", "NOTICE")
"""Where a package's notice lies in its metadata, by the tool that built it."""


@dataclass(frozen=True, slots=True)
class Package:
    """One language's package. `weights` changes with the weights alone; `size` is in bytes of all files it installs.

    `notice` are the lines of its notice: what it was trained on, under which licence. `scores` are those of packing
    time, by data set and label; `facts` all else that its `meta.json` tells (speed, seed, base model).
    """

    name: str
    lang: str
    version: str
    weights: str
    licence: str
    size: int
    parts: Mapping[str, int]
    labels: tuple[str, ...] = ()
    notice: tuple[str, ...] = ()
    scores: Mapping[str, Mapping[str, object]] = field(default_factory=dict)
    facts: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Fills:
    """What of a schema is filled, by name, and what is not, in words."""

    schema: str
    entities: tuple[str, ...]
    relations: tuple[str, ...]
    attributes: tuple[str, ...]
    not_filled: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class About:
    """`missing` are the languages without a package, each with what to install."""

    packages: tuple[Package, ...]
    missing: Mapping[str, str]
    fills: Fills


def about(schema: Schema) -> About:
    """Look at the installed packages. Raises `KgcError` for one that is damaged."""
    found: list[Package] = []
    missing: dict[str, str] = {}
    for lang in package.LANGUAGES:
        try:
            folder = package.folder(lang)
        except KgcError as error:
            missing[lang] = error.hint
        else:
            found.append(_package(lang, folder))
    return About(tuple(found), missing, fills(schema))


def fills(schema: Schema) -> Fills:
    """What of the schema's classes, relations and attributes the model can say something about."""
    ours = inventory(schema)
    said = {way.relation.name for ways in ours.relations.values() for way in ways}
    types = set(ours.classes.values())
    known = frozenset().union(*ours.attributes.values())
    return Fills(
        schema.name,
        tuple(e.name for e in schema.entities if e.name in types),
        tuple(r.name for r in schema.relations if r.name in said),
        tuple(f"{e.name}.{a.name}" for e in schema.entities for a in e.attributes if plain(a.name) in known),
        tuple(p.message for p in limits(schema)),
    )


def _package(lang: str, folder: Path) -> Package:
    name = f"kgc-model-{lang}"
    about_it = package.meta(folder)
    files = [p for p in sorted(folder.rglob("*")) if p.is_file() and p.suffix != ".pyc"]
    parts: dict[str, int] = {}
    for file in files:
        part = file.relative_to(folder).parts[0]
        parts[part] = parts.get(part, 0) + file.stat().st_size
    return Package(
        name, lang, _version(name), str(about_it.get("version", "")), _licence(name), sum(parts.values()), parts,
        _labels(folder), _notice(name, folder), _scores(folder),
        {k: v for k, v in about_it.items() if k not in ("files", "version", "lang")},
    )  # fmt: skip


def _version(name: str) -> str:
    try:
        return metadata.version(name)
    except metadata.PackageNotFoundError:
        return "not installed as a package"


def _licence(name: str) -> str:
    try:
        found = metadata.metadata(name)
    except metadata.PackageNotFoundError:
        return ""
    return found["License-Expression"] or found["License"] or ""


def _notice(name: str, folder: Path) -> tuple[str, ...]:
    """The notice beside the weights in a checkout, else the one among the package's metadata."""
    beside = folder.parent / "NOTICE"
    if (folder.parent / "pyproject.toml").is_file() and beside.is_file():
        text = beside.read_text(encoding="utf-8")
    else:
        try:
            told = metadata.distribution(name)
        except metadata.PackageNotFoundError:
            return ()
        text = next((t for n in NOTICES for t in [told.read_text(n)] if t), "")
    return tuple(line for line in text.splitlines() if line.strip())


def _labels(folder: Path) -> tuple[str, ...]:
    """The kinds of names that its network tells apart."""
    path = folder / "encoder" / "config.json"
    if not path.is_file():
        return ()
    labels = _json(path).get("labels")
    kinds = {str(x).partition("-")[2] for x in labels} if isinstance(labels, list) else set()
    return tuple(sorted(kinds - {""}))


def _scores(folder: Path) -> Mapping[str, Mapping[str, object]]:
    path = folder / "scores.json"
    if not path.is_file():
        return {}
    return {name: row for name, row in _json(path).items() if isinstance(row, dict)}


def _json(path: Path) -> Mapping[str, object]:
    try:
        found = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise KgcError(f"{path} cannot be read: {error}.", "Install the package again.") from error
    if not isinstance(found, dict):
        raise KgcError(f"{path} is no JSON object.", "Install the package again.")
    return found
