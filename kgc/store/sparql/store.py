"""The graph on a SPARQL server, in graphs of its own: what others have there is neither read nor touched."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import ClassVar, Final

from kgc.errors import MissingPackage, StoreError
from kgc.store.answer import Rows
from kgc.store.contract import SPARQL, Abilities, Graph
from kgc.store.rdf.graph import Form
from kgc.store.rdf.names import BASE, checked_base
from kgc.store.rdf.terms import iri, is_iri, segment
from kgc.store.sparql import statements as say
from kgc.store.sparql.endpoints import Endpoints, endpoints
from kgc.store.sparql.guard import only_reads
from kgc.store.sparql.http import Access, Http
from kgc.store.sparql.rows import Space, Target
from kgc.store.sparql.writer import SMALL, TOLD, Sender, Writer, Written
from kgc.store.targets import Memory, memory_path

JSON: Final = "application/sparql-results+json"
PATIENCE: Final = 120.0
"""Seconds for a small question of ours."""


@dataclass(frozen=True, slots=True)
class SparqlStore:
    """A dataset on a server that speaks the SPARQL 1.1 protocol.

    `uri` is the address that people know it by; `update_url` and `query_url` are given where a server's differ from
    what is usual. `graph` is the IRI of the graph that is written and asked, by default one under the name `owner` of
    the workspace; the graphs of documents lie below it. `memory` is the folder that remembers what was written;
    without it every write puts everything anew.
    """

    uri: str
    access: Access = field(default_factory=Access)
    graph: str = ""
    owner: str = "kgc"
    memory: Path | None = None
    form: Form = field(default_factory=Form)
    update_url: str = ""
    query_url: str = ""
    name: ClassVar[str] = "sparql"
    abilities: ClassVar[Abilities] = Abilities(difference=True, shared=True, events=True, evidence=True, query=SPARQL)

    def plan(self, graph: Graph) -> Written:
        """What a write would send and remove; nothing is changed, neither there nor here."""
        return self._write(graph, dry=True)

    def write(
        self, graph: Graph, *, prune: bool = False, anew: bool = False, watch: Callable[[int], None] | None = None
    ) -> Written:
        """Bring the graphs of this workspace to this graph. A run that was cut off is carried on by the next.

        What was written last is remembered, so that the difference alone is sent; where that memory does not fit what
        is there, and with `anew`, the graphs of this workspace are emptied and written again. Where more than half of
        what is there would go, nothing is removed and `StoreError` says so, unless `prune` allows it. Raises
        `StoreError` also when the server is away, refuses, or can only be read. `watch` is told how many rows were
        looked at.
        """
        return self._write(graph, prune=prune, anew=anew, watch=watch)

    def query(self, text: str, limit: int = 10_000, timeout: float = 30.0) -> Rows:
        """Ask the server; `limit` is of rows, `timeout` in seconds, after which the connection is closed.

        A question that names no graphs is asked of this workspace's, if it has written there. Updates, `SERVICE` and
        graphs that are not here are refused before anything is sent. Raises `StoreError`, `MissingPackage`.
        """
        try:
            from kgc.store.sparql.remote import ask  # noqa: PLC0415 -- the parser is an optional package
        except ModuleNotFoundError as error:
            if (error.name or "").startswith("kgc"):
                raise
            raise MissingPackage("Asking in SPARQL", "rdf") from error
        own = self._own_graph()
        question = only_reads(text, own)
        with Http(self.access) as http:
            return ask(http, self._at().query, question, own, limit, timeout)

    def _own_graph(self) -> str:
        """The IRI of the graph to be asked, "" for whatever the server's default is."""
        if self.graph:
            return self._target().main[1:-1]
        known = self._memory_path()
        return self._target().main[1:-1] if known and known.is_file() else ""

    def _write(
        self,
        graph: Graph,
        *,
        prune: bool = False,
        anew: bool = False,
        dry: bool = False,
        watch: Callable[[int], None] | None = None,
    ) -> Written:
        space, target = Space(checked_base(self.form.base)), self._target()
        fingerprint = f"{graph.fingerprint} {self.form!r} {TOLD}"
        with Http(self.access) as http, Memory(self._memory_path()) as memory:
            sender = Sender(http, self._at())
            fits = not anew and bool(memory.token) and self._token(http, target) == memory.token
            if fits and memory.fingerprint == fingerprint:
                return Written()
            if not fits and not prune and not dry:
                self._must_be_worth(http, graph, target, space)
            if dry:
                sender_or_none, at_work = None, memory if fits else Memory()
            else:
                sender_or_none, at_work = sender, memory
                self._begin(sender, memory, target, anew=not fits)
            writer = Writer(sender_or_none, at_work, target, space, watch)
            before = len(at_work)
            writer.write(graph, self.form)
            self._must_leave_enough(before, writer, prune or dry)
            writer.forget()
            if not dry:
                memory.end(fingerprint)
        return Written(writer.sent, writer.removed, writer.triples, sender.requests, in_full=not fits)

    def _begin(self, sender: Sender, memory: Memory, target: Target, *, anew: bool) -> None:
        """The marker is taken away first and put back last, so that a cut between is noticed."""
        if not anew:
            memory.begin()
            return
        memory.forget_all()
        apart = self._documents(sender.http, target)
        sender.update(say.clear([target.marker]))
        sender.update(say.clear([target.main]))
        for start in range(0, len(apart), 1_000):
            sender.update(say.clear(apart[start : start + 1_000]))
        sender.update(say.put_marker(target, memory.begin()))

    def _must_be_worth(self, http: Http, graph: Graph, target: Target, space: Space) -> None:
        """What is there is not emptied for a graph of less than half its size."""
        found = _values(self._asked(http, say.count_entities(target, space.base)), "n")
        there, here = int(found[0]) if found else 0, sum(1 for _ in graph.entities())
        if there - here > max(SMALL, there // 2):
            raise StoreError(
                f"This workspace has {there:,} entities at {self.uri} and would have {here:,}.",
                "Nothing was changed. --prune allows that.",
            )

    def _must_leave_enough(self, before: int, writer: Writer, allowed: bool) -> None:
        gone = writer.unwanted()
        if gone > max(SMALL, before // 2) and not allowed:
            raise StoreError(
                f"This write would remove {gone:,} of the {before:,} things of this workspace at {self.uri}.",
                "What is new was written, nothing was removed. --prune removes them as well.",
            )

    def _token(self, http: Http, target: Target) -> str:
        found = _values(self._asked(http, say.read_marker(target)), "token")
        return found[0] if len(found) == 1 else ""

    def _documents(self, http: Http, target: Target) -> list[str]:
        return [iri(g) for g in _values(self._asked(http, say.document_graphs(target)), "g")]

    def _asked(self, http: Http, question: str) -> bytes:
        with http.ask(self._at().query, question, JSON, {}, PATIENCE) as answer:
            return answer.read()

    def _at(self) -> Endpoints:
        return endpoints(self.uri, self.update_url, self.query_url)

    def _target(self) -> Target:
        if self.graph and not is_iri(self.graph):
            raise StoreError(f"{self.graph!r} is no name for a graph.", "Give an absolute IRI.")
        return Target(iri(self.graph or f"{BASE}graph/{segment(self.owner)}"))

    def _memory_path(self) -> Path | None:
        at = self._at()
        return memory_path(self.memory, at.update, self._target().main, self.owner) if self.memory else None


def _values(body: bytes, name: str) -> list[str]:
    """One column of an answer in JSON. Raises `StoreError` where it is none."""
    try:
        return [str(row[name]["value"]) for row in json.loads(body)["results"]["bindings"]]
    except (ValueError, KeyError, TypeError) as error:
        raise StoreError(
            "The server's answer is none that SPARQL knows.", "Is it the address of a SPARQL server?"
        ) from error
