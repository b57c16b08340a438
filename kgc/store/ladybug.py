"""The embedded graph: a fresh database beside the old one, filled in bulk and moved into its place."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import ClassVar, Final

import ladybug

from kgc.errors import StoreError
from kgc.store.atomic import replacing
from kgc.store.catalog import Catalog, catalog, quoted
from kgc.store.contract import CYPHER, Abilities, Graph
from kgc.store.layout import Column, Layout, layout
from kgc.store.lines import Line, fact_lines, mention_lines
from kgc.store.rows import Row, node_rows, tie_rows
from kgc.store.staging import DIVIDER, Staging

CACHE: Final = (1 << 30, 8 << 30)
"""Bytes of memory that the database may use while it is filled, at the least and at the most."""

_PATTERN: Final = frozenset("*?[]{}~")
"""Characters that the bulk loader would read as a pattern in a path."""

_FORM: Final = "(HEADER=false, PARALLEL=false, AUTO_DETECT=false, ESCAPE='\"')"
_NO_SUCH_END: Final = "Unable to find primary key"


@dataclass(frozen=True, slots=True)
class Counts:
    """What was written; `skipped` are rows of a type or with an end that the schema does not have."""

    nodes: int
    relationships: int
    skipped: int = 0


@dataclass(frozen=True, slots=True)
class LadybugStore:
    """Writes the embedded graph of a workspace."""

    name: ClassVar[str] = "ladybug"
    abilities: ClassVar[Abilities] = Abilities(events=True, text=True, query=CYPHER)

    def project(self, graph: Graph, path: Path) -> Counts:
        """Write the graph to `path`, whole or not at all; readers of the old file keep reading the old graph.

        Streams: memory does not grow with the number of facts. Raises `StoreError` where the place cannot be written
        or the database refuses.
        """
        path.parent.mkdir(parents=True, exist_ok=True)
        tables = layout(graph.schema)
        with ExitStack() as stack:
            draft = stack.enter_context(replacing(path))
            staging = Staging(_folder(stack, draft))
            filled = _Filling(tables, catalog(tables), staging)
            try:
                skipped = _fill(draft, filled, graph)
            except RuntimeError as error:
                raise StoreError(
                    f"The embedded graph could not be written: {error}.", "Is there room on the disk?"
                ) from error
        nodes = sum(n for key, n in staging.rows.items() if len(key) == 1)
        return Counts(nodes, sum(staging.rows.values()) - nodes, skipped)


@dataclass(frozen=True, slots=True)
class _Filling:
    """What is to be made, and where its rows lie."""

    tables: Layout
    names: Catalog
    staging: Staging

    def stage(self, rows: Iterator[Row]) -> int:
        """Bring rows to their files; returns how many belong to no table."""
        skipped = 0
        for key, values in rows:
            if values is None:
                skipped += 1
            else:
                self.staging.add(key, values)
        self.staging.flush()
        return skipped

    def stage_lines(self, lines: Iterator[Line]) -> int:
        """Bring lines to their files; returns how many belong to no table."""
        skipped, add = 0, self.staging.add_line
        for key, line in lines:
            if line is None:
                skipped += 1
            else:
                add(key, line)
        self.staging.flush()
        return skipped

    def tables_to_make(self) -> Iterator[str]:
        for label, node in self.tables.nodes().items():
            columns = ", ".join(f"{quoted(c.name)} {c.kind}" for c in node.columns)
            yield f"CREATE NODE TABLE {quoted(self.names.nodes[label])}({columns}, PRIMARY KEY(id))"
        for type_, edge in self.tables.edges.items():
            pairs = [f"FROM {self._node(a)} TO {self._node(b)}" for a, b in edge.pairs]
            columns = ", ".join((*pairs, *(f"{quoted(c.name)} {c.kind}" for c in edge.columns)))
            yield f"CREATE REL TABLE {quoted(self.names.edges[type_])}({columns})"

    def copy_of(self, key: tuple[str, ...]) -> str:
        """The statement that loads a file."""
        if len(key) == 1:
            return (
                f"COPY {self._node(key[0])} FROM {_read(self.staging.path(key), self.tables.nodes()[key[0]].columns)}"
            )
        type_, head, tail = key
        columns = (Column("kgc from"), Column("kgc to"), *self.tables.edges[type_].columns)
        ends = f"(from={_text(self.names.nodes[head])}, to={_text(self.names.nodes[tail])})"
        return f"COPY {quoted(self.names.edges[type_])} FROM {_read(self.staging.path(key), columns)} {ends}"

    def _node(self, label: str) -> str:
        return quoted(self.names.nodes[label])


def _fill(draft: Path, filling: _Filling, graph: Graph) -> int:
    """Write all rows to files and load them, nodes first; returns how many found no place.

    While the database loads one kind, the rows of the next are written: each takes about one processor.
    """
    tables = filling.tables
    steps: tuple[Callable[[], int], ...] = (
        lambda: filling.stage(node_rows(graph, tables)),
        lambda: filling.stage_lines(fact_lines(graph, tables)),
        lambda: filling.stage_lines(mention_lines(graph, tables)) + filling.stage(tie_rows(graph, tables)),
    )
    with (
        ladybug.Database(draft, auto_checkpoint=False, buffer_pool_size=_cache()) as database,
        ladybug.Connection(database) as connection,
        ThreadPoolExecutor(max_workers=1) as loader,
    ):
        for statement in filling.tables_to_make():
            connection.execute(statement)
        skipped, loaded, loads = 0, set[tuple[str, ...]](), list[Future[int]]()
        for step in steps:
            skipped += step()
            fresh = [key for key in filling.staging.rows if key not in loaded]
            loaded.update(fresh)
            loads.append(loader.submit(_load, connection, filling, fresh))
        lost = sum(load.result() for load in loads)
        connection.execute("CHECKPOINT")
    return skipped + lost


def _load(connection: ladybug.Connection, filling: _Filling, keys: Sequence[tuple[str, ...]]) -> int:
    """Load files whole and remove them; returns how many relationships lacked an end."""
    lost = 0
    for key in keys:
        try:
            connection.execute(filling.copy_of(key))
        except RuntimeError as error:
            if len(key) == 1 or _NO_SUCH_END not in str(error):
                raise
            lost += _without_ends(connection, filling, key)
        filling.staging.path(key).unlink()
    return lost


def _cache() -> int:
    """Half of the machine's memory, within bounds: what is loaded of one pair of labels has to fit, about 1 KB a row.

    It is taken when it is needed; the limit itself costs 2 MB for each GiB.
    """
    least, most = CACHE
    return min(most, max(least, os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") // 2))


def _without_ends(connection: ladybug.Connection, filling: _Filling, key: tuple[str, ...]) -> int:
    """Load a file without the rows whose ends the graph lacks; returns how many those are."""
    heads, tails = (_ids(connection, filling.names.nodes[label]) for label in key[1:])
    lost = filling.staging.without(key, heads, tails)
    if filling.staging.rows[key]:
        connection.execute(filling.copy_of(key))
    return lost


def _ids(connection: ladybug.Connection, table: str) -> frozenset[str]:
    result = connection.execute(f"MATCH (n:{quoted(table)}) RETURN n.id")
    first = result[0] if isinstance(result, list) else result
    return frozenset(str(row[0]) for row in _rows(first))


def _rows(result: ladybug.QueryResult) -> Iterator[Sequence[object]]:
    while result.has_next():
        row = result.get_next()
        yield list(row.values()) if isinstance(row, dict) else row


def _read(path: Path, columns: tuple[Column, ...]) -> str:
    """The sub-query that reads a file: lists come as one text."""
    flat = ", ".join(f"{quoted(c.name)} {'STRING' if c.kind == 'STRING[]' else c.kind}" for c in columns)
    found = ", ".join(_divided(c.name) if c.kind == "STRING[]" else quoted(c.name) for c in columns)
    return f"(LOAD WITH HEADERS ({flat}) FROM {_text(str(path))} {_FORM} RETURN {found})"


def _divided(name: str) -> str:
    """A list out of its text; null stays null, and nothing is the empty list."""
    column = quoted(name)
    return f"CASE WHEN {column} = '' THEN CAST([] AS STRING[]) ELSE string_split({column}, {_text(DIVIDER)}) END"


def _text(value: str) -> str:
    """A text as a query holds it; only for paths and names of ours, values never stand in a query."""
    return "'" + value.replace("\\", "\\\\").replace("'", "\\'") + "'"


def _folder(stack: ExitStack, draft: Path) -> Path:
    """A folder for the files: beside the draft, or a temporary one where the path looks like a pattern."""
    if _PATTERN.isdisjoint(str(draft)):
        folder = draft.with_name(f"{draft.name}.rows")
        folder.mkdir()
        return folder
    return Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="kgc-")))
