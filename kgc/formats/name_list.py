"""A list of a schema's names in brackets, or none: which relations occur, which types, which events."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import ClassVar
from typing import Literal as OneOf

from kgc.data import Problem
from kgc.errors import did_you_mean, nearest
from kgc.formats.contract import Parsed
from kgc.formats.labels import Vocabulary
from kgc.formats.md_table import is_none, unread
from kgc.schema import Schema

GROUP = re.compile(r"[(\[（［【]([^()\[\]（）［］【】]*)(?:[)\]）］】]|$)")
COMMA = re.compile(r"[,，、;；\n]")
EDGES = " \t\r\n\"'“”‘’「」`*.。"
LONGEST_NAME = 80


@dataclass(frozen=True, slots=True)
class NameList:
    """Names of one kind. The first bracketed group is read; without one, the whole answer, if it looks like a list."""

    kind: OneOf["entity", "relation", "event"] = "relation"
    name: ClassVar[str] = "name_list"

    def render(self, items: tuple[str, ...], schema: Schema) -> str:  # noqa: ARG002  (names are the schema's own)
        return f"({', '.join(items)})\n" if items else "none\n"

    def parse(self, text: str, schema: Schema) -> Parsed[tuple[str, ...]]:
        vocabulary = Vocabulary(schema)
        clean = text.replace("\0", "")
        group = next((g for g in GROUP.finditer(clean) if self._known(g.group(1), vocabulary)), None)
        group = group or GROUP.search(clean)
        if group is None and (not clean.strip() or is_none(clean)):
            return Parsed(())
        listed = group.group(1) if group else clean.rpartition(":")[2].rpartition("：")[2]
        cut = group is not None and group.end() == len(clean) and group.group()[-1:] not in ")]）］】"
        found, rejects = self._read(COMMA.split(listed), vocabulary, cut=cut)
        if found or group is not None or all(len(r.raw) <= LONGEST_NAME and " " not in r.raw for r in rejects):
            return Parsed(found, rejects)
        mentioned = tuple(n for n in self._all(schema) if re.search(rf"(?<!\w){re.escape(n)}(?!\w)", clean))
        if mentioned:
            return Parsed(mentioned)
        return Parsed((), () if is_none(clean.strip().split("\n")[0]) else (unread(text),))

    def _known(self, listed: str, vocabulary: Vocabulary) -> bool:
        return any(vocabulary.resolve(self.kind, part.strip(EDGES)) for part in COMMA.split(listed))

    def _read(
        self, parts: list[str], vocabulary: Vocabulary, *, cut: bool
    ) -> tuple[tuple[str, ...], tuple[Problem, ...]]:
        """The schema's names among the parts, each once, and a reject for what is none."""
        found: dict[str, None] = {}
        rejects: list[Problem] = []
        for index, part in enumerate(parts):
            written = part.strip(EDGES).removeprefix("- ")
            name = vocabulary.resolve(self.kind, written)
            if cut and index == len(parts) - 1:
                rejects.append(Problem("truncated", "the answer ends in the middle of a list", raw=written[:500]))
            elif name:
                found.setdefault(name)
            elif not is_none(written):
                close = did_you_mean(nearest(written[:LONGEST_NAME], self._all(vocabulary.schema)))
                message = f"the schema has no {self.kind} {written[:LONGEST_NAME]!r}.{close}"
                rejects.append(Problem("unknown_label", message, raw=written[:500]))
        return tuple(found), tuple(rejects)

    def _all(self, schema: Schema) -> tuple[str, ...]:
        if self.kind == "entity":
            return tuple(e.name for e in schema.entities)
        return tuple(x.name for x in (schema.relations if self.kind == "relation" else schema.events))
