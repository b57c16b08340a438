"""Proposals as lines: what is rendered reads back, and whatever a model writes is read as data."""

from __future__ import annotations

import string

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kgc.ontology.agents.lines import Worded, definitions, objections, parse, render, votes
from kgc.ontology.records import Proposal

NAMES = st.text(string.ascii_letters + "公司人", min_size=1, max_size=12).filter(
    lambda n: n.lower() not in ("class", "relation", "attribute", "or", "and")
)
SOME = st.lists(NAMES, min_size=1, max_size=3, unique=True).map(tuple)
TEXTS = st.text(string.ascii_letters + " ,;'\"()公司。", max_size=40).map(lambda t: " ".join(t.split()))
PLAIN = TEXTS.filter(lambda t: t == t.strip("*_`") and t not in ("symmetric", "functional"))
CITES = st.lists(st.integers(1, 999), max_size=3, unique=True).map(tuple)


@st.composite
def worded(draw: st.DrawFn) -> Worded:
    action = draw(st.sampled_from(("class", "relation", "attribute", "rename", "merge", "split", "move", "retire")))
    definition, cites = draw(PLAIN), draw(CITES)
    if action == "class":
        parent, aliases = draw(st.one_of(st.just(""), NAMES)), draw(st.one_of(st.just(()), SOME))
        made = Proposal("add", "class", draw(NAMES), definition=definition, parent=parent, aliases=aliases)
    elif action == "relation":
        ends = {"head": draw(SOME), "tail": draw(SOME), "symmetric": draw(st.booleans())}
        made = Proposal("add", "relation", draw(NAMES), definition=definition, **ends)
    elif action == "attribute":
        name = f"{draw(NAMES)}.{draw(NAMES)}"
        made = Proposal(
            "add", "attribute", name, definition=definition, datatype="date", functional=draw(st.booleans())
        )
    elif action == "retire":
        made = Proposal("retire", "relation", draw(NAMES), definition=definition)
    elif action == "move":
        made = Proposal("move", "class", draw(NAMES), definition=definition, parent=draw(NAMES))
    else:
        made = Proposal(action, "class", draw(NAMES), of=draw(SOME), definition=definition)
    return Worded(made, cites)


@given(st.lists(worded(), max_size=5))
def test_what_is_rendered_reads_back(every: list[Worded]) -> None:
    found, problems = parse("\n".join(map(render, every)))
    assert list(found) == every
    assert not problems


@given(st.text(), st.integers(0, 5))
def test_any_text_is_read_without_raising(text: str, number: int) -> None:
    parse(text)
    assert all(0 <= n < number for n, _, _ in votes(text, number))
    assert all(0 <= n < number for n, _ in objections(text, number))
    assert set(definitions(text, ("Supplier",))) <= {"Supplier"}


@given(st.lists(worded(), min_size=1, max_size=4), st.data())
def test_a_prefix_of_an_answer_gives_a_beginning_of_its_proposals(every: list[Worded], data: st.DataObject) -> None:
    lines = [render(one) for one in every]
    kept = data.draw(st.integers(0, len(lines)))
    assert list(parse("\n".join(lines[:kept]))[0]) == every[:kept]


@pytest.mark.parametrize(
    "line",
    [
        "CLASS Supplier | is a: Organization | A company that delivers goods. | evidence: e3, e7",
        "- **CLASS Supplier** | is a: Organization | A company that delivers goods. | evidence: [e3] [e7]",
        "1. class Supplier | Is a: Organization | A company that delivers goods. | Evidence: e3 and e7",
    ],
)
def test_small_models_decorations_do_not_matter(line: str) -> None:
    [one] = parse(f"Sure, here you are:\n{line}\nHope this helps!")[0]
    assert one.cites == (3, 7)
    assert (one.proposal.name, one.proposal.parent) == ("Supplier", "Organization")
    assert one.proposal.definition == "A company that delivers goods."


def test_a_relation_between_several_classes_keeps_them_all() -> None:
    [one] = parse("RELATION Owns | Person or Company → Company, Plant | Holds shares of.")[0]
    assert (one.proposal.head, one.proposal.tail) == (("Person", "Company"), ("Company", "Plant"))


@pytest.mark.parametrize(
    "line",
    ["RELATION Supplies | goods", "ATTRIBUTE founded | date", "RENAME class Vendor", "MERGE class A, B", "MOVE X"],
)
def test_what_was_meant_as_a_proposal_and_is_none_is_told(line: str) -> None:
    found, [problem] = parse(line)
    assert not found
    assert problem.code == "unparsable"
    assert problem.raw == line


def test_votes_are_read_in_many_wordings_and_the_last_one_counts() -> None:
    text = (
        "P1 for\n- P2: against - it is an instance\n**P3** abstain\nP9 for\nP1: against: no evidence\nP4 赞成\nP5 maybe"
    )
    assert votes(text, 5) == (
        (0, "against", "no evidence"),
        (1, "against", "it is an instance"),
        (2, "abstain", ""),
        (3, "for", ""),
    )


def test_a_definition_is_taken_for_names_that_are_there_alone() -> None:
    text = "- Supplier | A company that delivers.\nGhost | Nothing.\nSupplier without a bar"
    assert definitions(text, ("Supplier", "Plant")) == {"Supplier": "A company that delivers."}
