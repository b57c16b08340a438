"""A schema as the Python file that would compile to it."""

from __future__ import annotations

import textwrap
from collections.abc import Iterable, Iterator

from kgc.schema.model import DATATYPES, Demonstration, EntityType, EventType, Labels, RelationType, RoleType, Schema
from kgc.schema.read import WORDS

WIDTH = 120
INDENT = "    "


def as_python(schema: Schema) -> str:
    """A schema file: `compile_text` of it gives the schema back, but for its `name` and `source`, which are given.

    Every text is written as a literal with whatever needs it escaped, so that nothing of it can become code.
    """
    classes = [
        *(_block(e.name, e.parent or "Entity", e.definition, _entity(e)) for e in schema.entities),
        *(_block(r.name, "Relation", r.definition, _relation(r)) for r in schema.relations),
        *(_block(e.name, "Event", e.definition, _event(e)) for e in schema.events),
    ]
    parts = [*_docstring(schema.definition, ""), _imports(schema)]
    return "\n\n".join(parts) + "\n\n\n" + "\n\n\n".join([*classes, *_demonstrations(schema.demonstrations)]) + "\n"


def _imports(schema: Schema) -> str:
    attributes = [a for e in schema.entities for a in e.attributes]
    used = {a.datatype.capitalize() for a in attributes}
    used |= {t.capitalize() for e in schema.events for r in e.roles for t in r.types if t in DATATYPES}
    present = {
        "Entity": schema.entities,
        "Relation": schema.relations,
        "Event": schema.events,
        "Demo": schema.demonstrations,
        "Functional": [a for a in attributes if a.functional],
    }
    used |= {word for word, items in present.items() if items}
    names = [word for word in WORDS if word in used]
    line = f"from kgc.schema.words import {', '.join(names)}"
    if len(line) <= WIDTH:
        return line
    return "from kgc.schema.words import (\n" + "".join(f"{INDENT}{name},\n" for name in names) + ")"


def _block(name: str, base: str, definition: str, parts: Iterable[str]) -> str:
    """A class with its docstring, a blank line between its groups of lines, or `...` when there is nothing."""
    groups = [*_docstring(definition, INDENT), *(part for part in parts if part)]
    return f"class {name}({base}):\n" + ("\n\n".join(groups) or f"{INDENT}...")


def _entity(entity: EntityType) -> Iterator[str]:
    yield _sheet(_labels(entity.labels))
    lines: list[str] = []
    for attribute in entity.attributes:
        datatype = attribute.datatype.capitalize()
        lines.append(f"{INDENT}{attribute.name}: {f'Functional[{datatype}]' if attribute.functional else datatype}")
        lines += _docstring(attribute.definition, INDENT)
    yield "\n".join(lines)


def _relation(relation: RelationType) -> Iterator[str]:
    extra = {
        "symmetric": "True" if relation.symmetric else "",
        "functional": "True" if relation.functional else "",
        "inverse": literal(relation.inverse) if relation.inverse else "",
    }
    yield _sheet({**_labels(relation.labels), **extra})
    yield f"{INDENT}head: {' | '.join(relation.head)}\n{INDENT}tail: {' | '.join(relation.tail)}"


def _event(event: EventType) -> Iterator[str]:
    yield _sheet(_labels(event.labels))
    lines: list[str] = []
    for role in event.roles:
        lines.append(f"{INDENT}{role.name}: {annotation(role)}")
        lines += _docstring(role.definition, INDENT)
    yield "\n".join(lines)


def annotation(role: RoleType) -> str:
    """A role's annotation: `Person | Organization`, `Date | None`."""
    types = [t.capitalize() if t in DATATYPES else t for t in role.types]
    return " | ".join(types if role.required else [*types, "None"])


def _labels(labels: Labels) -> dict[str, str]:
    return {
        "label": literal(labels.label) if labels.label else "",
        "aliases": _tuple(labels.aliases),
        "avoid": literal(labels.avoid) if labels.avoid else "",
        "examples": _tuple(labels.examples),
        "templates": _tuple(labels.templates),
        "same_as": _tuple(labels.same_as),
        "was": _tuple(labels.was),
    }


def _sheet(values: dict[str, str]) -> str:
    return "\n".join(f"{INDENT}{key} = {value}" for key, value in values.items() if value)


def _tuple(texts: tuple[str, ...]) -> str:
    return _row(texts) if texts else ""


def _row(texts: Iterable[str]) -> str:
    cells = [literal(text) for text in texts]
    return f"({', '.join(cells)}{',' if len(cells) == 1 else ''})"


def _docstring(text: str, indent: str) -> list[str]:
    """A docstring as a list of one, or an empty list; wrapped when it is long, which reading it undoes."""
    if not text:
        return []
    if "\\" in text or '"' in text or not text.isprintable():
        return [indent + literal(text)]
    if len(text) + len(indent) + 6 <= WIDTH:
        return [f'{indent}"""{text}"""']
    width = WIDTH - len(indent) - 6
    lines = textwrap.wrap(text, width, break_long_words=False, break_on_hyphens=False)
    return [f'{indent}"""' + f"\n{indent}".join(lines) + f'\n{indent}"""']


def _demonstrations(demonstrations: tuple[Demonstration, ...]) -> Iterator[str]:
    if demonstrations:
        demos = "".join(f"{INDENT}Demo(\n{_demo(d)}{INDENT}),\n" for d in demonstrations)
        yield f"demonstrations = [\n{demos}]"


def _demo(demo: Demonstration) -> str:
    entities = [_row((e.name, e.type)) for e in demo.entities]
    triples = [_row((t.head, t.relation, t.tail)) for t in demo.triples]
    lines = [f"{literal(demo.text)},"]
    for name, rows in (("entities", entities), ("triples", triples)):
        if rows:
            lines += [f"{name}=[", *(f"{INDENT}{row}," for row in rows), "],"]
    return "".join(f"{INDENT * 2}{line}\n" for line in lines)


def literal(text: str) -> str:
    """A text as a Python literal on one line, in double quotes where that needs no escape.

    >>> literal("a"), literal('say "a"')
    ('"a"', '\\'say "a"\\'')
    """
    plain = repr(text)
    return plain if '"' in text or "'" in text else f'"{plain[1:-1]}"'
