"""Worked examples: read from the file, then checked against their own text and the schema."""

from __future__ import annotations

import ast
from dataclasses import dataclass

from kgc.errors import did_you_mean, nearest
from kgc.schema.annotations import same_letters
from kgc.schema.check import signature
from kgc.schema.literals import WRITTEN_OUT, shown
from kgc.schema.mistakes import Mistakes
from kgc.schema.model import DemoEntity, Demonstration, DemoTriple, Schema

SHAPE = 'Write Demo("text", entities=[("name", "Class")], triples=[("head", "Relation", "tail")]).'


@dataclass(frozen=True, slots=True)
class Demos:
    """Demonstrations with the line that each of them and each of their items stands on."""

    demonstrations: tuple[Demonstration, ...] = ()
    lines: tuple[tuple[int, tuple[int, ...], tuple[int, ...]], ...] = ()


def read_demonstrations(node: ast.expr | None, mistakes: Mistakes) -> Demos:
    """The list `demonstrations`; none is a schema to be used without examples."""
    if node is None:
        return Demos()
    if not isinstance(node, ast.List | ast.Tuple):
        mistakes.add(node.lineno, f"demonstrations must be a list, not {shown(node)}. {WRITTEN_OUT}")
        return Demos()
    found = [(demo, lines) for item in node.elts for demo, lines in read_demo(item, mistakes)]
    return Demos(tuple(d for d, _ in found), tuple(lines for _, lines in found))


Read = tuple[Demonstration, tuple[int, tuple[int, ...], tuple[int, ...]]]


def read_demo(node: ast.expr, mistakes: Mistakes) -> list[Read]:
    """One demonstration in a list, or an empty list and a mistake."""
    match node:
        case ast.Call(func=ast.Name(id="Demo"), args=[text, *more], keywords=keywords) if len(more) <= 2:
            parts = dict(zip(("entities", "triples"), more, strict=False))
        case _:
            mistakes.add(node.lineno, f"{shown(node)} is no demonstration. {SHAPE}")
            return []
    for keyword in keywords:
        if keyword.arg not in ("entities", "triples") or keyword.arg in parts:
            mistakes.add(keyword.value.lineno, f"Demo has no {keyword.arg!r} here. {SHAPE}")
        else:
            parts[keyword.arg] = keyword.value
    if not isinstance(text, ast.Constant) or not isinstance(text.value, str) or not text.value.strip():
        mistakes.add(text.lineno, f"The text of a Demo must be in quotes and not empty. {WRITTEN_OUT}")
        return []
    entities = read_rows(parts.get("entities"), 2, mistakes)
    triples = read_rows(parts.get("triples"), 3, mistakes)
    demo = Demonstration(
        text.value,
        tuple(DemoEntity(row[0], same_letters(row[1])) for row, _ in entities),
        tuple(DemoTriple(row[0], same_letters(row[1]), row[2]) for row, _ in triples),
    )
    return [(demo, (node.lineno, tuple(at for _, at in entities), tuple(at for _, at in triples)))]


def read_rows(node: ast.expr | None, width: int, mistakes: Mistakes) -> list[tuple[tuple[str, ...], int]]:
    """Rows of `width` texts, each with its line."""
    if node is None:
        return []
    if not isinstance(node, ast.List | ast.Tuple):
        mistakes.add(node.lineno, f"{shown(node)} must be a list. {SHAPE}")
        return []
    rows: list[tuple[tuple[str, ...], int]] = []
    for item in node.elts:
        cells = item.elts if isinstance(item, ast.Tuple | ast.List) else []
        row = tuple(c.value for c in cells if isinstance(c, ast.Constant) and isinstance(c.value, str))
        if len(row) == len(cells) == width:
            rows.append((row, item.lineno))
        else:
            mistakes.add(item.lineno, f"{shown(item)} must be {width} texts in brackets. {SHAPE}")
    return rows


def check_demonstrations(schema: Schema, demos: Demos, mistakes: Mistakes) -> None:
    """Every name stands in the text, every class and relation is known, every relation holds between its ends."""
    for demo, (_, entity_lines, triple_lines) in zip(demos.demonstrations, demos.lines, strict=True):
        seen: set[DemoEntity | DemoTriple] = set()
        for entity, line in zip(demo.entities, entity_lines, strict=True):
            check_entity(schema, demo, entity, line, mistakes)
            check_once(entity, f"{entity.name!r} as {entity.type}", seen, line, mistakes)
        for triple, line in zip(demo.triples, triple_lines, strict=True):
            check_triple(schema, demo, triple, line, mistakes)
            told = f"({triple.head!r}, {triple.relation!r}, {triple.tail!r})"
            check_once(triple, told, seen, line, mistakes)


def check_once(
    item: DemoEntity | DemoTriple, told: str, seen: set[DemoEntity | DemoTriple], line: int, mistakes: Mistakes
) -> None:
    if item in seen:
        mistakes.add(line, f"The demonstration says {told} twice. Remove one.")
    seen.add(item)


def check_entity(schema: Schema, demo: Demonstration, entity: DemoEntity, line: int, mistakes: Mistakes) -> None:
    if not entity.name.strip() or entity.name not in demo.text:
        mistakes.add(line, f"{entity.name!r} does not stand in the demonstration's text. Copy it letter by letter.")
    known = [e.name for e in schema.entities]
    if entity.type not in known:
        mistakes.unknown(line, "entity class", entity.type, known, "Name a class of this file.")


def check_triple(schema: Schema, demo: Demonstration, triple: DemoTriple, line: int, mistakes: Mistakes) -> None:
    heads = named(schema, demo, triple.head, line, mistakes)
    if schema.relation(triple.relation) is None:
        check_attribute(schema, demo, triple, heads, line, mistakes)
        return
    tails = named(schema, demo, triple.tail, line, mistakes)
    fits = {signature(schema, triple.relation, head, tail) for head in heads for tail in tails}
    if not fits or "ok" in fits:
        return
    told = f"{triple.relation} does not go from {' or '.join(heads)} to {' or '.join(tails)}"
    hint = "Swap head and tail." if "swapped" in fits else "Correct the classes, or the relation's head and tail."
    mistakes.add(line, f"{told}. {hint}")


def named(schema: Schema, demo: Demonstration, name: str, line: int, mistakes: Mistakes) -> list[str]:
    """The known classes that the demonstration gives this name; a mistake when it has none at all."""
    types = [e.type for e in demo.entities if e.name == name]
    if not types:
        close = nearest(name, [e.name for e in demo.entities])
        hint = f"{did_you_mean(close)} Add it to entities, or write it as it stands there."
        mistakes.add(line, f"{name!r} is no entity of the demonstration.{hint}")
    return [t for t in types if schema.entity(t)]


def check_attribute(
    schema: Schema, demo: Demonstration, triple: DemoTriple, heads: list[str], line: int, mistakes: Mistakes
) -> None:
    """An attribute must be one of the head's class, and its value must stand in the text."""
    known = [a.name for head in heads for a in schema.attributes(head)]
    if triple.relation not in known and heads:
        names = [r.name for r in schema.relations] + known
        hint = f"It must be a relation of this file or an attribute of {' or '.join(heads)}."
        mistakes.unknown(line, "relation or attribute", triple.relation, names, hint)
    elif not triple.tail.strip() or triple.tail not in demo.text:
        mistakes.add(line, f"{triple.tail!r} does not stand in the demonstration's text. Copy it letter by letter.")
