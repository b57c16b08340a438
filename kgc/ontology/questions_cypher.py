"""A path through a schema as a query of the graph that a workspace writes."""

from __future__ import annotations

from collections.abc import Sequence

from kgc.ontology.questions_path import Step
from kgc.schema.model import Schema
from kgc.schema.naming import lower_snake, upper_snake
from kgc.store.catalog import quoted

LIMIT = 100


def cypher(schema: Schema, classes: Sequence[str], steps: Sequence[Step], attributes: Sequence[str] = ()) -> str:
    """The query that lists what a path leads through; `attributes` are `Class.name`, and their values are listed too.

    `steps` may go on from any class before them, so that a question about three things is a tree. "" without a class.
    """
    nodes: dict[str, str] = {}
    listed: list[str] = []
    shown: set[str] = set()

    def node(name: str, *, another: bool = False) -> str:
        if another or name not in nodes:
            nodes[name] = f"n{len(listed) + 1}"
            listed.append(f"{nodes[name]}.{'trigger' if schema.event(name) else 'name'}")
        place = nodes[name]
        first = place not in shown
        shown.add(place)
        return f"({place}:{quoted(name)})" if first else f"({place})"

    parts = [
        _pattern(node(step.start), step, number, node(step.end, another=step.end == step.start))
        for number, step in enumerate(steps, 1)
    ]
    parts += [node(name) for name in classes if name not in nodes]
    if not parts:
        return ""
    owners = [(a.partition(".")[0], a.partition(".")[2]) for a in attributes]
    values = [f"{nodes[owner]}.{quoted(lower_snake(name))}" for owner, name in owners if owner in nodes]
    return f"MATCH {', '.join(parts)} RETURN DISTINCT {', '.join([*listed, *values])} LIMIT {LIMIT}"


def _pattern(start: str, step: Step, number: int, end: str) -> str:
    tie = f"[r{number}:{quoted(upper_snake(step.relation.rpartition('.')[2]))}]"
    return f"{start}-{tie}->{end}" if step.forward else f"{start}<-{tie}-{end}"
