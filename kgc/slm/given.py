"""Names that somebody else found, as the reader of facts needs them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from kgc.data import Mention
from kgc.slm.classes import class_of
from kgc.slm.found import KIND_OF
from kgc.slm.inventory import Inventory
from kgc.slm.lexicon import Lexicon
from kgc.slm.names import Name, without_overlaps


def given_names(mentions: Sequence[Mention], text: str, ours: Inventory, lexicon: Lexicon) -> list[Name]:
    """The mentions as names in text order, certain all; of two that overlap the longer.

    Those without a place, or of a type that none of our classes stands for, are left out: no fact has them as an end.
    """
    types: dict[str, list[str]] = {}
    for cls, type_ in ours.classes.items():
        types.setdefault(type_, []).append(cls)
    return without_overlaps(name for m in mentions for name in name_of(m, text, ours, types, lexicon))


def name_of(
    mention: Mention, text: str, ours: Inventory, types: Mapping[str, Sequence[str]], lexicon: Lexicon
) -> Iterator[Name]:
    """The name, of the class that its own words tell among those that its type, or the nearest above, stands for."""
    above = (mention.type, *ours.schema.ancestors(mention.type))
    classes = next((types[t] for t in above if t in types), ())
    if mention.span is None or not classes:
        return
    surface = mention.span.of(text)
    own = (class_of(KIND_OF[cls], surface, lexicon) for cls in classes)
    cls = next((c for c in own if c in classes), classes[0])
    yield Name(mention.span, surface, KIND_OF[cls], cls, 1.0)
