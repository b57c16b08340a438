"""The main job: a folder goes in, the graph is brought to what it holds."""

from __future__ import annotations

import time
from collections.abc import Iterator
from dataclasses import asdict, dataclass, field
from pathlib import Path

from kgc.config import Options
from kgc.ledger import Ledger
from kgc.ledger.codec import dump
from kgc.pipeline.ask import INTERRUPTED, Asked, Work, ask_all
from kgc.pipeline.derive import derive, project
from kgc.pipeline.progress import Meter, Watch
from kgc.pipeline.recipes import Preparation, current_asking
from kgc.pipeline.report import Changes, Failure, Report, Tally
from kgc.pipeline.reread import reread_answers
from kgc.pipeline.scan import find_place
from kgc.pipeline.sync import Synced, cut, reread, sync


@dataclass(frozen=True, slots=True)
class Choices:
    """What an ingest was asked to do beside its options (see `kgc ingest --help`)."""

    name: str = ""
    add: bool = False
    prune: bool = False
    reask: bool = False


@dataclass(slots=True)
class Run:
    """What happened so far in a run, for its report."""

    started: float = field(default_factory=time.monotonic)
    synced: Synced = field(default_factory=Synced)
    asked: Asked = field(default_factory=Asked)
    warnings: list[str] = field(default_factory=list)
    interrupted: bool = False


def ingest(
    ledger: Ledger, workspace: Path, folder: Path, prepared: Preparation, choices: Choices, watch: Watch | None
) -> Report:
    """Sync, ask, derive, project. Interrupted, it records what was done, brings the graph up to date and says so."""
    run = Run()
    place = find_place(folder, ledger.folders.roots(), workspace, choices.name)
    run.warnings += _limits(prepared)
    try:
        run.synced = sync(ledger, workspace, place, prune=choices.prune, watch=watch)
        _adopt(ledger, prepared, choices)
        cut(ledger, prepared.options.chunk_size, watch)
        reread_answers(ledger, prepared, watch)
        run.asked = _ask(ledger, workspace, prepared, choices, run, watch)
    except KeyboardInterrupt:
        run.interrupted = True
    return finish(ledger, workspace, run, watch)


def _limits(prepared: Preparation) -> list[str]:
    """What the extractor cannot fill of the schema, as one warning; the default schema was made for it."""
    if prepared.extractor is None or prepared.schema.name == Options().schema:
        return []
    problems = prepared.extractor.limits(prepared.schema)
    hints = dict.fromkeys(p.hint for p in problems if p.hint)
    return [" ".join([*(p.message for p in problems), *hints])] if problems else []


def retry(ledger: Ledger, workspace: Path, prepared: Preparation, watch: Watch | None) -> Report:
    """Try again what failed: files that could not be read, and chunks whose answers could not, as new requests."""
    run = Run()
    try:
        reread(ledger, workspace, watch)
        cut(ledger, prepared.options.chunk_size, watch)
        failed = [Work(c, s.attempt + 1) for c, s in ledger.extractions.settled(prepared.recipe, "failed")]
        total = len(failed) + ledger.extractions.count_open(prepared.recipe)

        def work() -> Iterator[Work]:
            yield from failed
            yield from map(Work, ledger.extractions.open_chunks(prepared.recipe))

        run.asked = ask_all(ledger, workspace, prepared, work, total, watch)
    except KeyboardInterrupt:
        run.interrupted = True
    return finish(ledger, workspace, run, watch)


def forget(ledger: Ledger, workspace: Path, root: str) -> Report:
    """Remove a root with all its documents; its paid answers stay, should it come back."""
    run = Run()
    with ledger.transaction():
        run.synced = Synced(removed=ledger.folders.remove_root(root))
        ledger.state.bump()
    return finish(ledger, workspace, run, None)


def _adopt(ledger: Ledger, prepared: Preparation, choices: Choices) -> None:
    """Make the run's recipe the active one, or one more, and remember how sure a fact has to be."""
    before = current_asking(ledger, prepared)
    with ledger.transaction():
        if before != prepared.asking:
            ledger.extractions.count_as_asked(prepared.recipe, before, prepared.asking)
        ledger.state.set(f"options:{prepared.recipe.id}", dump(asdict(prepared.options)))
        changed = ledger.extractions.use(prepared.recipe, alone=not choices.add)
        least = str(prepared.options.min_confidence)
        if ledger.state.get("min_confidence") != least:
            ledger.state.set("min_confidence", least)
            changed = True
        if changed:
            ledger.state.bump()


def _ask(
    ledger: Ledger, workspace: Path, prepared: Preparation, choices: Choices, run: Run, watch: Watch | None
) -> Asked:
    store, recipe = ledger.extractions, prepared.recipe
    older = list(store.settled(recipe, "done", other_than=prepared.asking, column="asking"))
    again = [Work(c) for c, _ in older] if choices.reask and prepared.strategy else []
    if older and not again and prepared.strategy:
        run.warnings.append(
            f"{len(older)} chunks were asked under an older form of the schema {prepared.schema.name!r}; their answers"
            " were read again under the present one. --reask asks them again (`kgc plan` tells what that costs)."
        )

    def work() -> Iterator[Work]:
        yield from again
        yield from map(Work, store.open_chunks(recipe))

    return ask_all(ledger, workspace, prepared, work, len(again) + store.count_open(recipe), watch)


def finish(ledger: Ledger, workspace: Path, run: Run, watch: Watch | None) -> Report:
    """Derive and project, then tell how things stand."""
    Meter("derive", watch).tell(now=True)
    derived = derive(ledger)
    Meter("write", watch).tell(now=True)
    project(ledger, workspace)
    asked = run.asked
    interrupted = run.interrupted or asked.interrupted
    changes = Changes(
        run.synced.added, run.synced.edited, run.synced.moved, run.synced.removed, derived.added, derived.withdrawn
    )
    return state_report(
        ledger,
        changes=changes,
        asked=asked,
        seconds=time.monotonic() - run.started,
        warnings=(*run.warnings, *asked.warnings),
        stopped=asked.stopped or (INTERRUPTED if interrupted else ""),
        interrupted=interrupted,
    )


def state_report(
    ledger: Ledger,
    *,
    changes: Changes | None = None,
    asked: Asked | None = None,
    seconds: float = 0.0,
    warnings: tuple[str, ...] = (),
    stopped: str = "",
    interrupted: bool = False,
) -> Report:
    """How the workspace stands, with what a run did. The exit code follows from both."""
    asked = asked or Asked()
    documents, chunks = Tally(**ledger.state.documents()), Tally(**ledger.state.chunks())
    entities, facts = ledger.state.graph_size()
    open_ = documents.failed or chunks.failed or documents.pending or chunks.pending
    code = 130 if interrupted else 4 if asked.stop_kind == "budget" else 3 if open_ else 0
    return Report(
        documents, chunks, entities, facts, changes or Changes(), asked.calls, asked.usage, asked.cost, seconds,
        tuple(failures(ledger)), warnings, stopped, code,
    )  # fmt: skip


def failures(ledger: Ledger) -> Iterator[Failure]:
    """Every file and chunk that is not done and says why: files first, each in reading order."""
    for source, state, problem in ledger.folders.problems():
        if state == "failed":
            yield Failure(source, None, problem.code, problem.message, problem.hint)
    for source, chunk, state, problem in ledger.state.chunk_problems():
        hint = problem.hint or ("`kgc retry` asks again." if state == "failed" else "The next `kgc ingest` asks again.")
        yield Failure(source, chunk, problem.code, problem.message, hint, state)
