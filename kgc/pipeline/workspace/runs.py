"""What runs: it reads folders and graphs, asks models, and takes the lock."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Unpack

from kgc import config
from kgc.config import Given
from kgc.errors import KgcError, UnknownName
from kgc.ledger import FILE, Ledger
from kgc.ledger.extractions import IMPORT
from kgc.pipeline.report import Report
from kgc.pipeline.workspace.opened import Opened
from kgc.schema import Schema

if TYPE_CHECKING:
    from kgc.pipeline.importing import Imported
    from kgc.pipeline.link import Linked
    from kgc.pipeline.link_source import KnowledgeBase
    from kgc.pipeline.progress import Watch
    from kgc.pipeline.report import Plan
    from kgc.resolve.linking.records import Choice


class Runs(Opened):
    """Bring the graph to what folders hold."""

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
        from kgc.pipeline.live import log, telling  # noqa: PLC0415
        from kgc.pipeline.scan import must_exist  # noqa: PLC0415

        prepared = self._prepare(schema, options)
        must_exist(Path(folder))
        choices = Choices(name, add, prune, reask)
        with self._run() as ledger, telling(self.path, "ingest", str(folder), prepared.options, watch) as tell:
            report = ingest(ledger, self.path, Path(folder), prepared, choices, tell)
            log(ledger, "ingest", str(folder), prepared.options, report)
        return report

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

    def link(
        self,
        kb: KnowledgeBase,
        *,
        min_score: float = 0.5,
        dry_run: bool = False,
        watch: Watch | None = None,
    ) -> Linked:
        """Decide which entry of a knowledge base each name means; the graph follows. Again: only what changed.

        What a person linked or took back stays. Raises `KgcError` for a knowledge base that cannot be read; nothing is
        changed then, nor in a dry run.
        """
        from kgc.pipeline.derive import derive, project  # noqa: PLC0415
        from kgc.pipeline.link import link_names  # noqa: PLC0415

        self._must_exist()
        with self._run() as ledger:
            found = link_names(ledger, self.path, kb, min_score=min_score, dry_run=dry_run, watch=watch)
            derive(ledger)
            project(ledger, self.path)
        return found

    def explain_link(self, kb: KnowledgeBase, name: str) -> tuple[Choice, ...]:
        """Every entry that the names written so could mean, with what speaks for and against it."""
        from kgc.pipeline.link import explain  # noqa: PLC0415

        return explain(self._ledger(), self.path, kb, name)

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
        """Try again what failed, under the active recipes; options may be given anew (`key_env`, `concurrency` …).

        A `budget` or `max_calls` that is given is for all of them together; where it or a person ends one, the rest
        wait for the next retry.
        """
        from kgc.pipeline.ingest import retry  # noqa: PLC0415
        from kgc.pipeline.live import log, telling  # noqa: PLC0415
        from kgc.pipeline.recipes import restore  # noqa: PLC0415
        from kgc.pipeline.report import together  # noqa: PLC0415

        self._must_exist()
        reports: list[Report] = []
        with self._run() as ledger:
            recipes = [r for r in ledger.extractions.recipes() if r.strategy != IMPORT]
            for recipe in recipes:
                prepared = restore(recipe, ledger.state, _left(options, reports), self.path)
                with telling(self.path, "retry", recipe.schema_name, prepared.options, watch) as tell:
                    reports.append(retry(ledger, self.path, prepared, tell))
                log(ledger, "retry", recipe.schema_name, prepared.options, reports[-1])
                if reports[-1].exit_code in (130, 4):
                    break
        if not reports:
            raise KgcError("Nothing was ingested in this workspace yet.", "`kgc ingest FOLDER` begins.")
        return together(reports)

    def forget(self, root: str) -> Report:
        """Remove a root and what only it supported. Paid answers stay, should the folder come back."""
        from kgc.pipeline.ingest import forget  # noqa: PLC0415
        from kgc.pipeline.live import log  # noqa: PLC0415

        self._must_exist()
        with self._run() as ledger:
            roots = ledger.folders.roots()
            if root not in roots:
                raise UnknownName("root", root, roots, f"Roots here: {', '.join(roots) or 'none'}.")
            report = forget(ledger, self.path, root)
            log(ledger, "forget", root, None, report)
        return report

    def status(self) -> Report:
        """How the workspace stands, from the ledger alone."""
        from kgc.pipeline.ingest import state_report  # noqa: PLC0415

        return state_report(self._ledger())


def _left(given: Given, reports: Sequence[Report]) -> Given:
    """The options that were given, with what the runs so far leave of their ceilings."""
    left: Given = {**given}
    calls, money = given.get("max_calls"), given.get("budget")
    if calls is not None:
        left["max_calls"] = max(0, calls - sum(r.calls.made + r.calls.failed for r in reports))
    if money is not None:
        left["budget"] = max(0.0, money - sum(r.cost or 0.0 for r in reports))
    return left
