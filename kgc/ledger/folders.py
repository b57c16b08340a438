"""Roots, documents and chunks: what the folders hold, as it was last read."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from kgc.data import Chunk, ChunkRow, Document, DocumentRow, Meta, Problem, Span
from kgc.ledger.codec import clean, dump, dump_layout, dump_problem, load_layout, load_problem, pack, unpack
from kgc.ledger.words import segment

IMPORTED: Final = "import:"
"""How the path of a root begins that is an imported graph; its address follows."""


@dataclass(frozen=True, slots=True)
class Known:
    """What the ledger remembers of a file: enough to tell whether it has to be read again."""

    source: str
    state: str
    stamp: str
    sha256: str
    reader: str


class Folders:
    """Reads and writes roots, documents and chunks. Whoever changes something holds a transaction."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._sql = connection

    def roots(self) -> dict[str, str]:
        """Every root's name and path (relative to the workspace where it lies inside it)."""
        return {r["name"]: r["path"] for r in self._sql.execute("SELECT name, path FROM root ORDER BY name")}

    def imported(self) -> frozenset[str]:
        """The roots that are imported graphs; their paths are no places of files."""
        return frozenset(name for name, path in self.roots().items() if path.startswith(IMPORTED))

    def add_root(self, name: str, path: str) -> None:
        self._sql.execute(
            "INSERT INTO root VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET path = excluded.path", (name, path)
        )

    def remove_root(self, name: str) -> int:
        """Forget a root and its documents; returns how many there were."""
        sources = [r["source"] for r in self._sql.execute("SELECT source FROM document WHERE root = ?", (name,))]
        for source in sources:
            self.remove(source)
        self._sql.execute("DELETE FROM root WHERE name = ?", (name,))
        return len(sources)

    def known(self, root: str, part: str = "") -> dict[str, Known]:
        """The files of a root by source, only those under `part` (a path inside the root) when it is given."""
        rows = self._sql.execute("SELECT source, state, stamp, sha256, reader FROM document WHERE root = ?", (root,))
        prefix = f"{root}/{part}" if part else ""
        found = (Known(r["source"], r["state"], r["stamp"], r["sha256"], r["reader"]) for r in rows)
        return {k.source: k for k in found if not prefix or k.source == prefix or k.source.startswith(prefix + "/")}

    def touch(self, source: str, stamp: str) -> None:
        """Remember a new time stamp of a file whose content is what it was."""
        self._sql.execute("UPDATE document SET stamp = ? WHERE source = ?", (stamp, source))

    def put(self, document: Document, root: str, stamp: str, reader: str) -> None:
        """Store a document that was read; its chunks, if it had any, are forgotten."""
        self.remove(document.source)
        self._sql.execute(
            "INSERT INTO document (id, source, root, state, stamp, reader, sha256, media_type, lang, title, encoding,"
            " body, layout) VALUES (?, ?, ?, 'read', ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (
                document.id, clean(document.source), root, stamp, reader, document.sha256, document.media_type,
                document.lang, clean(document.meta.title), document.meta.encoding, pack(document.text),
                dump_layout(document.meta, document.blocks),
            ),
        )  # fmt: skip

    def put_problem(self, id: str, source: str, root: str, state: str, stamp: str, reader: str, sha256: str,  # noqa: A002
                    problem: Problem) -> None:  # fmt: skip
        """Store a file that was not read: `state` is "failed", or "skipped" for a kind that is not read."""
        self.remove(source)
        self._sql.execute(
            "INSERT INTO document (id, source, root, state, stamp, reader, sha256, problem)"
            " VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
            (id, clean(source), root, state, stamp, reader, sha256, dump_problem(problem)),
        )

    def remove(self, source: str) -> None:
        row = self._sql.execute("SELECT rowid FROM document WHERE source = ?", (source,)).fetchone()
        if row:
            self._forget_chunks("document = ?", row["rowid"])
            self._sql.execute("DELETE FROM document WHERE rowid = ?", (row["rowid"],))

    def document(self, source: str) -> Document | None:
        """A document that was read, or None."""
        row = self._sql.execute("SELECT * FROM document WHERE source = ? AND state = 'read'", (source,)).fetchone()
        return self._document(row) if row else None

    @staticmethod
    def _document(row: sqlite3.Row) -> Document:
        pages, blocks = load_layout(row["layout"])
        meta = Meta(row["title"], pages, row["encoding"])
        text = unpack(row["body"])
        return Document(row["id"], row["source"], row["media_type"], row["lang"], text, row["sha256"], meta, blocks)

    def rows(self) -> Iterator[DocumentRow]:
        """The documents that were read, by id."""
        for r in self._sql.execute("SELECT id, source, title, lang FROM document WHERE state = 'read' ORDER BY id"):
            yield DocumentRow(r["id"], r["source"], r["title"], r["lang"])

    def sources(self) -> tuple[str, ...]:
        return tuple(r["source"] for r in self._sql.execute("SELECT source FROM document ORDER BY source"))

    def problems(self) -> Iterator[tuple[str, str, Problem]]:
        """(source, state, problem) of every file that was not read, by source."""
        query = "SELECT source, state, problem FROM document WHERE state != 'read' ORDER BY source"
        for r in self._sql.execute(query):
            yield r["source"], r["state"], load_problem(r["problem"])

    def failed(self, root: str) -> tuple[str, ...]:
        query = "SELECT source FROM document WHERE state = 'failed' AND root = ? ORDER BY source"
        return tuple(r["source"] for r in self._sql.execute(query, (root,)))

    # Chunks

    def unsplit(self, chunking: str, sources: Sequence[str] | None = None) -> tuple[str, ...]:
        """Sources of documents that were read and have no chunk of this chunking: of all, or of those named.

        What an import wrote is cut by the import alone.
        """
        # Named ones are looked up one by one: asking for a few must not cost a look at all.
        which = "document d" if sources is None else "json_each(:sources) s JOIN document d ON d.source = s.value"
        query = (
            f"SELECT d.source FROM {which} WHERE d.state = 'read' AND d.reader NOT LIKE 'import%'"
            " AND NOT EXISTS (SELECT 1 FROM chunk c WHERE c.document = d.rowid AND c.chunking = :chunking)"
            " ORDER BY d.source"
        )
        values = {"chunking": chunking, "sources": dump(list(sources or ()))}
        return tuple(r["source"] for r in self._sql.execute(query, values))

    def put_chunks(self, source: str, chunking: str, chunks: Iterable[Chunk], pages: tuple[Span, ...]) -> None:
        document = self._sql.execute("SELECT rowid FROM document WHERE source = ?", (source,)).fetchone()["rowid"]
        for n, c in enumerate(chunks):
            cursor = self._sql.execute(
                "INSERT INTO chunk (id, document, chunking, key, n, start, stop, page, text, headings, header, lang)"
                " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                (
                    c.id, document, chunking, c.key, n, c.span.start, c.span.end, page_at(pages, c.span.start),
                    clean(c.text), dump(list(c.headings)), clean(c.header), c.lang,
                ),
            )  # fmt: skip
            words = segment(clean(c.text))
            self._sql.execute("INSERT INTO chunk_words (rowid, words) VALUES (?, ?)", (cursor.lastrowid, words))

    def drop_other_chunkings(self, kept: Iterable[str]) -> None:
        """Forget chunks of chunkings that no active recipe uses; their extractions stay."""
        marks = ",".join("?" * len(names := list(kept)))
        self._forget_chunks(f"chunking NOT IN ({marks})", *names)

    def _forget_chunks(self, where: str, *values: object) -> None:
        for row in self._sql.execute(f"SELECT rowid, text FROM chunk WHERE {where}", values).fetchall():
            self._sql.execute(
                "INSERT INTO chunk_words (chunk_words, rowid, words) VALUES ('delete', ?, ?)",
                (row["rowid"], segment(row["text"])),
            )
        self._sql.execute(f"DELETE FROM chunk WHERE {where}", values)

    def chunk_rows(self) -> Iterator[ChunkRow]:
        """The chunks as stores hold them, by id."""
        query = (
            "SELECT c.id, d.id AS document, c.text, c.start, c.stop FROM"
            " (SELECT id, min(rowid) AS first FROM chunk GROUP BY id) one CROSS JOIN chunk c ON c.rowid = one.first"
            " JOIN document d ON d.rowid = c.document ORDER BY one.id"
        )
        for r in self._sql.execute(query):
            yield ChunkRow(r["id"], r["document"], r["text"], r["start"], r["stop"])


def chunk_of(row: sqlite3.Row) -> Chunk:
    """A chunk from a row of the chunk table joined with its document's id (as `document_id`)."""
    return Chunk(
        row["id"], row["document_id"], row["key"], Span(row["start"], row["stop"]), row["text"],
        tuple(json.loads(row["headings"])), row["header"], row["lang"],
    )  # fmt: skip


def page_at(pages: tuple[Span, ...], offset: int) -> int:
    """The page that an offset lies on, from 1; 0 where there are no pages."""
    low, high = 0, len(pages)
    while low < high:
        middle = (low + high) // 2
        if pages[middle].start <= offset:
            low = middle + 1
        else:
            high = middle
    return low
