"""The main job: a folder goes in, the graph is brought to what it holds."""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from pathlib import Path

from kgc.config import Options
from kgc.errors import ModelError
from kgc.ledger import Ledger
from kgc.ledger.codec import dump
from kgc.ledger.derive import Derived
from kgc.llm.running import StrategyError
from kgc.pipeline.ask import INTERRUPTED, Asked, ask_all, driver_options
from kgc.pipeline.derive import derive, project
from kgc.pipeline.imported import import_chunking
from kgc.pipeline.progress import Meter, Watch
from kgc.pipeline.reading import Reading
from kgc.pipeline.recipes import Preparation, current_asking
from kgc.pipeline.report import Changes, Failure, Report, Tally
from kgc.pipeline.reread import reread_answers
from kgc.pipeline.resolving import statistics_state
from kgc.pipeline.scan import Place, find_place
from kgc.pipeline.supply import Supply, Work, waiting
from kgc.pipeline.sync import Delta, Stage, Synced, cut, look, reread, take_in


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
    """Sync, ask, derive, project. Interrupted, it records what was done, brings the graph up to date and says so.

    Raises `ModelError` where no call can succeed, `StrategyError`; what was read before is in the graph all the same.
    """
    run = Run()
    place = find_place(folder, ledger.folders.roots(), workspace, choices.name, ledger.folders.imported())
    run.warnings += _limits(prepared)
    size = prepared.options.chunk_size
    with _going_on(ledger, workspace, run, watch):
        delta = look(ledger, workspace, place, prune=choices.prune)
        run.warnings += _renewed(ledger, prepared)
        _adopt(ledger, prepared, choices)
        cut(ledger, size, watch)
        reread_answers(ledger, prepared, watch)
        again = _to_ask_again(ledger, prepared, choices, run)
        if prepared.extractor or not (delta.fresh or delta.doubtful):
            run.synced = take_in(ledger, place, delta, size, Stage(watch))
            supply = waiting(ledger, ledger.extractions.open_rows(prepared.recipe), again)
            run.asked = ask_all(ledger, workspace, prepared, supply, watch)
        else:
            _read_beside_asking(ledger, workspace, prepared, place, delta, again, run, watch)
        run.warnings += _unopened(ledger, prepared)
        reread_answers(ledger, prepared, watch)  # what came back into the folder may have been read long ago
    return finish(ledger, workspace, run, watch)


@contextmanager
def _going_on(ledger: Ledger, workspace: Path, run: Run, watch: Watch | None) -> Iterator[None]:
    """Ctrl-C ends the work inside, not the run. An error of the asking ends both, once the graph holds what is read.

    Where nothing is read yet, the recipe before is the active one again, and its graph stays.
    """
    before, least = ledger.extractions.recipes(), ledger.state.get("min_confidence")
    try:
        yield
    except KeyboardInterrupt:
        run.interrupted = True
    except (ModelError, StrategyError):
        if not ledger.state.chunks()["done"] and before:
            with ledger.transaction():
                for at, recipe in enumerate(before):
                    ledger.extractions.use(recipe, alone=at == 0)
                ledger.state.set("min_confidence", least)
        _bring_up(ledger, workspace, watch)
        raise


def _read_beside_asking(
    ledger: Ledger,
    workspace: Path,
    prepared: Preparation,
    place: Place,
    delta: Delta,
    again: Sequence[Work],
    run: Run,
    watch: Watch | None,
) -> None:
    """Ask about the first files while the others are still being read."""
    driver_options(prepared.options)  # a budget that cannot be kept is refused before anything is read
    supply = Supply(ledger, again)
    supply.add(ledger.extractions.open_rows(prepared.recipe))
    with Reading(workspace, place, delta, prepared, supply) as reading:
        run.asked = ask_all(ledger, workspace, prepared, supply, watch)
        if run.asked.interrupted:
            reading.stop()
    run.synced = reading.synced


def _limits(prepared: Preparation) -> list[str]:
    """What the extractor cannot fill of the schema, as one warning; the default schema was made for it."""
    if prepared.extractor is None or prepared.schema.name == Options().schema:
        return []
    problems = prepared.extractor.limits(prepared.schema)
    hints = dict.fromkeys(p.hint for p in problems if p.hint)
    return [" ".join([*(p.message for p in problems), *hints])] if problems else []


def _unopened(ledger: Ledger, prepared: Preparation) -> list[str]:
    """That open facts are read from English only, where there is text in another language."""
    languages = ledger.state.languages() if prepared.options.open else {}
    others = sum(n for lang, n in languages.items() if lang and lang != "en")
    if not others:
        return []
    files = "1 file" if others == 1 else f"{others} files"
    return [f"Open facts are read from English only; {files} in other languages have none."]


def rederive(ledger: Ledger, workspace: Path, prepared: Preparation, watch: Watch | None) -> Report:
    """Bring the graph to another form of the schema without reading a file or asking anybody.

    Answers are read again under it; the built-in model reads the passages again.
    """
    run = Run()
    choices = Choices(add=True)
    with _going_on(ledger, workspace, run, watch):
        _adopt(ledger, prepared, choices)
        reread_answers(ledger, prepared, watch)
    return finish(ledger, workspace, run, watch)


def retry(ledger: Ledger, workspace: Path, prepared: Preparation, watch: Watch | None) -> Report:
    """Try again what failed: files that could not be read, and chunks whose answers could not, as new requests."""
    run = Run()
    with _going_on(ledger, workspace, run, watch):
        reread(ledger, workspace, prepared.options.chunk_size, watch)
        cut(ledger, prepared.options.chunk_size, watch)
        failed = [Work(c, s.attempt + 1) for c, s in ledger.extractions.settled(prepared.recipe, "failed")]
        supply = waiting(ledger, ledger.extractions.open_rows(prepared.recipe), failed)
        run.asked = ask_all(ledger, workspace, prepared, supply, watch)
    return finish(ledger, workspace, run, watch)


def forget(ledger: Ledger, workspace: Path, root: str) -> Report:
    """Remove a root with all its documents; its paid answers stay, should it come back."""
    run = Run()
    with ledger.transaction():
        run.synced = Synced(removed=ledger.folders.remove_root(root))
        ledger.extractions.drop_imports(import_chunking(root))
        ledger.decisions.replace_by(import_chunking(root), ())
        ledger.state.set(import_chunking(root), "")
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


def _renewed(ledger: Ledger, prepared: Preparation) -> list[str]:
    """Why everything is read anew although nothing was asked to change: the weights or rules of the model did."""
    now = prepared.recipe
    same = [r for r in ledger.extractions.recipes(active=False)
            if (r.schema_name, r.strategy, r.chunking) == (now.schema_name, now.strategy, now.chunking)]  # fmt: skip
    kind = now.model.partition(":")[0]
    older = [r for r in same if r.active and r.model != now.model and r.model.partition(":")[0] == kind]
    if prepared.extractor is None or not older or any(r.id == now.id for r in same):
        return []
    return [f"The model {kind!r} has changed since the last run (an update of kgc): every passage is read anew."]


def _to_ask_again(ledger: Ledger, prepared: Preparation, choices: Choices, run: Run) -> list[Work]:
    """Chunks that were asked under a schema that asked something else, where that is wanted; else a warning."""
    older = list(ledger.extractions.settled(prepared.recipe, "done", other_than=prepared.asking, column="asking"))
    if not older or not prepared.strategy:
        return []
    if choices.reask:
        return [Work(chunk) for chunk, _ in older]
    run.warnings.append(
        f"{len(older)} chunks were asked under an older form of the schema {prepared.schema.name!r}; their answers"
        " were read again under the present one. --reask asks them again (`kgc plan` tells what that costs)."
    )
    return []


def finish(ledger: Ledger, workspace: Path, run: Run, watch: Watch | None) -> Report:
    """Derive and project, then tell how things stand."""
    derived = _bring_up(ledger, workspace, watch)
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


def _bring_up(ledger: Ledger, workspace: Path, watch: Watch | None) -> Derived:
    """Bring the graph, and the embedded store, to what the ledger holds."""
    Meter("derive", watch).tell(now=True)
    derived = derive(ledger)
    Meter("write", watch).tell(now=True)
    project(ledger, workspace)
    return derived


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
    _, grown = statistics_state(ledger)
    documents, chunks = Tally(**ledger.state.documents()), Tally(**ledger.state.chunks())
    entities, facts = ledger.state.graph_size()
    open_ = documents.failed or chunks.failed or documents.pending or chunks.pending
    code = 130 if interrupted else 4 if asked.stop_kind == "budget" else 3 if open_ else 0
    return Report(
        documents, chunks, entities, facts, changes or Changes(), asked.calls, asked.usage, asked.cost, seconds,
        tuple(failures(ledger)), (*warnings, *([grown] if grown else [])), stopped, code,
    )  # fmt: skip


def failures(ledger: Ledger) -> Iterator[Failure]:
    """Every file and chunk that is not done and says why: files first, each in reading order."""
    for source, state, problem in ledger.folders.problems():
        if state == "failed":
            yield Failure(source, None, problem.code, problem.message, problem.hint)
    for source, chunk, state, problem in ledger.state.chunk_problems():
        hint = problem.hint or ("`kgc retry` asks again." if state == "failed" else "The next `kgc ingest` asks again.")
        yield Failure(source, chunk, problem.code, problem.message, hint, state)
