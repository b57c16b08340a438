"""Read the TOML of role cards and teams, so that a mistake is told with its file and line and nothing is guessed."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from kgc.errors import ConfigError, did_you_mean, nearest

T = TypeVar("T", str, int, float)
_AT_LINE = re.compile(r"at line (\d+)")


@dataclass(frozen=True, slots=True)
class Content:
    """The TOML text of a file that begins on line `first`, for finding where something stands."""

    path: Path
    text: str
    first: int = 1

    def line_of(self, key: str, nth: int = 0) -> int:
        """The line of the nth assignment to `key` (or of its table's header), else the first."""
        pattern = re.compile(rf"^\s*(?:{re.escape(key)}\s*=|\[+\s*{re.escape(key)}\s*\]+)")
        found = [n for n, line in enumerate(self.text.splitlines(), self.first) if pattern.match(line)]
        return found[min(nth, len(found) - 1)] if found else self.first

    def mistake(self, key: str, what: str, hint: str = "", nth: int = 0) -> ConfigError:
        return ConfigError(f"{self.path}:{self.line_of(key, nth)}: {what}", hint)

    def parsed(self) -> dict[str, object]:
        try:
            return tomllib.loads(self.text)
        except tomllib.TOMLDecodeError as error:
            at = _AT_LINE.search(str(error))
            line = self.first + (int(at[1]) if at else len(self.text.splitlines()) or 1) - 1
            raise ConfigError(f"{self.path}:{line}: no valid TOML: {error}.", "Correct the line.") from error

    def only(self, values: Mapping[str, object], known: Collection[str], where: str = "") -> None:
        """Raises `ConfigError` for a key that is not known, with the nearest ones."""
        for key in values:
            if key not in known:
                place = f" in {where}" if where else ""
                hint = f"Known{place}: {', '.join(known)}."
                raise self.mistake(key, f"unknown key {key!r}{place}.{did_you_mean(nearest(key, known))}", hint)

    def value(self, values: Mapping[str, object], key: str, default: T, nth: int = 0) -> T:
        """The value of the default's type; whole numbers may stand for others."""
        found = values.get(key, default)
        kind = type(default)
        if kind is float and type(found) is int:
            found = float(found)
        if isinstance(found, kind) and type(found) is kind:
            return found
        raise self.mistake(key, f"{key} is {found!r}, not {_KINDS[kind]}.", nth=nth)

    def names(self, values: Mapping[str, object], key: str, nth: int = 0) -> tuple[str, ...]:
        found = values.get(key, [])
        if isinstance(found, list) and all(isinstance(v, str) for v in found):
            return tuple(found)
        raise self.mistake(key, f"{key} is {found!r}, not a list of names.", nth=nth)

    def within(self, key: str, number: float, least: float, most: float) -> None:
        if not least <= number <= most:
            raise self.mistake(key, f"{key} is {number:g}, not between {least:g} and {most:g}.")


_KINDS: Mapping[type, str] = {str: "a text", int: "a whole number", float: "a number"}


def read(path: Path) -> str:
    """The text of a content file. Raises `ConfigError` when it cannot be read as UTF-8."""
    try:
        return path.read_text(encoding="utf-8-sig")
    except OSError as error:
        raise ConfigError(f"{path} cannot be read: {error.strerror}.", "Give the path of a file.") from error
    except UnicodeDecodeError as error:
        raise ConfigError(f"{path} is not UTF-8 (byte {error.start}).", "Save it as UTF-8.") from error
