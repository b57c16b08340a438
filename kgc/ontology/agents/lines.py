"""Proposals, votes, objections and definitions as lines of text: what agents write, read back as data.

A pair of inverse functions: `parse(render(proposals)) == proposals` for what a line can hold. `parse` never raises and
never evaluates; each line that says something else is a `Problem`, prose around the lines is passed over.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Final

from kgc.data import Problem
from kgc.ontology.records import Action, Choice, Proposal, Thing

LONGEST: Final = 2_000
"""The longest line that is read, in code points."""
_START: Final = re.compile(
    r"^\s*(?:[-*•]\s+|\d+[.)]\s+)?[*_`]*(CLASS|RELATION|ATTRIBUTE|RENAME|MERGE|SPLIT|MOVE|RETIRE)\b[*_`:]*\s+(.*)$",
    re.IGNORECASE,
)
_ADDS: Final[dict[str, Thing]] = {"CLASS": "class", "RELATION": "relation", "ATTRIBUTE": "attribute"}
_CHANGES: Final[dict[str, Action]] = {
    "RENAME": "rename", "MERGE": "merge", "SPLIT": "split", "MOVE": "move", "RETIRE": "retire",
}  # fmt: skip
_ARROW: Final = re.compile(r"\s*(?:->|→|=>)\s*")
_CITE: Final = re.compile(r"\be(\d{1,6})\b", re.IGNORECASE)
_KEYED: Final = re.compile(
    r"^(is a|aliases|examples|evidence|same as)\s*[:：]\s*(.*)$|^(symmetric|functional)$", re.IGNORECASE | re.DOTALL
)
_BARE: Final = ("symmetric", "functional")
_VOTE: Final = re.compile(
    r"^\W*P(\d{1,4})\W+(for|against|abstain|accept|reject|yes|no|赞成|反对|弃权)\b[*_`]*\s*[:：.,-]*\s*(.*)$",
    re.IGNORECASE,
)
_OBJECTION: Final = re.compile(r"^\W*P(\d{1,4})\s*[*_`]*\s*[:：.-]\s*(.*)$", re.IGNORECASE)
_CHOICES: Final[dict[str, Choice]] = {
    "for": "for", "accept": "for", "yes": "for", "赞成": "for", "against": "against", "reject": "against",
    "no": "against", "反对": "against", "abstain": "abstain", "弃权": "abstain",
}  # fmt: skip
_QUOTING: Final = str.maketrans({"|": "/", "\n": " ", "\r": " ", "\u2028": " ", "\u2029": " "})


@dataclass(frozen=True, slots=True)
class Worded:
    """A proposal as it was written, with the numbers of the evidence that it rests on."""

    proposal: Proposal
    cites: tuple[int, ...] = ()


def render(worded: Worded) -> str:
    """One line. A bar or a line break in a text becomes a slash or a space, since they part fields and lines."""
    p = worded.proposal
    fields = [*_head(p), *_labels(p)]
    if worded.cites:
        fields.append("evidence: " + ", ".join(f"e{n}" for n in worded.cites))
    return " | ".join(fields)


def _head(p: Proposal) -> Iterator[str]:
    definition = p.definition.translate(_QUOTING).strip()
    if p.action == "add" and p.thing == "class":
        yield f"CLASS {p.name}"
        if p.parent:
            yield f"is a: {p.parent}"
    elif p.action == "add" and p.thing == "relation":
        yield f"RELATION {p.name}"
        yield f"{', '.join(p.head)} -> {', '.join(p.tail)}"
    elif p.action == "add":
        yield f"ATTRIBUTE {p.name}"
        yield p.datatype
    elif p.action == "retire":
        yield f"RETIRE {p.thing} {p.name}"
    elif p.action == "move":
        yield f"MOVE {p.thing} {p.name} -> {p.parent}"
    elif p.action == "split":
        yield f"SPLIT {p.thing} {p.name} -> {', '.join(p.of)}"
    else:
        yield f"{p.action.upper()} {p.thing} {', '.join(p.of)} -> {p.name}"
    if definition:
        yield definition


def _labels(p: Proposal) -> Iterator[str]:
    for key, values in (("aliases", p.aliases), ("examples", p.examples), ("same as", p.same_as)):
        if values:
            yield f"{key}: {', '.join(v.translate(_QUOTING) for v in values)}"
    yield from (key for key in _BARE if getattr(p, key))


def parse(text: str) -> tuple[tuple[Worded, ...], tuple[Problem, ...]]:
    """The proposals of an answer in order, and what was meant as one but cannot be read."""
    found: list[Worded] = []
    problems: list[Problem] = []
    for line in text.splitlines():
        start = _START.match(line[:LONGEST])
        if start is None:
            continue
        read = _worded(start[1].upper(), start[2])
        if isinstance(read, Problem):
            problems.append(replace(read, raw=line[:500]))
        else:
            found.append(read)
    return tuple(found), tuple(problems)


def _worded(verb: str, rest: str) -> Worded | Problem:
    first, *fields = [_plain(field) for field in rest.split("|")]
    p = _added(_ADDS[verb], first, fields) if verb in _ADDS else _changed(_CHANGES[verb], first)
    if isinstance(p, Problem):
        return p
    cites: list[int] = []
    for field in fields:
        keyed = _KEYED.match(field)
        if keyed is None:
            p = p if p.definition or not field else replace(p, definition=field)
        elif (key := (keyed[1] or keyed[3]).lower()) == "evidence":
            cites += [int(n) for n in _CITE.findall(keyed[2])]
        else:
            p = _labelled(p, key, keyed[2] or "")
    if not cites:  # some models cite where they please
        cites = [int(n) for n in _CITE.findall(p.definition)] if "evidence" in p.definition else []
    return Worded(p, tuple(dict.fromkeys(cites)))


def _plain(field: str) -> str:
    return field.strip().strip("*_`").strip()


def _added(thing: Thing, first: str, fields: list[str]) -> Proposal | Problem:
    if not first:
        return Problem("unparsable", f"a {thing} without a name")
    if thing == "class":
        return Proposal("add", thing, first)
    if thing == "relation":
        place = next((n for n, field in enumerate(fields) if _ARROW.search(field)), None)
        if place is None:
            return Problem("unparsable", f"the relation {first[:80]!r} does not say Head -> Tail")
        head, tail = _ARROW.split(fields.pop(place), maxsplit=1)
        return Proposal("add", thing, first, head=_names(head), tail=_names(tail))
    if "." not in first:
        return Problem("unparsable", f"the attribute {first[:80]!r} does not say Class.name")
    datatype = fields.pop(0).lower() if fields and not _KEYED.match(fields[0]) else ""
    return Proposal("add", thing, first, datatype=datatype)


def _changed(action: Action, first: str) -> Proposal | Problem:
    thing, words = _thing(first)
    if action == "retire":
        return Proposal(action, thing, words) if words else Problem("unparsable", "RETIRE without a name")
    left, *right = _ARROW.split(words, maxsplit=1)
    if not left or not right or not right[0]:
        return Problem("unparsable", f"{action.upper()} needs an arrow between names")
    if action == "move":
        return Proposal(action, thing, left, parent=right[0])
    if action == "split":
        return Proposal(action, thing, left, of=_names(right[0]))
    return Proposal(action, thing, right[0], of=_names(left))


def _thing(text: str) -> tuple[Thing, str]:
    word, _, rest = text.partition(" ")
    things: dict[str, Thing] = {"class": "class", "relation": "relation", "attribute": "attribute"}
    return (things[word.lower()], rest.strip()) if word.lower() in things and rest.strip() else ("class", text)


def _names(text: str) -> tuple[str, ...]:
    parts = (_plain(part) for part in re.split(r"\s*(?:,|，|、|\bor\b|\band\b|/)\s*", text))
    return tuple(dict.fromkeys(part for part in parts if part))


def _labelled(p: Proposal, key: str, value: str) -> Proposal:
    if key == "is a":
        return replace(p, parent=_plain(value))
    if key in _BARE:
        return replace(p, symmetric=True) if key == "symmetric" else replace(p, functional=True)
    values = tuple(dict.fromkeys(v for v in (_plain(part) for part in re.split(r"[,，]", value)) if v))
    if key == "aliases":
        return replace(p, aliases=values)
    return replace(p, examples=values) if key == "examples" else replace(p, same_as=values)


def votes(text: str, number: int) -> tuple[tuple[int, Choice, str], ...]:
    """(place of the proposal from 0, choice, reason) of each line that is a vote on one of `number` proposals.

    The last word on a proposal counts.
    """
    found: dict[int, tuple[int, Choice, str]] = {}
    for line in text.splitlines():
        vote = _VOTE.match(line[:LONGEST])
        if vote and 1 <= int(vote[1]) <= number:
            n = int(vote[1]) - 1
            found[n] = (n, _CHOICES[vote[2].lower()], vote[3].strip())
    return tuple(found[n] for n in sorted(found))


def objections(text: str, number: int) -> tuple[tuple[int, str], ...]:
    """(place of the proposal from 0, what was objected), in order of the proposals."""
    found: list[tuple[int, str]] = []
    for line in text.splitlines():
        said = _OBJECTION.match(line[:LONGEST])
        if said and 1 <= int(said[1]) <= number and said[2].strip():
            found.append((int(said[1]) - 1, said[2].strip()))
    return tuple(sorted(found, key=lambda pair: pair[0]))


def definitions(text: str, names: Sequence[str]) -> dict[str, str]:
    """The definition of each of these names that a line `Name | definition` gives."""
    known = set(names)
    found: dict[str, str] = {}
    for line in text.splitlines():
        name, bar, definition = line[:LONGEST].partition("|")
        name = _plain(name.lstrip("-•0123456789. "))
        if bar and name in known and definition.strip():
            found[name] = _plain(definition)
    return found
