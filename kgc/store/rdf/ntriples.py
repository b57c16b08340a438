"""N-Triples and N-Quads: a statement a line."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import TextIO

from kgc.store.rdf.blocks import Block, PlainBlock, plain
from kgc.store.rdf.written import written


def write_ntriples(blocks: Iterable[Block], file: TextIO, prefixes: Mapping[str, str]) -> int:  # noqa: ARG001
    """Write all statements without their graphs; returns how many."""
    return written(_lines(block._replace(graph="") for block in plain(blocks)), file)


def write_nquads(blocks: Iterable[Block], file: TextIO, prefixes: Mapping[str, str]) -> int:  # noqa: ARG001
    """Write all statements with their graphs; returns how many."""
    return written(_lines(plain(blocks)), file)


def lines(blocks: Iterable[Block]) -> Iterator[str]:
    """The lines of N-Quads, some at a time: what a database loads in bulk."""
    return (text for text, _ in _lines(plain(blocks)))


def _lines(blocks: Iterable[PlainBlock]) -> Iterator[tuple[str, int]]:
    for subject, pairs, graph in blocks:
        end = f" {graph} .\n" if graph else " .\n"
        yield "".join([f"{subject} {predicate} {value}{end}" for predicate, value in pairs]), len(pairs)
