"""What a run says at its end, and the live line while it goes on."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest

from kgc.cli.bar import line
from kgc.cli.call import Call
from kgc.cli.summary import FIRST, lines, tell, tell_plan
from kgc.llm.turns import Usage
from kgc.pipeline.progress import Progress
from kgc.pipeline.report import Calls, Changes, Failure, Plan, Report, Tally

RUN = Report(
    documents=Tally(30, 1, 0, 2),
    chunks=Tally(211, 2),
    entities=512,
    facts=1840,
    changes=Changes(documents_added=31, facts_added=1840, facts_withdrawn=2),
    calls=Calls(213, 7, 2),
    usage=Usage(410_233, 300_000, 80_100),
    cost=1.234,
    seconds=75,
)
BROKEN = tuple(
    Failure(f"docs/{n}.pdf", None if n else "c0ffee", "encrypted", "It has a password.", "Save it without.")
    for n in range(13)
)


def told(report: Report, *, every: bool = False) -> str:
    return "\n".join(lines(report, every=every))


def test_a_run_tells_what_there_is_what_changed_and_what_was_spent() -> None:
    spent = "410,233 tokens in (300,000 at the price of a cached prefix), 80,100 out, $1.23"
    assert told(RUN).splitlines() == [
        "512 entities, 1,840 facts",
        "Documents  30 done, 1 failed, 2 skipped",
        "Passages   211 done, 2 failed",
        "Changed    documents 31 added; facts 1,840 added, 2 withdrawn",
        f"Calls      213 made, 7 answered before, 2 failed, {spent}",
        "Time       1 min 15 s",
    ]


def test_a_run_that_changed_nothing_says_nothing_of_changes_and_calls() -> None:
    quiet = replace(RUN, changes=Changes(), calls=Calls(), usage=Usage(), cost=0.0)
    assert "Changed" not in told(quiet)
    assert "Calls" not in told(quiet)


def test_the_first_failures_are_listed_and_the_rest_counted() -> None:
    text = told(replace(RUN, failures=BROKEN))
    assert text.count("encrypted: It has a password.") == FIRST
    assert text.endswith("and 3 more: kgc status")
    assert "  docs/0.pdf  chunk c0ffee" in text
    assert "    Save it without." in text


def test_all_failures_are_listed_where_that_was_asked_for() -> None:
    assert told(replace(RUN, failures=BROKEN), every=True).count("encrypted:") == len(BROKEN)


def test_names_of_files_cannot_steer_the_terminal() -> None:
    bad = Failure("docs/\x1b[2Jx\u202e.pdf", None, "broken", "no \x07 end", "")
    text = told(replace(RUN, failures=(bad,)))
    assert "docs/\\u001b[2Jx\\u202e.pdf" in text
    assert "no \\u0007 end" in text


def test_json_is_alone_on_stdout_and_warnings_go_to_stderr(capsys: pytest.CaptureFixture[str]) -> None:
    report = replace(RUN, warnings=("a class cannot be filled",), stopped="the budget is reached", exit_code=4)
    assert tell(Call(json=True), report) == 4
    out, err = capsys.readouterr()
    assert json.loads(out) == json.loads(json.dumps(report.as_json()))
    assert "Warning: a class cannot be filled" in err
    assert "Stopped: the budget is reached" in err


def test_quiet_prints_nothing_but_the_exit_code_stays(capsys: pytest.CaptureFixture[str]) -> None:
    assert tell(Call(quiet=True), replace(RUN, failures=BROKEN, exit_code=3)) == 3
    assert capsys.readouterr() == ("", "")


def test_a_plan_calls_its_figures_estimates(capsys: pytest.CaptureFixture[str]) -> None:
    plan = Plan(2, 9, 9, Usage(9000, 7000, 800), None, 12.0, to_ask_again=3)
    assert tell_plan(Call(), plan) == 0
    out = capsys.readouterr().out
    assert "Calls      about 9" in out
    assert "Cost       unknown: no price" in out
    assert "3 passages; --reask asks again" in out


def test_the_live_line_tells_how_far_how_fast_and_how_long_still() -> None:
    at = Progress(
        "ask", done=50, total=200, failed=2, in_flight=32, usage=Usage(1000, 0, 500), cost=0.25, rate=4.2, left=35.0
    )
    text = line(at, 200).plain
    assert text.startswith("Reading passages")
    for part in ("50/200", "2 failed", "35 s left", "32 in flight", "1,500 tokens", "$0.2500", "4.2/s"):
        assert part in text


@pytest.mark.parametrize("width", [20, 40, 60, 80, 120])
def test_the_live_line_fits_the_terminal(width: int) -> None:
    at = Progress("read", done=50, total=200, failed=2, rate=4.2, left=35.0, note="docs/" + "very-long/" * 30 + "蓝.md")
    assert line(at, width).cell_len <= max(width, 42)


def test_the_live_line_shows_no_bar_where_the_end_is_not_known() -> None:
    assert line(Progress("derive"), 80).plain.strip() == "Deriving facts"
