"""A strategy by name, with its options as a person wrote them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from typing import Literal as OneOf
from typing import cast, get_args, get_origin, get_type_hints

from kgc.errors import ConfigError, did_you_mean, nearest
from kgc.extract.contract import Strategy
from kgc.plugins import load

WORDS = {"true": True, "yes": True, "on": True, "1": True, "false": False, "no": False, "off": False, "0": False}


def strategy(name: str, options: Mapping[str, str]) -> Strategy:
    """The strategy of this name, with options in the types of its fields.

    Raises `UnknownName` for a name that is not there, `ConfigError` for an option that it does not have or a value
    that is none of the option's type; both say the nearest right thing.
    """
    found = load("strategy", name)
    if not is_dataclass(found):
        raise ConfigError(f"The strategy {name!r} is no dataclass, so it has no options.", "See docs/reference.")
    known = {f.name for f in fields(found)}
    hints = get_type_hints(found)
    values: dict[str, object] = {}
    for key, raw in options.items():
        if key not in known:
            close = did_you_mean(nearest(key, known))
            raise ConfigError(f"The strategy {name!r} has no option {key!r}.{close}", f"It has: {_listed(known)}.")
        values[key] = _value(f"{name}: {key}", raw, hints[key])
    return cast("Strategy", found(**values))


def _value(where: str, raw: str, kind: object) -> object:
    """A written value in an option's type: bool, int, float, str, or one of some words."""
    if get_origin(kind) is OneOf:
        choices = get_args(kind)
        if raw in choices:
            return raw
        close = did_you_mean(nearest(raw, choices))
        raise ConfigError(f"{where} is {raw!r}, not one of {_listed(choices)}.{close}")
    if kind is bool:
        if raw.strip().casefold() in WORDS:
            return WORDS[raw.strip().casefold()]
        raise ConfigError(f"{where} is {raw!r}, neither true nor false.")
    if kind is int or kind is float:
        try:
            return int(raw) if kind is int else float(raw)
        except ValueError as error:
            raise ConfigError(f"{where} is {raw!r}, not a {'whole ' if kind is int else ''}number.") from error
    if kind is str:
        return raw
    raise ConfigError(f"{where} cannot be set as text.")


def _listed(names: object) -> str:
    return ", ".join(sorted(map(str, cast("tuple[str, ...]", names)))) or "none"
