"""What an existing graph is made of, whatever format it comes in: things, and statements about them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias

from kgc.data import Aligned, Literal, Problem, Qualifier, Status


@dataclass(frozen=True, slots=True)
class Called:
    """A name of a thing and its language, "" where that is not known."""

    text: str
    lang: str = ""


@dataclass(frozen=True, slots=True)
class Quote:
    """What a statement stood on where it comes from: the quoted text, its document, its page (0 for none)."""

    text: str
    source: str = ""
    page: int = 0
    aligned: Aligned = "exact"
    rationale: str = ""


@dataclass(frozen=True, slots=True)
class Thing:
    """A node. `types` and the properties of its statements are written as there: names, or IRIs.

    `names` has the best first. `links` are IRIs of the same thing elsewhere. `event` tells that it is known to be an
    event; `confidence`, `status` and `quotes` are an event's.
    """

    id: str
    types: tuple[str, ...] = ()
    names: tuple[Called, ...] = ()
    links: tuple[str, ...] = ()
    confidence: float = 1.0
    status: Status = "proposed"
    quotes: tuple[Quote, ...] = ()
    event: bool = False


@dataclass(frozen=True, slots=True)
class Statement:
    """What is said of the thing `head`; `tail` is the id of a thing, or a value."""

    head: str
    relation: str
    tail: str | Literal
    confidence: float = 1.0
    negated: bool = False
    hedged: bool = False
    status: Status = "proposed"
    qualifiers: tuple[Qualifier, ...] = ()
    quotes: tuple[Quote, ...] = ()


@dataclass(frozen=True, slots=True)
class Below:
    """That one class is a subclass of another."""

    child: str
    parent: str


Record: TypeAlias = Thing | Statement | Below | Problem
"""What a reader yields, in any order; a `Problem` is a part of the source that cannot be read, or a word about it."""
