"""The words of a schema file, so that editors and type checkers know them; nothing of this is run by kgc.

>>> from kgc.schema.words import Date, Entity, Functional
>>> class Company(Entity):
...     founded: Functional[Date]
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar, Generic, TypeVar

T = TypeVar("T")


class String:
    """Words as they stand in the text."""


class Integer:
    """A whole number."""


class Number:
    """A number with or without decimals."""


class Boolean:
    """True or false."""


class Date:
    """A day, a month or a year."""


class Amount:
    """A number with a unit or a currency."""


class Identifier:
    """A code, a number or a key that names one thing."""


class Url:
    """A web address."""


class Functional(Generic[T]):
    """An attribute with at most one true value: `founded: Functional[Date]`."""


class Sheet:
    """The label sheet: what any class may say of itself beside its name and its docstring."""

    label: ClassVar[str] = ""
    aliases: ClassVar[tuple[str, ...]] = ()
    avoid: ClassVar[str] = ""
    examples: ClassVar[tuple[str, ...]] = ()
    templates: ClassVar[tuple[str, ...]] = ()
    same_as: ClassVar[tuple[str, ...]] = ()
    was: ClassVar[tuple[str, ...]] = ()


class Entity(Sheet):
    """A class of things; its annotations are attributes."""


class Relation(Sheet):
    """A directed relation; a subclass annotates `head` and `tail`."""

    symmetric: ClassVar[bool] = False
    functional: ClassVar[bool] = False
    inverse: ClassVar[str] = ""


class Event(Sheet):
    """Something that happened; its annotations are roles, optional with `| None`."""


@dataclass(frozen=True)
class Demo:
    """A worked example: a text, its entities as (name, type), its triples as (head, relation, tail)."""

    text: str
    entities: Sequence[tuple[str, str]] = ()
    triples: Sequence[tuple[str, str, str]] = ()
