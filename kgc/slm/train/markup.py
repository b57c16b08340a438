"""The markup of the training passages (`kgc/slm/train/data/*.txt`): names in braces, facts after ` => `.

One passage a line; `#` starts a comment line; `\\n` is a line break inside a passage.

    {Person:a|Ingrid Dahl}, born in {City:b|Molde}, leads {Company:c|Fjordcell}. => a BornIn b; a LeaderOf c
    {Person:a} [founded|set up] {Company:b} in {date:c}. => a FounderOf b; b founded c
    {Company:a} has stores in {City:b}.

A mention without a surface is filled with a sampled name, so a line without surfaces is a template. `[x|y]` is a
choice of which one is drawn; one that holds mentions makes as many templates. `!` before a fact: the text denies it;
`?`: it is only planned or possible. A line without facts is a negative: its names have nothing to do with each other.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Final

from kgc.errors import KgcError, did_you_mean, nearest
from kgc.schema import Schema
from kgc.schema.find import find

VALUES: Final = ("date", "amount", "number", "quantity", "string", "url", "identifier", "position")
"""Kinds of literal: what attributes hold. They stand in lower case, classes in capitals."""

HELD: Final = {
    "date": ("date",),
    "amount": ("amount", "quantity"),
    "integer": ("number", "quantity"),
    "number": ("number", "quantity"),
    "string": ("string", "position"),
    "url": ("url",),
    "identifier": ("identifier", "number"),
}
"""Which kinds of literal an attribute of a datatype may hold."""

MISC: Final = "Misc"
"""The class of a name that is of no class of the schema."""

MENTION: Final = re.compile(r"\{(\w+):(\w+)(?:\|([^{}]*))?\}")
CHOICE: Final = re.compile(r"\[([^\[\]{}]*\|[^\[\]{}]*)\]")
NAMED_CHOICE: Final = re.compile(r"\[((?:[^\[\]{}]|\{[^{}]*\})*)\]")
BAR: Final = re.compile(r"\|(?![^{}]*\})")
"""What parts the options of a choice, but for the bar inside a mention."""
FACT: Final = re.compile(r"([!?]?)\s*(\w+)\s+(\w+)\s+(\w+)")


class MarkupError(KgcError):
    """A line that cannot be read; the message starts with file:line."""


@dataclass(frozen=True, slots=True)
class Mention:
    """A name or literal in a passage. `kind` is a class of the schema, `Misc`, or one of VALUES."""

    kind: str
    key: str
    surface: str | None = None


@dataclass(frozen=True, slots=True)
class Choice:
    """Wordings of which one is drawn."""

    options: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Fact:
    """`name` is a relation between two entity keys, or an attribute of an entity key with a literal's key."""

    head: str
    name: str
    tail: str
    denied: bool = False
    hedged: bool = False


Said = tuple[str, str, str, bool, bool]
"""Head, relation or attribute, tail as they are written; denied; in doubt."""


def ways(fact: Fact, surfaces: Mapping[str, Iterable[str]]) -> frozenset[Said]:
    """A fact in all the ways that its two ends are written; `surfaces` by key."""
    heads, tails = surfaces[fact.head], surfaces[fact.tail]
    return frozenset((head, fact.name, tail, fact.denied, fact.hedged) for head in heads for tail in tails)


@dataclass(frozen=True, slots=True)
class Template:
    """A line of the markup. `parts` in text order; `source` is file:line."""

    parts: tuple[str | Choice | Mention, ...]
    facts: tuple[Fact, ...]
    source: str

    @property
    def mentions(self) -> tuple[Mention, ...]:
        return tuple(p for p in self.parts if isinstance(p, Mention))

    @property
    def kinds(self) -> dict[str, str]:
        """What each key is, in text order."""
        return {m.key: m.kind for m in self.mentions}

    @property
    def annotated(self) -> bool:
        """Whether every mention has its surface: a sentence to be taken as it stands."""
        return all(m.surface is not None for m in self.mentions)


@cache
def inventory() -> Schema:
    """The schema that the passages are annotated with: `schemas/general.py`."""
    return find("general")


def read_passages(path: Path) -> Iterator[Template]:
    """All passages of a file, or of every `*.txt` of a folder in order of name.

    Raises `MarkupError` at the first line that cannot be read or that says what the schema does not allow.
    """
    for file in sorted(path.glob("*.txt")) if path.is_dir() else [path]:
        for at, line in enumerate(file.read_text(encoding="utf-8").splitlines(), 1):
            if line.strip() and not line.startswith("#"):
                yield from (read_line(wording, f"{file.name}:{at}") for wording in wordings(line))


def wordings(line: str) -> Iterator[str]:
    """The line itself, or one for each option of a choice that holds mentions.

    >>> list(wordings("[by {Person:a}|of {Person:a}] [in|on]"))
    ['by {Person:a} [in|on]', 'of {Person:a} [in|on]']
    """
    for found in NAMED_CHOICE.finditer(line):
        options = BAR.split(found[1])
        if len(options) > 1 and "{" in found[1]:
            for option in options:
                yield from wordings(line[: found.start()] + option + line[found.end() :])
            return
    yield line


def read_line(line: str, source: str = "line") -> Template:
    """One passage. Raises `MarkupError`."""
    text, arrow, right = line.rstrip().rpartition(" =>")
    if not arrow:
        text, right = line.rstrip(), ""
    parts = tuple(read_parts(text, source))
    facts = tuple(read_fact(f.strip(), source) for f in right.split(";") if f.strip())
    template = Template(parts, facts, source)
    check(template)
    return template


def read_parts(text: str, source: str) -> Iterator[str | Choice | Mention]:
    at = 0
    for found in MENTION.finditer(text):
        yield from read_plain(text[at : found.start()], source)
        kind, key, surface = found.groups()
        if surface is not None and not surface.strip():
            raise MarkupError(f"{source}: the surface of {key!r} is empty.", "Leave out the `|`, or write the name.")
        yield Mention(kind, key, surface)
        at = found.end()
    yield from read_plain(text[at:], source)


def read_plain(text: str, source: str) -> Iterator[str | Choice]:
    if "{" in text or "}" in text:
        raise MarkupError(f"{source}: a brace that is not part of a mention: {text!r}.", "A mention is {Class:key}.")
    text = text.replace("\\n", "\n").replace("\\t", "\t")
    at = 0
    for found in CHOICE.finditer(text):
        if found.start() > at:
            yield text[at : found.start()]
        yield Choice(tuple(found[1].split("|")))
        at = found.end()
    if at < len(text):
        yield text[at:]


def read_fact(text: str, source: str) -> Fact:
    found = FACT.fullmatch(text)
    if not found:
        raise MarkupError(f"{source}: {text!r} is not a fact.", "A fact is `key Relation key`, with ! or ? before it.")
    mark, head, name, tail = found.groups()
    return Fact(head, name, tail, denied=mark == "!", hedged=mark == "?")


def check(template: Template) -> None:
    """Raises `MarkupError` for unknown classes, relations and keys, and for facts outside domain and range."""
    schema, source = inventory(), template.source
    known = (*(e.name for e in schema.entities), MISC, *VALUES)
    kinds: dict[str, str] = {}
    for mention in template.mentions:
        if mention.kind not in known:
            raise unknown(source, "class", mention.kind, known)
        if kinds.setdefault(mention.key, mention.kind) != mention.kind:
            raise MarkupError(f"{source}: {mention.key!r} is both {kinds[mention.key]} and {mention.kind}.")
    if len(set(template.facts)) != len(template.facts):
        raise MarkupError(f"{source}: a fact is given twice.")
    for fact in template.facts:
        for key in (fact.head, fact.tail):
            if key not in kinds:
                raise unknown(source, "mention with the key", key, kinds)
        check_fact(fact, kinds, source)


def check_fact(fact: Fact, kinds: dict[str, str], source: str) -> None:
    schema, head, tail = inventory(), kinds[fact.head], kinds[fact.tail]
    relation = schema.relation(fact.name)
    if relation and relation.name == fact.name:
        for kind, allowed, side in ((head, relation.head, "head"), (tail, relation.tail, "tail")):
            if kind == MISC or kind in VALUES or not schema.is_a(kind, allowed):
                raise MarkupError(f"{source}: the {side} of {fact.name} is {' or '.join(allowed)}, not {kind}.")
        if fact.head == fact.tail:
            raise MarkupError(f"{source}: {fact.name} between {fact.head!r} and itself.")
        return
    attribute = schema.attribute(head, fact.name)
    if attribute is None:
        owned = [a.name for a in schema.attributes(head)]
        raise unknown(
            source, f"relation, or attribute of {head},", fact.name, [r.name for r in schema.relations] + owned
        )
    if tail not in HELD.get(attribute.datatype, ()):
        raise MarkupError(f"{source}: {fact.name} holds {attribute.datatype}, not {tail}.")


def unknown(source: str, what: str, name: str, known: Iterable[str]) -> MarkupError:
    names = tuple(known)
    return MarkupError(f"{source}: there is no {what} {name!r}.{did_you_mean(nearest(name, names))}")
