"""Which words of a sentence a statement is about: whose title, whose owner, what is denied."""

from __future__ import annotations

import pytest

from kgc.data import Chunk, Literal, Span, content_id
from kgc.schema.compile import compile_file
from kgc.shipped import folder
from kgc.slm.builtin import BuiltIn
from kgc.slm.flags import Flags, cued

SCHEMA = compile_file(folder("schemas") / "general.py")
READER = BuiltIn(min_confidence=0.65)
Said = tuple[str, str, str]


def flagged(text: str, lang: str = "en") -> dict[Said, str]:
    """What is said, with "n" where it is denied and "h" where it is only possible."""
    [found] = READER.extract([Chunk("c", "d", content_id(text), Span(0, len(text)), text, lang=lang)], SCHEMA)
    return {
        (t.head.surface, t.relation, t.tail.value if isinstance(t.tail, Literal) else t.tail.surface): "n" * t.negated
        + "h" * t.hedged
        for t in found.triples
    }


@pytest.mark.parametrize(
    ("text", "right", "wrong"),
    [
        (
            "Brightwater, now owned by the Halden Group, makes pumps.",
            [("Brightwater", "PartOf", "Halden Group")],
            [("Halden Group", "PartOf", "Brightwater")],
        ),
        (
            "Calder Foods Inc., now owned by Merrow Holdings plc, moved to Leeds.",
            [("Calder Foods Inc.", "PartOf", "Merrow Holdings plc")],
            [("Merrow Holdings plc", "PartOf", "Calder Foods Inc.")],
        ),
        (
            "Merrow Holdings plc owns Calder Foods Inc.",
            [("Calder Foods Inc.", "PartOf", "Merrow Holdings plc")],
            [("Merrow Holdings plc", "PartOf", "Calder Foods Inc.")],
        ),
        (
            "Clara Weiss is a fellow of Marlow College, a member of the Helvetic League.",
            [("Clara Weiss", "MemberOf", "Marlow College"), ("Clara Weiss", "MemberOf", "Helvetic League")],
            [("Marlow College", r, "Helvetic League") for r in ("PartOf", "MemberOf")]
            + [("Clara Weiss", "WorksFor", "Marlow College")],
        ),
        (
            "Marlow College, a member of the Helvetic League, opened in 1901.",
            [("Marlow College", "MemberOf", "Helvetic League")],
            [],
        ),
        (
            "Dr. Emma Stone, co-director of the Lindgren Institute, spoke first.",
            [("Emma Stone", "position", "co-director"), ("Emma Stone", "LeaderOf", "Lindgren Institute")],
            [("Emma Stone", "position", "director")],
        ),
        (
            "David Miller was appointed Secretary of State for Trade and Industry in 1998.",
            [("David Miller", "position", "Secretary of State for Trade and Industry")],
            [("David Miller", "position", "Secretary")],
        ),
        (
            "David Miller, Minister of Defence and Veterans Affairs, resigned from Norwood Systems Ltd.",
            [("David Miller", "position", "Minister of Defence and Veterans Affairs")],
            [],
        ),
        (
            "Emily Clark, the daughter of Rose Hill and granddaughter of Thomas Brown, was born in Bergen.",
            [],
            [("Emily Clark", "ChildOf", "Thomas Brown")],
        ),
        (
            "Robert Brown, a great-grandson of Thomas Hill, was born in Bergen.",
            [],
            [("Thomas Hill", "BornIn", "Bergen"), ("Robert Brown", "ChildOf", "Thomas Hill")],
        ),
        (
            "Norwood Systems Ltd, a subsidiary of Halden Group, is based in Leeds.",
            [("Norwood Systems Ltd", "BasedIn", "Leeds"), ("Norwood Systems Ltd", "PartOf", "Halden Group")],
            [("Halden Group", "BasedIn", "Leeds")],
        ),
        ("Robert Brown is the son of Thomas Brown.", [("Robert Brown", "ChildOf", "Thomas Brown")], []),
        (
            "Emma Stone is chief executive officer, David Miller is chief financial officer.",
            [
                ("Emma Stone", "position", "chief executive officer"),
                ("David Miller", "position", "chief financial officer"),
            ],
            [("David Miller", "position", "chief executive officer")],
        ),
        (
            "It was founded in 1998 by the chemist Emma Stone and the engineer Thomas Brown.",
            [("Emma Stone", "position", "chemist"), ("Thomas Brown", "position", "engineer")],
            [("Emma Stone", "position", "engineer"), ("Thomas Brown", "position", "chemist")],
        ),
        (
            "Thomas Brown, who founded Halden Group together with Emma Stone, retired as chief technology officer.",
            [("Thomas Brown", "position", "chief technology officer")],
            [("Emma Stone", "position", "chief technology officer")],
        ),
        (
            "Under the new director the group of Dr. Emma Stone moves to a new building.",
            [],
            [("Emma Stone", "position", "director")],
        ),
        (
            "Norwood Systems Ltd is based in Vestby, south of Oslo.",
            [("Norwood Systems Ltd", "BasedIn", "Vestby")],
            [("Norwood Systems Ltd", "BasedIn", "Oslo"), ("Vestby", "LocatedIn", "Oslo")],
        ),
        (
            "He Jun has been appointed general manager of Norwood Systems Ltd in Leeds.",
            [("He Jun", "LeaderOf", "Norwood Systems Ltd")],
            [],
        ),
        (
            "He worked for Norwood Systems Ltd until Jun Ito joined it.",
            [("Jun Ito", "WorksFor", "Norwood Systems Ltd")],
            [("He", "WorksFor", "Norwood Systems Ltd")],
        ),
        (
            "Clara Weiss was living in Leeds with her husband Robert Brown, son of Thomas Brown, a coachman.",
            [("Robert Brown", "ChildOf", "Thomas Brown")],
            [("Clara Weiss", "ChildOf", "Thomas Brown")],
        ),
        (
            "They arranged for Clara's daughter by Robert, Emily, to marry.",
            [],
            [("Clara", "ChildOf", "Robert")],
        ),
        (
            "In the film Another Life, Emma Stone played Edith Thompson and Thomas Brown played the clerk Percy Hill.",
            [("Emma Stone", "PerformedIn", "Another Life"), ("Thomas Brown", "PerformedIn", "Another Life")],
            [("Edith Thompson", "PerformedIn", "Another Life"), ("Percy Hill", "PerformedIn", "Another Life")],
        ),
        (
            "Clara Weiss starred as well as Robert Brown in the film The Long Night.",
            [("Robert Brown", "PerformedIn", "The Long Night")],
            [],
        ),
        (
            "Robert Brown, after teaching briefly at Marlow College in Leeds, studied at the University of Oslo.",
            [("Robert Brown", "EducatedAt", "University of Oslo")],
            [("Robert Brown", "EducatedAt", "Marlow College")],
        ),
        (
            "Muhammad ibn Yusuf al-Rashid was born in Fez.",
            [("Muhammad ibn Yusuf al-Rashid", "BornIn", "Fez")],
            [("Yusuf al-Rashid", "BornIn", "Fez")],
        ),
        (
            "Robert Brown (Karl Holm) leaves his wife Clara (Emily Hill).",
            [("Robert Brown", "SpouseOf", "Clara")],
            [("Karl Holm", "SpouseOf", "Clara"), ("Karl Holm", "SpouseOf", "Emily Hill")],
        ),
        (
            "After Robert Brown's death in 1982, then Governor of Montana, Clara Weiss, named a day after him.",
            [("Clara Weiss", "LeaderOf", "Montana")],
            [("Robert Brown", "LeaderOf", "Montana")],
        ),
        (
            "According to the Environmental Protection Agency, cloth is a twentieth of all waste in Norway.",
            [],
            [("Environmental Protection Agency", "BasedIn", "Norway")],
        ),
        (
            "They met National Security Adviser Clara Weiss, Secretary of Defense Robert Brown and Karl Holm.",
            [("Robert Brown", "position", "Secretary of Defense")],
            [("Clara Weiss", "position", "Secretary of Defense")],
        ),
        (
            "As Robert Brown fell asleep, he was woken by Clara Weiss, Brown's hospice nurse.",
            [],
            [("Brown", "position", "nurse"), ("Robert Brown", "position", "nurse")],
        ),
        (
            "Clara Weiss ( née Hill ) ( October 24 1764 - August 3 1839 ) was a novelist.",
            [("Clara Weiss", "birth_date", "1764-10-24"), ("Clara Weiss", "death_date", "1839-08-03")],
            [("Clara Weiss", "death_date", "1764")],
        ),
        (
            "In 1941 Emily Clark was invited by Robert Brown as a lecturer.",
            [],
            [("Robert Brown", "position", "lecturer")],
        ),
        (
            "Halden Group had a revenue of 4.1 billion kroner and 2,610 employees at the end of 2020.",
            [("Halden Group", "employees", "2610")],
            [],
        ),
    ],
)
def test_an_english_statement_is_about_the_right_names(text: str, right: list[Said], wrong: list[Said]) -> None:
    found = flagged(text)
    assert [s for s in right if found.get(s) != ""] == []
    assert [s for s in wrong if s in found] == []


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (
            "Police could not rule out arson when Clara Weiss died in Basel in 1931.",
            ("Clara Weiss", "DiedIn", "Basel"),
        ),
        (
            "Halden Group could not rule out a strike because Brightwater Ltd is based in Leeds.",
            ("Brightwater Ltd", "BasedIn", "Leeds"),
        ),
        ("Halden Group, which could not rule out a sale, is based in Leeds.", ("Halden Group", "BasedIn", "Leeds")),
        (
            "Robert Brown works for Merrow Holdings plc because he could not find other work.",
            ("Robert Brown", "WorksFor", "Merrow Holdings plc"),
        ),
        (
            "Reporters could not reach David Miller, chief executive officer of Norwood Systems Ltd.",
            ("David Miller", "position", "chief executive officer"),
        ),
        (
            "Emily Clark, whose father could not read, studied at the University of Oslo.",
            ("Emily Clark", "EducatedAt", "University of Oslo"),
        ),
        ("Robert Brown was born in Bergen and would later move to Oslo.", ("Robert Brown", "BornIn", "Bergen")),
    ],
)
def test_a_cue_of_another_clause_flags_nothing(text: str, said: Said) -> None:
    assert flagged(text)[said] == ""


@pytest.mark.parametrize(
    ("text", "said", "flags"),
    [
        (
            "It could not be ruled out that Calder Foods Inc. acquired Brightwater Group.",
            ("Calder Foods Inc.", "Acquired", "Brightwater Group"),
            "h",
        ),
        (
            "The court did not say whether Calder Foods Inc. acquired Brightwater Group.",
            ("Calder Foods Inc.", "Acquired", "Brightwater Group"),
            "h",
        ),
        (
            "Robert Brown denied that he works for Merrow Holdings plc.",
            ("Robert Brown", "WorksFor", "Merrow Holdings plc"),
            "n",
        ),
        ("Robert Brown was not born in Bergen but in Oslo.", ("Robert Brown", "BornIn", "Bergen"), "n"),
        ("Robert Brown was not born in Bergen but in Oslo.", ("Robert Brown", "BornIn", "Oslo"), ""),
        ("Robert Brown may work for Merrow Holdings plc.", ("Robert Brown", "WorksFor", "Merrow Holdings plc"), "h"),
    ],
)
def test_a_cue_of_the_same_clause_flags_what_it_is_about(text: str, said: Said, flags: str) -> None:
    assert flagged(text)[said] == flags


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("was not sold", Flags(True, False)),
        ("was not only sold", Flags(False, False)),
        ("could not be excluded", Flags(False, True)),
        (", who may not vote, was", Flags(False, False)),
        (", which may, after talks, buy", Flags(False, True)),
        (", if approved, will", Flags(False, True)),
        ("would later lead", Flags(False, False)),
        ("was held from 31 May to 9 June in", Flags(False, False)),
        ("was never there: it was founded in", Flags(False, False)),
        ("left school without a degree for", Flags(False, False)),
        ("left school without founding", Flags(True, False)),
        ("not to be confused with the actress", Flags(False, False)),
        ("agreed on a test with", Flags(False, False)),
        ("agreed to buy", Flags(False, True)),
        ("would lead", Flags(False, True)),
    ],
)
def test_cues_are_told_from_what_looks_like_them(words: str, expected: Flags) -> None:
    assert cued(words, "en") == expected


FIRM = "远桥机械有限公司"


@pytest.mark.parametrize(
    ("text", "right", "wrong"),
    [
        (
            f"李维安担任{FIRM}总经理助理。",
            [("李维安", "position", "总经理助理"), ("李维安", "WorksFor", FIRM)],
            [("李维安", "LeaderOf", FIRM), ("李维安", "position", "总经理")],
        ),
        (
            f"李维安出任{FIRM}主任工程师。",
            [("李维安", "position", "主任工程师")],
            [("李维安", "LeaderOf", FIRM)],
        ),
        (f"李维安是{FIRM}董事长聘请的律师。", [], [("李维安", "LeaderOf", FIRM)]),
        (f"李维安为{FIRM}董事长设计了别墅。", [], [("李维安", "LeaderOf", FIRM)]),
        (f"李维安是{FIRM}董事长的儿子。", [], [("李维安", "LeaderOf", FIRM)]),
        (f"李维安现任{FIRM}董事长办公室主任。", [], [("李维安", "position", "董事长")]),
        (
            "李维安是北京大学校长王晓东的学生。",
            [("王晓东", "LeaderOf", "北京大学")],
            [("李维安", "LeaderOf", "北京大学")],
        ),
        (
            f"李维安担任{FIRM}董事长兼总经理。",
            [("李维安", "LeaderOf", FIRM), ("李维安", "position", "董事长兼总经理")],
            [],
        ),
        (f"李维安担任{FIRM}总裁的时候，公司上市。", [("李维安", "LeaderOf", FIRM)], []),
        (f"李维安是{FIRM}董事长。", [("李维安", "LeaderOf", FIRM)], []),
    ],
)
def test_a_chinese_post_is_told_whole_and_of_who_holds_it(text: str, right: list[Said], wrong: list[Said]) -> None:
    found = flagged(text, "zh")
    assert [s for s in right if found.get(s) != ""] == []
    assert [s for s in wrong if s in found] == []


def test_chiefs_of_something_work_for_a_body_that_another_leads() -> None:
    found = flagged("Jonas Eide, chief financial officer of Fjordcell, met Ingrid Dahl, chief executive of Havgull AS.")
    assert ("Jonas Eide", "WorksFor", "Fjordcell") in found
    assert ("Jonas Eide", "LeaderOf", "Fjordcell") not in found
    assert ("Ingrid Dahl", "LeaderOf", "Havgull AS") in found
