"""How records lie in the ledger's columns: JSON with fixed key order, large texts compressed."""

from __future__ import annotations

import json
import zlib
from dataclasses import asdict

from kgc.data import Aligned, Block, Literal, Meta, Problem, Qualifier, Span
from kgc.data.encodable import encodable

ALIGNED: tuple[Aligned, ...] = ("exact", "fuzzy", "none")
"""The ledger holds an alignment as its place in this list, so that the worst of several is their maximum."""

TIME_QUALIFIERS = frozenset({"start", "end", "time"})
"""Qualifiers that are part of a fact's identity: the same post held twice is two facts."""


def pack(text: str) -> bytes:
    return zlib.compress(text.encode("utf-8", "surrogatepass"), 6)


def unpack(blob: bytes) -> str:
    return zlib.decompress(blob).decode("utf-8", "surrogatepass")


def dump(value: object) -> str:
    """JSON in one line. Lone surrogates, which SQLite cannot hold as text, are escaped."""
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    return text if _encodable(text) else json.dumps(value, separators=(",", ":"))


def _encodable(text: str) -> bool:
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True


def clean(text: str) -> str:
    """The text with lone surrogates replaced, so that any database can hold it."""
    return encodable(text)


def dump_problem(problem: Problem) -> str:
    return dump(asdict(problem))


def load_problem(text: str) -> Problem:
    return Problem(**json.loads(text))


def dump_layout(meta: Meta, blocks: tuple[Block, ...]) -> bytes:
    pages = [[p.start, p.end] for p in meta.pages]
    return pack(dump({"pages": pages, "blocks": [[b.kind, b.span.start, b.span.end, b.level] for b in blocks]}))


def load_layout(blob: bytes) -> tuple[tuple[Span, ...], tuple[Block, ...]]:
    found = json.loads(unpack(blob))
    blocks = tuple(Block(kind, Span(start, end), level) for kind, start, end, level in found["blocks"])
    return tuple(Span(*p) for p in found["pages"]), blocks


def dump_qualifiers(qualifiers: tuple[Qualifier, ...]) -> tuple[str, str]:
    """All qualifiers, and those of time alone; both sorted, "[]" and "" when there are none."""
    pairs = sorted([q.name, q.value] for q in qualifiers)
    times = [p for p in pairs if p[0] in TIME_QUALIFIERS]
    return dump(pairs), dump(times) if times else ""


def load_qualifiers(text: str) -> tuple[Qualifier, ...]:
    return tuple(Qualifier(name, value) for name, value in json.loads(text)) if text != "[]" else ()


def literal_row(literal: Literal) -> tuple[str, str, str, str, str]:
    return clean(literal.raw), clean(literal.value), literal.datatype, clean(literal.unit), literal.lang
