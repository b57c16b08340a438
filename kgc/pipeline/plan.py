"""What a run would ask and cost, without asking anybody and without changing anything."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from kgc.chunk import split
from kgc.data import Chunk, Document, Problem
from kgc.ledger import Ledger
from kgc.llm.estimate import prompt_tokens, tokens
from kgc.llm.price import cost, price_of, price_table
from kgc.llm.turns import Ask, Turns, Usage
from kgc.load.pool import Readers
from kgc.load.read import Request
from kgc.pipeline.recipes import Preparation
from kgc.pipeline.report import Failure, Plan
from kgc.pipeline.scan import Place, find_place, walk
from kgc.pipeline.sync import compare

COMPLETION_SHARE = 0.67
"""Completion tokens for each token of text, before there are answers to measure: what compact answers take on text that
is full of facts (430 to 480 for 512 words)."""
EXAMPLES = 200
"""So many of the last answers are measured; they tell better than any rule what the next ones will be like."""
FEW = 10
"""With fewer answers than this the rule is kept."""
SECONDS_PER_CALL = 0.8
SECONDS_PER_TOKEN = 0.012
BUILT_IN_CHUNKS_PER_SECOND = 8.0


def plan(ledger: Ledger | None, workspace: Path, folder: Path, prepared: Preparation, name: str = "") -> Plan:
    """Estimate an ingest of this folder. `ledger` is None in a workspace that has none yet.

    One document is held at a time; of each chunk only a number stays.
    """
    place = (
        find_place(folder, ledger.folders.roots(), workspace, name, ledger.folders.imported())
        if ledger
        else find_place(folder, {}, workspace, name)
    )
    documents = 0
    failures: list[Failure] = []
    estimate = _Estimate(prepared, ledger)
    for source, found in _documents(ledger, place):
        if isinstance(found, Problem):
            if found.code != "unsupported":
                failures.append(Failure(source, None, found.code, found.message, found.hint))
            continue
        documents += 1
        estimate.add(split(found, prepared.options.chunk_size))
    return estimate.result(documents, tuple(failures))


def plan_asking(ledger: Ledger, prepared: Preparation, chunks: Iterable[Chunk]) -> Plan:
    """Estimate what asking about these chunks would cost, whatever was asked about them before."""
    estimate = _Estimate(prepared, ledger)
    for chunk in chunks:
        estimate.ask(chunk)
    return estimate.result(0, ())


def _documents(ledger: Ledger | None, place: Place) -> Iterator[tuple[str, Document | Problem]]:
    """What the files of a place hold, from the ledger where it is what the ledger read."""
    known = ledger.folders.known(place.root, place.part) if ledger else {}
    delta = compare(walk(place), known)
    if ledger:
        problems = {source: problem for source, _, problem in ledger.folders.problems()}
        stale = {source for before in delta.before.values() for source in before}
        for source in sorted(known.keys() - delta.gone.keys() - stale):
            found = ledger.folders.document(source) or problems.get(source)
            if found:
                yield source, found
    files = [*delta.doubtful, *delta.fresh]
    yield from ((f.source, f.problem) for f in files if f.problem)
    with Readers() as readers:
        for _, outcome in readers.read(Request(f.path, f.source) for f in files if not f.problem):
            if outcome and outcome.result:
                yield outcome.source, outcome.result


@dataclass(frozen=True, slots=True)
class Rates:
    """How what a chunk uses follows from what is known before it is asked.

    `calls` for each first question, `prompt` tokens for each that its first question is reckoned to have, `cached` for
    each of the prompt (None: as long as the beginning that all questions share), `completion` for each token of text.
    """

    calls: float = 1.0
    prompt: float = 1.0
    cached: float | None = None
    completion: float = COMPLETION_SHARE


def measured(ledger: Ledger | None, prepared: Preparation) -> Rates:
    """The rates of this recipe's last answers, second turns and all; the rule's where there are too few."""
    if ledger is None or prepared.strategy is None:
        return Rates()
    asks = text = calls = reckoned = 0
    used = Usage()
    for chunk, keys in ledger.extractions.examples(prepared.recipe, EXAMPLES):
        answers = ledger.answers.get(keys)
        if not keys or len(answers) < len(set(keys)):
            continue
        first = first_turn(prepared.strategy.turns(chunk, prepared.schema))
        asks += len(first)
        reckoned += sum(map(prompt_tokens, first))
        text += tokens(chunk.text) * len(first)
        calls += len(answers)
        for answer in answers.values():
            used += answer.usage
    if asks < FEW or not used.prompt or not text:
        return Rates()
    return Rates(calls / asks, used.prompt / reckoned, used.cached_prefix / used.prompt, used.completion / text)


class _Estimate:
    """Adds up what chunks would cost."""

    def __init__(self, prepared: Preparation, ledger: Ledger | None) -> None:
        self.prepared = prepared
        self.ledger = ledger
        self.rates = measured(ledger, prepared)
        self.seen: set[int] = set()
        self.chunks = self.asks = self.prompt = self.prefix = self.text = 0
        self.older = 0

    def add(self, chunks: Sequence[Chunk]) -> None:
        """Take up the chunks of one document."""
        before = self.ledger.extractions.states(self.prepared.recipe, [c.key for c in chunks]) if self.ledger else {}
        for chunk in chunks:
            self.chunks += 1
            state, asked_under = before.get(chunk.key, ("pending", ""))
            if state == "pending":
                self.ask(chunk)
            elif state == "done":
                self.older += asked_under != self.prepared.asking

    def ask(self, chunk: Chunk) -> None:
        """Add what a chunk would cost; equal ones once."""
        number = int(chunk.key[:16], 16)
        if number in self.seen:
            return
        self.seen.add(number)
        if self.prepared.strategy is None:
            return
        for ask in first_turn(self.prepared.strategy.turns(chunk, self.prepared.schema)):
            self.prefix += sum(tokens(m.content) for m in ask.messages[:-1]) if self.asks else 0
            self.prompt += prompt_tokens(ask)
            self.text += tokens(chunk.text)
            self.asks += 1

    def usage(self) -> Usage:
        rates = self.rates
        prompt = round(self.prompt * rates.prompt)
        cached = self.prefix if rates.cached is None else round(prompt * rates.cached)
        return Usage(prompt, cached, round(self.text * rates.completion))

    def result(self, documents: int, failures: tuple[Failure, ...]) -> Plan:
        options = self.prepared.options
        usage, calls = self.usage(), round(self.asks * self.rates.calls)
        prices = price_table(Path(options.prices) if options.prices else None)
        if self.prepared.extractor:
            seconds = len(self.seen) / BUILT_IN_CHUNKS_PER_SECOND
        else:
            work = calls * SECONDS_PER_CALL + usage.completion * SECONDS_PER_TOKEN
            seconds = work / max(1, min(options.concurrency, calls))
        return Plan(
            documents, self.chunks, calls, usage, cost(usage, price_of(options.model, prices)), seconds,
            self.older, failures,
        )  # fmt: skip


def first_turn(turns: Turns[object]) -> Sequence[Ask]:
    """What a strategy asks before it has seen an answer."""
    asks = next(turns)
    turns.close()
    return asks
