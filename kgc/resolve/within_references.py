"""What pronouns and noun phrases of a document mean: "she", "the company", 该公司; only where the evidence is strong.

These are no names, so nothing of them is in the ledger. A fact whose sentence names its subject by "he" alone can be
read with them.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final

from kgc.resolve.within_names import Named
from kgc.resolve.within_nouns import Meant, nouns
from kgc.resolve.within_pronouns import Walk, probabilities
from kgc.resolve.within_seen import Seen, see

LEAST: Final = 0.7
"""References below this score are left out (docs/reference/within-documents.md tells what that costs)."""
_TAKEN: Final = 0.5
"""From here on a pronoun counts as a mention when the next one is looked at."""
_CERTAIN: Final = 0.8
"""From here on it also tells the gender of the person."""
_HAN: Final = re.compile("[他她](?![们人])")


@dataclass(frozen=True, slots=True)
class Reference:
    """A phrase and the name that it stands for there: `text[start:end] == surface`. `score` is a fraction in [0, 1]."""

    start: int
    end: int
    surface: str
    target_key: str
    score: float
    reason: str


def references(text: str, mentions: Iterable[Named], lang: str = "en", least: float = LEAST) -> tuple[Reference, ...]:
    """What pronouns and noun phrases mean, in text order. English and Chinese; nothing in other languages.

    `mentions` are the names of the text; `least` the score below which a reference is left out. Deterministic, in time
    that grows with the text and the number of mentions. Raises nothing, whatever the text.
    """
    if lang not in ("en", "zh", ""):
        return ()
    seen = see(text, mentions, lang)
    if not seen.things:
        return ()
    meant = [*nouns(seen, lang), *(_han(seen) if lang == "zh" else _pronouns(seen))]
    kept = sorted((m for m in meant if m.score >= least), key=lambda m: (m.start, m.end))
    return tuple(
        Reference(m.start, m.end, text[m.start : m.end], seen.things[m.thing].name.key, round(m.score, 2), m.reason)
        for m in kept
    )


def _pronouns(seen: Seen) -> Iterator[Meant]:
    """He and she, one after the other: what one means is known when the next is looked at."""
    walk = Walk(seen)
    for choice in walk.choices():
        chances = probabilities(choice)
        if not chances:
            continue
        score = max(chances)
        thing = choice.candidates[chances.index(score)].thing
        if score >= _TAKEN:
            walk.meant(seen.place(thing, choice.start, choice.end, choice.gender if score >= _CERTAIN else "?"))
        word, name = seen.text[choice.start : choice.end], seen.things[thing].name.surface
        rest = f"; {len(chances) - 1} others were weighed" if len(chances) > 1 else ""
        yield Meant(choice.start, choice.end, thing, score, f"{word!r}: {name!r} by place, role and gender{rest}")


def _han(seen: Seen) -> Iterator[Meant]:
    """他 and 她 for the one person who is named in this sentence and the one before."""
    persons = [p for p in seen.places if seen.things[p.thing].name.kind == "person"]
    at = 0
    for found in _HAN.finditer(seen.text):
        while at < len(persons) and persons[at].start < found.start():
            at += 1
        here = seen.sentence(found.start())
        near = {p.thing for p in persons[max(0, at - 8) : at] if p.sentence >= here - 1}
        if len(near) == 1 and not (at and persons[at - 1].end > found.start()):
            thing = near.pop()
            name = seen.things[thing].name.surface
            yield Meant(found.start(), found.end(), thing, 0.75, f"{found.group()}：附近只提到 {name}")
