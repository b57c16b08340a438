"""Options of a run: what `kgc.toml`, the environment (`KGC_*`) and the command line may set, in rising order.

Reference: docs/reference/config.md. Unknown keys are mistakes, not silence.
"""

from __future__ import annotations

import os
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields, replace
from pathlib import Path
from typing import TypedDict

from kgc.errors import ConfigError, did_you_mean, nearest

FILE_NAME = "kgc.toml"


@dataclass(frozen=True, slots=True)
class Options:
    """What a run is made of. Money is in the price table's currency (US dollars), times in seconds.

    `schema` is a shipped name or a path; `model` is `builtin`, `spacy:NAME`, `openai:NAME`, `langchain:PROVIDER:NAME`
    or `replay:FILE`; `strategy` is "" for the model's own default (the first two are extractors, every other one is
    asked by `codekgc`). `strategy_options` are `name=value` pairs for the strategy. `chunk_size` is in the
    units of `kgc.chunk.measure`. `open` adds open facts to what the built-in model finds. None means no limit.
    """

    schema: str = "general"
    model: str = "builtin"
    strategy: str = ""
    strategy_options: tuple[str, ...] = ()
    chunk_size: int = 640
    concurrency: int = 32
    budget: float | None = None
    max_calls: int | None = None
    requests_per_minute: int | None = None
    tokens_per_minute: int | None = None
    timeout: float = 120.0
    retries: int = 6
    key_env: str = "OPENAI_API_KEY"
    base_url: str = ""
    prices: str = ""
    min_confidence: float = 0.0
    open: bool = False


class Given(TypedDict, total=False):
    """Options as keyword arguments, but for the schema (which may be a value); None stands for not given."""

    model: str | None
    strategy: str | None
    strategy_options: Sequence[str] | None
    chunk_size: int | None
    concurrency: int | None
    budget: float | None
    max_calls: int | None
    requests_per_minute: int | None
    tokens_per_minute: int | None
    timeout: float | None
    retries: int | None
    key_env: str | None
    base_url: str | None
    prices: str | None
    min_confidence: float | None
    open: bool | None


def load(workspace: Path, given: Mapping[str, object], environment: Mapping[str, str] = os.environ) -> Options:
    """Options from the workspace's `kgc.toml`, then `KGC_*`, then what was `given` (None = not given).

    Raises `ConfigError` for an unknown key, a value of the wrong type or a number out of range, naming where it stood.
    """
    options = Options()
    path = workspace / FILE_NAME
    if path.is_file():
        options = _merge(options, _read(path), str(path))
    from_environment = {
        f.name: environment[name] for f in fields(Options) if (name := f"KGC_{f.name.upper()}") in environment
    }
    options = _merge(options, {k: _parsed(k, v) for k, v in from_environment.items()}, "environment (KGC_*)")
    return _merge(options, {k: v for k, v in given.items() if v is not None}, "options")


def checked(values: Mapping[str, object], where: str) -> Options:
    """Options from plain values, each checked; `where` names their origin in errors."""
    return _merge(Options(), {k: v for k, v in values.items() if v is not None}, where)


def _read(path: Path) -> Mapping[str, object]:
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise ConfigError(f"{path} is no valid TOML: {error}.", "Correct the file, or move it away.") from error


def _merge(options: Options, values: Mapping[str, object], where: str) -> Options:
    known = {f.name: f for f in fields(Options)}
    for key in values:
        if key not in known:
            raise ConfigError(f"{where}: unknown key {key!r}.{did_you_mean(nearest(key, known))}", "See `kgc doctor`.")
    checked = {key: _checked(key, value, where) for key, value in values.items()}
    return replace(options, **checked)  # type: ignore[arg-type]  # _checked returns the field's own type


_COUNTS = {"chunk_size": 50, "concurrency": 1, "max_calls": 0, "requests_per_minute": 1, "tokens_per_minute": 1}
_NUMBERS = {"budget": 0.0, "timeout": 0.001, "retries": 0.0, "min_confidence": 0.0}


def _checked(key: str, value: object, where: str) -> object:
    """The value in its field's type, or a ConfigError."""
    if key == "strategy_options":
        if isinstance(value, (list, tuple)) and all(isinstance(v, str) and "=" in v for v in value):
            return tuple(value)
        raise ConfigError(f"{where}: strategy_options is {value!r}, not a list of 'name=value'.")
    if key in _COUNTS or key == "retries":
        least = _COUNTS.get(key, 0)
        if isinstance(value, int) and not isinstance(value, bool) and value >= least:
            return value
        raise ConfigError(f"{where}: {key} is {value!r}, not a whole number of at least {least}.")
    if key in _NUMBERS:
        if isinstance(value, (int, float)) and not isinstance(value, bool) and _NUMBERS[key] <= value < float("inf"):
            return float(value)
        raise ConfigError(f"{where}: {key} is {value!r}, not a number of at least {_NUMBERS[key]:g}.")
    if key == "open":
        if isinstance(value, bool):
            return value
        raise ConfigError(f"{where}: {key} is {value!r}, neither true nor false.")
    if isinstance(value, str):
        return value
    raise ConfigError(f"{where}: {key} is {value!r}, not a string.")


def _parsed(key: str, raw: str) -> object:
    """An environment variable's text as TOML would read it; a bare word is a string."""
    if key == "strategy_options":
        return tuple(part for part in raw.split(",") if part)
    if key == "open":
        return {"1": True, "true": True, "0": False, "false": False}.get(raw.casefold(), raw)
    if key in _COUNTS or key in _NUMBERS:
        try:
            return int(raw) if key in _COUNTS or key == "retries" else float(raw)
        except ValueError:
            return raw
    return raw
