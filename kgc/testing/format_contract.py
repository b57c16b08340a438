"""The laws of a format as a test class: subclass it, give a format, a schema and some items.

class TestMine(FormatContract[tuple[str, ...]]):
    subject = Mine()
    schema = SCHEMA
    samples = (("a", "b"), ())
    def parts(self, items): return items
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar, Generic, TypeVar, get_args

from kgc.data import ProblemCode
from kgc.formats.contract import Format
from kgc.schema import Schema

Items = TypeVar("Items")

HOSTILE = (
    "",
    " \n\t",
    "\0\0",
    "I'm sorry, I can't help with that.",
    "抱歉，我无法完成。",
    "__import__('os').system('touch /tmp/kgc-was-here')",
    "(" * 5000,
    "-" * 5000 + "1",
    "a." * 5000 + "b",
    "[" * 300 + "]" * 300,
    "x = " + "'" * 1001,
    '"""',
    "f'{1/0}'",
    "9" * 6000,
    "| a | b | c\n" * 50,
    "\ud800 \ufeff \u2028",
    "\\" * 999,
)
"""Answers that no parser may choke on."""


class FormatContract(Generic[Items]):
    """Four laws of `kgc.formats.contract`. `samples` are items that the schema allows, not all of them empty."""

    subject: ClassVar[object]
    schema: ClassVar[Schema]
    samples: ClassVar[Sequence[object]]

    def parts(self, items: Items) -> Sequence[object]:
        """The items one by one, so that answers can be compared as sets."""
        raise NotImplementedError

    def _format(self) -> Format[Items]:
        return self.subject  # type: ignore[return-value]  # a ClassVar cannot hold a type variable

    def _samples(self) -> Sequence[Items]:
        return self.samples  # type: ignore[return-value]

    def test_what_is_rendered_reads_back_the_same(self) -> None:
        for items in self._samples():
            parsed = self._format().parse(self._format().render(items, self.schema), self.schema)
            assert (parsed.items, parsed.rejects) == (items, ())

    def test_a_prefix_of_an_answer_gives_a_subset(self) -> None:
        for items in self._samples():
            text = self._format().render(items, self.schema)
            whole = list(self.parts(items))
            for end in range(len(text)):
                part = self._format().parse(text[:end], self.schema).items
                assert all(p in whole for p in self.parts(part)), text[:end]

    def test_no_answer_makes_it_raise(self) -> None:
        for text in HOSTILE:
            assert self.parts(self._format().parse(text, self.schema).items) in ([], ())

    def test_every_reject_has_a_code(self) -> None:
        codes = get_args(ProblemCode)
        rejects = [r for text in HOSTILE for r in self._format().parse(text, self.schema).rejects]
        assert rejects
        assert all(r.code in codes and r.message for r in rejects)
