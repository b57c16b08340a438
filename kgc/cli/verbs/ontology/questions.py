"""`kgc ontology questions`: what a schema can answer."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from kgc.cli.call import Call, Verb, example

if TYPE_CHECKING:
    from kgc.ontology.questions import Asked

EPILOG = example(
    "kgc ontology questions schemas/mine.py",
    "kgc ontology questions schemas/mine.py --questions wanted.txt",
    "kgc ontology questions company --json",
)
MARKS = {"yes": "yes   ", "partly": "partly", "no": "no    "}


@click.command("questions", cls=Verb, epilog=EPILOG)
@click.argument("schema")
@click.option(
    "file", "--questions", type=click.Path(path_type=Path), metavar="FILE",
    help='One a line, or JSON lines with "question"; without it they are made of the schema.',
)  # fmt: skip
def questions(call: Call, schema: str, file: Path | None) -> int:
    """Tell which competency questions SCHEMA (a path or a name) can answer, and how.

    A question is answered where the classes, relations and attributes that it names are connected in the schema; the
    path is told, and with --verbose the Cypher that asks a graph for it. Words of a question that the schema has no
    place for are told as well. Neither a model nor a graph is asked.
    """
    from kgc.cli.screen import emit, note, out
    from kgc.cli.words import count
    from kgc.ontology.questions import ask, generated, read_questions
    from kgc.schema.find import find

    found = find(schema, call.workspace)
    asked = ask(found, read_questions(file) if file else generated(found))
    if call.json:
        emit(asked)
        return 0
    for one in asked:
        for line in _lines(one, verbose=call.verbose):
            out(line)
    if not call.quiet:
        told = ", ".join(f"{sum(a.verdict == v for a in asked)} {v}" for v in MARKS)
        note(f"{count(len(asked), 'question')}: {told}")
    return 0


def _lines(asked: Asked, *, verbose: bool) -> list[str]:
    from kgc.cli.visible import visible

    lines = [f"{MARKS[asked.verdict]}  {visible(asked.question)}"]
    if asked.path:
        lines.append(f"        {visible(asked.path)}")
    if asked.homeless:
        lines.append(f"        no place for: {', '.join(map(visible, asked.homeless))}")
    if verbose and asked.cypher:
        lines.append(f"        {visible(asked.cypher)}")
    return lines
