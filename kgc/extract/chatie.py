"""ChatIE: which relations occur, then a table of pairs for each, in one conversation.

Source: Wei et al. 2023, "ChatIE: Zero-Shot Information Extraction via Chatting with ChatGPT", arXiv:2302.10205.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import product
from typing import ClassVar

from kgc.data import Chunk, Extraction, Problem
from kgc.extract.align import Aligner
from kgc.extract.grounded import Record
from kgc.extract.passage import context
from kgc.formats.claims import Claim, Claims, Thing
from kgc.formats.md_table import MarkdownTable
from kgc.formats.name_list import NameList
from kgc.llm.turns import Answer, Ask, Decode, Message, Turns
from kgc.prompts import prompt
from kgc.schema import RelationType, Schema


@dataclass(frozen=True, slots=True)
class Pair:
    """One question of the second stage: a relation between one type of head and one type of tail."""

    relation: RelationType
    head: str
    tail: str


@dataclass(frozen=True, slots=True)
class ChatIE:
    """Ask which relations occur, then at once for a table of each, with the history resent. Types come from the schema:
    a relation with several type pairs is asked once for each. Relations only: no attributes, no events.

    At most `max_types` relations, in the order named, and `max_pairs` type pairs of each are asked about; what is left
    out is a `Problem`. A Chinese chunk is asked in Chinese. Calls a chunk: one and the number of pairs.
    """

    max_types: int = 20
    max_pairs: int = 6
    max_tokens: int = 800
    temperature: float = 0.0
    name: ClassVar[str] = "chatie"

    def turns(self, chunk: Chunk, schema: Schema) -> Turns[Extraction]:
        record = Record(chunk, schema, self.name, Aligner(chunk.text, chunk.lang))
        language = ".zh" if chunk.lang == "zh" else ""
        values = {"context": context(chunk), "text": chunk.text}
        opening = (
            Message("system", system(schema, language)),
            Message("user", prompt(f"chatie/types{language}", values)),
        )
        [first] = yield [self._ask("chatie/types", opening)]
        named = NameList().parse(first.text, schema)
        record.answers.append(first.key)
        record.problems += [*named.rejects, *_ended(first)]
        pairs = self._pairs(named.items, schema, record.problems)
        history = (*opening, Message("assistant", first.text))
        if pairs:
            answers = yield [self._ask("chatie/table", (*history, question(p, language))) for p in pairs]
            for pair, answer in zip(pairs, answers, strict=True):
                self._take(record, pair, answer)
        return record.found(failure(record))

    def _ask(self, tag: str, messages: Sequence[Message]) -> Ask:
        temperature = None if self.temperature < 0 else self.temperature
        return Ask(tuple(messages), tag, Decode(temperature=temperature, max_tokens=self.max_tokens))

    def _pairs(self, names: Sequence[str], schema: Schema, problems: list[Problem]) -> list[Pair]:
        """The type pairs of the relations named, up to the limits; what they leave out becomes a problem."""
        found: list[Pair] = []
        for name in names[: self.max_types]:
            relation = schema.relation(name)
            if relation is not None:
                every = [Pair(relation, h, t) for h, t in product(relation.head, relation.tail)]
                found += every[: self.max_pairs]
                if every[self.max_pairs :]:
                    problems.append(_unasked(f"{len(every) - self.max_pairs} type pairs of {name}", "max_pairs"))
        if names[self.max_types :]:
            problems.append(_unasked(", ".join(names[self.max_types :]), "max_types"))
        return found

    def _take(self, record: Record, pair: Pair, answer: Answer) -> None:
        table = MarkdownTable((pair.head, pair.tail)).parse(answer.text, record.schema)
        record.answers.append(answer.key)
        record.problems += [*table.rejects, *_ended(answer)]
        claims = [
            Claim(Thing(head, pair.head), pair.relation.name, Thing(tail, pair.tail), line=f"| {head} | {tail} |")
            for head, tail in table.items
        ]
        things = dict.fromkeys(t for c in claims for t in (c.head, c.tail) if isinstance(t, Thing))
        record.add(Claims(tuple(things), tuple(claims)), answer)


def question(pair: Pair, language: str) -> Message:
    gloss = pair.relation.definition.strip().split("\n")[0]
    values = {
        "relation": pair.relation.name,
        "head": pair.head,
        "tail": pair.tail,
        "gloss": f"({gloss})" if gloss else "",
    }
    return Message("user", prompt(f"chatie/table{language}", values))


@lru_cache(maxsize=16)
def system(schema: Schema, language: str) -> str:
    """What is the same for every chunk: the instruction and the relations, each with its definition."""
    lines = [f"- {r.name}{': ' if r.definition else ''}{' '.join(r.definition.split())}" for r in schema.relations]
    return prompt(f"chatie/system{language}", {"relations": "\n".join(lines)})


def failure(record: Record) -> Problem | None:
    """Why nothing of the answers could be used, if so. An answer that finds nothing is no failure."""
    if record.triples:
        return None
    unreadable = {"unparsable", "refusal", "truncated"}
    errors = [p for p in record.problems if p.severity == "error" and p.code in unreadable]
    return next((p for p in errors if p.code == "refusal"), errors[0] if errors else None)


def _ended(answer: Answer) -> tuple[Problem, ...]:
    if answer.finish == "length":
        return (Problem("truncated", "the answer was cut at the token limit", hint="Raise max_tokens."),)
    if answer.finish == "other":
        return (Problem("truncated", "the answer did not end as answers do", raw=answer.text[:500]),)
    if answer.finish == "refusal":
        return (Problem("refusal", "the model refused", raw=answer.text[:500]),)
    return ()


def _unasked(what: str, option: str) -> Problem:
    return Problem("truncated", f"not asked about: {what[:300]}", hint=f"Raise {option}.", severity="warning")
