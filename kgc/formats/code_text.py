"""An answer's text as statements of a syntax tree, each by itself, so that a broken line loses only itself.

Nothing here is run: `ast.parse` builds a tree and that is all.
"""

from __future__ import annotations

import ast
import re
import warnings
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal as OneOf

LONGEST = 100_000
"""A statement longer than this (in code points) is not parsed."""

TOKEN = re.compile(
    r'(?P<triple>"""|\'\'\')'
    r'|(?P<text>"(?:[^"\\\n]|\\.)*"|\'(?:[^\'\\\n]|\\.)*\')'
    r"|(?P<wide>“[^”\n]*”|‘[^’\n]*’|「[^」\n]*」|『[^』\n]*』|„[^“”\n]*[“”])"
    r"|(?P<open>[(\[{（［【])|(?P<close>[)\]}）］】])|(?P<comment>\#[^\n]*)|(?P<quote>[\"'])",
    re.DOTALL,
)
FULL_WIDTH = str.maketrans("（）［］【】｛｝，、：；＝＿\u3000\u00a0", "()[][]{},,:;=_  ")
STRAIGHT = str.maketrans("“”„‟«»‘’‚‛", '""""""' + "''''")
MARK = re.compile(r"\s*(?:[-*•>]+\s+|>>>\s+|\d+[.)]\s+)?(?P<code>.*)", re.DOTALL)
FRESH = re.compile(r"[^\W\d]\w*\s*=\s*[^\W\d][\w.]*\s*[(（]|[^\W\d]\w*[(（].*[)）]\s*(?:#.*)?$|# ?relations\b")
FENCE = re.compile(r"\s*(?:```|~~~)")
EMPTY_SHELL = re.compile(r"(?:\w+\s*[=:]\s*)?(?:\w+\s*)?[(\[{]+|[)\]},;\s]+")
CODE = re.compile(r"[^\W\d]\w*\s*[=＝]|[^\W\d][\w\\]*[(（]|[\[({]+\s*[^\W\d]\w*[(（]")
PLAIN = re.compile(r"(?:[^\W\d]\w*(?: = |\().*\S|#.*|)", re.DOTALL)
"""A line that needs no reading with care: a binding or a call without anything around it, a comment, or nothing."""
BLOCK = re.compile(r"(?:@|class\s|def\s)")
TARGET = re.compile(r"([^\W\d]\w*)\s*[=＝]\s*$")
NAME = re.compile(r"[^\W\d]\w*\s*$")


@dataclass(frozen=True, slots=True)
class Statement:
    """A statement that parsed: its tree, its first line's number (from 1) and what the answer wrote."""

    tree: ast.stmt
    line: int
    raw: str


@dataclass(frozen=True, slots=True)
class Broken:
    """Code that did not parse; "cut" when it is the end of the text that is missing."""

    line: int
    raw: str
    how: OneOf["broken", "cut"] = "broken"


def statements(text: str) -> Iterator[Statement | Broken]:
    """The statements of an answer in order. Fences, blank lines, comments, class definitions and prose are passed over.

    An unclosed statement gives the complete calls inside it, then a `Broken`. Linear in the text.
    """
    text = text.replace("\0", "").removeprefix("\ufeff")
    lines = text.split("\n")
    whole = _whole(text, lines)
    if whole is not None:
        yield from whole
        return
    at, indented = 0, False
    while at < len(lines):
        line = lines[at]
        indented = bool(BLOCK.match(line)) or (indented and (not line.strip() or line[:1] in " \t"))
        code = "" if indented or FENCE.match(line) else _code(line)
        if not code or code[0] == "#":
            at += 1
            continue
        trees = parsed(code)
        if trees is not None:
            yield from (Statement(tree, at + 1, code) for tree in trees)
            at += 1
            continue
        end, closed = _extent(lines, at, code)
        yield from _read(lines, at, end, closed)
        at = end


def _whole(text: str, lines: list[str]) -> list[Statement] | None:
    """The statements of an answer that is plain from end to end, by one parse instead of one a line; else None.

    It gives what reading line by line gives, at a third of the cost: such answers are nearly all there are.
    """
    if "\r" in text or "\f" in text or not all(map(PLAIN.fullmatch, lines)):
        return None
    trees = parsed(text)
    if trees is None or any(tree.lineno != tree.end_lineno for tree in trees):
        return None
    return [Statement(tree, tree.lineno, lines[tree.lineno - 1]) for tree in trees]


def parsed(code: str) -> list[ast.stmt] | None:
    """The syntax tree of a piece of code, or None where there is none. Never raises."""
    if len(code) > LONGEST:
        return None
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            return ast.parse(code).body
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return None


def _code(line: str) -> str:
    """The line without white space, list marks and the backticks around it."""
    found = MARK.fullmatch(line)
    code = (found["code"] if found else line).strip()
    return code[1:-1] if len(code) > 1 and code[0] == code[-1] == "`" else code


def _extent(lines: list[str], at: int, code: str) -> tuple[int, bool]:
    """Where the statement that begins at a line ends (exclusive), and whether its brackets are closed there.

    It goes on while a bracket or a triple quote is open, up to a line that plainly begins another statement.
    """
    depth, fence = _depth(code, 0, "")
    end = at + 1
    while (depth > 0 or fence) and end < len(lines):
        if FENCE.match(lines[end]) or (not fence and FRESH.match(lines[end])):
            return end, False
        depth, fence = _depth(lines[end], depth, fence)
        end += 1
    return end, depth <= 0 and not fence


def _depth(line: str, depth: int, fence: str) -> tuple[int, str]:
    """Open brackets after a line, and the triple quote that is still open, if any."""
    at = 0
    while at < len(line):
        if fence:
            closing = line.find(fence, at)
            if closing < 0:
                return depth, fence
            at, fence = closing + 3, ""
        found = TOKEN.search(line, at)
        if found is None or found["comment"] or found["quote"]:
            return depth, fence
        depth += (found["open"] is not None) - (found["close"] is not None)
        fence = found["triple"] or ""
        at = found.end()
    return depth, fence


def _read(lines: list[str], at: int, end: int, closed: bool) -> Iterator[Statement | Broken]:
    """A statement of one or more lines that is not plain Python: mended where that is sure, else its whole calls."""
    raw = "\n".join([_code(lines[at]), *lines[at + 1 : end]])
    if EMPTY_SHELL.fullmatch(raw.strip()):
        return
    last = all(not rest.strip() or FENCE.match(rest) for rest in lines[end:])
    if not looks_like_code(raw):
        if last and re.fullmatch(r"\w+(\s*=\s*\w*)?", raw.strip()):
            yield Broken(at + 1, raw, "cut")
        return
    for attempt in (_plain(raw), _plain(raw.translate(STRAIGHT))) if closed else ():
        trees = parsed(attempt)
        if trees is not None:
            yield from (Statement(tree, at + 1, raw) for tree in trees)
            return
    yield from _whole_calls(raw, at + 1, closed, last)


def looks_like_code(raw: str) -> bool:
    """Whether a line is meant as code: an assignment, or a name directly before a bracket."""
    return CODE.match(raw.strip()) is not None


def _plain(raw: str) -> str:
    """Full-width punctuation and typographic quotes outside strings made plain, stray marks at the end dropped."""
    parts: list[str] = []
    at = 0
    for found in TOKEN.finditer(raw):
        parts.append(_outside(raw[at : found.start()]))
        if found["wide"]:
            parts.append('"' + found["wide"][1:-1].replace("\\", "\\\\").replace('"', '\\"') + '"')
        elif found["text"] or found["triple"]:
            parts.append(found.group())
        elif not found["comment"]:
            parts.append(_outside(found.group()))
        at = found.end()
    parts.append(_outside(raw[at:]))
    return "".join(parts).strip().rstrip(".;。,\\ \n")


def _outside(code: str) -> str:
    return code.translate(FULL_WIDTH).replace("\\_", "_")


def _whole_calls(raw: str, line: int, closed: bool, last: bool) -> Iterator[Statement | Broken]:
    """The complete outermost calls of code that does not parse as a whole, then `Broken` for what is lost."""
    lost = not closed
    found = False
    for start, end in _calls(raw):
        piece = raw[start:end]
        trees = parsed(piece) or parsed(_plain(piece))
        at = line + raw.count("\n", 0, start)
        for tree in trees or ():
            yield Statement(tree, at, piece)
        found = found or bool(trees)
        lost = lost or not trees
    if lost or not found:
        yield Broken(line, raw, "cut" if last and not closed else "broken")


def _calls(raw: str) -> list[tuple[int, int]]:
    """The spans of the complete calls (with the variable they are bound to) that lie in no other complete call."""
    opened: list[int] = []
    whole: list[tuple[int, int]] = []
    at = 0
    while found := TOKEN.search(raw, at):
        at = found.end()
        if found["open"]:
            opened.append(found.start())
        elif found["close"] and opened:
            bracket = opened.pop()
            name = NAME.search(raw, max(0, bracket - 100), bracket)
            if name is None:
                continue
            target = TARGET.search(raw, max(0, name.start() - 100), name.start())
            start = target.start() if target and not opened else name.start()
            while whole and whole[-1][0] >= start:
                whole.pop()
            whole.append((start, found.end()))
        elif found["quote"]:
            at = raw.find("\n", at)
            if at < 0:
                break
    return whole
