"""Counts made evidence: terms in the order of how much they tell of the folder, phrases and fields by frequency."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Set
from math import log2
from typing import Final

from kgc.ontology.records import Field, Phrase, Term
from kgc.ontology.terms_counts import Named, Related, Valued, names_of, parts, ranked

TERMS: Final = 400
NAMES: Final = 300
PHRASES: Final = 600
FIELDS: Final = 150
"""What is kept of each, best first."""
COMMON_SHARE: Final = 0.65
"""How much of the score a word loses that is common in the language, when it stands alone."""
IN_HEADING: Final = 1.3
TITLES: Final = 100_000
"""Characters of headings that terms are looked for in."""
KEPT_PAIRS: Final = 12


def ranked_terms(
    terms: Mapping[str, Named], names: Mapping[str, Named], headings: Set[str], common: Callable[[str], float]
) -> tuple[Term, ...]:
    """Terms by score, then names by frequency. The best term has 1.0."""
    titles = "\n".join(sorted(headings))[:TITLES]
    raw = {t: weight * title(t, titles) * telling(t, common) for t, weight in c_values(terms).items()}
    top = max(raw.values(), default=1.0) or 1.0
    told = [made(t, terms[t], round(max(0.0, raw[t] / top), 4), "") for t in terms if raw[t] > 0 or terms[t].kinds]
    best = sorted(told, key=lambda t: (-t.score, t.name))
    called = [t for t in best[TERMS:] if t.kinds]
    return (*best[:TERMS], *called[:TERMS], *ranked_names(names))


def ranked_names(names: Mapping[str, Named]) -> Iterator[Term]:
    most = max((n.count for n in names.values()), default=1) or 1
    order = sorted(names.items(), key=lambda item: (-len(item[1].documents), -item[1].count, item[0]))
    seen: Counter[str] = Counter()
    for name, entry in order:
        kind = ranked(entry.types)[0][0] if entry.types else ""
        seen[kind] += 1
        if kind and (seen[kind] <= NAMES // 10 or entry.kinds):
            yield made(name, entry, round(entry.count / most, 4), kind)


def made(name: str, entry: Named, score: float, kind: str) -> Term:
    return Term(name, entry.count, len(entry.documents), score, kind, names_of(entry.kinds), entry.chosen())


def c_values(terms: Mapping[str, Named]) -> dict[str, float]:
    """The C-value of each term: length times frequency, less what it owes to longer terms, times its spread.

    Source: Frantzi, Ananiadou and Mima 2000, Automatic recognition of multi-word terms. Their length is log2 of the
    words; here of the words and one, so that single words count too.
    """
    inside: dict[str, list[int]] = {}
    for term, entry in terms.items():
        for part in parts(words_of(term)):
            joint = " " if term.isascii() else ""
            inside.setdefault(joint.join(part), []).append(entry.count)
    found: dict[str, float] = {}
    for term, entry in terms.items():
        longer = inside.get(term, ())
        own = entry.count - (sum(longer) / len(longer) if longer else 0.0)
        spread = log2(1 + len(entry.documents))
        found[term] = log2(1 + len(words_of(term))) * max(own, 0.25 * entry.count) * spread
    return found


def words_of(term: str) -> tuple[str, ...]:
    """The words of a term; of a Chinese one its pairs of characters, which is nearly the same."""
    if term.isascii():
        return tuple(term.split())
    return tuple(term[i : i + 2] for i in range(0, len(term), 2)) if " " not in term else tuple(term.split())


def title(term: str, titles: str) -> float:
    """More for a term that stands in a heading."""
    return IN_HEADING if term in titles else 1.0


def telling(term: str, common: Callable[[str], float]) -> float:
    if " " in term:
        return 1.0
    return 1.0 - COMMON_SHARE * common(term)


def phrases(found: Mapping[str, Related]) -> Iterator[Phrase]:
    """Relation phrases, most widely spread first."""
    order = sorted(found.items(), key=lambda item: (-len(item[1].documents), -item[1].count, item[0]))
    for words, entry in order[:PHRASES]:
        pairs = sorted(entry.pairs.items(), key=lambda item: (-item[1], item[0]))
        yield Phrase(
            words,
            entry.count,
            len(entry.documents),
            entry.ends(0)[:KEPT_PAIRS],
            entry.ends(1)[:KEPT_PAIRS],
            entry.chosen(),
            tuple((head, tail, count) for (head, tail), count in pairs[: 4 * KEPT_PAIRS]),
        )


def fields(found: Mapping[tuple[str, str], Valued]) -> tuple[Field, ...]:
    order = sorted(found.items(), key=lambda item: (-len(item[1].documents), -item[1].count, item[0]))
    return tuple(
        Field(
            name,
            owner,
            ranked(entry.datatypes)[0][0],
            entry.count,
            len(entry.documents),
            ranked(entry.cells)[0][0] if entry.cells else "",
            entry.chosen(),
        )
        for (owner, name), entry in order[:FIELDS]
    )
