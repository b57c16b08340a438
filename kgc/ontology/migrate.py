"""A workspace from one schema to the next: what it changes, what it would cost to ask again, and doing it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path

from kgc.errors import LedgerError
from kgc.ledger import FILE, Ledger
from kgc.ontology.diff import Diff, diff
from kgc.ontology.effects import Effect, effects
from kgc.pipeline.migrating import Succession, succession, take_over, to_ask, whole_schemas
from kgc.pipeline.progress import Watch
from kgc.pipeline.report import Plan, Report
from kgc.pipeline.workspace.opened import running
from kgc.schema import Schema


@dataclass(frozen=True, slots=True)
class Migration:
    """What a migration changes, or changed when there is a `report`.

    `roots` are the folders of the workspace, `asking` what asking again would cost: none where the model reads by
    itself.
    """

    diff: Diff
    effects: tuple[Effect, ...]
    asking: Plan
    roots: tuple[str, ...]
    reads_itself: bool
    report: Report | None = None


def plan_migration(workspace: Path, new: Schema, which: str = "") -> Migration:
    """What migrating would do; nothing is changed. `which` names the schema whose place the new one takes.

    Raises `LedgerError` where there is no workspace, and what `kgc.pipeline.migrating.succession` raises.
    """
    _must_exist(workspace)
    with Ledger(workspace, writable=False) as ledger:
        return _migration(ledger, succession(ledger, workspace, new, which))


def migrate(workspace: Path, new: Schema, which: str = "", watch: Watch | None = None) -> Migration:
    """Do it, but for what has to be asked: that is left to `kgc ingest --reask`. Raises as `plan_migration`."""
    _must_exist(workspace)
    with running(workspace) as ledger:
        found = succession(ledger, workspace, new, which)
        planned = _migration(ledger, found)
        report = take_over(ledger, workspace, found, watch)
    return replace(planned, report=report)


def _migration(ledger: Ledger, found: Succession) -> Migration:
    before, after = whole_schemas(ledger, found)
    return Migration(
        diff(found.old, replace(found.prepared.schema, name=found.new.name)),
        effects(ledger.graph(before, ""), after),
        to_ask(ledger, found),
        tuple(sorted(ledger.folders.roots().values())),
        found.prepared.strategy is None,
    )


def _must_exist(workspace: Path) -> None:
    if not (workspace / FILE).is_file():
        raise LedgerError(f"There is no workspace in {str(workspace)!r}.", "`kgc ingest FOLDER` makes one.")
