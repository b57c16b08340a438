"""Names as stores write them: labels as they are, relationship types UPPER_SNAKE, properties lower_snake."""

from __future__ import annotations

import re
from typing import Final

NAME_LIMIT: Final = 100
"""The longest name of a class, attribute or role, in code points."""

LABELS: Final = ("Entity", "Chunk", "Document")
"""Node labels that kgc writes itself."""

TYPES: Final = ("MENTIONS", "FROM_DOCUMENT")
"""Relationship types that kgc writes itself."""

PROPERTIES: Final = (
    "id", "name", "type", "label", "aliases", "links", "owners", "confidence", "support", "quote", "rationale",
    "chunks", "status", "trigger", "conflict", "negated", "hedged",
)  # fmt: skip
"""Properties that kgc writes itself on nodes and relationships."""

_BOUNDARY = re.compile(r"(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])")
_SEPARATORS = re.compile(r"[\W_]+")


def words(name: str) -> tuple[str, ...]:
    """The words of a name, as written.

    >>> words("OrgBased_In"), words("works-for"), words("公司")
    (('Org', 'Based', 'In'), ('works', 'for'), ('公司',))
    """
    parted = name if name == name.upper() else _BOUNDARY.sub("_", name)
    return tuple(part for part in _SEPARATORS.split(parted) if part)


def upper_snake(name: str) -> str:
    """A relation's or role's name as a relationship type; scripts without case stay as they are.

    >>> upper_snake("WorksFor"), upper_snake("Live_In"), upper_snake("CEOOf"), upper_snake("任职")
    ('WORKS_FOR', 'LIVE_IN', 'CEO_OF', '任职')
    """
    return "_".join(words(name)).upper()


def lower_snake(name: str) -> str:
    """An attribute's name as a property.

    >>> lower_snake("birthDate"), lower_snake("birth_date"), lower_snake("成立日期")
    ('birth_date', 'birth_date', '成立日期')
    """
    return "_".join(words(name)).lower()


def spaced(name: str) -> str:
    """A name as people read it: its words in small letters.

    >>> spaced("WorksFor"), spaced("OrgBased_In")
    ('works for', 'org based in')
    """
    return " ".join(words(name)).lower()


def is_identifier(name: str) -> bool:
    """Whether a name may stand in a query, a file and a class: letters of any script, digits and underscores.

    It begins with a letter and has at most NAME_LIMIT code points.

    >>> is_identifier("公司"), is_identifier("Live_In"), is_identifier("_x"), is_identifier("a b"), is_identifier("a`")
    (True, True, False, False, False)
    """
    return name.isidentifier() and name[0] != "_" and len(name) <= NAME_LIMIT


def folded(name: str) -> str:
    """A name without case, spaces, hyphens and underscores, to compare what a model wrote.

    >>> folded("Adverse-Effect") == folded("adverse_effect") == folded("AdverseEffect")
    True
    """
    return "".join(words(name)).casefold()
