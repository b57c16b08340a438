"""The public Python API: a directory with `kgc.toml` (optional) and `.kgc/` (the ledger, the embedded graph)."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING, Self, TypeVar, Unpack

from kgc import config
from kgc.config import Given
from kgc.data import Decision, Document, Entity, Event, Fact
from kgc.errors import KgcError, LedgerError, UnknownName
from kgc.ledger import FILE, Ledger
from kgc.ledger.extractions import IMPORT
from kgc.ledger.graph import LedgerGraph
from kgc.ledger.lock import Busy, long_run
from kgc.pipeline import decide, looks
from kgc.pipeline.report import Report
from kgc.schema import Schema

if TYPE_CHECKING:
    from kgc.ledger.search import Hits
    from kgc.llm.embedder import Embedder
    from kgc.pipeline.importing import Imported
    from kgc.pipeline.progress import Watch
    from kgc.pipeline.recipes import Preparation
    from kgc.pipeline.report import Plan
    from kgc.pipeline.semantic import Meant
    from kgc.pipeline.sparql import Manner, Place
    from kgc.pipeline.validating import Verdict
    from kgc.store.answer import Rows
    from kgc.store.neo4j_writer import Written
    from kgc.store.sparql.writer import Written as SparqlWritten

Result = TypeVar("Result")
LOCK = Path(".kgc") / "lock"
NO_PARAMS: Mapping[str, object] = {}


class Workspace:
    """A workspace; making one does not touch the disk.

    Options that are None come from `kgc.toml`, then `KGC_*` variables, then the defaults (docs/reference/config.md).
    Methods that run take the workspace's lock; all others may be called at any time, also while a run goes on.
    """

    def __init__(self, path: str | Path = ".") -> None:
        self.path = Path(path)
        self._reader: Ledger | None = None

    # Runs

    def ingest(
        self,
        folder: str | Path,
        *,
        schema: str | Schema | None = None,
        name: str = "",
        add: bool = False,
        prune: bool = False,
        reask: bool = False,
        watch: Watch | None = None,
        **options: Unpack[Given],
    ) -> Report:
        """Bring the graph to what the folder holds: read, extract, derive, project.

        Unchanged files are not read again and answered questions not asked again. `name` names the root (its basename
        by default); `add` keeps the recipes that are active and adds this one; `prune` allows more than half of a root
        to vanish; `reask` asks chunks again that were asked under an older form of the schema. `options` are those of
        `kgc.config.Options`: model, strategy, budget, concurrency and so on. Raises `KgcError` for what was asked
        wrongly; what a file or a model got wrong is in the report.
        """
        from kgc.pipeline.ingest import Choices, ingest  # noqa: PLC0415
        from kgc.pipeline.scan import must_exist  # noqa: PLC0415

        prepared = self._prepare(schema, options)
        must_exist(Path(folder))
        with self._run() as ledger:
            return ingest(ledger, self.path, Path(folder), prepared, Choices(name, add, prune, reask), watch)

    def import_graph(
        self,
        source: str | Path,
        *,
        schema: str | None = None,
        name: str = "",
        user: str = "neo4j",
        password_env: str = "NEO4J_PASSWORD",  # noqa: S107
        database: str = "",
        watch: Watch | None = None,
    ) -> Imported:
        """Take over an existing graph: a file of our JSON lines or of RDF, or a Neo4j server.

        `schema` is a name, a file, or "auto" for one that is derived from the graph and written to `schemas/`; None is
        the workspace's own. `name` names the graph here, as `forget` takes it. Raises `KgcError` for a source that
        cannot be read as a whole; nothing is changed then.
        """
        from kgc.pipeline.importing_source import Account, take_graph  # noqa: PLC0415

        wanted = config.load(self.path, {"schema": schema} if schema else {}).schema
        with self._run() as ledger:
            return take_graph(ledger, self.path, source, wanted, name, Account(user, password_env, database), watch)

    def plan(
        self, folder: str | Path, *, schema: str | Schema | None = None, name: str = "", **options: Unpack[Given]
    ) -> Plan:
        """What an ingest with these options would ask and cost, as estimates. Nothing is spent or changed."""
        from kgc.pipeline.plan import plan  # noqa: PLC0415

        prepared = self._prepare(schema, options)
        ledger = Ledger(self.path, writable=False) if (self.path / FILE).is_file() else None
        try:
            return plan(ledger, self.path, Path(folder), prepared, name)
        finally:
            if ledger:
                ledger.close()

    def retry(self, *, watch: Watch | None = None, **options: Unpack[Given]) -> Report:
        """Try again what failed, under the active recipes; options may be given anew (`key_env`, `concurrency` …)."""
        from kgc.pipeline.ingest import retry  # noqa: PLC0415
        from kgc.pipeline.recipes import restore  # noqa: PLC0415

        self._must_exist()
        with self._run() as ledger:
            reports = [
                retry(ledger, self.path, restore(recipe, ledger.state, options, self.path), watch)
                for recipe in ledger.extractions.recipes()
                if recipe.strategy != IMPORT
            ]
        if not reports:
            raise KgcError("Nothing was ingested in this workspace yet.", "`kgc ingest FOLDER` begins.")
        return reports[-1]

    def forget(self, root: str) -> Report:
        """Remove a root and what only it supported. Paid answers stay, should the folder come back."""
        from kgc.pipeline.ingest import forget  # noqa: PLC0415

        self._must_exist()
        with self._run() as ledger:
            roots = ledger.folders.roots()
            if root not in roots:
                raise UnknownName("root", root, roots, f"Roots here: {', '.join(roots) or 'none'}.")
            return forget(ledger, self.path, root)

    def status(self) -> Report:
        """How the workspace stands, from the ledger alone."""
        from kgc.pipeline.ingest import state_report  # noqa: PLC0415

        return state_report(self._ledger())

    # Reading

    def schema(self) -> Schema:
        """The classes of all active recipes together."""
        from kgc.pipeline.recipes import active_schema  # noqa: PLC0415

        return active_schema(self._ledger().extractions.recipes())

    def query(
        self, text: str, params: Mapping[str, object] = NO_PARAMS, *, limit: int = 10_000, timeout: float = 30.0
    ) -> Rows:
        """Ask the embedded graph in Cypher, read-only, with a limit of rows and of seconds."""
        from kgc.pipeline.derive import GRAPH, project  # noqa: PLC0415
        from kgc.store.query import query  # noqa: PLC0415

        schema = self.schema()
        path = self.path / GRAPH
        if not path.is_file():
            with self._run() as ledger:
                project(ledger, self.path)
        return query(path, schema, text, params, limit=limit, timeout=timeout)

    def show(self, name: str, limit: int = 50) -> tuple[looks.Card, ...]:
        """The entities of this name, alias or id, each with its facts and their evidence."""
        return looks.cards(self.graph(), name, limit)

    def search(self, text: str, limit: int = 20) -> Hits:
        """Full-text search over entities and passages."""
        return self._ledger().search(text, limit)

    def search_meaning(
        self, question: str, limit: int = 20, *, embedder: Embedder | None = None, watch: Watch | None = None
    ) -> Meant:
        """Search by meaning and by words at once, each passage with the sentence that fits the question best.

        What has no vector of this embedder yet (the built-in one, which reads English) is embedded first and kept in
        `.kgc/vectors.db`, which can be deleted. Raises `KgcError` when it cannot be written or no embedder is there.
        """
        from kgc.pipeline.semantic import search  # noqa: PLC0415
        from kgc.slm.embed import BuiltinEmbedder  # noqa: PLC0415

        ledger = self._ledger()
        return search(ledger, self.path, embedder or BuiltinEmbedder.load(), question, limit, watch)

    def entities(self) -> Iterator[Entity]:
        return self.graph().entities()

    def facts(self, *, hidden: bool = False) -> Iterator[Fact]:
        return self.graph().facts(hidden)

    def events(self, *, hidden: bool = False) -> Iterator[Event]:
        return self.graph().events(hidden)

    def neighbours(self, entity_id: str, limit: int = 50) -> tuple[Fact, ...]:
        """The best supported facts at either end of an entity."""
        return tuple(self.graph().facts_of(entity_id, limit))

    def document(self, source: str) -> Document:
        """A document as the ledger holds it. Raises `UnknownName` with the nearest ones."""
        ledger = self._ledger()
        found = ledger.folders.document(source)
        if found is None:
            raise UnknownName("document", source, ledger.folders.sources(), "`kgc status` lists what was not read.")
        return found

    def documents(self) -> tuple[looks.DocumentState, ...]:
        return looks.document_states(self._ledger())

    def graph(self) -> LedgerGraph:
        """The derived graph, for stores and exporters."""
        from kgc.pipeline.derive import fingerprint  # noqa: PLC0415

        ledger, schema = self._ledger(), self.schema()
        return ledger.graph(schema, fingerprint(ledger, schema))

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
            return self.export_decisions(path)
        return export_graph(self.graph(), Path(path), Export(what, hidden, base, provenance, graphs))

    def validate(
        self,
        *,
        on: str = "",
        schema: str = "",
        shapes: str = "",
        base: str = "",
        user: str = "",
        password_env: str = "",
    ) -> Verdict:
        """Hold the graph against the schema, another one, or a file of SHACL (`shapes`).

        `on` is a file of RDF, or the address of a SPARQL server, to be held against them instead.
        """
        from kgc.pipeline.validating import Target, validate  # noqa: PLC0415
        from kgc.schema.find import find  # noqa: PLC0415

        rules = (lambda: find(schema, self.path)) if schema else self.schema
        return validate(self.graph, rules, shapes, Target(on, base, user, password_env))

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

    # Decisions

    def decisions(self) -> tuple[Decision, ...]:
        return self._ledger().decisions.all()

    def undo(self, decision_id: str) -> Decision:
        """Take a decision back, by its id or the beginning of it; the graph follows."""
        return self._decide(lambda ledger: decide.undo(ledger, decision_id))

    def accept(self, fact_id: str, by: str = "person") -> Decision:
        graph = self.graph()
        return self._decide(lambda ledger: decide.judge(ledger, graph, fact_id, "accept", by))

    def reject(self, fact_id: str, by: str = "person") -> Decision:
        graph = self.graph()
        return self._decide(lambda ledger: decide.judge(ledger, graph, fact_id, "reject", by))

    def export_decisions(self, path: str | Path) -> int:
        return decide.export_decisions(self._ledger(), Path(path))

    def import_decisions(self, path: str | Path) -> int:
        return self._decide(lambda ledger: decide.import_decisions(ledger, Path(path)))

    # The ledger

    def _prepare(self, schema: str | Schema | None, options: Given) -> Preparation:
        from kgc.pipeline.recipes import prepare  # noqa: PLC0415

        given: dict[str, object] = dict(options)
        if isinstance(schema, str):
            given["schema"] = schema
        return prepare(config.load(self.path, given), self.path, schema if isinstance(schema, Schema) else None)

    @contextmanager
    def _run(self) -> Iterator[Ledger]:
        """The writable ledger under the lock."""
        with long_run(self.path / LOCK), Ledger(self.path, writable=True) as ledger:
            yield ledger

    def _decide(self, act: Callable[[Ledger], Result]) -> Result:
        """Take a decision; the graph is brought up to date at once, unless a run is at work and will do so."""
        from kgc.pipeline.derive import derive, project  # noqa: PLC0415

        self._must_exist()
        with Ledger(self.path, writable=True) as ledger:
            result = act(ledger)
            with suppress(Busy), long_run(self.path / LOCK):
                derive(ledger)
                project(ledger, self.path)
        return result

    def _owner(self) -> str:
        """The name under which this workspace owns what it writes to a shared server; kept when the folder moves."""
        from kgc.pipeline.owner import owner  # noqa: PLC0415

        return owner(self._ledger(), self.path)

    def _must_exist(self) -> None:
        if not (self.path / FILE).is_file():
            raise LedgerError(f"There is no workspace in {str(self.path)!r}.", "`kgc ingest FOLDER` makes one.")

    def _ledger(self) -> Ledger:
        """A read-only connection, kept until `close`."""
        if self._reader is None:
            self._must_exist()
            self._reader = Ledger(self.path, writable=False)
        return self._reader

    def close(self) -> None:
        """Let go of the ledger; the workspace may be used again afterwards."""
        if self._reader:
            self._reader.close()
            self._reader = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()
