"""Copies of a record with other names, so that the model learns where a name stands and not only which one."""

from __future__ import annotations

import random
from dataclasses import dataclass

from kgc.slm.lexicon import Lexicon
from kgc.slm.train.invent import organisation
from kgc.slm.train.records import Record


@dataclass(frozen=True, slots=True)
class Names:
    """Pools to draw from; `organisations` are those of the training records."""

    first: tuple[str, ...]
    last: tuple[str, ...]
    places: tuple[str, ...]
    organisations: tuple[str, ...]
    han: bool = False


def pools(lexicon: Lexicon, records: tuple[Record, ...], *, han: bool) -> Names:
    def of(kinds: str) -> tuple[str, ...]:
        return tuple(sorted(n for n, k in lexicon.kinds.items() if set(k) & set(kinds)))

    found = sorted({r.text[s:e] for r in records for s, e, label in r.spans if label == "ORG"})
    return Names(of("f"), of("l"), of("ckr"), tuple(found), han)


def swapped(record: Record, names: Names, dice: random.Random, share: float = 0.6) -> Record:
    """The record with about `share` of its names replaced by others of the same kind and form."""
    text, at = "", 0
    spans: list[tuple[int, int, str]] = []
    chosen: dict[tuple[str, str], str] = {}
    for start, end, label in record.spans:
        old = record.text[start:end]
        new = chosen.setdefault((old, label), other(old, label, names, dice) if dice.random() < share else old)
        text += record.text[at:start]
        spans.append((len(text), len(text) + len(new), label))
        text += new
        at = end
    return Record(text + record.text[at:], tuple(spans))


def other(old: str, label: str, names: Names, dice: random.Random) -> str:
    if label == "LOC":
        return dice.choice(names.places)
    if label == "ORG":
        if not names.han and dice.random() < 0.4:
            return organisation((names.last, names.places), dice)
        return dice.choice(names.organisations)
    if names.han:
        return old if "·" in old else dice.choice(names.last) + dice.choice(names.first)
    if " " not in old:
        return dice.choice(names.first if dice.random() < 0.4 else names.last)
    middle = f" {chr(65 + dice.randrange(26))}." if dice.random() < 0.15 else ""
    return f"{dice.choice(names.first)}{middle} {dice.choice(names.last)}"
