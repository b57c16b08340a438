"""Imported documents in the ledger: what is there already is left alone, what is gone goes, each in a transaction."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from kgc.data import Problem, content_id
from kgc.ledger import Ledger
from kgc.ledger.extractions import Recipe
from kgc.ledger.folders import Known
from kgc.pipeline.importing_text import Part, document_of
from kgc.pipeline.progress import Meter
from kgc.pipeline.sync import Synced
from kgc.schema import Schema
from kgc.schema.fingerprint import asking, deriving

READER = "import.1"
"""Version of how a graph is told in text; it begins like no version of the reading code."""


@dataclass(slots=True)
class Shelf:
    """Puts documents under a root and counts what that changed."""

    ledger: Ledger
    root: str
    recipe: Recipe
    schema: Schema
    meter: Meter
    known: dict[str, Known]
    seen: set[str] = field(default_factory=set)
    added: int = 0
    edited: int = 0

    def put(self, source: str, part: Part) -> None:
        """A document with its chunks and what they say; nothing is written where it is there already."""
        document, chunks = document_of(source, part)
        self.meter.step(source, count=len(part.pieces))
        if self._there(source, document.sha256):
            return
        extractions = self.ledger.extractions
        asked, derived = asking(self.schema), deriving(self.schema)
        with self.ledger.transaction():
            self.ledger.folders.put(document, self.root, "", READER)
            self.ledger.folders.put_chunks(source, self.recipe.chunking, chunks, ())
            done = extractions.states(self.recipe, [c.key for c in chunks])
            for piece in part.pieces:
                if piece.rows.chunk not in done:
                    extractions.put(self.recipe, piece.rows, asking=asked, deriving=derived)
                    done[piece.rows.chunk] = ("done", asked)
            self.ledger.state.bump()

    def put_problem(self, source: str, problem: Problem) -> None:
        """What of the graph could not be read, as a document that failed."""
        digest = content_id(problem.message, problem.raw, length=64)
        if not self._there(source, digest):
            with self.ledger.transaction():
                self.ledger.folders.put_problem(
                    content_id(source), source, self.root, "failed", "", READER, digest, problem
                )

    def _there(self, source: str, digest: str) -> bool:
        self.seen.add(source)
        known = self.known.get(source)
        if known and known.sha256 == digest and known.reader == READER:
            return True
        self.added += known is None
        self.edited += known is not None
        return False

    def end(self) -> Synced:
        """Forget what is not there any more. Whoever calls holds a transaction."""
        gone: Iterable[str] = sorted(self.known.keys() - self.seen)
        removed = 0
        for source in gone:
            self.ledger.folders.remove(source)
            removed += 1
        if removed or self.edited:
            self.ledger.extractions.drop_dead(self.recipe)
        if removed:
            self.ledger.state.bump()
        return Synced(self.added, self.edited, 0, removed)
