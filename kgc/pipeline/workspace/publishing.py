"""What leaves the workspace: files, servers, and a report on what is in them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from kgc.pipeline import decisions_file
from kgc.pipeline.workspace.opened import Opened

if TYPE_CHECKING:
    from kgc.pipeline.sparql import Manner, Place
    from kgc.pipeline.validating import Verdict
    from kgc.store.answer import Rows
    from kgc.store.neo4j_writer import Written
    from kgc.store.sparql.writer import Written as SparqlWritten


class Publishing(Opened):
    """Write the graph to files and servers, ask servers, validate."""

    def export(
        self,
        path: str | Path,
        *,
        hidden: bool = False,
        what: str = "graph",
        base: str = "",
        provenance: str = "full",
        graphs: str = "one",
    ) -> int:
        """Write the graph to a file whose suffix names the format; returns the rows, or the statements of RDF.

        `what` may be "ontology" or "shapes" (the schema as OWL 2 or SHACL), or "decisions". `base`, `provenance` and
        `graphs` are for RDF (`kgc.pipeline.exporting.Export`).
        """
        from kgc.pipeline.exporting import Export, export_graph  # noqa: PLC0415

        if what == "decisions":
            return decisions_file.export_decisions(self._ledger(), Path(path))
        return export_graph(self.graph(), Path(path), Export(what, hidden, base, provenance, graphs))

    def validate(
        self,
        *,
        on: str = "",
        schema: str = "",
        shapes: str = "",
        base: str = "",
        user: str | None = None,
        password_env: str = "",
        database: str = "",
    ) -> Verdict:
        """Hold the graph against the schema, another one, or a file of SHACL (`shapes`).

        `on` is a file of RDF, or the address of a Neo4j or SPARQL server, to be held against them instead
        (`kgc.pipeline.validating.Target`).
        """
        from kgc.pipeline.validating import Target, validate  # noqa: PLC0415
        from kgc.schema.find import find  # noqa: PLC0415

        rules = (lambda: find(schema, self.path)) if schema else self.schema
        return validate(self.graph, rules, shapes, Target(on, base, user, password_env, database))

    def write(
        self,
        uri: str,
        *,
        user: str = "neo4j",
        password_env: str = "NEO4J_PASSWORD",  # noqa: S107
        database: str = "",
        text: bool = True,
        dry_run: bool = False,
        prune: bool = False,
        anew: bool = False,
        watch: Callable[[int], None] | None = None,
    ) -> Written:
        """Publish the graph to a server; a second time sends the difference alone (`kgc.store.neo4j`).

        `text=False` leaves chunks, documents and mentions out; `dry_run` tells what would be sent; `prune` allows more
        than half of what is there to go; `anew` compares everything instead of trusting what was remembered.
        """
        from kgc.store.find import server  # noqa: PLC0415

        graph = self.graph()
        store = server(uri, user, password_env, database, self._owner(), self.path / ".kgc" / "targets", text)
        return store.plan(graph) if dry_run else store.write(graph, prune=prune, anew=anew, watch=watch)

    def query_server(
        self,
        uri: str,
        text: str,
        params: Mapping[str, object] | None = None,
        *,
        user: str = "neo4j",
        password_env: str = "NEO4J_PASSWORD",  # noqa: S107
        database: str = "",
        limit: int = 10_000,
        timeout: float = 30.0,
    ) -> Rows:
        """Ask a Neo4j server in Cypher, read-only, whoever wrote what is there."""
        from kgc.store.find import server  # noqa: PLC0415

        return server(uri, user, password_env, database).query(text, params or {}, limit, timeout)

    def write_sparql(self, place: Place, manner: Manner | None = None) -> SparqlWritten:
        """Publish the graph to a SPARQL server, into graphs of this workspace's own; again: the difference alone."""
        from kgc.pipeline.sparql import Manner, write  # noqa: PLC0415

        return write(self.graph(), place, self._owner(), self.path, manner or Manner())

    def query_sparql(self, text: str, on: Place | None = None, *, limit: int = 10_000, timeout: float = 30.0) -> Rows:
        """Ask in SPARQL, read-only: the graph itself, or a server."""
        from kgc.pipeline.sparql import ask  # noqa: PLC0415

        return ask(text, on or self.graph, self.path, limit, timeout)
