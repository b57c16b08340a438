"""Talks on the driver with a real model server on loopback: nothing is paid twice, and the record is the talk."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, replace
from pathlib import Path

import pytest

from kgc.config import Options
from kgc.data.plain import record
from kgc.errors import BudgetError, UnknownName
from kgc.llm.turns import Ask, Message
from kgc.ontology.agents.hold import estimate, hold, recorded
from kgc.ontology.agents.stops import TalkStop
from kgc.ontology.agents.talk import Brief, Talk
from kgc.ontology.agents.teams import Team, find_team
from kgc.ontology.records import Choice, Proposal
from kgc.schema.python import as_python
from kgc.testing.script import Faults, Script, Turn
from kgc.testing.server import Server
from tests.ontology.talking import BRIEF, competent
from tests.ontology.talking import hold as by_hand

CALLS = 15
"""Calls of the competent model with the default team: specify, twice seven, and the word that ends."""


def reply(turns: Sequence[Turn]) -> str:
    """The competent model, told by its prompt what it is asked."""
    text = turns[-1].content
    marks = {
        "Write the task now": "specify", "one instruction": "instruct", "one query": "search",
        "Answer with proposals only": "propose", "your objections": "object", "Vote on every one": "vote",
        "better definition": "write",
    }  # fmt: skip
    tag = next(tag for mark, tag in marks.items() if mark in text)
    return competent(Ask((Message("user", text),), f"ontology/{tag}"))


def options(server: Server, **more: object) -> Options:
    return replace(Options(model="openai:any", base_url=server.url), **more)  # type: ignore[arg-type]


@pytest.fixture(autouse=True)
def key(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OPENAI_API_KEY", "any")


def python_of(talk: Talk) -> str:
    assert talk.table.schema
    return as_python(talk.table.schema)


def test_a_talk_over_http_ends_as_one_by_hand(tmp_path: Path) -> None:
    by_list = Talk(find_team("default"), BRIEF)
    by_hand(by_list, competent)
    with Server(Script(reply=reply)) as server:
        held = hold(tmp_path, find_team("default"), BRIEF, options(server))
    assert not held.stopped
    assert (held.made, held.cached) == (CALLS + 2, 0)
    assert held.talk.stop == by_list.stop
    assert python_of(held.talk) == python_of(by_list)


def test_the_same_talk_again_asks_nobody(tmp_path: Path) -> None:
    with Server(Script(reply=reply)) as server:
        first = hold(tmp_path, find_team("default"), BRIEF, options(server))
        asked = server.counts["asked"]
        again = hold(tmp_path, find_team("default"), BRIEF, options(server))
        assert server.counts["asked"] == asked
    assert (again.id, again.made) == (first.id, 0)
    assert python_of(again.talk) == python_of(first.talk)


def test_a_talk_is_held_again_from_its_record_word_for_word(tmp_path: Path) -> None:
    with Server(Script(reply=reply)) as server:
        held = hold(tmp_path, find_team("default"), BRIEF, options(server))
    row, talk = recorded(tmp_path, held.id[:6])
    assert row.ended[0] == "completion"
    assert [s.text for s in talk.said] == [s.text for s in held.talk.said]
    assert [s.usage for s in talk.said] == [s.usage for s in held.talk.said]
    assert python_of(talk) == python_of(held.talk)
    with pytest.raises(UnknownName, match="no talk"):
        recorded(tmp_path, "zzz")


@pytest.mark.parametrize("calls", [0, 1, 4, 8, 13])
def test_a_budget_is_kept_to_the_call_and_the_next_run_goes_on(tmp_path: Path, calls: int) -> None:
    with Server(Script(reply=reply)) as server:
        held = hold(tmp_path, find_team("default"), BRIEF, options(server, max_calls=calls))
        assert server.counts["asked"] == calls
        assert held.stopped
        assert held.talk.stop
        assert held.talk.stop.kind == "budget"
        _, talk = recorded(tmp_path)
        assert len(talk.said) == len(held.talk.said)
        rest = hold(tmp_path, find_team("default"), BRIEF, options(server))
        assert server.counts["asked"] == CALLS + 2
    assert rest.talk.stop == TalkStop("completion", 3, "Domain expert said TASK_DONE")


def test_a_budget_in_money_for_a_model_without_a_price_is_refused_before_anything(tmp_path: Path) -> None:
    with Server(Script(reply=reply)) as server, pytest.raises(BudgetError):
        hold(tmp_path, find_team("default"), BRIEF, options(server, budget=1.0))
    assert not (tmp_path / ".kgc").exists()


def test_faults_on_the_way_change_nothing(tmp_path: Path) -> None:
    faults = Faults(("429", "500", "cut", "malformed", "ok", "503", "empty"))
    with Server(Script(reply=reply, faults=faults, retry_after=0.01)) as server:
        held = hold(tmp_path, find_team("default"), BRIEF, options(server, retries=9))
    assert held.made == CALLS + 2
    assert held.talk.stop
    assert held.talk.stop.kind == "completion"


def test_a_person_is_never_asked_twice_the_same(tmp_path: Path) -> None:
    seen: list[int] = []

    def person(round_: int, proposals: Sequence[Proposal]) -> list[tuple[int, Choice, str]]:
        seen.append(round_)
        return [(0, "against", f"no {proposals[0].name}")]

    team = find_team("default").with_person()
    with Server(Script(reply=reply)) as server:
        cut = hold(tmp_path, team, BRIEF, options(server, max_calls=9), person)
        assert seen == [1]
        held = hold(tmp_path, team, BRIEF, options(server), person)
    assert cut.id == held.id
    assert seen == sorted(set(seen))
    _, talk = recorded(tmp_path)
    assert [s.text for s in talk.said if s.role == "me"] == [s.text for s in held.talk.said if s.role == "me"]
    assert python_of(talk) == python_of(held.talk)


def test_what_a_talk_begins_with_survives_the_record() -> None:
    assert record(Team, plain(find_team("default"))) == find_team("default")
    brief = replace(BRIEF, schema=by_hand_schema(), misfits=("3 times: unknown relation buys",))
    assert record(Brief, plain(brief)) == brief


def plain(value: object) -> object:
    import json

    return json.loads(json.dumps(asdict(value)))  # type: ignore[call-overload]


def by_hand_schema() -> object:
    talk = Talk(find_team("default"), BRIEF)
    by_hand(talk, competent)
    return talk.table.schema


def test_the_most_that_a_talk_may_ask_is_told_before() -> None:
    told = estimate(find_team("default"), BRIEF, Options(model="openai:any"))
    assert told.calls == find_team("default").most_calls()
    assert told.prompt > 0
    assert told.cost is None
