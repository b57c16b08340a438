"""The Home page: what this graph is, how it stands, and what to do next."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from heapq import nsmallest
from pathlib import Path
from shlex import quote
from typing import Protocol

from kgc.shipped import folder
from kgc.view.html import counted
from kgc.view.source import Read


class Standing(Read, Protocol):
    """How a workspace stands."""

    @property
    def entities(self) -> int: ...
    @property
    def facts(self) -> int: ...


@dataclass(frozen=True, slots=True)
class Step:
    """Something to do next: the page it is done on ("" where it is a command), and why."""

    title: str
    why: str
    page: str = ""
    command: str = ""


def health(report: Standing) -> str:
    """How things stand, in a sentence."""
    documents, chunks = report.documents, report.chunks
    if documents.failed or chunks.failed:
        files = counted(documents.failed, "file", "files")
        return f"{files} and {counted(chunks.failed, 'passage', 'passages')} failed."
    if chunks.pending:
        return f"{counted(chunks.pending, 'passage is', 'passages are')} still open."
    if documents.pending:
        return f"{counted(documents.pending, 'file is', 'files are')} still open."
    return "Everything that was found was read."


def example() -> str:
    """Where our example documents are, as short as it can be said from where one is."""
    found = folder("examples") / "documents"
    here = Path.cwd()
    return found.relative_to(here).as_posix() if found.is_relative_to(here) else str(found)


def next_steps(report: Standing, *, proposals: int = 0, running: bool = False) -> tuple[Step, ...]:
    """What is worth doing, the most pressing first."""
    steps: list[Step] = []
    if running and not report.facts:
        return (Step("Watch the run", "A run is at work; what it finds is shown when it ends.", "runs"),)
    if not report.documents.done and not report.facts:
        steps.append(Step("Read a folder", "There is nothing here yet.", command="kgc ingest FOLDER"))
        steps.append(Step("Or try the example", "28 documents of our own.", command=f"kgc ingest {quote(example())}"))
        return tuple(steps)
    if running:
        steps.append(Step("Watch the run", "A run is at work in this workspace.", "runs"))
    if report.documents.failed or report.chunks.failed:
        steps.append(Step("See what failed", health(report), "runs"))
    if report.chunks.pending and not running:
        steps.append(Step("Go on reading", health(report), command="kgc ingest FOLDER"))
    if proposals:
        why = f"{counted(proposals, 'pair of names', 'pairs of names')} may mean one thing."
        steps.append(Step("Review proposed merges", why, "review"))
    steps.append(Step("Explore", "Find something and look around it.", "explore"))
    steps.append(Step("Ask", "In Cypher or SPARQL, with examples to begin with.", "query"))
    steps.append(Step("Review facts", "Accept and reject, with the sentence before you.", "review"))
    return tuple(steps)


def shares(pairs: Iterable[tuple[str, int]], most: int = 8) -> Sequence[tuple[str, int]]:
    """The largest, and the rest together.

    >>> shares([("a", 5), ("b", 3), ("c", 1), ("d", 1)], 2)
    [('a', 5), ('b', 3), ('2 others', 2)]
    """
    rows = sorted(pairs, key=lambda pair: (-pair[1], pair[0]))
    rest = rows[most:]
    return [*rows[:most], *([(f"{len(rest)} others", sum(n for _, n in rest))] if rest else [])]


class Held(Protocol):
    """A document with how many facts it says."""

    @property
    def source(self) -> str: ...
    @property
    def facts(self) -> int: ...


def richest(documents: Iterable[Held], most: int) -> list[tuple[str, int]]:
    """The documents that say most, and how many facts each."""
    return nsmallest(most, ((d.source, d.facts) for d in documents), key=lambda pair: (-pair[1], pair[0]))
