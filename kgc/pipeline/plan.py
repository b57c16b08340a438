"""What a run would ask and cost, without asking anybody and without changing anything."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

from kgc.chunk import split
from kgc.data import Chunk, Document, Problem
from kgc.ledger import Ledger
from kgc.llm.estimate import tokens
from kgc.llm.price import cost, price_of, price_table
from kgc.llm.turns import Ask, Usage
from kgc.load.read import read
from kgc.pipeline.recipes import Preparation, current_asking
from kgc.pipeline.report import Failure, Plan
from kgc.pipeline.scan import File, Place, find_place, walk
from kgc.pipeline.sync import READER

COMPLETION_SHARE = 0.75
"""Completion tokens for each token of text: what compact answers took on real text (480 for a 512-word document)."""
SECONDS_PER_CALL = 0.8
SECONDS_PER_TOKEN = 0.012
BUILT_IN_CHUNKS_PER_SECOND = 8.0


def plan(ledger: Ledger | None, workspace: Path, folder: Path, prepared: Preparation, name: str = "") -> Plan:
    """Estimate an ingest of this folder. `ledger` is None in a workspace that has none yet."""
    place = find_place(folder, ledger.folders.roots() if ledger else {}, workspace, name)
    documents = 0
    failures: list[Failure] = []
    estimate = _Estimate(prepared, ledger)
    for file in walk(place):
        read_ = _read(file, ledger, place)
        if isinstance(read_, Problem):
            if read_.code != "unsupported":
                failures.append(Failure(file.source, None, read_.code, read_.message, read_.hint))
            continue
        documents += 1
        estimate.add(split(read_, prepared.options.chunk_size))
    return estimate.result(documents, tuple(failures))


def _read(file: File, ledger: Ledger | None, place: Place) -> Document | Problem:
    """The document, from the ledger when it is what the ledger read."""
    if file.problem:
        return file.problem
    known = ledger.folders.known(place.root, file.source.removeprefix(f"{place.root}/")) if ledger else {}
    before = known.get(file.source)
    if ledger and before and before.stamp == file.stamp and before.reader == READER:
        found = ledger.folders.document(file.source)
        if found:
            return found
    return read(file.path, file.source)


class _Estimate:
    """Adds up what chunks would cost."""

    def __init__(self, prepared: Preparation, ledger: Ledger | None) -> None:
        self.prepared = prepared
        self.done = _settled(ledger, prepared)
        self.current = ("", prepared.asking, current_asking(ledger, prepared) if ledger else "")
        self.seen: set[str] = set()
        self.chunks = self.calls = self.prompt = self.cached = self.completion = 0
        self.older = 0
        self.prefix = ""

    def add(self, chunks: Iterable[Chunk]) -> None:
        for chunk in chunks:
            self.chunks += 1
            asked_under = self.done.get(chunk.key)
            if asked_under is not None:
                self.older += asked_under not in self.current
            elif chunk.key not in self.seen:
                self.seen.add(chunk.key)
                self._ask(chunk)

    def _ask(self, chunk: Chunk) -> None:
        strategy = self.prepared.strategy
        if strategy is None:
            return
        for ask in first_turn(strategy.turns(chunk, self.prepared.schema)):
            prompt = sum(tokens(m.content) for m in ask.messages)
            prefix = sum(tokens(m.content) for m in ask.messages[:-1])
            self.cached += prefix if self.calls else 0
            self.prompt += prompt
            self.calls += 1
            self.completion += int(tokens(chunk.text) * COMPLETION_SHARE) + 20

    def result(self, documents: int, failures: tuple[Failure, ...]) -> Plan:
        options = self.prepared.options
        usage = Usage(self.prompt, self.cached, self.completion)
        prices = price_table(Path(options.prices) if options.prices else None)
        if self.prepared.extractor:
            seconds = len(self.seen) / BUILT_IN_CHUNKS_PER_SECOND
        else:
            work = self.calls * SECONDS_PER_CALL + self.completion * SECONDS_PER_TOKEN
            seconds = work / max(1, min(options.concurrency, self.calls))
        return Plan(
            documents, self.chunks, self.calls, usage, cost(usage, price_of(options.model, prices)), seconds,
            self.older, failures,
        )  # fmt: skip


def _settled(ledger: Ledger | None, prepared: Preparation) -> dict[str, str]:
    """Keys of chunks that would not be asked, with the schema they were asked under ("" where that is no matter)."""
    if ledger is None:
        return {}
    done = ledger.extractions.settled(prepared.recipe, "done")
    failed = ledger.extractions.settled(prepared.recipe, "failed")
    return {c.key: s.asking for c, s in done} | {c.key: "" for c, _ in failed}


def first_turn(turns: object) -> Iterator[Ask]:
    """What a strategy asks before it has seen an answer."""
    yield from next(turns)  # type: ignore[call-overload]
