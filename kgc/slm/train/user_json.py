"""Annotated texts of JSON files: our rows, Prodigy's and `Doc.to_json`'s, and spaCy's [text, {"entities": ...}]."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Final, TypeGuard

from kgc.errors import KgcError
from kgc.slm.train.annotated import Annotated, BadRow, LeftOut, Marked, Read, Refused, checked

SPANS: Final = ("entities", "spans", "ents")
DECODER: Final = json.JSONDecoder()


def read_json(path: Path) -> Iterator[Read]:
    """The texts of a file: one JSON value a line, or one JSON array. Raises `KgcError` for a file of neither kind."""
    try:
        text = path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise KgcError(f"{path} cannot be read: {error}.", "It should be JSON in UTF-8, or a .spacy file.") from error
    whole = path.suffix.lower() == ".json" and text.lstrip().startswith("[")
    for line, value in array(text) if whole else lines(text):
        where = f"{path}:{line}"
        try:
            if isinstance(value, json.JSONDecodeError):
                raise BadRow(f"not JSON ({value.msg} at column {value.colno})")
            yield annotated(value, where)
        except BadRow as error:
            yield Refused(where, str(error))


def lines(text: str) -> Iterator[tuple[int, object]]:
    """(line number, value) of each line that is not blank; the error in place of a value that is none."""
    for number, line in enumerate(text.split("\n"), 1):
        if line.strip():
            try:
                yield number, json.loads(line)
            except json.JSONDecodeError as error:
                yield number, error
            except RecursionError:
                yield number, json.JSONDecodeError("nested too deep", line, 0)


def array(text: str) -> Iterator[tuple[int, object]]:
    """(line number, item) of a JSON array; it ends with the error where the array breaks off."""
    at = text.index("[") + 1
    line = 1 + text.count("\n", 0, at)
    while (start := skip(text, at)) < len(text) and text[start] != "]":
        line += text.count("\n", at, start)
        try:
            value, end = DECODER.raw_decode(text, start)
        except json.JSONDecodeError as error:
            yield error.lineno, error
            return
        except RecursionError:
            yield line, json.JSONDecodeError("nested too deep", text, start)
            return
        yield line, value
        line += text.count("\n", start, end)
        at = end
    if start >= len(text):
        yield line, json.JSONDecodeError("the array has no end", text, len(text))


def skip(text: str, at: int) -> int:
    """The next place that is no white space and no comma."""
    while at < len(text) and text[at] in " \t\r\n,":
        at += 1
    return at


def annotated(value: object, where: str) -> Annotated | LeftOut:
    """Raises `BadRow`."""
    if isinstance(value, list) and len(value) == 2 and isinstance(value[0], str) and is_table(value[1]):
        value = {**value[1], "text": value[0]}
    if not is_table(value):
        raise BadRow('not a row: neither {"text": ..., "entities": ...} nor [text, {"entities": ...}]')
    if "paragraphs" in value:
        raise BadRow("the training format of spaCy 2; `python -m spacy convert FILE FOLDER` makes a .spacy file of it")
    if value.get("answer", "accept") != "accept":
        return LeftOut(where)
    text, given = value.get("text"), next((value[name] for name in SPANS if name in value), None)
    if not isinstance(text, str):
        raise BadRow("not a row of text, entities and triples: there is no text")
    if not isinstance(given, list):
        raise BadRow("not a row of text, entities and triples: there is no list of entities, spans or ents")
    marked = tuple(mark(item, text) for item in given)
    if "triples" in value:
        facts, exact = triples(value["triples"], marked, text)
    elif "relations" in value:
        facts, exact = relations(value["relations"], given, marked, value.get("tokens")), True
    else:
        facts, exact = None, True
    return checked(Annotated(where, text, marked, facts, exact))


def is_table(value: object) -> TypeGuard[Mapping[str, object]]:
    return isinstance(value, dict)


def mark(item: object, text: str) -> Marked:
    """{"start", "end", "label"} (or "type", with "cluster" and "text" perhaps), or [start, end, label]."""
    if isinstance(item, list) and len(item) >= 3:
        item = {"start": item[0], "end": item[1], "label": item[2]}
    if not is_table(item):
        raise BadRow(f"{item!r:.60} is no name: [start, end, label], or an object with these")
    start, end = whole(item, "start"), whole(item, "end")
    label = item.get("label", item.get("type"))
    if not isinstance(label, str):
        raise BadRow(f"the name from {start} to {end} has no label")
    surface = item.get("text")
    if isinstance(surface, str) and surface and surface != text[start:end]:
        raise BadRow(f"from {start} to {end} stands {text[start:end][:40]!r}, not {surface[:40]!r}")
    return Marked(start, end, label, str(item.get("cluster", "")))


def whole(item: Mapping[str, object], name: str) -> int:
    value = item.get(name)
    if not isinstance(value, int) or isinstance(value, bool):
        raise BadRow(f"{name} = {value!r:.40} should be a whole number")
    return value


def triples(given: object, marked: Sequence[Marked], text: str) -> tuple[tuple[tuple[int, str, int], ...], bool]:
    """{"head", "relation", "tail"}, the ends by `head_entity` and `tail_entity` (indices) or by their words.

    Second, whether they are told of these very mentions.
    """
    if not isinstance(given, list):
        raise BadRow("triples should be a list")
    found, exact = [], not any(m.key for m in marked)
    for row in given:
        if not is_table(row) or not isinstance(row.get("relation"), str):
            raise BadRow(f"{row!r:.60} is no triple of head, relation and tail")
        ends = [end(row, side, marked, text) for side in ("head", "tail")]
        exact = exact and "head_entity" in row and "tail_entity" in row
        found.append((ends[0], str(row["relation"]), ends[1]))
    return tuple(found), exact


def end(row: Mapping[str, object], side: str, marked: Sequence[Marked], text: str) -> int:
    """The index of a triple's end among the marks."""
    if row.get(f"{side}_entity") is not None:
        index = whole(row, f"{side}_entity")
        if not 0 <= index < len(marked):
            raise BadRow(f"{side}_entity = {index}, but there are {len(marked)} entities")
        return index
    found = next((i for i, m in enumerate(marked) if text[m.start : m.end] == row.get(side)), None)
    if found is None:
        raise BadRow(f"{row.get(side)!r:.60} is not among the entities")
    return found


def relations(
    given: object, spans: Sequence[object], marked: Sequence[Marked], tokens: object
) -> tuple[tuple[int, str, int], ...]:
    """Prodigy's relations: "head" and "child" are tokens of spans, `head_span` and `child_span` say them by offsets."""
    if not isinstance(given, list):
        raise BadRow("relations should be a list")
    found = []
    for row in given:
        if not is_table(row) or not isinstance(row.get("label"), str):
            raise BadRow(f"{row!r:.60} is no relation with head, child and label")
        ends = [joined(row, side, spans, marked, tokens) for side in ("head", "child")]
        found.append((ends[0], str(row["label"]), ends[1]))
    return tuple(found)


def joined(
    row: Mapping[str, object], side: str, spans: Sequence[object], marked: Sequence[Marked], tokens: object
) -> int:
    """The index of the span that a relation's end lies in."""
    place = row.get(f"{side}_span")
    if is_table(place):
        start, stop = whole(place, "start"), whole(place, "end")
        found = next((i for i, m in enumerate(marked) if (m.start, m.end) == (start, stop)), None)
        if found is None:
            raise BadRow(f"the {side} of {row['label']!r} ({start} to {stop}) is no span")
        return found
    token = whole(row, side)
    for i, span in enumerate(spans):
        if is_table(span) and "token_start" in span and holds(span, token):
            return i
    at = tokens[token] if isinstance(tokens, list) and 0 <= token < len(tokens) else None
    start = whole(at, "start") if is_table(at) else -1
    found = next((i for i, m in enumerate(marked) if m.start <= start < m.end), None)
    if found is None:
        raise BadRow(f"the {side} of {row['label']!r} (token {token}) lies in no span")
    return found


def holds(span: Mapping[str, object], token: int) -> bool:
    return whole(span, "token_start") <= token <= whole(span, "token_end")
