"""What the parts of a syntax tree say: names, numbers, flags. Trees are looked at, never run."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator

from kgc.data import ProblemCode

DEEPEST = 40
"""Nesting beyond this many levels is refused."""


class Unread(Exception):
    """A statement that cannot be taken up, with the code and the message of its `Problem`. Never leaves `parse`."""

    def __init__(self, code: ProblemCode, message: str) -> None:
        super().__init__(message)
        self.code: ProblemCode = code
        self.message = message


def callee(node: ast.Call) -> str:
    """The class that a call names: `Person` of `Person(...)` and of `schema.Person(...)`."""
    match node.func:
        case ast.Name(id=name) | ast.Attribute(value=ast.Name(), attr=name):
            return name
    raise Unread("unparsable", "this calls something that is no class of the schema")


def literal(node: ast.expr, depth: int = 0) -> str | None:
    """The text of a literal: strings, also added or in an f-string without fields; numbers as written; else None."""
    found: str | None = None
    match node:
        case ast.Constant(value=str(text)):
            found = text
        case ast.Constant(value=bool() | int() | float() as value):
            found = _number(value)
        case ast.UnaryOp(op=ast.USub(), operand=ast.Constant(value=int() | float() as value)):
            found = f"-{_number(value)}"
        case ast.BinOp(op=ast.Add(), left=left, right=right) if depth < DEEPEST:
            first, second = literal(left, depth + 1), literal(right, depth + 1)
            found = None if first is None or second is None else first + second
        case ast.JoinedStr(values=values) if all(isinstance(v, ast.Constant) for v in values):
            found = "".join(str(v.value) for v in values if isinstance(v, ast.Constant))
    return found


def _number(value: float) -> str:
    """Digits of any length: an integer too long for `str` is written in hexadecimal."""
    try:
        return str(value)
    except ValueError:
        return hex(int(value))


def sentence_numbers(node: ast.expr) -> tuple[int, ...]:
    """Sentence numbers from `2`, `[2, 3]`, `"2, 3"`, `"[2]"` or `"s2"`; each once, in order. Raises `Unread`."""
    return tuple(dict.fromkeys(n for n in _numbers(node) if n < 1_000_000))


def _numbers(node: ast.expr) -> Iterator[int]:
    match node:
        case ast.Constant(value=bool()):
            raise Unread("unparsable", "a sentence number was expected")
        case ast.Constant(value=int(number)) if number >= 0:
            yield number
        case ast.Constant(value=str(text)) if re.fullmatch(r"[\s\[\]()s#,，、.0-9-]*", text):
            yield from (int(digits) for digits in re.findall(r"[0-9]{1,6}", text))
        case ast.Constant(value=None):
            return
        case ast.List(elts=items) | ast.Tuple(elts=items) | ast.Set(elts=items):
            for item in items:
                if not isinstance(item, ast.Constant):
                    raise Unread("unparsable", "a sentence number was expected")
                yield from _numbers(item)
        case _:
            raise Unread("unparsable", "a sentence number was expected")


def flag(node: ast.expr) -> bool:
    """Whether a flag is set: `True`, `1`, "yes"."""
    return (literal(node) or "").strip().casefold() in {"true", "1", "yes", "是"}


def elements(node: ast.expr) -> list[ast.expr] | None:
    """What a list, tuple, set or dictionary holds; None for anything else."""
    match node:
        case ast.List(elts=items) | ast.Tuple(elts=items) | ast.Set(elts=items):
            return items
        case ast.Dict(values=items):
            return items
    return None
