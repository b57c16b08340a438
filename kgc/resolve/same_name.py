"""First resolution: names of one type that differ in spelling only (width, case, spacing, punctuation, suffix).

Two names with different corporate suffixes (Acme Inc., Acme Ltd.) are different companies unless a person says
otherwise; a name without one joins the suffix that is there, when there is one only.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from kgc.data import Decision

BY = "rule:same-name"


@dataclass(frozen=True, slots=True)
class Name:
    """A name that is alive in the graph. `norm` and `suffix` are those of `kgc.data.names.normalise`."""

    key: str
    type: str
    surface: str
    norm: str
    suffix: str


def propose(
    names: Iterable[Name],
    apart: Collection[tuple[str, str]],
    is_organization: Callable[[str], bool],
    identify: Callable[[str, Sequence[str]], str],
) -> Iterator[Decision]:
    """Merges of each name into the smallest key of its group, in order of keys.

    `names` come sorted by (type, norm). `apart` are pairs of keys (smaller first) that a person took apart: no group
    holds both. `identify` makes the id of a decision from its kind and keys. The result depends on the set of names
    alone, not on the order in which they arrived.
    """
    for (type_, _), group in groupby(names, key=lambda n: (n.type, n.norm)):
        members = sorted(group, key=lambda n: n.key)
        if len(members) > 1:
            for cluster in _clusters(members, apart, by_suffix=is_organization(type_)):
                first = cluster[0]
                for other in cluster[1:]:
                    what = (first.key, other.key)
                    yield Decision(identify("merge", what), "merge", what, reason=_reason(first, other), by=BY)


def _clusters(members: Sequence[Name], apart: Collection[tuple[str, str]], *, by_suffix: bool) -> Iterator[list[Name]]:
    """Groups that hold together as a whole, each sorted by key."""
    suffixes = sorted({m.suffix for m in members if m.suffix})
    only = suffixes[0] if len(suffixes) == 1 and by_suffix else ""
    clusters: list[tuple[str, list[Name]]] = []
    for member in members:
        kind = (member.suffix or only) if by_suffix else member.suffix
        for suffix, cluster in clusters:
            if suffix == kind and not any(_pair(member, other) in apart for other in cluster):
                cluster.append(member)
                break
        else:
            clusters.append((kind, [member]))
    yield from (cluster for _, cluster in clusters)


def _pair(a: Name, b: Name) -> tuple[str, str]:
    return (a.key, b.key) if a.key < b.key else (b.key, a.key)


def _reason(first: Name, other: Name) -> str:
    """In words, what the two spellings differ in."""
    if first.suffix != other.suffix:
        what = f"the corporate suffix ({first.suffix or other.suffix})"
    elif first.surface.casefold() == other.surface.casefold():
        what = "case"
    elif first.surface.replace(" ", "").casefold() == other.surface.replace(" ", "").casefold():
        what = "spacing"
    else:
        what = "punctuation, width or spelling of the suffix"
    return f"same type and name but for {what}: {first.surface!r} and {other.surface!r}"
