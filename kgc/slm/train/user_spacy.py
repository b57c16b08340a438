"""Annotated texts of a `.spacy` file (spaCy's DocBin): entities, and relations where `doc._.rel` was kept."""

from __future__ import annotations

import zlib
from collections.abc import Iterator, Mapping
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Final, cast

from kgc.errors import KgcError
from kgc.slm.train.annotated import Annotated, BadRow, Marked, Read, Refused, checked

if TYPE_CHECKING:
    from spacy.tokens import Doc

REL: Final = ("._.", "rel", None, None)
"""Where a doc keeps what was put into `doc._.rel`."""
LEAST: Final = 0.5
"""From this value on a relation of `doc._.rel` holds; annotated ones have 1."""


def read_spacy(path: Path) -> Iterator[Read]:
    """The docs of a file. Raises `KgcError` without spaCy, and for a file that is no DocBin."""
    if find_spec("spacy") is None:
        raise KgcError(
            f"{path} is a file of spaCy, which is not installed.",
            "Install it (pip install spacy), or give the annotations as JSON lines.",
        )
    from spacy.tokens import DocBin  # noqa: PLC0415  heavy
    from spacy.vocab import Vocab  # noqa: PLC0415

    try:
        docs = list(DocBin().from_bytes(path.read_bytes()).get_docs(Vocab()))
    except (OSError, ValueError, KeyError, TypeError, IndexError, zlib.error) as error:
        why = (str(error).splitlines() or [type(error).__name__])[0][:200]
        raise KgcError(
            f"{path} is no DocBin of spaCy: {why}.",
            "Write it with DocBin(docs=docs, store_user_data=True).to_disk(path).",
        ) from error
    for number, doc in enumerate(docs, 1):
        where = f"{path}, document {number}"
        try:
            yield checked(annotated(doc, where))
        except (ValueError, KeyError) as error:  # spaCy's own, for labels and words that the file does not hold
            yield Refused(where, (str(error).splitlines() or [type(error).__name__])[0])


def annotated(doc: Doc, where: str) -> Annotated:
    """Raises `BadRow`."""
    if not doc.ents and any(len(group) for group in doc.spans.values()):
        raise BadRow(f"no entities, only span groups ({', '.join(map(repr, doc.spans))}); put them into doc.ents")
    marked = tuple(Marked(e.start_char, e.end_char, e.label_) for e in doc.ents)
    given = cast("Mapping[object, object]", doc.user_data).get(REL)
    return Annotated(where, doc.text, marked, None if given is None else tuple(facts(given, doc)))


def facts(given: object, doc: Doc) -> Iterator[tuple[int, str, int]]:
    """`doc._.rel`: (first token of the head, of the tail) to the labels with their values, or to one label."""
    if not isinstance(given, Mapping):
        raise BadRow("doc._.rel is no mapping")
    at = {e.start: i for i, e in enumerate(doc.ents)}
    for ends, said in given.items():
        if not isinstance(ends, tuple | list) or len(ends) != 2:
            raise BadRow(f"{ends!r:.40} in doc._.rel is no pair of tokens")
        for label in labels(said):
            missing = next((e for e in ends if e not in at), None)
            if missing is not None:
                raise BadRow(f"token {missing!r:.20} of {label!r} in doc._.rel begins no entity")
            yield at[ends[0]], label, at[ends[1]]


def labels(said: object) -> list[str]:
    if isinstance(said, str):
        return [said]
    if not isinstance(said, Mapping) or not all(isinstance(v, int | float) for v in said.values()):
        raise BadRow(f"{said!r:.40} in doc._.rel is neither a label nor labels with values")
    return [str(label) for label, value in said.items() if value >= LEAST]
