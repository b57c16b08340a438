"""JSON, by Python's json: objects as `key: value` lines, headings for what is nested, lists of flat objects as tables.

Numbers stay as they are written (`1.10`, an integer of 10,000 digits, NaN): they are words here, not quantities.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from pathlib import PurePosixPath
from typing import ClassVar, TypeGuard

from kgc.data import Document, Problem
from kgc.load.contract import Source
from kgc.load.draft import Draft, problem
from kgc.load.encoding import decode
from kgc.load.table import line

Value = object
MAX_HEADINGS = 5
"""Nesting that is told by headings; what is deeper is told by dotted keys."""
FEW = 12
"""An object of at most so many values stays with the lines of the one around it."""
NAMES = ("name", "title", "label", "名称", "标题", "姓名", "id", "key")
MAX_COLUMNS = 40


class JsonLoader:
    """One value a file (`.json`), or one a line (`.jsonl`), each of those a section."""

    media_types: ClassVar[tuple[str, ...]] = ("application/json", "application/jsonl")
    suffixes: ClassVar[tuple[str, ...]] = (".json", ".jsonl", ".ndjson")

    def load(self, source: Source) -> Document | Problem:
        decoded = decode(source.data)
        draft = Draft()
        title = PurePosixPath(source.source).stem
        try:
            if source.suffix == ".json":
                value = whole(decoded.text)
                title = name_of(value) or title
                tell(value, "", 0, draft)
            else:
                tell_lines(decoded.text, draft)
        except json.JSONDecodeError as error:
            what = f"is no JSON: {error.msg} in line {error.lineno}, column {error.colno}"
            return problem("broken", source, what, "Mend it there, or give it the suffix of what it is.")
        except RecursionError:
            return problem("broken", source, "is nested too deeply", "Write it flatter.")
        return draft.finish(source, title=title, encoding=decoded.encoding)


def whole(text: str) -> Value:
    """The value; of a file of one value a line, the list of them."""
    try:
        return parse(text)
    except json.JSONDecodeError as error:
        if error.msg != "Extra data" or error.lineno < 2:
            raise
        return [parse(part) for part in text.split("\n") if part.strip()]


def parse(text: str) -> Value:
    value: Value = json.loads(
        text, parse_int=str, parse_float=str, parse_constant=str, object_pairs_hook=keep_all, strict=False
    )
    return value


def keep_all(pairs: Sequence[tuple[str, Value]]) -> dict[str, Value]:
    """An object; where a key stands twice, the second is `key (2)`."""
    found: dict[str, Value] = {}
    for key, value in pairs:
        name, n = key, 1
        while name in found:
            n += 1
            name = f"{key} ({n})"
        found[name] = value
    return found


def tell_lines(text: str, draft: Draft) -> None:
    """A section a line; a line that is no JSON stands as it is. Raises `JSONDecodeError` where none is."""
    bad: json.JSONDecodeError | None = None
    read = 0
    for n, part in enumerate(text.split("\n"), start=1):
        if not part.strip():
            continue
        try:
            value = parse(part)
        except json.JSONDecodeError as error:
            bad = bad or error
            draft.add("paragraph", part)
            continue
        read += 1
        draft.add("heading", name_of(value) or f"Record {n}", 1)
        tell(value, "", 1, draft)
    if bad and not read:
        raise bad


def tell(value: Value, name: str, depth: int, draft: Draft) -> None:
    """Add a value that stands under `depth` headings."""
    if is_list(value):
        tell_list(value, name, depth, draft)
    elif is_object(value):
        later: list[tuple[str, Value]] = []
        for key, part in value.items():
            if is_large(part) and depth < MAX_HEADINGS:
                later.append((key, part))
            else:
                add_lines(key, part, draft)
        for key, part in later:
            draft.add("heading", key, depth + 1)
            tell(part, key, depth + 1, draft)
    else:
        add_lines(name, value, draft)


def tell_list(values: Sequence[Value], name: str, depth: int, draft: Draft) -> None:
    """A table where all are flat objects; else a section for each object, and a line for anything else."""
    columns = columns_of(values)
    if columns:
        draft.add("header", line(columns))
        for row in values:
            assert is_object(row)
            draft.add("row", line([" ".join(word(row.get(c)).split()) for c in columns]))
        return
    for n, value in enumerate(values, start=1):
        if (is_object(value) or is_large(value)) and depth < MAX_HEADINGS:
            draft.add("heading", name_of(value) or f"{name} {n}".strip(), depth + 1)
            tell(value, name, depth + 1, draft)
        else:
            add_lines(name, value, draft)


def columns_of(values: Sequence[Value]) -> list[str]:
    """The keys of a list of two or more flat objects that have most of their keys in common; [] for any other list."""
    keys: dict[str, int] = {}
    for value in values:
        if not is_object(value) or not all(is_flat(v) for v in value.values()):
            return []
        for key in value:
            keys[key] = keys.get(key, 0) + 1
            if len(keys) > MAX_COLUMNS:
                return []
    filled = sum(keys.values()) >= 0.5 * len(keys) * len(values)
    return list(keys) if len(values) > 1 and len(keys) > 1 and filled else []


def is_flat(value: Value) -> bool:
    return not is_object(value) and (not is_list(value) or all(not is_object(v) and not is_list(v) for v in value))


def is_large(value: Value) -> bool:
    """Whether a value needs a heading of its own: more than a few values, or a list of objects."""
    if is_flat(value):
        return False
    return is_list(value) or sum(1 for _, _ in zip(range(FEW + 1), leaves("", value), strict=False)) > FEW


def add_lines(key: str, value: Value, draft: Draft) -> None:
    for path, said in leaves(key, value):
        draft.add("item", f"{path}: {said}" if path else said)


def leaves(key: str, value: Value) -> Iterator[tuple[str, str]]:
    """Every value in a value, with its dotted key; empty ones left out. Not recursive: depth does no harm."""
    todo: list[tuple[str, Value]] = [(key, value)]
    while todo:
        path, part = todo.pop()
        if is_flat(part):
            said = word(part)
            if said.strip():
                yield path, said
        elif is_object(part):
            todo += [(f"{path}.{k}" if path else k, v) for k, v in reversed(part.items())]
        elif is_list(part):
            todo += [(path, v) for v in reversed(part)]


def word(value: Value) -> str:
    """A flat value in words; a list with commas."""
    if is_list(value):
        return ", ".join(said for v in value if (said := word(v)))
    return "" if value is None else str(value).lower() if isinstance(value, bool) else str(value)


def name_of(value: Value) -> str:
    """What an object calls itself, "" where it does not."""
    if not is_object(value):
        return ""
    for key in NAMES:
        said = value.get(key)
        if isinstance(said, str) and said.strip() and len(said) <= 100:
            return said
    return ""


def is_object(value: Value) -> TypeGuard[dict[str, Value]]:
    return isinstance(value, dict)


def is_list(value: Value) -> TypeGuard[list[Value]]:
    return isinstance(value, list)
