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
from kgc.ontology.questions_match import Item, Matches, lexicon, match
from kgc.ontology.questions_path import Step, Ways
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
    classes, relations, attributes = (list(met.of(sort)) for sort in ("class", "relation", "attribute"))
    if not relations:  # "is this animal a herbivore?" asks of kinds, and the narrower one is both
        classes = [c for c in classes if not set(classes) & set(schema.descendants(c))]
    ways = Ways(schema, relations, frozenset(s for word in words for s in word.stems))
    attributes = _owned(schema, classes, attributes)
    steps, apart = _connect(ways, classes, [r for r in relations if ways.has(r)])
    steps += _said(ways, [c for c in classes if c not in apart], _sure(met), steps)
    known = [c for c in classes if c not in apart]
    homeless = tuple(dict.fromkeys(words[place].text for place in met.homeless))
    something = bool(steps or attributes or len(known) == 1)
    whole = something and not homeless and not apart
    verdict: Verdict = "yes" if whole else "partly" if something else "no"
    return Asked(
        question,
        verdict,
        _told(known, steps, attributes),
        tuple(classes),
        tuple(dict.fromkeys(step.relation for step in steps)),
        tuple(attributes),
        homeless,
        cypher(schema, known, steps, attributes) if something else "",
    )


def _owned(schema: Schema, classes: list[str], attributes: list[str]) -> list[str]:
    """The attributes under a class that the question names and that has them, else under their own, which joins it."""
    found: list[str] = []
    for attribute in attributes:
        owner, _, name = attribute.partition(".")
        holder = next((c for c in classes if schema.is_a(c, (owner,))), "")
        if not holder and any(a.partition(".")[2] == name and a.partition(".")[0] in classes for a in attributes):
            continue
        if not holder and any(f.endswith(f".{name}") for f in found):
            continue
        if not holder:
            classes.append(owner)
            holder = owner
        found.append(f"{holder}.{name}")
    return list(dict.fromkeys(found))


def _connect(ways: Ways, classes: list[str], relations: list[str]) -> tuple[list[Step], list[str]]:
    """A tree of steps over all classes, in the order of the question; and the classes that nothing leads to."""
    steps: list[Step] = []
    joined, apart = classes[:1], []
    for goal in classes[1:]:
        routes = [way for start in joined if (way := ways.between(start, goal))]
        if routes:
            steps += [s for s in min(routes, key=len) if s not in steps]
            joined.append(goal)
        else:
            apart.append(goal)
    if not steps:
        steps = _single(ways, joined, relations)
    return steps, apart


def _sure(met: Matches) -> list[str]:
    """The relations that a question names by words of their own, which name no class."""
    spoken = frozenset(word for m in met.found if m.item.sort == "class" for word in m.words)
    return [m.item.name for m in met.found if m.item.sort == "relation" and m.words - spoken]


def _said(ways: Ways, classes: Sequence[str], sure: Sequence[str], steps: Sequence[Step]) -> list[Step]:
    """Relations that are named and lie on no way so far, at the first class that they fit."""
    used = {step.relation for step in steps}
    more: list[Step] = []
    for name in dict.fromkeys(sure):
        tie = ways.tie(name) if name not in used and ways.has(name) else None
        place = next(((c, at) for c in classes if tie and (at := ways.ends(tie, c)) is not None), None)
        if tie and place:
            start, at_head = place
            far = tie.tail if at_head else tie.head
            if any(ways.fits(end, _far(s, start)) for s in (*steps, *more) for end in far if start in (s.start, s.end)):
                continue  # another word for a step that is there
            more.append(Step(start, name, at_head, (tie.tail if at_head else tie.head)[0]))
    return more


def _far(step: Step, name: str) -> str:
    """The other end of a step."""
    return step.end if step.start == name else step.start


def _single(ways: Ways, classes: list[str], relations: list[str]) -> list[Step]:
    """One relation that the question names, at the class that it names if there is one."""
    for name in relations:
        tie = ways.tie(name)
        if not classes and (not tie.open or len(tie.stems) > 1):
            return [Step(tie.head[0], name, True, tie.tail[0])]
        if not classes:
            continue
        at_head = ways.ends(tie, classes[0])
        if at_head is not None:
            return [Step(classes[0], name, at_head, (tie.tail if at_head else tie.head)[0])]
    return []


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


def _spoken(relation: RelationType) -> str:
    return relation.labels.label or spaced(relation.name)


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
