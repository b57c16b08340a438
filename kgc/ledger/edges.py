"""Facts between entities as flat rows: what a store that is filled in bulk needs, in the order of the text."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator

from kgc.data import Edge
from kgc.ledger.codec import ALIGNED, load_qualifiers


def single_edges(connection: sqlite3.Connection) -> Iterator[Edge]:
    """The visible facts between entities that stand on one place each. The rest take the longer way."""
    cursor = connection.cursor()
    cursor.row_factory = None
    cursor.execute(
        "SELECT f.relation, h.type, t.type, h.id, t.id, f.id, f.confidence, substr(k.text, c.start + 1,"
        " c.stop - c.start), c.rationale, k.id, d.source, k.page, f.status, c.aligned, f.hedged, f.conflict,"
        " f.qualifiers FROM fact f NOT INDEXED CROSS JOIN support s ON s.fact = f.rowid CROSS JOIN claim c"
        " ON c.rowid = s.claim"
        " CROSS JOIN chunk k ON k.rowid = s.chunk CROSS JOIN document d ON d.rowid = k.document"
        " CROSS JOIN entity h ON h.rowid = f.head CROSS JOIN entity t ON t.rowid = f.tail"
        " WHERE f.visible AND f.support = 1"
    )
    for (
        relation, head_type, tail_type, head, tail, id_, confidence, quote, rationale, chunk, document, page, status,
        aligned, hedged, conflict, qualifiers,
    ) in cursor:  # fmt: skip
        yield Edge(
            relation, head_type, tail_type, head, tail, id_, confidence, quote, rationale, chunk, document, page,
            status, ALIGNED[aligned], hedged, conflict, load_qualifiers(qualifiers) if qualifiers != "[]" else (),
        )  # fmt: skip
