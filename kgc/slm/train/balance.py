"""How the training passages are balanced: `python -m kgc.slm.train.balance [FILE OR FOLDER ...]` prints the table."""

from __future__ import annotations

import re
import sys
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from kgc.slm.train.markup import VALUES, Choice, Fact, Mention, Template, inventory, read_passages

DATA = Path(__file__).parent / "data"


@dataclass(slots=True)
class Row:
    """A relation or attribute: facts stated, with the head first and with the tail first, denied, and hedged."""

    head_first: int = 0
    tail_first: int = 0
    denied: int = 0
    hedged: int = 0

    @property
    def stated(self) -> int:
        return self.head_first + self.tail_first


@dataclass(slots=True)
class Balance:
    """Counts over templates. `negatives` state nothing: without facts, or with denied ones only.

    `near` counts pairs of entities that some relation allows and that have no fact, in lines that state others.
    """

    templates: int = 0
    negatives: int = 0
    near: int = 0
    crowded: int = 0
    rows: dict[str, Row] = field(default_factory=dict)
    mentions: Counter[str] = field(default_factory=Counter)
    skeletons: Counter[str] = field(default_factory=Counter)

    @property
    def repeated(self) -> list[str]:
        return sorted(s for s, n in self.skeletons.items() if n > 1)


def weigh(templates: Iterable[Template]) -> Balance:
    """Count relations, directions, negatives, mentions and skeletons."""
    found = Balance(rows={name: Row() for name in names()})
    for template in templates:
        found.templates += 1
        found.negatives += not any(not f.denied for f in template.facts)
        found.mentions.update(template.kinds.values())
        found.skeletons[skeleton(template)] += 1
        found.near += near(template)
        found.crowded += sum(kind not in VALUES for kind in template.kinds.values()) > 2
        order = {key: at for at, key in enumerate(template.kinds)}
        for fact in template.facts:
            add(found.rows[fact.name], fact, order)
    return found


def add(row: Row, fact: Fact, order: dict[str, int]) -> None:
    if fact.denied:
        row.denied += 1
    elif fact.hedged:
        row.hedged += 1
    elif order[fact.head] < order[fact.tail]:
        row.head_first += 1
    else:
        row.tail_first += 1


def names() -> Iterator[str]:
    """All relations and attributes of the general schema."""
    schema = inventory()
    yield from (r.name for r in schema.relations)
    yield from dict.fromkeys(a.name for e in schema.entities for a in e.attributes)


def near(template: Template) -> int:
    """Pairs that could have a relation but have none, in a template that has facts."""
    if not template.facts:
        return 0
    schema = inventory()
    joined = {frozenset((f.head, f.tail)) for f in template.facts}
    kinds = [(k, c) for k, c in template.kinds.items() if any(e.name == c for e in schema.entities)]
    pairs = [(a, b) for i, a in enumerate(kinds) for b in kinds[i + 1 :] if frozenset((a[0], b[0])) not in joined]
    return sum(
        any(
            (schema.is_a(a, r.head) and schema.is_a(b, r.tail)) or (schema.is_a(b, r.head) and schema.is_a(a, r.tail))
            for r in schema.relations
        )
        for (_, a), (_, b) in pairs
    )


def skeleton(template: Template) -> str:
    """The words of a template around its mentions, in lower case, names as their coarse class."""
    words: list[str] = []
    for part in template.parts:
        if isinstance(part, Mention):
            words.append("@" + coarse(part.kind))
        else:
            words += re.findall(r"\w+", (part.options[0] if isinstance(part, Choice) else part).lower())
    return " ".join(words)


def coarse(kind: str) -> str:
    """A class without its subclasses: organizations are one, places are one.

    >>> coarse("School"), coarse("City"), coarse("Person")
    ('Organization', 'Location', 'Person')
    """
    above = inventory().ancestors(kind)
    return above[-1] if above else kind


def table(found: Balance) -> str:
    lines = [f"{'relation':<16}{'stated':>8}{'head first':>12}{'tail first':>12}{'denied':>8}{'hedged':>8}"]
    for name, row in found.rows.items():
        lines.append(f"{name:<16}{row.stated:>8}{row.head_first:>12}{row.tail_first:>12}{row.denied:>8}{row.hedged:>8}")
    lines.append(
        f"\n{found.templates} passages, {found.negatives} negative ({found.negatives / max(found.templates, 1):.0%}),"
        f" {found.crowded} with three names or more, {found.near} pairs that could have a relation and have none,"
        f" {len(found.repeated)} skeletons more than once"
    )
    lines.append("mentions: " + ", ".join(f"{kind} {count}" for kind, count in found.mentions.most_common()))
    return "\n".join(lines)


def english_templates() -> list[Path]:
    return sorted(DATA.glob("templates_en_*.txt"))


def main(arguments: list[str]) -> int:
    paths = [Path(a) for a in arguments] or english_templates()
    found = weigh(t for path in paths for t in read_passages(path))
    sys.stdout.write(table(found) + "\n")
    sys.stdout.writelines(f"twice: {s}\n" for s in found.repeated)
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
