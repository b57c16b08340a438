"""Questions to the embedded graph: read-only, with a limit of rows and of seconds."""

from __future__ import annotations

import re
import time
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Final

import ladybug

from kgc.errors import StoreError, did_you_mean, nearest
from kgc.schema import Schema
from kgc.store.answer import Rows
from kgc.store.catalog import MARK
from kgc.store.cypher import Dialect, dialect, embedded
from kgc.store.headings import headings
from kgc.store.values import plain

CACHE: Final = 1 << 29
"""Bytes of memory that a query may use."""

_NO_PROPERTY = re.compile(r"Cannot find property (.+) for (.+)\.$")


def query(
    path: Path,
    schema: Schema,
    text: str,
    params: Mapping[str, object],
    limit: int = 10_000,
    timeout: float = 30.0,
) -> Rows:
    """Ask the graph in `path`, which was written under this schema.

    `limit` is of rows, `timeout` in seconds. Values are what JSON holds: nodes as maps with `label` and their
    properties, relationships with `type`, dates in ISO 8601. Raises `StoreError` for anything but reading, for unknown
    names with the nearest ones, and with the database's own words for all else.
    """
    to = dialect(schema)
    ready = embedded(text, to)
    if not path.is_file():
        raise StoreError(f"There is no graph in {str(path)!r}.", "`kgc ingest FOLDER` makes one.")
    start = time.perf_counter()
    try:
        with (
            ladybug.Database(path, read_only=True, buffer_pool_size=CACHE) as database,
            ladybug.Connection(database) as connection,
        ):
            connection.set_query_timeout(max(1, round(timeout * 1000)))
            answer = connection.execute(ready, dict(params) or None)
            result = answer[-1] if isinstance(answer, list) else answer
            columns = headings(text, [str(c).replace(MARK, "") for c in result.get_column_names()])
            found = [tuple(plain(v) for v in row) for row in _first(result, limit + 1)]
    except (RuntimeError, TypeError, ValueError, OverflowError) as error:
        raise _explained(error, to, timeout) from error
    return Rows(columns, tuple(found[:limit]), len(found) > limit, time.perf_counter() - start)


def _first(result: ladybug.QueryResult, count: int) -> Iterator[Sequence[object]]:
    while count > 0 and result.has_next():
        row = result.get_next()
        yield list(row.values()) if isinstance(row, dict) else row
        count -= 1


def _explained(error: Exception, to: Dialect, timeout: float) -> StoreError:
    words = str(error).strip()
    if words == "Interrupted.":
        return StoreError(f"The query took longer than {timeout:g} seconds.", "Narrow it, or raise --timeout.")
    if found := _NO_PROPERTY.search(words):
        known = {c.name for t in to.tables.nodes().values() for c in t.columns}
        known |= {c.name for t in to.tables.edges.values() for c in t.columns}
        close = did_you_mean(nearest(found.group(1), known))
        return StoreError(
            f"{found.group(2)} has no property {found.group(1)!r}.{close}", "docs/reference/graph.md lists them."
        )
    if "Buffer manager exception" in words:
        return StoreError(f"The query needs too much memory: {words}", "Narrow it: more labels, fewer hops, a LIMIT.")
    return StoreError(f"The query was refused: {words}", "docs/reference/graph.md tells what can be asked.")
