"""Bring a workspace's vectors to what its ledger holds, by difference; an interruption loses one group at most."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Final

import numpy as np

from kgc.data import Chunk, Span
from kgc.ledger.passages import Passages
from kgc.llm.embedder import Embedder
from kgc.pipeline.progress import Meter, Watch
from kgc.pipeline.stretches import readable
from kgc.slm.language import language
from kgc.store.vectors import Kind, Vectors

VECTORS: Final = Path(".kgc") / "vectors.db"
GROUP: Final = 8
"""Chunks that are embedded and kept at once."""
NAMES: Final = 256
"""Names of entities that are embedded and kept at once."""


def bring_up_to_date(vectors: Vectors, passages: Passages, embedder: Embedder, watch: Watch | None = None) -> int:
    """Embed what is new, forget what is gone; returns how many new chunks the embedder cannot read."""
    chunks, gone_chunks = difference(passages.keys(), vectors.keys("chunk"))
    names, gone_names = difference(passages.names(), vectors.keys("entity"))
    vectors.remove("chunk", gone_chunks)
    vectors.remove("entity", gone_names)
    meter = Meter("embed", watch, total=len(chunks) + len(names))
    before = vectors.unread("chunk")
    for group in groups(chunks, GROUP):
        _add(vectors, "chunk", [(key, texts_of(passages, key, embedder)) for key in group], embedder)
        _step(meter, group)
    for group in groups(names, NAMES):
        _add(vectors, "entity", [(told, name_texts(told, embedder)) for told in group], embedder)
        _step(meter, group)
    return vectors.unread("chunk") - before if chunks else 0


def _step(meter: Meter, group: Sequence[str]) -> None:
    meter.done += len(group)
    meter.tell()


def _add(vectors: Vectors, kind: Kind, items: Sequence[tuple[str, Sequence[str]]], embedder: Embedder) -> None:
    """Embed the texts of several items together, and keep them."""
    found = embedder.embed([text for _, texts in items for text in texts])
    ends = np.cumsum([len(texts) for _, texts in items])
    parts = np.split(found, ends[:-1])
    vectors.put(kind, [(key, part) for (key, _), part in zip(items, parts, strict=True)])


def texts_of(passages: Passages, key: str, embedder: Embedder) -> tuple[str, ...]:
    """What is embedded of a chunk; nothing where it is gone or in a language that is not read."""
    passage = passages.first(key)
    return readable(passage) if passage and reads(embedder, passage.text, passage.lang) else ()


def name_texts(told: str, embedder: Embedder) -> tuple[str, ...]:
    """What is embedded of an entity: its name and, in small words, its class."""
    _, kind, name = told.split(" ", 2)
    words = re.sub(r"(?<=[a-z])(?=[A-Z])|_", " ", kind).lower()
    return (f"{name}, {words}",) if reads(embedder, name) else ()


def reads(embedder: Embedder, text: str, lang: str = "") -> bool:
    """Whether a text is in a language that the embedder reads."""
    if not embedder.languages:
        return True
    return language(Chunk("", "", "", Span(0, len(text)), text, lang=lang)) in embedder.languages


def difference(wanted: Iterable[str], held: Iterable[str]) -> tuple[list[str], list[str]]:
    """What is only in the first, and what only in the second; both in order, each once."""
    new: list[str] = []
    gone: list[str] = []
    mine, its = iter(wanted), iter(held)
    a, b = next(mine, None), next(its, None)
    while a is not None or b is not None:
        if b is None or (a is not None and a < b):
            new.append(a or "")
            a = next(mine, None)
        elif a is None or b < a:
            gone.append(b)
            b = next(its, None)
        else:
            a, b = next(mine, None), next(its, None)
    return new, gone


def groups(items: Sequence[str], size: int) -> Iterator[Sequence[str]]:
    for at in range(0, len(items), size):
        yield items[at : at + size]
