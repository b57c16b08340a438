"""The code answer of CodeKGC: relations, then entities bound to variables, then calls on them. Read, never run.

Source: Bi et al. 2024, "CodeKGC: Code Language Model for Generative Knowledge Graph Construction", arXiv:2304.09048,
for the classes and the rationale order; the compact form is ours, and the reference's own form is read as well.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import ClassVar

from kgc.data import Problem
from kgc.formats.claims import Claims
from kgc.formats.code_read import Reader
from kgc.formats.code_render import rendered
from kgc.formats.code_text import statements
from kgc.formats.contract import Parsed
from kgc.formats.labels import Vocabulary
from kgc.schema import Schema

NOTHING = re.compile(
    r"\s*(?:```\w*\s*)?(?:pass|none|nothing|no facts|\[\s*\]|无|没有)?[.。]?\s*(?:```)?\s*",
    re.IGNORECASE,
)
REFUSAL = re.compile(
    r"\b(?:I['’]?m sorry|I am sorry|I apologi[sz]e|I can(?:no|['’])t|I am (?:not able|unable)"
    r"|I['’]m (?:not able|unable)|I won['’]t|as an AI)\b|抱歉|对不起|我(?:无法|不能)",
    re.IGNORECASE,
)
RELATIONS_LINE = re.compile(r"^\s*# ?relations\s*[:：]", re.MULTILINE | re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class CodeClass:
    """Claims as code. With `repair_direction` a triple whose types tell that head and tail are swapped is put right
    (with a warning); without it, it is rejected as a `type_violation` that says so."""

    repair_direction: bool = False
    name: ClassVar[str] = "code_class"

    def render(self, items: Claims, schema: Schema) -> str:
        return rendered(items, schema)

    def parse(self, text: str, schema: Schema) -> Parsed[Claims]:
        return self.parse_after("", text, schema)

    def parse_after(self, earlier: str, text: str, schema: Schema) -> Parsed[Claims]:
        """What `text` adds to an earlier answer, whose variables it may use; rejects are those of `text` alone."""
        reader = self._reader(earlier, schema)
        before, known = reader.said(), len(reader.rejects)
        reader.repeated.clear()
        reader.spoke = False
        for statement in statements(text):
            reader.take(statement)
        said = reader.said()
        added = Claims(
            said.things[len(before.things) :],
            said.claims[len(before.claims) :],
            said.happenings[len(before.happenings) :],
        )
        rejects = reader.problems()[known:]
        if added == Claims() and not rejects and not reader.spoke:
            rejects = unsaid(text)
        return Parsed(added, rejects)

    def _reader(self, text: str, schema: Schema) -> Reader:
        reader = Reader(Vocabulary(schema), self.repair_direction)
        for statement in statements(text):
            reader.take(statement)
        return reader


def unsaid(text: str) -> tuple[Problem, ...]:
    """What is wrong with an answer that holds no item at all: nothing where it says so, a refusal, or no code."""
    if NOTHING.fullmatch(text[:2000]) or RELATIONS_LINE.search(text):
        return ()
    if REFUSAL.search(text[:2000]):
        return (Problem("refusal", "the model refused", "line 1", text[:500]),)
    return (Problem("unparsable", "the answer holds no code", "line 1", text[:500]),)
