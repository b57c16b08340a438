"""What a run or a look at the state tells, in a few lines."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from dataclasses import asdict

from kgc.cli.call import Call
from kgc.cli.screen import emit, note, out, paint
from kgc.cli.visible import visible
from kgc.cli.words import count, duration, money, number
from kgc.pipeline.report import Changes, Failure, Plan, Report, Tally

FIRST = 10
"""How many failures a run lists; `kgc status` lists all."""
NEXT = (
    ('kgc query "MATCH (a)-[r]->(b) RETURN a.name, type(r) AS relation, b.name LIMIT 10"', ""),
    ("kgc search WORDS", "kgc show NAME"),
    ("kgc browse", ""),
)


def tell(call: Call, report: Report, *, every: bool = False, following: bool = False) -> int:
    """Print a report in the way that was asked for; returns its exit code.

    `every` lists all failures instead of the first ones, `following` adds what to do next.
    """
    for warning in report.warnings:
        note(f"Warning: {visible(warning)}")
    if call.json:
        emit(report.as_json())
    elif not call.quiet:
        for line in lines(report, every=every or call.verbose):
            out(line)
        if following and report.facts and not report.stopped:
            _tell_next()
    if report.stopped:
        note(f"Stopped: {visible(report.stopped)}")
    return report.exit_code


def lines(report: Report, *, every: bool) -> Iterator[str]:
    """A report in lines: how things stand, what the run did, what is not done."""
    yield f"{paint(count(report.entities, 'entity', 'entities'), 'bold')}, {paint(count(report.facts, 'fact'), 'bold')}"
    yield f"Documents  {tally(report.documents)}"
    yield f"Passages   {tally(report.chunks)}"
    changed = "; ".join(changes(report.changes))
    if changed:
        yield f"Changed    {changed}"
    if report.calls.made or report.calls.cached or report.calls.failed:
        yield f"Calls      {spent(report)}"
    if report.seconds:
        yield f"Time       {duration(report.seconds)}"
    yield from failures(report.failures, every=every)


def tally(of: Tally) -> str:
    """The states that occur, with their numbers."""
    found = [f"{number(n)} {state}" for state, n in asdict(of).items() if n or state == "done"]
    return ", ".join(found)


def changes(of: Changes) -> Iterator[str]:
    """What changed, documents and facts apart; nothing where nothing did."""
    documents = (
        ("added", of.documents_added), ("edited", of.documents_edited), ("moved", of.documents_moved),
        ("removed", of.documents_removed),
    )  # fmt: skip
    for noun, parts in (
        ("documents", documents),
        ("facts", (("added", of.facts_added), ("withdrawn", of.facts_withdrawn))),
    ):
        told = ", ".join(f"{number(n)} {what}" for what, n in parts if n)
        if told:
            yield f"{noun} {told}"


def spent(report: Report) -> str:
    """Calls, tokens and money."""
    calls, usage = report.calls, report.usage
    parts = [f"{number(calls.made)} made"]
    parts += [f"{number(calls.cached)} answered before"] if calls.cached else []
    parts += [f"{number(calls.failed)} failed"] if calls.failed else []
    prefix = f" ({number(usage.cached_prefix)} at the price of a cached prefix)" if usage.cached_prefix else ""
    parts += [f"{number(usage.prompt)} tokens in{prefix}", f"{number(usage.completion)} out", money(report.cost)]
    return ", ".join(parts)


def failures(found: tuple[Failure, ...], *, every: bool) -> Iterator[str]:
    """What is not done: document, chunk, reason, what to do."""
    if not found:
        return
    yield ""
    yield paint("Not done", "bold")
    shown = found if every else found[:FIRST]
    for failure in shown:
        where = visible(failure.document) + (f"  chunk {visible(failure.chunk)}" if failure.chunk else "")
        state = "" if failure.state == "failed" else f" ({failure.state})"
        yield f"  {where}{state}"
        yield f"    {paint(failure.code, 'red')}: {visible(failure.message)}"
        if failure.hint:
            yield f"    {visible(failure.hint)}"
    if len(found) > len(shown):
        yield f"  and {number(len(found) - len(shown))} more: kgc status"


def tell_plan(call: Call, plan: Plan) -> int:
    """Print a plan; figures are estimates, and it says so."""
    if call.json:
        emit(plan.as_json())
        return 0
    out(f"Documents  {number(plan.documents)}")
    out(f"Passages   {number(plan.chunks)}")
    out(f"Calls      about {number(plan.calls)}")
    if plan.calls:
        usage = plan.usage
        out(f"Tokens     about {number(usage.prompt)} in ({number(usage.cached_prefix)} of them a repeated prefix),"
            f" {number(usage.completion)} out")  # fmt: skip
        out(f"Cost       about {money(plan.cost)}" if plan.cost is not None else "Cost       unknown: no price")
    out(f"Time       about {duration(plan.seconds)}")
    if plan.to_ask_again:
        out(f"Asked under an older form of the schema: {count(plan.to_ask_again, 'passage')}; --reask asks again.")
    for line in failures(plan.failures, every=call.verbose):
        out(line)
    return 0


def _tell_next() -> None:
    if not sys.stdout.isatty():
        return
    out()
    out("Next: " + "\n      ".join(", ".join(filter(None, pair)) for pair in NEXT))
