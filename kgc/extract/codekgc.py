"""CodeKGC: the schema as classes, a compact code answer in rationale order, one turn that mends what was rejected.

Source: Bi et al. 2024, "CodeKGC: Code Language Model for Generative Knowledge Graph Construction", arXiv:2304.09048.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import ClassVar
from typing import Literal as OneOf

from kgc.data import Chunk, Extraction, Problem
from kgc.data.sentences import sentences
from kgc.extract.align import Aligner
from kgc.extract.grounded import Record
from kgc.extract.passage import context, numbered
from kgc.formats.claims import Claim, Claims, Thing
from kgc.formats.code_class import CodeClass
from kgc.llm.turns import Answer, Ask, Decode, Message, Turns
from kgc.prompts import prompt
from kgc.schema import Demonstration, Schema
from kgc.schema.render import as_classes

WORTH_ASKING = frozenset({"unknown_label", "type_violation", "unparsable"})
MOST_LINES = 20
"""A mending turn asks about at most so many lines."""


@dataclass(frozen=True, slots=True)
class CodeKGC:
    """Ask once for all facts of a chunk as code; ask again, once, about the lines that could not be used.

    `shots` is how many of the schema's demonstrations are shown; `rationale` "because" has each fact give a clause as
    its reason beside its line; `max_tokens` and `temperature` go to the model as they are (a negative temperature:
    the server's own); `repair_direction` puts swapped arguments right instead of asking.
    """

    shots: int = 3
    rationale: OneOf["line", "because"] = "line"
    mend: bool = True
    repair_direction: bool = False
    max_tokens: int = 2000
    temperature: float = 0.0
    name: ClassVar[str] = "codekgc"

    def turns(self, chunk: Chunk, schema: Schema) -> Turns[Extraction]:
        aligner = Aligner(chunk.text, chunk.lang)
        passage = numbered(chunk.text, aligner.sentences)
        ask = self._ask(
            "codekgc/extract",
            Message("system", system(schema, self.shots, self.rationale)),
            Message("user", prompt("codekgc/extract", {"context": context(chunk), "text": passage})),
        )
        [answer] = yield [ask]
        answer_format = CodeClass(self.repair_direction)
        record = Record(chunk, schema, self.name, aligner)
        first = answer_format.parse(answer.text, schema)
        rejects = _finished(first.rejects, answer)
        record.answers.append(answer.key)
        record.add(first.items, answer)
        asked = [r for r in rejects if worth_asking(r)][:MOST_LINES] if self.mend else []
        if asked and answer.finish == "stop":
            record.problems += [_asked_again(r) if r in asked else r for r in rejects]
            question = Message("user", mending(asked, nothing=first.items == Claims()))
            [more] = yield [self._ask("codekgc/mend", *ask.messages, Message("assistant", answer.text), question)]
            second = answer_format.parse_after(answer.text, more.text, schema)
            rejects = _finished(second.rejects, more)
            record.answers.append(more.key)
            record.add(second.items, more)
        record.problems += rejects
        return record.found(failure(record))

    def _ask(self, tag: str, *messages: Message) -> Ask:
        temperature = None if self.temperature < 0 else self.temperature
        return Ask(messages, tag, Decode(temperature=temperature, max_tokens=self.max_tokens))


def worth_asking(reject: Problem) -> bool:
    """Whether a model can put this right: a line with a mistake, not a refusal, a repetition or a cut."""
    return reject.severity == "error" and reject.code in WORTH_ASKING


def mending(rejects: Sequence[Problem], *, nothing: bool) -> str:
    """The question about rejected lines; about the whole answer where nothing of it could be read."""
    if nothing and all(r.code == "unparsable" for r in rejects):
        return prompt("codekgc/again", {})
    lines = "\n".join(f"{r.raw.strip()}  # {r.message}" for r in rejects)
    return prompt("codekgc/mend", {"lines": lines})


def failure(record: Record) -> Problem | None:
    """Why nothing of the answers could be used, if so. An answer that finds nothing is no failure."""
    if record.mentions or record.triples or record.events:
        return None
    errors = [p for p in record.problems if p.severity == "error"]
    return next((p for p in errors if p.code == "refusal"), errors[0] if errors else None)


def _finished(rejects: tuple[Problem, ...], answer: Answer) -> list[Problem]:
    """The rejects, with what the server said about the end of the answer."""
    found = list(rejects)
    codes = {r.code for r in found}
    if answer.finish == "length" and "truncated" not in codes:
        found.append(Problem("truncated", "the answer was cut at the token limit", hint="Raise max_tokens."))
    if answer.finish == "other" and "truncated" not in codes:
        found.append(Problem("truncated", "the answer did not end as answers do", raw=answer.text[:500]))
    if answer.finish == "refusal" and "refusal" not in codes:
        found.append(Problem("refusal", "the model refused", raw=answer.text[:500]))
    return found


def _asked_again(reject: Problem) -> Problem:
    return Problem(
        reject.code, f"{reject.message} (asked again)", reject.where, reject.raw, reject.hint, severity="warning"
    )


@lru_cache(maxsize=16)
def system(schema: Schema, shots: int, rationale: str) -> str:
    """What is the same for every chunk: instructions, classes, demonstrations."""
    because = " " + prompt("codekgc/because", {}) if rationale == "because" else ""
    shown = [demonstration(d, schema) for d in schema.demonstrations[: max(0, shots)]]
    values = {"because": because, "classes": as_classes(schema).strip(), "demonstrations": "\n" + "\n\n".join(shown)}
    return prompt("codekgc/system", values)


def demonstration(shown: Demonstration, schema: Schema) -> str:
    """A worked example in the very form that is asked for, each fact with the sentence that shows it."""
    aligner = Aligner(shown.text)
    types = {e.name: e.type for e in shown.entities}
    claims = []
    for t in shown.triples:
        relation = schema.relation(t.relation)
        tail = Thing(t.tail, types.get(t.tail, "")) if relation else t.tail
        span = aligner.ground((t.head, t.tail)).span
        cited = tuple(n for n, s in enumerate(aligner.sentences, start=1) if s.within(span))
        claims.append(Claim(Thing(t.head, types.get(t.head, "")), t.relation, tail, cited))
    said = Claims(tuple(Thing(e.name, e.type) for e in shown.entities), tuple(claims))
    return prompt(
        "codekgc/demonstration",
        {"text": numbered(shown.text, sentences(shown.text)), "answer": CodeClass().render(said, schema).strip()},
    )
