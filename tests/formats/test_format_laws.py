from __future__ import annotations

from collections.abc import Sequence

from kgc.data import Qualifier
from kgc.formats.claims import Claim, Claims, Happening, Thing
from kgc.formats.code_class import CodeClass
from kgc.formats.md_table import MarkdownTable, Row
from kgc.formats.name_list import NameList
from kgc.schema import Attribute, EntityType, EventType, RelationType, RoleType, Schema
from kgc.testing.format_contract import FormatContract

SCHEMA = Schema(
    "laws",
    (EntityType("Person", attributes=(Attribute("born", "date"),)), EntityType("Place"), EntityType("Firm")),
    (RelationType("LivesIn", ("Person",), ("Place",)), RelationType("WorksFor", ("Person",), ("Firm",))),
    (EventType("Takeover", roles=(RoleType("buyer", ("Firm",)), RoleType("price", ("Amount",), required=False))),),
)
ANN, ROME, ACME = Thing('Ann "Nan" \\ O\nNeil', "Person"), Thing("Rome, Va", "Place"), Thing("爱克米（公司）", "Firm")
CLAIMS = Claims(
    (ANN, ROME, ACME),
    (
        Claim(ANN, "LivesIn", ROME, (1, 2)),
        Claim(ANN, "born", "3 May '98", (1,)),
        Claim(ANN, "WorksFor", ACME, (), True, True, (Qualifier("start", "1998"), Qualifier("end", "“2001”")), "so"),
    ),
    (Happening("Takeover", "bought", (("buyer", ACME), ("buyer", Thing("B", "Firm")), ("price", "$2 bn")), (3,)),),
)


class TestCodeClass(FormatContract[Claims]):
    subject = CodeClass()
    schema = SCHEMA
    samples = (Claims((*CLAIMS.things, Thing("B", "Firm")), CLAIMS.claims, CLAIMS.happenings), Claims())

    def parts(self, items: Claims) -> Sequence[object]:
        return (*items.things, *items.claims, *items.happenings)


class TestMarkdownTable(FormatContract[tuple[Row, ...]]):
    subject = MarkdownTable(("Person", "Place"))
    schema = SCHEMA
    samples = ((("Ann", "Rome"), ("a|b \\ c", '"q"'), ("none", "无"), ("x\ny", "**b**")), ())

    def parts(self, items: tuple[Row, ...]) -> Sequence[object]:
        return items


class TestNameList(FormatContract[tuple[str, ...]]):
    subject = NameList("relation")
    schema = SCHEMA
    samples = (("LivesIn", "WorksFor"), ("WorksFor",), ())

    def parts(self, items: tuple[str, ...]) -> Sequence[object]:
        return items
