from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pytest

from kgc.data import Chunk, Extraction, Literal, Qualifier, Span
from kgc.errors import ConfigError, KgcError, UnknownName
from kgc.extract.chatie import ChatIE
from kgc.extract.codekgc import CodeKGC
from kgc.extract.contract import Strategy
from kgc.extract.find import strategy
from kgc.llm.turns import Ask
from kgc.prompts import names, prompt
from kgc.schema import (
    Attribute,
    DemoEntity,
    Demonstration,
    DemoTriple,
    EntityType,
    EventType,
    RelationType,
    RoleType,
    Schema,
)
from kgc.testing.strategy_contract import StrategyContract, drive, scripted

SCHEMA = Schema(
    "people",
    (
        EntityType("Person", "A human being", attributes=(Attribute("birth_date", "date"),)),
        EntityType("Location", "A place"),
        EntityType("Organization"),
    ),
    (
        RelationType("LivesIn", ("Person",), ("Location",), "The person lives there"),
        RelationType("WorksFor", ("Person",), ("Organization", "Person")),
    ),
    (EventType("Acquisition", roles=(RoleType("buyer", ("Organization",)), RoleType("price", ("Amount",), False))),),
    (
        Demonstration(
            "Bo was born in 1950. He lives in Oslo.",
            (DemoEntity("Bo", "Person"), DemoEntity("Oslo", "Location")),
            (DemoTriple("Bo", "LivesIn", "Oslo"), DemoTriple("Bo", "birth_date", "1950")),
        ),
    ),
)
TEXT = "Ann was born on 3 May 1998.\nAnn lives in Rome. Acme bought it for $2 bn."
CHUNK = Chunk("c1", "d1", "k1", Span(0, len(TEXT)), TEXT, ("Lives", "Ann"), "name | place", "en")
GOOD = (
    '# relations: LivesIn\np1 = Person("Ann")\nl1 = Location("Rome")\no1 = Organization("Acme")\n'
    'LivesIn(p1, l1, 2, start="1998", hedged=True)\nbirth_date(p1, "3 May 1998", 1)\n'
    'e1 = Acquisition("bought", 3, buyer=o1, price="$2 bn")\n'
)


class TestCodeKGC(StrategyContract):
    strategy = CodeKGC()
    schema = SCHEMA
    chunk = CHUNK
    good = (GOOD,)


class TestChatIE(StrategyContract):
    strategy = ChatIE()
    schema = SCHEMA
    chunk = CHUNK
    good = ("(LivesIn)", "| Person | Location |\n|---|---|\n| Ann | Rome |")


def run(subject: Strategy, texts: Sequence[str], chunk: Chunk = CHUNK) -> tuple[Extraction, list[list[Ask]]]:
    return drive(subject.turns(chunk, SCHEMA), scripted(texts))


def codes(found: Extraction) -> list[str]:
    return [p.code for p in found.problems]


def test_codekgc_gives_facts_attributes_and_events_with_their_evidence() -> None:
    found, rounds = run(CodeKGC(), [GOOD])
    lives, born = found.triples
    assert (lives.head.surface, lives.relation, lives.hedged) == ("Ann", "LivesIn", True)
    assert lives.qualifiers == (Qualifier("start", "1998"),)
    assert (lives.evidence.quote, lives.evidence.aligned) == ("Ann lives in Rome.", "exact")
    assert lives.evidence.rationale == 'LivesIn(p1, l1, 2, start="1998", hedged=True)'
    assert born.tail == Literal("3 May 1998", "1998-05-03", "date", span=Span(16, 26))
    assert found.events[0].roles[1].value == Literal("$2 bn", "2000000000", "amount", "USD", span=Span(66, 71))
    assert (len(rounds), found.problems, found.failure) == (1, (), None)


def test_codekgc_asks_again_only_about_the_lines_that_were_rejected() -> None:
    found, rounds = run(CodeKGC(), [GOOD + "LivedIn(p1, l1, 2)\n", "WorksFor(p1, o1, 3)\nNoSuch(p1, o1)"])
    assert [[a.tag for a in asks] for asks in rounds] == [["codekgc/extract"], ["codekgc/mend"]]
    assert rounds[1][0].messages[:2] == rounds[0][0].messages
    question = rounds[1][0].messages[-1].content
    assert "LivedIn(p1, l1, 2)" in question
    assert "birth_date" not in question
    assert [t.relation for t in found.triples] == ["LivesIn", "birth_date", "WorksFor"]
    assert [(p.code, p.severity) for p in found.problems] == [("unknown_label", "warning"), ("unknown_label", "error")]
    assert len(found.answers) == 2


@pytest.mark.parametrize("answer", [GOOD, GOOD + GOOD, "pass", "I'm sorry, I can't do that.", GOOD + "LivesIn(p1, l"])
def test_codekgc_asks_nothing_more_where_asking_cannot_help(answer: str) -> None:
    assert len(run(CodeKGC(), [answer])[1]) == 1


def test_codekgc_does_not_mend_when_told_not_to() -> None:
    found, rounds = run(CodeKGC(mend=False), ["NoSuch(1, 2)"])
    assert (len(rounds), found.failure and found.failure.code) == (1, "unknown_label")


def test_an_answer_that_stays_unreadable_is_a_failure_and_one_that_finds_nothing_is_none() -> None:
    assert run(CodeKGC(), ["Ann lives in Rome.", "As I said."])[0].failure is not None
    assert run(CodeKGC(), ["# relations: none"])[0].failure is None


def test_an_answer_cut_by_the_server_says_so() -> None:
    found, _ = drive(CodeKGC().turns(CHUNK, SCHEMA), scripted([GOOD], finish="length"))
    assert codes(found) == ["truncated"]


@pytest.mark.parametrize("subject", [CodeKGC(), ChatIE()])
def test_an_answer_that_ended_in_an_unknown_way_and_says_nothing_is_a_failure(subject: Strategy) -> None:
    found, rounds = drive(subject.turns(CHUNK, SCHEMA), scripted(["none"], finish="other"))
    assert (len(rounds), found.failure and found.failure.code) == (1, "truncated")


def test_what_an_answer_says_that_ended_in_an_unknown_way_is_kept_with_a_note() -> None:
    found, _ = drive(CodeKGC().turns(CHUNK, SCHEMA), scripted([GOOD], finish="other"))
    assert (len(found.triples), codes(found), found.failure) == (2, ["truncated"], None)


def test_a_name_that_is_not_in_the_text_is_kept_and_marked() -> None:
    found, _ = run(CodeKGC(), ['p1 = Person("Ann")\nl1 = Location("Berlin")\nLivesIn(p1, l1, 2)'])
    [triple] = found.triples
    assert (triple.tail.span, triple.evidence.aligned, codes(found)) == (None, "none", ["not_in_text"])


def test_the_clause_is_the_rationale_when_asked_for() -> None:
    subject = CodeKGC(rationale="because")
    found, rounds = run(subject, ['LivesIn(Person("Ann"), Location("Rome"), 2, because="it says lives in")'])
    assert "because=" in rounds[0][0].messages[0].content
    assert found.triples[0].evidence.rationale == "it says lives in"


def test_chatie_asks_one_table_a_relation_and_type_pair_all_at_once_with_the_history() -> None:
    found, rounds = run(ChatIE(), ["(LivesIn, WorksFor, Owns)", "| Ann | Rome |", "none"])
    assert [[a.tag for a in asks] for asks in rounds] == [["chatie/types"], ["chatie/table"] * 3]
    assert all(a.messages[:2] == rounds[0][0].messages and len(a.messages) == 4 for a in rounds[1])
    assert [(t.head.surface, t.relation) for t in found.triples] == [("Ann", "LivesIn")]
    assert codes(found) == ["unknown_label"]


@pytest.mark.parametrize("answer", ["none", "None.", "无", "()"])
def test_chatie_stops_after_one_question_where_there_is_nothing(answer: str) -> None:
    found, rounds = run(ChatIE(), [answer])
    assert (len(rounds), found.failure, found.problems) == (1, None, ())


def test_chatie_says_what_it_did_not_ask() -> None:
    found, rounds = run(ChatIE(max_types=1), ["(LivesIn, WorksFor)", "none"])
    assert (len(rounds[1]), codes(found)) == (1, ["truncated"])


def test_options_are_read_in_the_types_of_their_fields() -> None:
    assert strategy("codekgc", {"shots": "0", "mend": "no", "rationale": "because"}) == CodeKGC(
        shots=0, mend=False, rationale="because"
    )


@pytest.mark.parametrize(
    ("name", "options", "says"),
    [
        ("codekg", {}, "'codekgc'"),
        ("codekgc", {"shot": "1"}, "'shots'"),
        ("codekgc", {"shots": "many"}, "whole number"),
        ("codekgc", {"mend": "perhaps"}, "neither true nor false"),
        ("codekgc", {"rationale": "becuase"}, "'because'"),
    ],
)
def test_a_wrong_option_says_the_nearest_right_one(name: str, options: dict[str, str], says: str) -> None:
    with pytest.raises((ConfigError, UnknownName), match=says):
        strategy(name, options)


def test_a_prompt_names_the_value_it_lacks_and_never_fills_in_twice() -> None:
    with pytest.raises(KgcError, match=r"\$context"):
        prompt("codekgc/extract", {"text": "x"})
    assert prompt("codekgc/extract", {"context": "$text", "text": "$context ${x}"}) == "$text\n$context ${x}"
    assert set(names()) >= {"codekgc/system", "chatie/table.zh"}


GOLDEN = Path(__file__).parent / "golden"
CASES: dict[str, tuple[Strategy, Sequence[str], Chunk]] = {
    "codekgc": (CodeKGC(), [GOOD + "LivedIn(p1, l1, 2)\n", "pass"], CHUNK),
    "codekgc-again": (
        CodeKGC(shots=0, rationale="because"),
        ["Ann lives in Rome."],
        replace(CHUNK, headings=(), header=""),
    ),
    "chatie": (ChatIE(), ["(LivesIn)", "none"], CHUNK),
    "chatie-zh": (
        ChatIE(),
        ["（LivesIn）", "无"],
        replace(CHUNK, text="安住在罗马。", lang="zh", headings=("安",), header=""),
    ),
}


@pytest.mark.parametrize("name", CASES)
def test_what_is_asked_is_this_to_the_letter(name: str) -> None:
    subject, texts, chunk = CASES[name]
    last = run(subject, texts, chunk)[1][-1][0]
    asked = "\n".join(f"=== {m.role}\n{m.content}" for m in last.messages) + "\n"
    path = GOLDEN / f"{name}.txt"
    if os.environ.get("KGC_UPDATE_GOLDEN"):
        path.write_text(asked, encoding="utf-8")
    assert asked == path.read_text(encoding="utf-8")
