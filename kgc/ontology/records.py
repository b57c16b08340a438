"""What the parts of this package hand to each other: evidence, proposals, votes.

A proposal is data. A schema is rendered from accepted proposals (`kgc.ontology.draft`), never pasted from model text.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, Literal

Action = Literal["add", "rename", "merge", "split", "move", "retire"]
Thing = Literal["class", "relation", "attribute"]
Choice = Literal["for", "against", "abstain"]
Standing = Literal["open", "accepted", "rejected"]

ACTIONS: Final[tuple[Action, ...]] = ("add", "rename", "merge", "split", "move", "retire")
THINGS: Final[tuple[Thing, ...]] = ("class", "relation", "attribute")


@dataclass(frozen=True, slots=True)
class Quote:
    """A passage that shows a class or relation at work: `text` stands at [start, end) of the document's text.

    `source` is the document's source (`<root>/<path>`); offsets are code points.
    """

    source: str
    start: int
    end: int
    text: str
    surface: str = ""


@dataclass(frozen=True, slots=True)
class Term:
    """A noun phrase of the documents: how often, in how many documents, of what kind, and where it stands.

    `kinds` are phrases that the documents call it ("such as", "is a"), most frequent first; `type` is what the
    built-in model takes it for, or "". `score` orders terms by how much they tell of this folder.
    """

    name: str
    count: int
    documents: int
    score: float
    type: str = ""
    kinds: tuple[str, ...] = ()
    quotes: tuple[Quote, ...] = ()


@dataclass(frozen=True, slots=True)
class Phrase:
    """A relation phrase ("supply", "be responsible for") with what was met at its ends, most frequent first.

    An end is a class of the built-in model ("Company") where a name stood there, else a noun ("cell"). `pairs` are the
    ends that were met together; `known` is the relation of `schemas/general.py` that the built-in model reads there.
    """

    name: str
    count: int
    documents: int
    heads: tuple[tuple[str, int], ...] = ()
    tails: tuple[tuple[str, int], ...] = ()
    quotes: tuple[Quote, ...] = ()
    pairs: tuple[tuple[str, str, int], ...] = ()
    known: str = ""


@dataclass(frozen=True, slots=True)
class Field:
    """What looks like an attribute: a table's column, or a value that is said of things of one class or noun.

    `owner` is that class or noun, "" where nobody tells; `datatype` is one of the schema's; `cells` is the class of the
    names in a column where they are names: then it is a relation.
    """

    name: str
    owner: str
    datatype: str
    count: int
    documents: int
    cells: str = ""
    quotes: tuple[Quote, ...] = ()


@dataclass(frozen=True, slots=True)
class Stratum:
    """Documents that are alike (subfolder, kind, size, language): how many there are, how many were opened."""

    name: str
    documents: int
    sampled: int


@dataclass(frozen=True, slots=True)
class Evidence:
    """What was collected from a bounded, stratified sample of the documents, without any model that costs money.

    Of `documents` files `sampled` were read, and of those `passages` passages of `words` words; `unread` files of the
    sample could not be. `languages` counts passages.
    """

    documents: int
    sampled: int
    terms: tuple[Term, ...] = ()
    phrases: tuple[Phrase, ...] = ()
    languages: tuple[tuple[str, int], ...] = ()
    fields: tuple[Field, ...] = ()
    strata: tuple[Stratum, ...] = ()
    passages: int = 0
    words: int = 0
    unread: int = 0


@dataclass(frozen=True, slots=True)
class Vote:
    """What a role said to a proposal, and why."""

    role: str
    choice: Choice
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Proposal:
    """One change to a schema.

    `name` is the class, relation or attribute it makes or acts on ("Person.born" for an attribute); `of` are the
    others it takes part from (the classes a merge unites, the old name of a rename, the new ones of a split). `parent`
    is for classes, `head` and `tail` for relations, `datatype` for attributes. `by` is the role or rule that proposed
    it, `score` in [0, 1] how well the documents support it, `objections` why it was refused or doubted.
    """

    action: Action
    thing: Thing
    name: str
    of: tuple[str, ...] = ()
    definition: str = ""
    parent: str = ""
    head: tuple[str, ...] = ()
    tail: tuple[str, ...] = ()
    datatype: str = ""
    aliases: tuple[str, ...] = ()
    examples: tuple[str, ...] = ()
    same_as: tuple[str, ...] = ()
    symmetric: bool = False
    functional: bool = False
    quotes: tuple[Quote, ...] = ()
    by: str = ""
    score: float = 0.0
    votes: tuple[Vote, ...] = ()
    standing: Standing = "open"
    objections: tuple[str, ...] = ()
