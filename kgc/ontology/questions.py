"""Competency questions: which of them a schema can answer, by what path, and which of their words have no home."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final
from typing import Literal as OneOf

from kgc.errors import KgcError
from kgc.ontology.names import clean
from kgc.ontology.questions_cypher import cypher
from kgc.ontology.questions_match import Item, lexicon, match
from kgc.ontology.questions_path import Step
from kgc.ontology.questions_plan import planned
from kgc.ontology.questions_words import content
from kgc.schema.model import DATATYPES, RelationType, Schema
from kgc.schema.naming import spaced

MOST: Final = 200
"""So many questions are made of a schema at the most."""
FILE_LIMIT: Final = 5_000_000
"""The largest file of questions, in bytes."""
Verdict = OneOf["yes", "partly", "no"]


@dataclass(frozen=True, slots=True)
class Asked:
    """A question, and what a schema can do for it.

    `verdict` is "yes" where all that it names is in the schema and hangs together, "partly" where words have no home
    (`homeless`) or not all hangs together, "no" where nothing does. `path` says in words what hangs together how, and
    `cypher` asks the graph for it.
    """

    question: str
    verdict: Verdict
    path: str = ""
    classes: tuple[str, ...] = ()
    relations: tuple[str, ...] = ()
    attributes: tuple[str, ...] = ()
    homeless: tuple[str, ...] = ()
    cypher: str = ""


def ask(schema: Schema, questions: Iterable[str]) -> tuple[Asked, ...]:
    """Each question held against the schema. Nothing is asked of a model or of a graph."""
    items = lexicon(schema)
    return tuple(_ask(schema, items, question) for question in questions)


def generated(schema: Schema) -> Iterator[str]:
    """Questions that the schema is there to answer: for each relation, role, attribute, and path of two relations."""
    made = dict.fromkeys((*_of_relations(schema), *_of_events(schema), *_of_attributes(schema), *_of_paths(schema)))
    yield from list(made)[:MOST]


def read_questions(path: Path) -> tuple[str, ...]:
    """The questions of a file, one a line: text, or JSON objects with `question`. Raises `KgcError`."""
    try:
        with path.open("rb") as file:
            raw = file.read(FILE_LIMIT + 1)
        text = raw.decode("utf-8-sig")
    except OSError as error:
        raise KgcError(f"{str(path)!r} cannot be read: {error.strerror}.", "Check the path.") from error
    except UnicodeDecodeError as error:
        raise KgcError(f"{str(path)!r} is not UTF-8 text.", "Save it as UTF-8.") from error
    if len(raw) > FILE_LIMIT:
        raise KgcError(f"{str(path)!r} is larger than {FILE_LIMIT:,} bytes.", "Ask fewer questions at once.")
    lines = (line.strip() for line in text.splitlines())
    found = [_question(line, path, n) for n, line in enumerate(lines, 1) if line and not line.startswith("#")]
    if not found:
        raise KgcError(f"There is no question in {str(path)!r}.", "Write one a line.")
    return tuple(dict.fromkeys(found))


def _question(line: str, path: Path, number: int) -> str:
    if not line.startswith("{"):
        return clean(line, 2000)
    try:
        held = json.loads(line)
    except (ValueError, RecursionError) as error:
        raise KgcError(f"{path}:{number}: This is no JSON: {error}.", "Correct the line.") from error
    question = held.get("question")
    if not isinstance(question, str) or not question.strip():
        raise KgcError(f'{path}:{number}: There is no "question" in it.', "Correct the line.")
    return clean(question, 2000)


def _ask(schema: Schema, items: Sequence[Item], question: str) -> Asked:
    words = content(question)
    if all(word.light for word in words):
        return Asked(question, "no")
    met = match(items, words)
    plan = planned(schema, words, met)
    homeless = tuple(dict.fromkeys(words[place].text for place in met.homeless))
    something = bool(plan.steps or plan.attributes or len(plan.joined) == 1)
    whole = something and not homeless and not plan.apart
    verdict: Verdict = "yes" if whole else "partly" if something else "no"
    return Asked(
        question,
        verdict,
        _told(plan.joined, plan.steps, plan.attributes),
        (*plan.joined, *plan.apart),
        tuple(dict.fromkeys(step.relation for step in plan.steps)),
        plan.attributes,
        homeless,
        cypher(schema, plan.joined, plan.steps, plan.attributes) if something else "",
    )


def _told(classes: Sequence[str], steps: Sequence[Step], attributes: Sequence[str]) -> str:
    """A path in words, as `Person -WorksFor-> Company`."""
    chains: list[str] = []
    at = ""
    for step in steps:
        tie = f" -{step.relation}-> " if step.forward else f" <-{step.relation}- "
        if chains and at == step.start:
            chains[-1] += f"{tie}{step.end}"
        else:
            chains.append(f"{step.start}{tie}{step.end}")
        at = step.end
    if not chains and not attributes:
        chains = list(classes[:1])
    return "; ".join([*chains, *attributes])


def _called(schema: Schema, name: str) -> str:
    found = schema.entity(name) or schema.event(name)
    return (found.labels.label if found else "") or spaced(name)


_PREPOSITIONS: Final = ("of", "in", "at", "by", "from", "to", "for", "with", "on")


def _spoken(relation: RelationType) -> str:
    """The relation as it is said of its head: "works for", "is founder of", "is located in"."""
    told = relation.labels.label or spaced(relation.name)
    words = told.split() or [""]
    first, last = words[0], words[-1]
    noun = last in _PREPOSITIONS and not first.endswith("s") and first != last
    return f"is {told}" if noun else told


def _of_relations(schema: Schema) -> Iterator[str]:
    for r in schema.relations:
        yield f"Which {_called(schema, r.head[0])} {_spoken(r)} which {_called(schema, r.tail[0])}?"


def _of_events(schema: Schema) -> Iterator[str]:
    for event in schema.events:
        for role in event.roles:
            what = "" if role.types[0] in DATATYPES else f" ({_called(schema, role.types[0])})"
            yield f"What is the {spaced(role.name)}{what} of which {_called(schema, event.name)}?"


def _of_attributes(schema: Schema) -> Iterator[str]:
    for entity in schema.entities:
        for attribute in entity.attributes:
            yield f"What is the {spaced(attribute.name)} of which {_called(schema, entity.name)}?"


def _of_paths(schema: Schema) -> Iterator[str]:
    """Two relations in a row, from different classes to different classes."""
    for one in schema.relations:
        for other in schema.relations:
            meets = any(schema.is_a(t, (h,)) for t in one.tail for h in other.head if h != "Entity")
            if one != other and meets and one.head[0] != other.tail[0]:
                head, middle, tail = (_called(schema, n) for n in (one.head[0], one.tail[0], other.tail[0]))
                yield f"Which {head} {_spoken(one)} a {middle} that {_spoken(other)} which {tail}?"
