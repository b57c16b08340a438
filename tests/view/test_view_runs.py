"""The Runs page's values: progress with its ceiling, history, spending by strategy and model, failures by reason."""

from __future__ import annotations

from kgc.ledger.runs import PastRun, Spent
from kgc.llm.price import Price
from kgc.llm.turns import Usage
from kgc.pipeline.progress import Progress
from kgc.pipeline.report import Failure
from kgc.view.runs import bar, changes, failure_groups, history, spending

DOCUMENTS = {"added": 3, "edited": 1, "moved": 0, "removed": 0}
REPORT: dict[str, object] = {
    "changed": {"documents": DOCUMENTS, "facts": {"added": 9, "withdrawn": 2}},
    "calls": {"made": 4}, "cost": 0.5, "seconds": 2.34, "stopped": "",
}  # fmt: skip


def past(**more: object) -> PastRun:
    report = {**REPORT, **more}
    return PastRun(1, "2026-11-21T15:52:01+00:00", "ingest", "docs", {"model": "openai:x"}, report)


def test_a_run_under_way_tells_its_share_its_cost_and_its_ceiling() -> None:
    going = Progress("ask", done=50, total=200, failed=2, in_flight=8, cost=0.25, left=90.0, usage=Usage(100, 0, 20))
    told = bar(going, 2.0, None)
    assert told.share == 0.25
    assert ("Done", "50 of 200") in told.facts
    assert ("Cost so far", "$0.2500 of $2.00") in told.facts
    assert ("Left", "1 min 30 s") in told.facts
    assert ("Cost so far", "$0.2500, 60 calls at most") in bar(going, None, 60).facts


def test_a_run_whose_end_is_not_known_has_no_share() -> None:
    assert bar(Progress("read", done=5), None, None).share is None


def test_runs_are_rows_and_hostile_names_are_made_visible() -> None:
    [row] = history([past(stopped="budget \u202e spent")])
    assert (row["When"], row["Facts +"], row["Calls"], row["Cost"]) == ("2026-11-21 15:52", 9, 4, "$0.5000")
    assert row["Ended"] == "budget ⟨U+202E⟩ spent"


def test_a_report_of_another_shape_is_no_failure() -> None:
    [row] = history([PastRun(1, "", "retry", "", {}, {"changed": 3, "calls": []})])
    assert (row["Facts +"], row["Cost"]) == (0, "unknown")


def test_what_the_last_run_changed_is_a_sentence() -> None:
    assert changes(past()) == "3 documents added; 1 documents edited; 9 facts added, 2 withdrawn"


def test_money_is_summed_by_strategy_and_model_the_dearest_first() -> None:
    paid = [
        Spent("codekgc/extract", "openai:m", 3, Usage(1_000_000, 0, 0)),
        Spent("codekgc/mend", "openai:m", 1, Usage(1_000_000, 0, 0)),
        Spent("chatie/types", "openai:none", 1, Usage(10, 0, 5)),
    ]
    rows = spending(paid, {"m": Price(1.0, 0.5, 2.0)})
    told = [(r["Strategy"], r["Answers"], r["Cost"]) for r in rows]
    assert told == [("codekgc", 4, "$2.00"), ("chatie", 1, "unknown")]


def test_failures_of_one_reason_are_one_row() -> None:
    many = [Failure(f"d/{n}.pdf", None, "encrypted", "needs a password", "unlock it") for n in range(5)]
    groups = failure_groups([*many, Failure("d/x", "c", "outage", "no answer", "again", "pending")])
    told = [(g.code, g.count, g.pending, len(g.documents)) for g in groups]
    assert told == [("encrypted", 5, 0, 3), ("outage", 1, 1, 1)]
