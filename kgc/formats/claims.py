"""What an answer says before it is looked for in the text: things, claims about them, happenings."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from kgc.data import Qualifier


@dataclass(frozen=True, slots=True)
class Thing:
    """An entity as an answer names it."""

    name: str
    type: str


@dataclass(frozen=True, slots=True)
class Claim:
    """A relation between things, or an attribute of one: then `tail` is the literal as written.

    `sentences` are the numbers that the answer cites, from 1. `because` is the clause that the answer gives as its
    reason; `line` is what the answer wrote, whole, and no part of the claim's identity.
    """

    head: Thing
    relation: str
    tail: Thing | str
    sentences: tuple[int, ...] = ()
    negated: bool = False
    hedged: bool = False
    qualifiers: tuple[Qualifier, ...] = ()
    because: str = ""
    line: str = field(default="", compare=False)


@dataclass(frozen=True, slots=True)
class Happening:
    """An event: its type, the word that tells of it, and (role, filler) pairs in the order written."""

    type: str
    trigger: str
    roles: tuple[tuple[str, Thing | str], ...] = ()
    sentences: tuple[int, ...] = ()
    because: str = ""
    line: str = field(default="", compare=False)


@dataclass(frozen=True, slots=True)
class Claims:
    """All that one answer says. Well formed when nothing is said twice, every thing of a claim is in `things`, and a
    happening's fillers of one role stand side by side."""

    things: tuple[Thing, ...] = ()
    claims: tuple[Claim, ...] = ()
    happenings: tuple[Happening, ...] = ()


def well_formed(items: Claims) -> Claims:
    """The same without repetitions, with the things that only claims and happenings name added at the end."""
    named = [t for c in items.claims for t in (c.head, c.tail) if isinstance(t, Thing)]
    filling = [v for h in items.happenings for _, v in h.roles if isinstance(v, Thing)]
    return Claims(
        tuple(dict.fromkeys((*items.things, *named, *filling))),
        tuple(dict.fromkeys(items.claims)),
        tuple(dict.fromkeys(replace(h, roles=_grouped(h.roles)) for h in items.happenings)),
    )


def _grouped(roles: tuple[tuple[str, Thing | str], ...]) -> tuple[tuple[str, Thing | str], ...]:
    """Fillers of one role side by side, roles in the order they first appear."""
    names = dict.fromkeys(name for name, _ in roles)
    return tuple(dict.fromkeys((name, value) for name in names for role, value in roles if role == name))
