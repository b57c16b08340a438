"""A schema file to one `Schema` value: read from its syntax tree, never run."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from kgc.errors import SchemaError
from kgc.schema.build import Builder
from kgc.schema.demonstrations import check_demonstrations, read_demonstrations
from kgc.schema.mistakes import Mistakes
from kgc.schema.model import Schema
from kgc.schema.read import File, parse, read_module
from kgc.schema.rules import broken

SIZE_LIMIT: Final = 1_000_000
"""The largest schema file, in bytes (and in code points, for text)."""


CLASS_LIMIT: Final = 1_000
"""The most classes of a schema."""

DEPTH_LIMIT: Final = 30
"""The most ancestors of a class."""


def compile_file(path: Path) -> Schema:
    """The schema of a file, named by the file's stem. Raises `SchemaError` with all its mistakes, one a line."""
    try:
        with path.open("rb") as file:
            raw = file.read(SIZE_LIMIT + 1)
    except OSError as error:
        raise SchemaError(f"{path}:1: The file cannot be read: {error.strerror}.", "Check the path.") from error
    return compile_text(decode(raw, str(path)), path.stem, str(path))


def decode(raw: bytes, source: str) -> str:
    """The text of a file in UTF-8, with or without a byte order mark. Raises `SchemaError` for another encoding."""
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        message = f"The byte 0x{raw[error.start]:02x} is not UTF-8 text. Save the file as UTF-8."
        raise SchemaError(f"{source}:{line}: {message}") from error


def compile_text(text: str, name: str, source: str) -> Schema:
    """The schema that a text describes. `source` is what messages call the file.

    Raises `SchemaError` with all its mistakes, one `source:line: what is wrong, what to do` a line.
    """
    mistakes = Mistakes(source)
    if len(text) > SIZE_LIMIT:
        mistakes.add(1, f"The file is larger than {SIZE_LIMIT:,} bytes. Split it into several schemas.")
    elif not text.strip():
        mistakes.add(1, "The file is empty. Write at least one `class Person(Entity)`.")
    mistakes.check()
    tree = parse(text, mistakes)
    if not tree.body:
        mistakes.add(1, "The file holds comments only. Write at least one `class Person(Entity)`.")
        mistakes.check()
    file = read_module(tree, mistakes)
    check_bounds(file, mistakes)
    schema = assemble(file, name, source, mistakes)
    mistakes.check()
    return schema


def check_bounds(file: File, mistakes: Mistakes) -> None:
    """Stop at a file that is out of all proportion, before it costs time."""
    for number, found in enumerate(file.classes.values()):
        if number == CLASS_LIMIT:
            mistakes.add(
                found.line, f"There are more than {CLASS_LIMIT:,} classes. Split the file into several schemas."
            )
        seen: set[str] = set()
        name = found.name
        while name in file.classes and name not in seen and len(seen) <= DEPTH_LIMIT:
            seen.add(name)
            name = file.classes[name].base
        if len(seen) > DEPTH_LIMIT:
            mistakes.add(found.line, f"{found.name} has more than {DEPTH_LIMIT} ancestors. Leave some of them out.")
            mistakes.check()
    if len(file.classes) > CLASS_LIMIT:
        mistakes.check()


def assemble(file: File, name: str, source: str, mistakes: Mistakes) -> Schema:
    """Build all types, then hold the whole against the rules and the demonstrations against the whole."""
    builder = Builder(file.classes, mistakes)
    kinds = {class_: builder.kind(class_) for class_ in file.classes}
    of = {kind: [file.classes[n] for n, k in kinds.items() if k == kind] for kind in ("Entity", "Relation", "Event")}
    demos = read_demonstrations(file.demonstrations, mistakes)
    schema = Schema(
        name,
        tuple(builder.entity(c) for c in of["Entity"]),
        tuple(builder.relation(c) for c in of["Relation"]),
        tuple(builder.event(c) for c in of["Event"]),
        demos.demonstrations,
        file.definition,
        source,
    )
    for place, message in broken(schema):
        mistakes.add(line_of(file, place), message)
    check_demonstrations(schema, demos, mistakes)
    return schema


def line_of(file: File, place: str) -> int:
    """The line of `Class`, `Class.field` or `Class.setting`; 1 for the file as a whole."""
    class_name, _, part = place.partition(".")
    found = file.classes.get(class_name)
    if found is None:
        return 1
    if part in found.fields:
        return found.fields[part].line
    return found.sheet[part].lineno if part in found.sheet else found.line
