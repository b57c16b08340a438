"""How common the parts of names are: counted once, kept, and counted anew only when asked for."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from kgc.data.names import tidy
from kgc.resolve.names import Form, form
from kgc.resolve.records import Item


@dataclass(frozen=True, slots=True)
class Statistics:
    """Frozen counts: of names (`size`), of names that hold a token, of names written exactly so, of attribute values.

    Only counts of two and more are kept: what is not there counts once. `script` changes Han characters one for one.
    `several` are attributes of which a thing may have more than one: another value says little against it.
    `differs` is the weight (log-odds) of another value of any other attribute: as sure as values are right.
    """

    size: int = 0
    tokens: Mapping[str, int] = field(default_factory=dict)
    names: Mapping[str, int] = field(default_factory=dict)
    values: Mapping[tuple[str, str], int] = field(default_factory=dict)
    script: Mapping[int, int] = field(default_factory=dict)
    several: frozenset[str] = frozenset()
    differs: float = -4.0
    unseen: int = 1

    def token(self, token: str) -> int:
        """In how many names the token is, `unseen` where that was not counted."""
        return self.tokens.get(token, self.unseen)

    def form(self, item: Item) -> Form:
        return form(item.surface, item.kind, self.script)


def fit(
    items: Iterable[Item], script: Mapping[int, int] | None = None, several: frozenset[str] = frozenset()
) -> Statistics:
    """Count the parts of these names. The order of the names means nothing."""
    table = script or {}
    tokens: Counter[str] = Counter()
    names: Counter[str] = Counter()
    values: Counter[tuple[str, str]] = Counter()
    size = 0
    for item in items:
        shape = form(item.surface, item.kind, table)
        size += 1
        names[tidy(item.surface)] += 1
        tokens.update(set(parts(shape)))
        values.update((name, clean(value)) for name, value in set(item.attributes))
    return Statistics(size, _often(tokens), _often(names), {k: n for k, n in values.items() if n > 1}, table, several)


def parts(shape: Form) -> tuple[str, ...]:
    """The tokens of a form; of a name in Han characters its pairs of characters."""
    if not shape.han:
        return shape.tokens
    text = shape.tokens[0]
    return tuple(text[i : i + 2] for i in range(len(text) - 1)) or (text,)


def clean(value: str) -> str:
    """A value as it is compared: letters and digits only, case folded."""
    return "".join(c for c in value.casefold() if c.isalnum())


def _often(counts: Mapping[str, int]) -> dict[str, int]:
    return {text: n for text, n in counts.items() if n > 1}
