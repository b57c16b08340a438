"""Copies of an example with other names, so that the model learns where a name stands and not only which one."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import replace

from kgc.slm.classes import organisation, place
from kgc.slm.lexicon import Lexicon
from kgc.slm.train.examples import Argument, Example
from kgc.slm.train.filling import Names


def renamed(example: Example, names: Names, lexicon: Lexicon, dice: random.Random, share: float = 0.6) -> Example:
    """The example with about `share` of its people, bodies and places under other names of the same sort.

    Names of one key, or of one surface where there are no keys, get the same new name; later ones its short form.
    """
    groups: dict[str, list[Argument]] = {}
    for argument in example.arguments:
        groups.setdefault(argument.key or example.text[argument.start : argument.end], []).append(argument)
    new: dict[Argument, str] = {}
    for group in groups.values():
        if dice.random() < share:
            new.update(fresh(group, example.text, names, lexicon, dice))
    return written(example, new)


def fresh(
    group: Sequence[Argument], text: str, names: Names, lexicon: Lexicon, dice: random.Random
) -> dict[Argument, str]:
    """New surfaces for the mentions of one thing; what is not written like a name stays."""
    longest = max(group, key=lambda a: a.end - a.start)
    surface = text[longest.start : longest.end]
    kind = sort(longest, surface, lexicon)
    if not kind or surface == surface.lower():
        return {}
    name = names.draw(kind, "Mr " if kind == "Person" and len(surface.split()) == 1 else "", dice)
    short = names.again(name, kind, "Mr " if kind == "Person" else "", dice)
    return {
        a: name if a.end - a.start == longest.end - longest.start else short
        for a in group
        if a.kind == longest.kind and any(c.isupper() for c in text[a.start : a.end])
    }


def sort(argument: Argument, surface: str, lexicon: Lexicon) -> str:
    """The class to draw from; "" for what keeps its name."""
    if argument.kind == "PER":
        return "Person"
    if argument.kind == "ORG":
        return argument.cls or organisation(surface)
    return (argument.cls or place(surface, lexicon)) if argument.kind == "LOC" else ""


def written(example: Example, new: dict[Argument, str]) -> Example:
    """The example with new surfaces. Arguments that overlap a changed one keep the whole example as it was."""
    text, at = "", 0
    moved: list[Argument] = []
    for argument in sorted(example.arguments, key=lambda a: a.start):
        if argument.start < at:
            return example
        text += example.text[at : argument.start]
        surface = new.get(argument, example.text[argument.start : argument.end])
        moved.append(replace(argument, start=len(text), end=len(text) + len(surface)))
        text += surface
        at = argument.end
    order = {a: i for i, a in enumerate(sorted(example.arguments, key=lambda a: a.start))}
    number = [order[a] for a in example.arguments]
    return replace(
        example,
        text=text + example.text[at:],
        arguments=tuple(moved),
        facts=tuple((number[h], r, number[t], w) for h, r, t, w in example.facts),
        unsure=frozenset((number[a], number[b]) for a, b in example.unsure),
    )


def shouted(example: Example, dice: random.Random, share: float = 0.03) -> Example:
    """Now and then all in capitals, as headings are; letters whose capital is longer stay."""
    if dice.random() >= share:
        return example
    return replace(example, text="".join(c.upper() if len(c.upper()) == 1 else c for c in example.text))
