"""The Runs page: what is under way, what was done, what it took, and what failed and why."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from kgc.llm.price import PriceTable, cost, price_of
from kgc.llm.turns import Usage
from kgc.view.html import plain
from kgc.view.source import Read

STAGES: Mapping[str, str] = {
    "read": "Reading files", "ask": "Reading passages", "derive": "Deriving facts", "write": "Writing the graph",
    "send": "Comparing rows", "embed": "Embedding", "link": "Linking names",
}  # fmt: skip
SAMPLES = 3
"""Documents that are named of each kind of failure."""


class Past(Protocol):
    """A run that ended, as the ledger keeps it."""

    @property
    def at(self) -> str: ...
    @property
    def kind(self) -> str: ...
    @property
    def what(self) -> str: ...
    @property
    def options(self) -> Mapping[str, object]: ...
    @property
    def report(self) -> Mapping[str, object]: ...


class Paid(Protocol):
    """Answers to one prompt by one model."""

    @property
    def tag(self) -> str: ...
    @property
    def model(self) -> str: ...
    @property
    def answers(self) -> int: ...
    @property
    def usage(self) -> Usage: ...


class Failing(Protocol):
    @property
    def document(self) -> str: ...
    @property
    def code(self) -> str: ...
    @property
    def message(self) -> str: ...
    @property
    def hint(self) -> str: ...
    @property
    def state(self) -> str: ...


class Going(Protocol):
    """How far a run is."""

    @property
    def stage(self) -> str: ...
    @property
    def done(self) -> int: ...
    @property
    def total(self) -> int: ...
    @property
    def failed(self) -> int: ...
    @property
    def in_flight(self) -> int: ...
    @property
    def usage(self) -> Usage: ...
    @property
    def cost(self) -> float | None: ...
    @property
    def seconds(self) -> float: ...
    @property
    def left(self) -> float | None: ...


@dataclass(frozen=True, slots=True)
class Bar:
    """A run under way: `share` in [0, 1] (None where the end is not known), `facts` as short labels with values."""

    title: str
    share: float | None
    facts: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class FailureGroup:
    """Failures that have one reason. `documents` are some of them, `pending` those that the next run asks by itself."""

    code: str
    message: str
    hint: str
    count: int
    pending: int
    documents: tuple[str, ...]


def bar(progress: Going, budget: float | None, max_calls: int | None) -> Bar:
    """What is told of a run that is at work."""
    share = min(1.0, progress.done / progress.total) if progress.total else None
    of = f" of {progress.total:,}" if progress.total else ""
    facts = [("Done", f"{progress.done:,}{of}"), ("Failed", f"{progress.failed:,}")]
    if progress.in_flight:
        facts.append(("In flight", f"{progress.in_flight:,}"))
    ceiling = f" of {money(budget)}" if budget is not None else f", {max_calls:,} calls at most" if max_calls else ""
    facts.append(("Cost so far", f"{money(progress.cost)}{ceiling}"))
    facts.append(("Tokens", f"{progress.usage.prompt:,} + {progress.usage.completion:,}"))
    facts.append(("Left", duration(progress.left)))
    return Bar(STAGES.get(progress.stage, progress.stage), share, tuple(facts))


def standing(report: Read) -> list[dict[str, object]]:
    """How far documents and passages are, as rows of a table."""
    return [
        {"": label, "Done": tally.done, "Failed": tally.failed, "Open": tally.pending}
        for label, tally in (("Documents", report.documents), ("Passages", report.chunks))
    ]


def history(runs: Iterable[Past]) -> list[dict[str, object]]:
    """Runs as rows of a table."""
    return [
        {
            "When": run.at.replace("T", " ")[:16],
            "What": plain(f"{run.kind} {run.what}"),
            "Model": plain(str(run.options.get("model", ""))),
            "Facts +": _number(run.report, "changed", "facts", "added"),
            "Facts -": _number(run.report, "changed", "facts", "withdrawn"),
            "Calls": _number(run.report, "calls", "made"),
            "Cost": money(_float(run.report.get("cost"))),
            "Seconds": round(_float(run.report.get("seconds")) or 0.0, 1),
            "Ended": plain(str(run.report.get("stopped") or "done")),
        }
        for run in runs
    ]


def changes(run: Past) -> str:
    """What the last run changed, in a sentence."""
    parts = [
        f"{_number(run.report, 'changed', 'documents', kind):,} documents {kind}"
        for kind in ("added", "edited", "moved", "removed")
        if _number(run.report, "changed", "documents", kind)
    ]
    added, gone = (_number(run.report, "changed", "facts", kind) for kind in ("added", "withdrawn"))
    return "; ".join([*parts, f"{added:,} facts added, {gone:,} withdrawn"])


def spending(paid: Iterable[Paid], prices: PriceTable) -> list[dict[str, object]]:
    """Tokens and money by strategy and model, the dearest first."""
    totals: dict[tuple[str, str], tuple[int, Usage]] = {}
    for one in paid:
        key = (one.tag.partition("/")[0], one.model)
        answers, usage = totals.get(key, (0, Usage()))
        totals[key] = (answers + one.answers, usage + one.usage)
    rows = [(key, answers, usage, cost(usage, price_of(key[1], prices))) for key, (answers, usage) in totals.items()]
    rows.sort(key=lambda row: (-(row[3] or 0.0), -row[2].completion, row[0]))
    return [
        {
            "Strategy": plain(strategy), "Model": plain(model), "Answers": answers, "Prompt tokens": usage.prompt,
            "of these cached": usage.cached_prefix, "Completion tokens": usage.completion, "Cost": money(spent),
        }
        for (strategy, model), answers, usage, spent in rows
    ]  # fmt: skip


def failure_groups(failures: Sequence[Failing]) -> tuple[FailureGroup, ...]:
    """Failures by reason, the most frequent first."""
    counts: Counter[tuple[str, str]] = Counter()
    pending: Counter[tuple[str, str]] = Counter()
    hints: dict[tuple[str, str], str] = {}
    documents: dict[tuple[str, str], dict[str, None]] = {}
    for failure in failures:
        key = (failure.code, failure.message if len(failure.message) < 200 else failure.message[:199] + "…")
        counts[key] += 1
        pending[key] += failure.state == "pending"
        hints.setdefault(key, failure.hint)
        documents.setdefault(key, {})[failure.document] = None
    return tuple(
        FailureGroup(*key, hints[key], count, pending[key], tuple(documents[key])[:SAMPLES])
        for key, count in counts.most_common()
    )


def money(value: float | None) -> str:
    """Dollars, with more digits where they are few.

    >>> money(0.0004), money(2.5), money(None)
    ('$0.0004', '$2.50', 'unknown')
    """
    if value is None:
        return "unknown"
    return f"${value:,.2f}" if value >= 1 or value == 0 else f"${value:.4f}"


def duration(seconds: float | None) -> str:
    """Seconds as people say them.

    >>> duration(42), duration(3700), duration(None)
    ('42 s', '1 h 2 min', 'unknown')
    """
    if seconds is None:
        return "unknown"
    minutes, rest = divmod(round(seconds), 60)
    if not minutes:
        return f"{rest} s"
    return f"{minutes} min {rest} s" if minutes < 60 else f"{minutes // 60} h {minutes % 60} min"


def _number(report: Mapping[str, object], *path: str) -> int:
    found: object = report
    for key in path:
        found = found.get(key, 0) if isinstance(found, Mapping) else 0
    return found if isinstance(found, int) else 0


def _float(value: object) -> float | None:
    return float(value) if isinstance(value, (int, float)) else None
