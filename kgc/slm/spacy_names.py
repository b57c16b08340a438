"""Names by a spaCy pipeline: the trained one of a package, or any that is installed (`--model spacy:NAME`)."""

from __future__ import annotations

import warnings
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

from kgc.data import Span
from kgc.errors import KgcError
from kgc.slm.found import KIND_OF, Found, Named, Passage

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc

BATCH: Final = 16
"""Texts that a pipeline holds at once."""
UNTOLD: Final = 0.9
"""The probability of a name from a pipeline that tells none: what trained pipelines reach on news and web text."""
LABELS: Final = {
    **{label: (kind, "") for label, kind in KIND_OF.items() if label.isupper()},
    **{label: (kind, label) for label, kind in KIND_OF.items() if not label.isupper() and label != "Misc"},
    "PERSON": ("P", "Person"), "GPE": ("L", ""), "FAC": ("L", "Location"), "LOCATION": ("L", ""),
    "ORGANIZATION": ("O", ""), "PRODUCT": ("G", "Product"), "EVENT": ("V", "NamedEvent"),
    "WORK_OF_ART": ("W", "CreativeWork"), "LAW": ("K", "Law"), "COMPANY": ("O", "Company"),
}  # fmt: skip
"""Label of a pipeline -> our kind and, where it says that much, class. Others (NORP, DATE, MONEY, ...) are no names."""


@dataclass(frozen=True, slots=True)
class SpacyNames:
    """The entities of a pipeline as names; `prepare` changes a doc between its tokeniser and its components."""

    nlp: Language
    prepare: Callable[[Doc], Doc] | None = None

    def passages(self, texts: Iterable[str]) -> Iterator[Passage]:
        docs = (self.nlp.make_doc(text) for text in texts)
        for doc in self.nlp.pipe(map(self.prepare, docs) if self.prepare else docs, batch_size=BATCH):
            yield Named(tuple(found(doc)))


def found(doc: Doc) -> Iterator[Found]:
    """The entities of a doc that are names of a kind we know."""
    for entity in doc.ents:
        kind, cls = LABELS.get(entity.label_, ("", ""))
        if kind:
            yield Found(kind, Span(entity.start_char, entity.end_char), UNTOLD, cls)


def load_pipeline(name: str | Path) -> Language:
    """An installed pipeline by name, or one in a folder. Raises `KgcError` with the command that installs it."""
    import spacy  # noqa: PLC0415  heavy, and only needed once a chunk is read

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            return spacy.load(name)
        except OSError as error:
            raise KgcError(
                f"There is no spaCy pipeline {str(name)!r} here: {str(error).splitlines()[0][:120]}",
                f"Install it: python -m spacy download {name}; a folder made by nlp.to_disk works too.",
            ) from error
