"""A bounded sample of a folder's documents, or of those a workspace has read, and passages of them.

Names and stamps are looked at first; only what is sampled is opened, by the processes that read documents for `kgc
ingest`. The same folder gives the same sample.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Final

from kgc.chunk import split
from kgc.data import Chunk, Document, Problem
from kgc.ledger import Ledger
from kgc.load.pool import Readers
from kgc.load.read import Outcome, Request, kinds
from kgc.ontology.records import Stratum
from kgc.ontology.strata import Candidate, draw
from kgc.pipeline.scan import File, find_place, walk

DOCUMENTS: Final = 100
"""Documents that are opened at most."""
PASSAGES: Final = 300
"""Passages that are read at most, over all documents; about 120,000 English words."""
LONGEST: Final = 400_000
"""Characters of one document that passages are taken from; a novel has about so many."""
INNER: Final = 5
"""Files of one archive that are taken at most."""


@dataclass(frozen=True, slots=True)
class Sample:
    """What was sampled of what. `passages` are chunks of `documents`, in their order; `problems` files unread."""

    files: int
    documents: tuple[Document, ...]
    passages: tuple[Chunk, ...]
    strata: tuple[Stratum, ...] = ()
    problems: tuple[Problem, ...] = ()

    @property
    def sources(self) -> dict[str, str]:
        """Document id -> source."""
        return {d.id: d.source for d in self.documents}


def of_folder(folder: Path, most: int = DOCUMENTS, passages: int = PASSAGES, processes: int = 0) -> Sample:
    """Sample a folder, or take a single file. Files of kinds that are not read do not count.

    Raises `KgcError` when there is no such folder.
    """
    place = find_place(folder, {}, Path(), "")
    read_here = kinds()
    files = {
        f.source: f for f in walk(place) if f.problem is None and f.path.suffix.lower() in read_here and not ours(f)
    }
    with Readers(processes) as readers:
        opened = _Opened(files, readers)
        sizes, got = draw((Candidate(s, size_of(f)) for s, f in files.items()), most, opened.take)
    return made(len(files), opened.documents, opened.problems, sizes, got, passages)


def of_ledger(ledger: Ledger, most: int = DOCUMENTS, passages: int = PASSAGES) -> Sample:
    """Sample the documents that a workspace has read; their languages are known there."""
    rows = {row.source: row for row in ledger.folders.rows()}
    found: list[Document] = []

    def take(chosen: Sequence[Candidate]) -> list[bool]:
        documents = [ledger.folders.document(c.source) for c in chosen]
        found.extend(d for d in documents if d is not None)
        return [d is not None for d in documents]

    imported = ledger.folders.imported()
    told = (Candidate(s, 0, row.lang) for s, row in rows.items() if s.split("/")[0] not in imported)
    sizes, got = draw(told, most, take)
    return made(sum(sizes.values()), found, (), sizes, got, passages)


def made(
    files: int,
    documents: Iterable[Document],
    problems: Iterable[Problem],
    sizes: dict[str, int],
    got: dict[str, int],
    passages: int,
) -> Sample:
    held = tuple(sorted((beginning(d) for d in documents), key=lambda d: d.source))
    strata = tuple(Stratum(name, size, got.get(name, 0)) for name, size in sizes.items())
    return Sample(files, held, tuple(chosen_passages(held, passages)), strata, tuple(problems))


@dataclass(slots=True)
class _Opened:
    """Files as they are opened; copies of one that was read already count as unread, and the next is tried."""

    files: dict[str, File]
    readers: Readers
    documents: list[Document] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    seen: set[str] = field(default_factory=set)

    def take(self, chosen: Sequence[Candidate]) -> list[bool]:
        requests = [Request(self.files[c.source].path, c.source) for c in chosen]
        good = {c.source: 0 for c in chosen}
        for request, outcome in self.readers.read(requests):
            if outcome is not None and good[request.source] < INNER:
                good[request.source] += self.add(outcome)
        return [good[c.source] > 0 for c in chosen]

    def add(self, outcome: Outcome) -> bool:
        if isinstance(outcome.result, Problem):
            self.problems.append(outcome.result)
        elif outcome.result is not None and outcome.sha256 not in self.seen:
            self.seen.add(outcome.sha256)
            self.documents.append(outcome.result)
            return True
        return False


def beginning(document: Document) -> Document:
    """A document's first `LONGEST` characters: enough to sample from, and quick to cut; offsets stay what they are."""
    if len(document.text) <= LONGEST:
        return document
    blocks = tuple(b for b in document.blocks if b.span.end <= LONGEST)
    return replace(document, text=document.text[:LONGEST], blocks=blocks)


def ours(file: File) -> bool:
    """Whether it is the evidence page beside a schema file: a proposal is no evidence for the next one."""
    stem = file.path.name.removesuffix(".evidence.md")
    return stem != file.path.name and file.path.with_name(f"{stem}.py").is_file()


def size_of(file: File) -> int:
    """The size in bytes, from the stamp that the scan took."""
    return int(file.stamp.split(":")[0])


def chosen_passages(documents: Sequence[Document], most: int) -> Iterator[Chunk]:
    """Passages of each document in its order: all of short ones, of long ones the first and others by luck."""
    cut = [split(d) for d in documents]
    share = shares([len(chunks) for chunks in cut], most)
    for chunks, size in zip(cut, share, strict=True):
        rest = sorted(chunks[1:], key=lambda c: c.key)[: max(0, size - 1)]
        kept = {c.id for c in (*chunks[: min(1, size)], *rest)}
        yield from (c for c in chunks if c.id in kept)


def shares(sizes: Sequence[int], most: int) -> list[int]:
    """How many of each, at most `most` together: what short ones leave goes to the longer ones.

    >>> shares([1, 2, 50, 100], 23)
    [1, 2, 10, 10]
    """
    found = [0] * len(sizes)
    left = most
    for done, i in enumerate(sorted(range(len(sizes)), key=lambda i: (sizes[i], i))):
        found[i] = min(sizes[i], left // (len(sizes) - done))
        left -= found[i]
    return found
