"""How often each group of names was right on held-out text: the trust that a name starts with."""

from __future__ import annotations

from collections.abc import Sequence

from spacy.language import Language

from kgc.slm.cues import mark
from kgc.slm.lexicon import Lexicon
from kgc.slm.lines import lines
from kgc.slm.names import KINDS, group, names
from kgc.slm.spacy_names import found as seen
from kgc.slm.train.records import Record

PRIOR = 12
"""A group starts with as many names of its kind's mean."""


def trust(nlp: Language, records: Sequence[Record], lexicon: Lexicon, lang: str) -> dict[str, float]:
    """Share of right names by group. A name is right when it overlaps a gold name of its kind in at least half."""
    tally: dict[str, list[int]] = {}
    kept = [r for r in records if r.text.strip()]
    docs = nlp.pipe((mark(nlp.make_doc(r.text), lexicon) for r in kept), batch_size=64)
    for record, doc in zip(kept, docs, strict=True):
        gold = [(s, e, KINDS[label]) for s, e, label in record.spans]
        found = names(tuple(seen(doc)), record.text, lang, lexicon, lines(record.text), {})
        surfaces = [n.surface for n in found]
        for name in found:
            if name.kind in "POL":
                right = any(k == name.kind and half(name.span.start, name.span.end, s, e) for s, e, k in gold)
                for key in (name.kind, group(name, surfaces.count(name.surface), lexicon)):
                    row = tally.setdefault(key, [0, 0])
                    row[0] += right
                    row[1] += 1
    means = {kind: row[0] / row[1] for kind, row in tally.items() if len(kind) == 1}
    return {k: round((r + PRIOR * means[k[0]]) / (n + PRIOR), 3) for k, (r, n) in sorted(tally.items())}


def half(start: int, end: int, s: int, e: int) -> bool:
    shared = min(end, e) - max(start, s)
    return shared * 2 >= max(end - start, e - s)
