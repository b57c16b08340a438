"""Claims as the compact code answer: relations first, then things bound to short variables, then calls on them."""

from __future__ import annotations

import json
import re

from kgc.data import Qualifier
from kgc.formats.claims import Claim, Claims, Happening, Thing, well_formed
from kgc.schema import Schema

SURROGATE = re.compile("[\ud800-\udfff]")


def quoted(text: str) -> str:
    """A Python string literal on one line, in double quotes, that reads back as the same text.

    >>> quoted('the "Ark"')
    '"the \\\\"Ark\\\\""'
    """
    return SURROGATE.sub(lambda c: f"\\u{ord(c.group()):04x}", json.dumps(text, ensure_ascii=False))


def rendered(items: Claims, schema: Schema) -> str:
    """The answer that a flawless model would write; no line break inside a statement."""
    items = well_formed(items)
    variables = _variables(items, schema)
    lines = [_heading(items)]
    lines += [f"{variables[t]} = {t.type}({quoted(t.name)})" for t in items.things]
    lines += [_claim(c, variables) for c in items.claims]
    taken = {*variables.values(), *schema.names()}
    lines += [
        f"{name} = {_happening(h, variables)}"
        for name, h in zip(_fresh("e", taken, len(items.happenings)), items.happenings, strict=True)
    ]
    return "\n".join(lines) + "\n"


def _heading(items: Claims) -> str:
    names = dict.fromkeys([c.relation for c in items.claims] + [h.type for h in items.happenings])
    return f"# relations: {', '.join(names) or 'none'}"


def _variables(items: Claims, schema: Schema) -> dict[Thing, str]:
    """A short variable for each thing: its type's first letter and a number (`p1`)."""
    taken = set(schema.names())
    counts: dict[str, int] = {}
    found: dict[Thing, str] = {}
    for thing in items.things:
        letter = _letter(thing.type)
        while True:
            counts[letter] = counts.get(letter, 0) + 1
            name = f"{letter}{counts[letter]}"
            if name not in taken:
                break
        found[thing] = name
    return found


def _letter(kind: str) -> str:
    """`e` is kept for events; a type whose first letter is not plain, or is `e`, gets an `x`."""
    first = kind[:1].lower()
    return first if first.isascii() and first.isalpha() and first != "e" else "x"


def _fresh(letter: str, taken: set[str], count: int) -> list[str]:
    names: list[str] = []
    number = 1
    while len(names) < count:
        if f"{letter}{number}" not in taken:
            names.append(f"{letter}{number}")
        number += 1
    return names


def _claim(claim: Claim, variables: dict[Thing, str]) -> str:
    parts = [variables[claim.head], _value(claim.tail, variables), *map(str, claim.sentences)]
    parts += [_qualifier(q) for q in claim.qualifiers]
    parts += ["negated=True"] * claim.negated + ["hedged=True"] * claim.hedged
    return f"{claim.relation}({', '.join(parts + _because(claim.because))})"


def _happening(happening: Happening, variables: dict[Thing, str]) -> str:
    parts = [quoted(happening.trigger), *map(str, happening.sentences)]
    for role in dict.fromkeys(name for name, _ in happening.roles):
        values = [_value(value, variables) for name, value in happening.roles if name == role]
        parts.append(f"{role}={values[0]}" if len(values) == 1 else f"{role}=[{', '.join(values)}]")
    return f"{happening.type}({', '.join(parts + _because(happening.because))})"


def _value(value: Thing | str, variables: dict[Thing, str]) -> str:
    return quoted(value) if isinstance(value, str) else variables[value]


def _qualifier(qualifier: Qualifier) -> str:
    return f"{qualifier.name}={quoted(qualifier.value)}"


def _because(reason: str) -> list[str]:
    return [f"because={quoted(reason)}"] if reason else []
