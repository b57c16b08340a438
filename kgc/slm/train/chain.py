"""Score the whole built-in model, names and facts from plain text, on annotated passages.

    python -m kgc.slm.train.chain [--held-out] [--least 0.65] [--misses] FILE ...

A fact is right when the passage states it: the names and values as they are written there, the relation, and whether
it is denied or in doubt. `--held-out` takes the passages that training never sees (`kgc.slm.train.supply`).
"""

from __future__ import annotations

import argparse
import sys
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from kgc.data import Chunk, Literal, Span, Triple, content_id
from kgc.slm.builtin import BuiltIn
from kgc.slm.merge import SYMMETRIC
from kgc.slm.train.markup import Mention, Said, Template, inventory, read_passages, ways
from kgc.slm.train.supply import held_out


def text_of(template: Template) -> str:
    """An annotated passage as plain text."""
    return "".join((p.surface or "") if isinstance(p, Mention) else str(p) for p in template.parts)


def stated(template: Template) -> list[frozenset[Said]]:
    """The facts of a passage, each in all the ways that its names are written."""
    surfaces: dict[str, set[str]] = {}
    for m in template.mentions:
        surfaces.setdefault(m.key, set()).add(m.surface or "")
    found = []
    for fact in template.facts:
        said = ways(fact, surfaces)
        turned = {(t, n, h, d, g) for h, n, t, d, g in said} if fact.name in SYMMETRIC else set()
        found.append(said | turned)
    return found


def said(model: BuiltIn, texts: Sequence[str], lang: str) -> Iterator[tuple[Triple, ...]]:
    """What the model reads in each text."""
    chunks = [Chunk(f"c{i}", f"d{i}", content_id(t), Span(0, len(t)), t, lang=lang) for i, t in enumerate(texts)]
    yield from (e.triples for e in model.extract(chunks, inventory()))


def right(triple: Triple, facts: Iterable[frozenset[Said]]) -> bool:
    tail = triple.tail.raw if isinstance(triple.tail, Literal) else triple.tail.surface
    return any((triple.head.surface, triple.relation, tail, triple.negated, triple.hedged) in f for f in facts)


def main() -> None:
    parser = argparse.ArgumentParser(description="Score the whole built-in model on annotated passages.")
    parser.add_argument("files", type=Path, nargs="+")
    parser.add_argument("--held-out", action="store_true", help="only the passages that training never sees")
    parser.add_argument("--least", type=float, default=None, help="the threshold; that of the language when left out")
    parser.add_argument("--misses", action="store_true", help="show what is wrong and what is missed")
    options = parser.parse_args()
    model = BuiltIn(options.least)
    good: Counter[str] = Counter()
    every: Counter[str] = Counter()
    wanted: Counter[str] = Counter()
    found: Counter[str] = Counter()
    for file in options.files:
        templates = [t for t in read_passages(file) if t.annotated and (held_out(t) or not options.held_out)]
        lang = "zh" if "_zh" in file.name else "en"
        for template, triples in zip(templates, said(model, [text_of(t) for t in templates], lang), strict=True):
            facts = stated(template)
            for triple in triples:
                every[triple.relation] += 1
                good[triple.relation] += right(triple, facts)
                if options.misses and not right(triple, facts):
                    sys.stdout.write(f"WRONG {template.source} {triple.head.surface} {triple.relation} {triple.tail}\n")
            for fact in facts:
                name = min(fact)[1]
                wanted[name] += 1
                found[name] += any(right(t, [fact]) for t in triples)
                if options.misses and not any(right(t, [fact]) for t in triples):
                    sys.stdout.write(f"MISSED {template.source} {min(fact)}\n")
    for name in sorted(wanted | every, key=lambda n: -wanted[n]):
        sys.stdout.write(
            f"{name:<16}{good[name]:>5} right of {every[name]:>5} said; {found[name]:>5} of {wanted[name]:>5} found\n"
        )
    sys.stdout.write(f"all: {good.total()} right of {every.total()} said; {found.total()} of {wanted.total()} found\n")


if __name__ == "__main__":
    main()
