"""Measure the Chinese rules on annotated passages: how often what each rule says is there, and what none says.

    python -m kgc.slm.train.han_rules [--misses] [FILE ...]

The names are those of the annotation, so that only the rules are measured. A statement is right when the passage's
facts hold it, with the same denial or doubt. `precision` in `rules_zh.toml` is set by what this prints.
"""

from __future__ import annotations

import argparse
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from kgc.data import Span
from kgc.data.sentences import sentences
from kgc.slm.classes import class_of
from kgc.slm.found import KIND_OF
from kgc.slm.han_names import read_script
from kgc.slm.lexicon import Lexicon, read_lexicon
from kgc.slm.names import Name
from kgc.slm.package import folder
from kgc.slm.rules import rules
from kgc.slm.statements import Statement, statements
from kgc.slm.train.markup import Mention, Said, Template, read_passages, ways
from kgc.slm.values import values

OURS: Final = Path(__file__).parent / "data" / "sentences_zh.txt"
WIDER: Final = {"CapitalOf": "LocatedIn"}
"""Relations of the rules that the general schema knows by a wider one."""


@dataclass(frozen=True, slots=True)
class Passage:
    """An annotated passage as text, names and facts (each in all the ways that its names are written)."""

    text: str
    names: tuple[Name, ...]
    facts: tuple[frozenset[Said], ...]
    source: str


def passage(template: Template, lexicon: Lexicon, script: dict[int, int]) -> Passage:
    """The passage in simplified script, as the rules see it."""
    text, found = "", []
    surfaces: dict[str, set[str]] = {}
    for part in template.parts:
        words = ((part.surface or "") if isinstance(part, Mention) else str(part)).translate(script)
        if isinstance(part, Mention):
            surfaces.setdefault(part.key, set()).add(words)
            kind = KIND_OF.get(part.kind, "")
            if kind:
                cls = part.kind if kind in "LO" else class_of(kind, words, lexicon)
                found.append(Name(Span(len(text), len(text) + len(words)), words, kind, cls))
        text += words
    facts = tuple(ways(f, surfaces) for f in template.facts)
    return Passage(text, tuple(found), facts, template.source)


def said(one: Passage, lexicon: Lexicon) -> Iterator[tuple[str, Said, str]]:
    """Rule, statement and the words that told it."""
    taken = [n.span for n in one.names]
    free = [v for v in values(one.text, "zh") if all(v.span.end <= s.start or s.end <= v.span.start for s in taken)]
    for span in sentences(one.text, "zh"):
        inside = [n for n in one.names if n.span.within(span)]
        numbers = [v for v in free if v.span.within(span)]
        for found in statements(one.text, span, inside, numbers, rules("zh"), "zh", lexicon):
            yield found.source.removeprefix("rule "), written(found), found.words


def written(found: Statement) -> Said:
    tail = found.tail.surface if isinstance(found.tail, Name) else found.tail.raw
    relation = WIDER.get(found.relation, found.relation)
    relation = "BasedIn" if relation == "LocatedIn" and found.head.kind == "O" else relation
    return found.head.surface, relation, tail, found.negated, found.hedged


def right(statement: Said, facts: frozenset[Said]) -> bool:
    """Whether the facts hold the statement; relations that go both ways either way, values by one in the other."""
    head, relation, tail, denied, hedged = statement
    hedged = hedged and not denied
    if (head, relation, tail, denied, hedged) in facts:
        return True
    turned = relation in ("SpouseOf", "SiblingOf", "PartnerOf") and (tail, relation, head, denied, hedged) in facts
    return turned or any(
        f[:2] == (head, relation) and f[3:] == (denied, hedged) and (f[2] in tail or tail in f[2])
        for f in facts
        if relation[0].islower()
    )


def main() -> None:
    parser = argparse.ArgumentParser(description="Measure the Chinese rules on annotated passages.")
    parser.add_argument("files", type=Path, nargs="*", default=[OURS])
    parser.add_argument("--misses", action="store_true", help="show what is wrong and what no rule says")
    options = parser.parse_args()
    lexicon = read_lexicon(folder("zh") / "lexicon.tsv", "zh")
    script = read_script(folder("zh") / "script.tsv")
    good: Counter[str] = Counter()
    every: Counter[str] = Counter()
    facts = found = 0
    for file in options.files:
        for one in (passage(t, lexicon, script) for t in read_passages(file)):
            told = list(said(one, lexicon))
            for rule, statement, words in told:
                every[rule] += 1
                good[rule] += any(right(statement, f) for f in one.facts)
                if options.misses and not any(right(statement, f) for f in one.facts):
                    print("WRONG", one.source, rule, statement, words)  # noqa: T201
            missed = [min(f) for f in one.facts if not any(right(s, f) for _, s, _ in told)]
            facts, found = facts + len(one.facts), found + len(one.facts) - len(missed)
            if options.misses and missed:
                print("MISSED", one.source, one.text, missed)  # noqa: T201
    for known in rules("zh"):
        print(f"{known.name}\t{good[known.name]}\t{every[known.name]}\t{known.precision}")  # noqa: T201
    print(f"all: {sum(good.values())} right of {sum(every.values())} said; {found} of {facts} facts found")  # noqa: T201


if __name__ == "__main__":
    main()
