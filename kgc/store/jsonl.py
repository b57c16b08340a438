"""The graph as a file of JSON lines: entities, facts and events, one object a line, sorted by id."""

from __future__ import annotations

import heapq
from collections.abc import Iterator
from pathlib import Path
from typing import ClassVar

from kgc.store.atomic import replacing, writing
from kgc.store.contract import Abilities, Graph
from kgc.store.shapes import entity_shape, event_shape, fact_shape, line


class JsonlFile:
    """Writes `.jsonl` (also `.jsonl.gz`); the same graph gives the same bytes."""

    name: ClassVar[str] = "jsonl"
    suffixes: ClassVar[tuple[str, ...]] = (".jsonl", ".ndjson")
    abilities: ClassVar[Abilities] = Abilities(events=True, evidence=True)

    @classmethod
    def export(cls, graph: Graph, path: Path, hidden: bool = False) -> int:
        """Write the graph to `path`, whole or not at all; returns the number of lines.

        `hidden` adds what stores leave out. Raises `StoreError` where the place cannot be written.
        """
        rows = 0
        with replacing(path) as draft, writing(draft, zipped=path.suffix == ".gz") as file:
            for text in _lines(graph, hidden):
                file.write(text + "\n")
                rows += 1
        return rows


def _lines(graph: Graph, hidden: bool) -> Iterator[str]:
    """All lines in the order of ids; the three streams are in that order each. Entities come first where ids meet."""
    entities = ((e.id, 0, line(entity_shape(e))) for e in graph.entities(hidden))
    facts = ((f.id, 1, line(fact_shape(f))) for f in graph.facts(hidden))
    events = ((e.id, 2, line(event_shape(e))) for e in graph.events(hidden))
    return (text for _, _, text in heapq.merge(entities, facts, events))
