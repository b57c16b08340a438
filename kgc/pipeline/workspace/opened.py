"""A workspace on the disk: where it is, its ledger, its lock. What people do with it stands beside this."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, ExitStack, contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING, Final, Self, TypeVar

from kgc import config
from kgc.config import Given
from kgc.data import Decision
from kgc.errors import KgcError, LedgerError
from kgc.ledger import FILE, Ledger
from kgc.ledger.graph import LedgerGraph
from kgc.ledger.lock import Busy, long_run
from kgc.schema import Schema

if TYPE_CHECKING:
    from kgc.pipeline.recipes import Preparation

Result = TypeVar("Result")
LOCK = Path(".kgc") / "lock"
PATIENCE: Final = 2.0
"""Seconds that a decision waits for who holds the lock, where no long run is known to be at work."""
ROUNDS: Final = 10
"""So often the graph is derived again because somebody decided meanwhile; they look after their decision as well."""


class Opened:
    """What every part of the API stands on; making one does not touch the disk."""

    def __init__(self, path: str | Path = ".") -> None:
        self.path = Path(path)
        self._reader: Ledger | None = None

    def schema(self) -> Schema:
        """The classes of all active recipes together."""
        from kgc.pipeline.recipes import active_schema  # noqa: PLC0415

        return active_schema(self._ledger().extractions.recipes())

    def graph(self) -> LedgerGraph:
        """The derived graph, for stores and exporters.

        Where a process ended before the graph followed what it read or decided, it follows now; while a run is at work,
        or in a workspace that may only be read, it is the one that is there.
        """
        from kgc.pipeline.derive import fingerprint  # noqa: PLC0415

        self._follow()
        ledger, schema = self._ledger(), self.schema()
        return ledger.graph(schema, fingerprint(ledger, schema))

    def _follow(self) -> None:
        if self._ledger().state.stale:
            with suppress(LedgerError), self._run():
                pass

    def _prepare(self, schema: str | Schema | None, options: Given) -> Preparation:
        from kgc.pipeline.recipes import prepare  # noqa: PLC0415

        given: dict[str, object] = dict(options)
        if isinstance(schema, str):
            given["schema"] = schema
        return prepare(config.load(self.path, given), self.path, schema if isinstance(schema, Schema) else None)

    def _run(self) -> AbstractContextManager[Ledger]:
        return running(self.path)

    def _decide(self, act: Callable[[Ledger], Result]) -> Result:
        """Take a decision; the graph is brought up to date at once, unless a run is at work and will do so.

        Verdicts on single facts touch these facts alone, however large the graph is. The embedded graph is written
        anew when somebody asks it (`query`). Of an act that fails, what it recorded before holds.
        """
        from kgc.pipeline.derive import fresh  # noqa: PLC0415
        from kgc.pipeline.live import live  # noqa: PLC0415

        self._must_exist()
        with Ledger(self.path, writable=True) as ledger:
            was_fresh, before = fresh(ledger), int(ledger.state.get("generation"))
            wait = 0.0 if live(self.path) else PATIENCE
            try:
                result = act(ledger)
            except KgcError:
                _catch_up(ledger, self.path, wait)
                raise
            verdicts = _verdicts(result) if was_fresh else ()
            _catch_up(ledger, self.path, wait, verdicts, before + len(verdicts))
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


@contextmanager
def running(workspace: Path) -> Iterator[Ledger]:
    """The writable ledger under the lock; afterwards the graph follows what people decided meanwhile.

    Raises `Busy` where another run is at work. What was decided beside a run that fails is followed too.
    """
    with ExitStack() as held:
        held.enter_context(long_run(workspace / LOCK))
        with Ledger(workspace, writable=True) as ledger:
            try:
                yield ledger
            except KgcError:
                held.close()
                _catch_up(ledger, workspace)
                raise
            held.close()  # first, so that a decision is seen here or finds the lock free
            _catch_up(ledger, workspace)


def _catch_up(
    ledger: Ledger, workspace: Path, wait: float = 0.0, verdicts: Sequence[Decision] = (), generation: int = 0
) -> None:
    """Derive while the graph is older than the decisions. Who else holds the lock does so after letting go of it.

    `verdicts` are all that changed where the ledger's number is `generation` (`kgc.pipeline.derive.follow`).
    """
    from kgc.pipeline.derive import derive, follow  # noqa: PLC0415

    with suppress(Busy):
        for _ in range(ROUNDS):
            if not ledger.state.stale:
                break
            with long_run(workspace / LOCK, wait):
                if not (verdicts and follow(ledger, verdicts, generation)):
                    derive(ledger)


def _verdicts(result: object) -> tuple[Decision, ...]:
    """The verdicts on facts that were taken or taken back, if a decision was nothing else."""
    every = result if isinstance(result, tuple) else (result,)
    verdicts = tuple(d for d in every if isinstance(d, Decision) and d.kind in ("accept", "reject"))
    return verdicts if len(verdicts) == len(every) else ()
