"""An answer that is plain code is parsed in one go; that changes its speed and nothing else."""

from __future__ import annotations

import ast

from hypothesis import given
from hypothesis import strategies as st

from kgc.formats.code_text import Statement, statements

LINES = st.lists(
    st.sampled_from(
        [
            'p1 = Person("Ada")', "WorksFor(p1, c1, 2)", "# relations: A, B", "", 'a1 = f("x"); b(2)', "x = y \\",
            'm = f("""', '""")', "- g(1)", "> g(1)", "1. g(1)", "`g(1)`", "class A(B):", "  x = f(1)", "if(a): b",
            "elif(c): d",
            "g(1", "g(1))", "é = f('ü')", "p1 = Person('Ada')  # said twice", "pass", "g(a=1, a=2)", "x = 08", "g(1) ",
            "f(1)\x0b", 'q = "a\u2028b"', "```", "g(\t1)", "def f(): pass", "print(1) if x else y", "with(a): b",
        ]
    ),
    max_size=8,
)  # fmt: skip


def told(text: str) -> list[tuple[object, ...]]:
    return [(s.line, s.raw, ast.dump(s.tree) if isinstance(s, Statement) else s.how) for s in statements(text)]


@given(LINES)
def test_reading_at_once_is_reading_line_by_line(lines: list[str]) -> None:
    plain = all(isinstance(s, Statement) for s in statements("\n".join(lines)))
    if plain:  # a line that is no code at the end makes the reader go line by line, and is passed over
        assert told("\n".join(lines)) == told("\n".join([*lines, "", "\r"]))
