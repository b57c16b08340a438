"""What only reads: it may be called at any time, also while a run goes on."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import suppress
from typing import TYPE_CHECKING

from kgc.data import Document, Entity, Event, Fact
from kgc.errors import LedgerError, UnknownName
from kgc.ledger.lock import Busy
from kgc.pipeline import looks
from kgc.pipeline.workspace.opened import Opened

if TYPE_CHECKING:
    from kgc.ledger.in_document import Stand
    from kgc.ledger.queues import Narrow, Problematic, QueueName
    from kgc.ledger.runs import PastRun, Spent
    from kgc.ledger.search import Hits
    from kgc.ledger.talks import TalkRow
    from kgc.ledger.usage import Usage
    from kgc.llm.embedder import Embedder
    from kgc.pipeline.live import LiveRun
    from kgc.pipeline.progress import Watch
    from kgc.pipeline.semantic import Meant
    from kgc.store.answer import Rows

NO_PARAMS: Mapping[str, object] = {}


class Looking(Opened):
    """Look at the graph, its documents and its evidence."""

    def query(
        self, text: str, params: Mapping[str, object] = NO_PARAMS, *, limit: int = 10_000, timeout: float = 30.0
    ) -> Rows:
        """Ask the embedded graph in Cypher, read-only, with a limit of rows and of seconds.

        The facts are derived and the embedded graph is written first where they are older than what was decided; while
        a run is at work, which will do so, the one that is there answers.
        """
        from kgc.pipeline.derive import GRAPH, derive, project, projected  # noqa: PLC0415
        from kgc.store.query import query  # noqa: PLC0415

        schema = self.schema()
        path = self.path / GRAPH
        written = projected(self._ledger(), schema, path)
        if self.stale() or not written:
            # who may only read, or meets a run, is answered by what is there
            forgiven = (LedgerError,) if written else (Busy,) if path.is_file() else ()
            with suppress(*forgiven), self._run() as ledger:
                if ledger.state.stale:
                    derive(ledger)
                project(ledger, self.path)
        return query(path, schema, text, params, limit=limit, timeout=timeout)

    def show(self, name: str, limit: int = 50) -> tuple[looks.Card, ...]:
        """The entities of this name, alias or id, each with its facts and their evidence."""
        return looks.cards(self.graph(), name, limit)

    def search(self, text: str, limit: int = 20) -> Hits:
        """Full-text search over entities and passages."""
        self._follow()
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

    def standing(self, source: str, start: int, end: int) -> tuple[Stand, ...]:
        """Which facts stand between two offsets of a document's text, in its order; hidden ones as well."""
        from kgc.ledger.in_document import standing  # noqa: PLC0415

        return standing(self._ledger().connection, source, start, end)

    def next_standing(self, source: str, after: int) -> int | None:
        """Where the first fact of a document stands that begins at or after an offset; None when there is none."""
        from kgc.ledger.in_document import next_standing  # noqa: PLC0415

        return next_standing(self._ledger().connection, source, after)

    # Review

    def queue(self, name: QueueName, narrow: Narrow | None = None, limit: int = 50, seed: str = "") -> tuple[Fact, ...]:
        """The first facts of a queue that people look at (`kgc.ledger.queues`); `seed` is for a sample."""
        from kgc.ledger.queues import Narrow, queue  # noqa: PLC0415

        ids = queue(self._ledger().connection, name, narrow or Narrow(), limit, seed)
        graph = self.graph()
        return tuple(fact for fact in (graph.fact(id_) for id_ in ids) if fact is not None)

    def queue_size(self, name: QueueName, narrow: Narrow | None = None) -> int:
        """How many facts a queue holds."""
        from kgc.ledger.queues import Narrow, count  # noqa: PLC0415

        return count(self._ledger().connection, name, narrow or Narrow())

    def problems(self, codes: tuple[str, ...] = (), limit: int = 200) -> tuple[Problematic, ...]:
        """What answers said that could not become a fact: labels without a place, ends that do not fit."""
        from kgc.ledger.queues import problems  # noqa: PLC0415

        return problems(self._ledger().connection, codes, limit)

    # Runs

    def live(self) -> LiveRun | None:
        """The run that is at work in this workspace, whichever process holds it; None when there is none."""
        from kgc.pipeline.live import live  # noqa: PLC0415

        return live(self.path)

    def history(self, limit: int = 20) -> tuple[PastRun, ...]:
        """Runs that changed or asked something, the newest first."""
        return self._ledger().runs.last(limit)

    def stale(self) -> bool:
        """Whether the graph is older than what was read and decided: the run that is at work brings it up to date."""
        return self._ledger().state.stale

    def usage(self) -> Usage:
        """How every class and relation is used in the graph; takes about a second on a million facts."""
        from kgc.ledger.usage import usage  # noqa: PLC0415

        return usage(self._ledger().connection)

    def spent(self) -> tuple[Spent, ...]:
        """What all paid answers took, by prompt and model."""
        return self._ledger().runs.spent()

    def talks(self) -> tuple[TalkRow, ...]:
        """Talks of agents about a schema, the newest first (`kgc.ontology.agents.hold.recorded` gives one whole)."""
        return self._ledger().talks.all()
