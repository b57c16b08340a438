"""From templates to passages: mentions filled with sampled names, choices drawn."""

from __future__ import annotations

import random
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final, Protocol

from kgc.slm.train.markup import VALUES, Choice, Fact, Mention, Template, read_passages

FAMILY: Final = ("ChildOf", "SiblingOf", "SpouseOf")
"""Relations whose two ends often share a family name."""

SORTS: Final = (
    (
        "team",
        r"play(?:s|ed)? for|striker|defender|scored|goal(?:keeper)?|coach|semi-finals|hit the post|beat|drew|fans",
    ),
    ("party", r"part(?:y|ies)|MP|candidate|election|seat with|polls|youth wing|expelled|Standing for|voted for"),
    ("band", r"albums?|band|singer|bassist|bass|songs|violin|concert|conductor|disbanded"),
)
"""What sort of organization a passage speaks of."""

SPANS: Final = (("birth_date", "death_date"), ("founded", "dissolved"), ("start_date", "end_date"))
"""Attributes of which the second is later than the first."""


class Names(Protocol):
    """Where names come from. `kind` is a class, or one with a sort ("Organization team").

    `before` is the text in front, which tells a surname ("Mr ") or the form of a date.
    """

    def draw(self, kind: str, before: str, dice: random.Random) -> str: ...

    def again(self, name: str, kind: str, before: str, dice: random.Random) -> str:
        """How a name that was given is written when it comes back."""
        ...

    def related(self, name: str, other: str) -> str:
        """A person's name with the family name of another."""
        ...


@dataclass(frozen=True, slots=True)
class Named:
    """An entity mention, by character offsets. A key that comes twice is the same entity."""

    start: int
    end: int
    kind: str
    key: str


@dataclass(frozen=True, slots=True)
class Valued:
    """A literal, by character offsets. `kind` is one of `markup.VALUES`."""

    start: int
    end: int
    kind: str
    key: str


@dataclass(frozen=True, slots=True)
class Passage:
    """A text with its mentions in text order and its facts, by the mentions' keys."""

    text: str
    entities: tuple[Named, ...]
    values: tuple[Valued, ...]
    facts: tuple[Fact, ...]


def passages(paths: Sequence[Path], count: int, names: Names, seed: int = 0, most: int = 1) -> Iterator[Passage]:
    """`count` passages of one to `most` lines of these files each, every line used before one comes again.

    Annotated lines come as they stand, templates with new names each time. The same seed gives the same passages.
    """
    templates = [t for path in paths for t in read_passages(path)]
    yield from filled(templates, count, names, seed, most)


def filled(
    templates: Sequence[Template], count: int, names: Names, seed: int = 0, most: int = 1, swap: float = 0.0
) -> Iterator[Passage]:
    """As `passages`, of templates that are already read; `swap` is the share of given names that are replaced."""
    dice = random.Random(seed)  # noqa: S311  repeatable, not secret
    deck: list[Template] = []
    for _ in range(count):
        size = dice.randint(1, most)
        while len(deck) < size:
            deck = dice.sample(list(templates), len(templates)) + deck
        drawn = [fill(deck.pop(), names, dice, swap) for _ in range(size)]
        yield drawn[0] if size == 1 else joined(drawn, dice.choice((" ", " ", " ", "\n", "\n\n")))


def fill(template: Template, names: Names, dice: random.Random, swap: float = 0.0) -> Passage:
    """A passage of a template. Mentions with a surface keep it, but for a share `swap` of the entities."""
    chosen = choose(template, names, dice, swap)
    text, found, seen = "", [], set[str]()
    for part in template.parts:
        if isinstance(part, Choice):
            text += dice.choice(part.options)
        elif isinstance(part, Mention):
            surface = part.surface
            if part.key in chosen:
                first, given = chosen[part.key]
                whole = part.key not in seen or (surface is not None and surface == given)
                surface = first if whole else names.again(first, part.kind, text, dice)
            seen.add(part.key)
            found.append((len(text), len(text) + len(surface or ""), part))
            text += surface or ""
        else:
            text += part[1:] if part.startswith(".") and text.endswith(".") else part
    entities = tuple(Named(s, e, m.kind, m.key) for s, e, m in found if m.kind not in VALUES)
    values = tuple(Valued(s, e, m.kind, m.key) for s, e, m in found if m.kind in VALUES)
    return Passage(text, entities, values, template.facts)


def choose(template: Template, names: Names, dice: random.Random, swap: float) -> dict[str, tuple[str, str | None]]:
    """The new name of each key that needs one, with the surface that was given first."""
    chosen: dict[str, tuple[str, str | None]] = {}
    kept: set[str] = set()
    before = ""
    for part in template.parts:
        if not isinstance(part, Mention):
            before = part.options[0] if isinstance(part, Choice) else part
            continue
        if part.key in chosen or part.key in kept:
            continue
        if part.surface is not None and (part.kind in (*VALUES, "Misc") or dice.random() >= swap):
            kept.add(part.key)
            continue
        kind = f"Organization {sort_of(template)}".strip() if part.kind == "Organization" else part.kind
        chosen[part.key] = (fresh(kind, before, names, dice, {n for n, _ in chosen.values()}), part.surface)
    return kin(template.facts, ordered(template.facts, chosen), names, dice)


def sort_of(template: Template) -> str:
    """The sort of the organizations of a template, or ""."""
    words = " ".join(p for p in template.parts if isinstance(p, str))
    return next((sort for sort, signs in SORTS if re.search(rf"\b(?:{signs})\b", words)), "")


def fresh(kind: str, before: str, names: Names, dice: random.Random, taken: set[str]) -> str:
    """A name that no other key of the passage has."""
    name = names.draw(kind, before, dice)
    for _ in range(8):
        if name not in taken:
            break
        name = names.draw(kind, before, dice)
    return name


def kin(
    facts: Iterable[Fact], chosen: dict[str, tuple[str, str | None]], names: Names, dice: random.Random
) -> dict[str, tuple[str, str | None]]:
    """Half of the relatives get one family name."""
    for fact in facts:
        if fact.name in FAMILY and fact.head in chosen and fact.tail in chosen and dice.random() < 0.5:
            name = names.related(chosen[fact.tail][0], chosen[fact.head][0])
            if name != chosen[fact.head][0]:
                chosen[fact.tail] = (name, chosen[fact.tail][1])
    return chosen


def ordered(facts: Iterable[Fact], chosen: dict[str, tuple[str, str | None]]) -> dict[str, tuple[str, str | None]]:
    """The dates of birth and death, and the like, exchanged where the second is earlier."""
    said = {(f.head, f.name): f.tail for f in facts}
    for (head, name), first in said.items():
        last = next((said[head, after] for early, after in SPANS if early == name and (head, after) in said), "")
        if first in chosen and last in chosen and year(chosen[last][0]) < year(chosen[first][0]):
            chosen[first], chosen[last] = chosen[last], chosen[first]
    return chosen


def year(date: str) -> str:
    """The four digits of a date's year, "" without."""
    found = re.search(r"\d{4}", date)
    return found.group() if found else ""


def joined(parts: Sequence[Passage], joint: str) -> Passage:
    """Passages as one; the keys of the n-th get its number in front."""
    text = ""
    entities: list[Named] = []
    values: list[Valued] = []
    facts: list[Fact] = []
    for at, part in enumerate(parts):
        text += joint if text else ""
        here = len(text)
        entities += [Named(e.start + here, e.end + here, e.kind, f"{at}.{e.key}") for e in part.entities]
        values += [Valued(v.start + here, v.end + here, v.kind, f"{at}.{v.key}") for v in part.values]
        facts += [replace(f, head=f"{at}.{f.head}", tail=f"{at}.{f.tail}") for f in part.facts]
        text += part.text
    return Passage(text, tuple(entities), tuple(values), tuple(facts))
