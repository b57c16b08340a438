from __future__ import annotations

import json
import random
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kgc.formats.claims import Claim, Claims, Thing, well_formed
from kgc.formats.code_class import CodeClass
from kgc.schema import Attribute, EntityType, EventType, Labels, RelationType, RoleType, Schema
from kgc.schema.find import find

SCHEMA = Schema(
    "people",
    (
        EntityType("Person", attributes=(Attribute("birth_date", "date"),)),
        EntityType("Location"),
        EntityType("Organization"),
        EntityType("Company", parent="Organization"),
    ),
    (
        RelationType("LivesIn", ("Person",), ("Location",)),
        RelationType("WorksFor", ("Person",), ("Organization",), labels=Labels(aliases=("employed by",))),
        RelationType("Knows", ("Person",), ("Person",), symmetric=True),
    ),
    (EventType("Acquisition", roles=(RoleType("buyer", ("Organization",)), RoleType("target", ("Organization",)))),),
)
ANN, ROME, ACME = Thing("Ann", "Person"), Thing("Rome", "Location"), Thing("Acme", "Company")
HEAD = 'p1 = Person("Ann")\nl1 = Location("Rome")\no1 = Company("Acme")\n'


def read(text: str, *, repair: bool = False) -> tuple[Claims, list[str]]:
    parsed = CodeClass(repair).parse(text, SCHEMA)
    return parsed.items, [r.code for r in parsed.rejects]


@pytest.mark.parametrize(
    "line",
    [
        "LivesIn(p1, l1, 2)",
        "LivesIn(head=p1, tail=l1, sentence=2)",
        "LivesIn(subject=p1, object=l1, sentences=[2])",
        'LivesIn(p1, l1, "2")',
        "LivesIn(p1, l1, [2])  # she lives there",
        "LivesIn(p1, l1, 2),",
        "LivesIn(p1, l1, 2).",
        "- LivesIn(p1, l1, 2)",
        "3. `LivesIn(p1, l1, 2)`",
        "lives_in(p1, l1, 2)",
        "Lives\\_In(p1, l1, 2)",
        "LivesIn（p1，l1，2）",
        'LivesIn("Ann", "Rome", 2)',
        "LivesIn(“Ann”, ‘Rome’, 2)",
        'LivesIn(Person("Ann"), Location("Ro" + "me"), 2)',
        'Triple(Person("Ann"), Rel("lives in"), Location("Rome"), 2)',
        'Triple(p1, "LivesIn", l1, 2)',
        "result = Extraction(\n  triples=[\n    Triple(p1, LivesIn, l1, 2),\n  ],\n)",
        "LivesIn(p1, l1, 2) -> sentence 2",
        "r1 = LivesIn(p1, l1, 2)",
        "LivesIn(\n    p1,\n    l1,\n    2,\n)",
    ],
)
def test_one_fact_is_read_however_it_is_written(line: str) -> None:
    said, codes = read(HEAD + line)
    assert said.claims == (Claim(ANN, "LivesIn", ROME, (2,)),)
    assert codes == []


@pytest.mark.parametrize(
    ("line", "code", "says"),
    [
        ("LivsIn(p1, l1, 2)", "unknown_label", "'LivesIn'"),
        ("LivesIn(p1, l9, 2)", "unparsable", "'l9'"),
        ("LivesIn(l1, p1, 2)", "type_violation", "swapped"),
        ("LivesIn(p1, o1, 2)", "type_violation", "not from Person to Company"),
        ("LivesIn(p1)", "unparsable", "head and a tail"),
        ('birth_date(o1, "1998")', "type_violation", "no attribute"),
        ("LivesIn(p1, l1", "unparsable", "no valid line"),
        ('p2 = Person("Bob', "unparsable", "no valid line"),
        ('x = Persn("Bob")', "unknown_label", "'Person'"),
        ("__import__('os').system('true')", "unparsable", "no class"),
        ('p2 = Person(f"{p1}")', "unparsable", "no name"),
        ('e = Acquisition("bought", 1, buyer=p1)', "type_violation", "buyer"),
    ],
)
def test_a_line_that_cannot_be_used_loses_only_itself(line: str, code: str, says: str) -> None:
    parsed = CodeClass().parse(f"{HEAD}{line}\nWorksFor(p1, o1, 3)\n", SCHEMA)
    assert parsed.items.claims == (Claim(ANN, "WorksFor", ACME, (3,)),)
    assert [r.code for r in parsed.rejects] == [code]
    assert says in parsed.rejects[0].message
    assert parsed.rejects[0].where == "line 4"
    assert parsed.rejects[0].raw == line


def test_swapped_arguments_are_put_right_only_when_asked() -> None:
    said, codes = read(HEAD + "LivesIn(l1, p1, 2)", repair=True)
    assert (said.claims, codes) == ((Claim(ANN, "LivesIn", ROME, (2,)),), ["type_violation"])


@pytest.mark.parametrize(
    "text", ["", "pass", "# relations: none", "```python\n# relations: none\n```", "None", "[]", "无"]
)
def test_an_answer_that_says_nothing_is_a_valid_one(text: str) -> None:
    assert read(text) == (Claims(), [])


@pytest.mark.parametrize(
    ("text", "code"),
    [("I'm sorry, I can't do that.", "refusal"), ("抱歉，我无法回答", "refusal"), ("Ann lives in Rome.", "unparsable")],
)
def test_an_answer_without_code_says_why(text: str, code: str) -> None:
    assert read(text) == (Claims(), [code])


def test_chatter_and_fences_around_the_code_are_passed_over() -> None:
    said, codes = read(f"Sure (see below)! Here:\n\n```python\n{HEAD}LivesIn(p1, l1, 2)\n```\nHope this helps.")
    assert (said.claims, codes) == ((Claim(ANN, "LivesIn", ROME, (2,)),), [])


def test_an_answer_cut_at_the_token_limit_keeps_what_is_complete() -> None:
    said, codes = read(
        'result = Extraction(\nentities=[Person("Ann"), Location("Rome")],\ntriples=[\n'
        ' Triple(Person("Ann"), Rel("lives in"), Location("Rome")),\n Triple(Person("Ann"), Rel("kno'
    )
    assert (said.claims, codes) == ((Claim(ANN, "LivesIn", ROME),), ["truncated"])


def test_a_fact_repeated_until_the_limit_is_kept_once_with_one_problem() -> None:
    parsed = CodeClass().parse(HEAD + "LivesIn(p1, l1, 2)\n" * 500 + "LivesIn(p1, l1", SCHEMA)
    assert parsed.items.claims == (Claim(ANN, "LivesIn", ROME, (2,)),)
    assert [(r.code, r.message) for r in parsed.rejects][1:] == [("duplicate", "said 500 times")]


def test_a_thing_outside_the_entity_section_is_flagged() -> None:
    parsed = CodeClass().parse(HEAD + 'LivesIn(p1, Location("Oslo"), 1)', SCHEMA)
    assert parsed.items.claims[0].tail == Thing("Oslo", "Location")
    assert [(r.code, r.severity) for r in parsed.rejects] == [("unparsable", "warning")]


def test_a_later_answer_may_use_the_variables_of_an_earlier_one() -> None:
    parsed = CodeClass().parse_after(HEAD + "LivesIn(p1, l1, 2)", "WorksFor(p1, o1, 3)\nKnows(p1, p2)", SCHEMA)
    assert parsed.items == Claims((), (Claim(ANN, "WorksFor", ACME, (3,)),))
    assert [r.where for r in parsed.rejects] == ["line 2"]


def test_a_redefined_variable_means_what_it_was_last_bound_to() -> None:
    said, _ = read(HEAD + 'p1 = Person("Bob")\nLivesIn(p1, l1)')
    assert said.claims[0].head == Thing("Bob", "Person")


names = st.text(min_size=1, max_size=30).filter(lambda s: bool(s.strip()))
things = st.builds(Thing, names, st.sampled_from(["Person", "Location", "Company"]))


@given(
    st.lists(st.tuples(names, names, st.lists(st.integers(0, 99), max_size=3, unique=True)), max_size=5),
    st.lists(things),
)
@settings(max_examples=150, deadline=None)
def test_any_claims_read_back_the_same(pairs: list[tuple[str, str, list[int]]], others: list[Thing]) -> None:
    claims = [Claim(Thing(h, "Person"), "LivesIn", Thing(t, "Location"), tuple(n)) for h, t, n in pairs]
    claims += [Claim(Thing(h, "Person"), "birth_date", t, tuple(n)) for h, t, n in pairs]
    items = well_formed(Claims(tuple(others), tuple(claims)))
    parsed = CodeClass().parse(CodeClass().render(items, SCHEMA), SCHEMA)
    assert (parsed.items, parsed.rejects) == (items, ())


@given(st.text(max_size=300))
@settings(max_examples=200, deadline=None)
def test_any_text_is_read_without_an_error(text: str) -> None:
    parsed = CodeClass().parse(text, SCHEMA)
    assert well_formed(parsed.items) == parsed.items


def test_ten_thousand_mutated_answers_never_raise_and_never_run(tmp_path: Path) -> None:
    witness = tmp_path / "ran"
    call = f"__import__('os').system('touch {witness}')"
    base = (
        f'# relations: LivesIn\n{HEAD}LivesIn(p1, l1, 2)\nbirth_date(p1, "1998", 1)\n'
        f'e1 = Acquisition("bought", 1, buyer=o1)\nresult = Extraction(triples=[Triple(p1, Rel("x"), {call})])\n'
        f"{call}\n"
    )
    chance = random.Random(7)
    alphabet = "()[]{}\"'=,\\\n #:“”（），\0f@*x1" + "é中"
    for _ in range(10_000):
        text = list(base)
        for _ in range(chance.randint(1, 8)):
            at = chance.randrange(len(text))
            match chance.randrange(3):
                case 0:
                    text[at] = chance.choice(alphabet)
                case 1:
                    del text[at : at + chance.randint(1, 20)]
                case _:
                    text[at:at] = text[at : at + chance.randint(1, 30)]
        CodeClass().parse("".join(text), SCHEMA)
    assert not witness.exists()


def gold(path: Path, ending: str = "_of") -> list[Claims]:
    """The rows of a file; `ending` keeps a relation's name from being a type's, as in ADE."""
    found = []
    for line in path.read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        listed = tuple(Thing(e["text"], label(e["type"])) for e in row["entities"])
        claims = tuple(
            Claim(
                Thing(t["head"], label(t["head_type"])),
                label(t["relation"]) + ending,
                Thing(t["tail"], label(t["tail_type"])),
            )
            for t in row["triples"]
        )
        found.append(well_formed(Claims(listed, claims)))
    return found


def label(name: str) -> str:
    """A name that a class can have: CrossRE says "part-of", ADE calls a type and a relation the same."""
    return name.replace("-", "_")


def open_schema(items: list[Claims]) -> Schema:
    """A schema that allows what the gold holds."""
    types = sorted({t.type for i in items for t in i.things})
    relations = sorted({c.relation for i in items for c in i.claims})
    return Schema(
        "gold",
        tuple(EntityType(t) for t in types),
        tuple(RelationType(r, ("Entity",), ("Entity",)) for r in relations),
    )


@pytest.mark.data
@pytest.mark.parametrize("name", ["conll04", "ade", "crossre"])
def test_all_gold_reads_back_the_same(name: str, kgc_data: Path) -> None:
    rows = [items for path in sorted((kgc_data / "ie" / name).glob("*.jsonl")) for items in gold(path)]
    schema = open_schema(rows)
    assert sum(len(r.claims) for r in rows) > 1000
    for items in rows:
        parsed = CodeClass().parse(CodeClass().render(items, schema), schema)
        assert (parsed.items, parsed.rejects) == (items, ())


@pytest.mark.data
def test_all_conll04_gold_fits_the_shipped_schema_and_reads_back_the_same(kgc_data: Path) -> None:
    schema = find("conll04")
    rows = [items for path in sorted((kgc_data / "ie" / "conll04").glob("*.jsonl")) for items in gold(path, ending="")]
    assert sum(len(r.claims) for r in rows) > 1900
    for items in rows:
        parsed = CodeClass().parse(CodeClass().render(items, schema), schema)
        assert (parsed.items, parsed.rejects) == (items, ())
