"""The folder is read in a thread beside the asking, which then never waits for the whole of it."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from threading import Event, Thread
from types import TracebackType
from typing import Self

from kgc.ledger import Ledger
from kgc.pipeline.recipes import Preparation
from kgc.pipeline.scan import Place
from kgc.pipeline.supply import Supply
from kgc.pipeline.sync import Delta, Stage, Synced, take_in


class Reading:
    """Reads and cuts a place through a connection of its own, and adds each batch's open chunks to the supply.

    Leaving the `with` block waits for its end (after the batch at hand where something was raised inside) and raises
    what went wrong in the thread, unless something worse is under way.
    """

    def __init__(self, workspace: Path, place: Place, delta: Delta, prepared: Preparation, supply: Supply) -> None:
        self.synced = Synced()
        self._workspace = workspace
        self._place = place
        self._delta = delta
        self._prepared = prepared
        self._supply = supply
        self._over = Event()
        self._error: BaseException | None = None
        self._thread = Thread(target=self._run, name="kgc-reading", daemon=True)

    def stop(self) -> None:
        """End after the batch at hand; the next run reads the rest."""
        self._over.set()

    def _run(self) -> None:
        try:
            with Ledger(self._workspace, writable=True) as ledger:

                def stored(sources: Sequence[str]) -> bool:
                    self._supply.add(ledger.extractions.open_rows(self._prepared.recipe, sources))
                    return not self._over.is_set()

                size = self._prepared.options.chunk_size
                self.synced = take_in(ledger, self._place, self._delta, size, Stage(stored=stored))
        except BaseException as error:  # noqa: BLE001  # carried to the thread that waits, which raises it
            self._error = error
        finally:
            self._supply.close()

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if error is not None:
            self.stop()
        self._thread.join()
        if error is None and self._error is not None:
            raise self._error
