"""What tokens cost. An unknown price is None, never 0.

The shipped table is `kgc/llm/prices.toml`; a file of the same form replaces or adds rows (docs/reference/models.md).
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from kgc.errors import ConfigError, did_you_mean, nearest
from kgc.llm.turns import Usage

SHIPPED = Path(__file__).with_name("prices.toml")
FREE = ("builtin", "spacy", "replay", "scripted")
"""Models that cost nothing: no server is asked."""

_DATE = re.compile(r"[-@](?:\d{4}-\d{2}-\d{2}|\d{8}|\d{4}|latest)$")
_NUMBERS = ("prompt", "cached_prefix", "completion")
_WORDS = ("date", "source", "note")


@dataclass(frozen=True, slots=True)
class Price:
    """US dollars for a million tokens: of the prompt, of its cached prefix, of the completion (reasoning included)."""

    prompt: float
    cached_prefix: float
    completion: float
    date: str = ""
    source: str = ""


PriceTable = Mapping[str, Price]


def cost(usage: Usage, price: Price | None) -> float | None:
    """US dollars for these tokens; None where there is no price and something was used."""
    if price is None:
        return None if usage != Usage() else 0.0
    fresh = usage.prompt - usage.cached_prefix
    dollars = fresh * price.prompt + usage.cached_prefix * price.cached_prefix + usage.completion * price.completion
    return dollars / 1_000_000


def price_table(path: Path | None = None) -> PriceTable:
    """The shipped prices, with a file's rows of the same form over them. Raises `ConfigError` with file and row."""
    rows = read_prices(SHIPPED)
    return {**rows, **read_prices(path)} if path else rows


def read_prices(path: Path) -> dict[str, Price]:
    """The rows of one price file. Raises `ConfigError`."""
    try:
        raw = tomllib.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise ConfigError(f"The price table {path} cannot be read: {error.strerror}.", "Check the path.") from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise ConfigError(f"{path} is no valid TOML: {error}.", f"{SHIPPED.name} in kgc/llm shows the form.") from error
    return {name: _row(name, row, path) for name, row in raw.items()}


def price_of(model: str, prices: PriceTable) -> Price | None:
    """The price of a model (`openai:gpt-5-mini`, `langchain:anthropic:claude-haiku-4-5`, or a bare name), or None.

    Looked up whole, then without what stands before the last colon, then without a date at the end.
    """
    provider, _, rest = model.partition(":")
    if provider in FREE:
        return Price(0.0, 0.0, 0.0)
    for name in (model, rest, model.rpartition(":")[2]):
        for candidate in (name, _DATE.sub("", name)):
            if candidate in prices:
                return prices[candidate]
    return None


def no_price(model: str, prices: PriceTable) -> str:
    """What to do about a model without a price, with the nearest names of the table."""
    bare = model.rpartition(":")[2]
    close = did_you_mean(nearest(bare, prices))
    return f'Add a row [{bare!r}] to a price file and name it (`prices = "FILE"` in kgc.toml, --prices FILE).{close}'


def _row(name: str, row: object, path: Path) -> Price:
    where = f"{path}: [{name!r}]"
    if not isinstance(row, dict):
        raise ConfigError(f"{where} is {row!r}, not a table.", "Each model is a table of prices.")
    for key in row:
        if key not in _NUMBERS + _WORDS:
            raise ConfigError(f"{where}: unknown key {key!r}.{did_you_mean(nearest(key, _NUMBERS + _WORDS))}")
    prompt = _number(row, "prompt", where)
    cached = _number(row, "cached_prefix", where) if "cached_prefix" in row else prompt
    words = {key: str(row.get(key, "")) for key in ("date", "source")}
    return Price(prompt, cached, _number(row, "completion", where), words["date"], words["source"])


def _number(row: Mapping[str, object], key: str, where: str) -> float:
    value = row.get(key)
    if isinstance(value, (int, float)) and not isinstance(value, bool) and 0 <= value < float("inf"):
        return float(value)
    raise ConfigError(f"{where}: {key} is {value!r}, not dollars for a million tokens.", "Write a number, as 0.25.")
