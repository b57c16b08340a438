"""The first pass over a schema file: its syntax tree to classes with their sheets and fields, each with its line."""

from __future__ import annotations

import ast
import warnings
from dataclasses import dataclass, field
from types import EllipsisType

from kgc.errors import did_you_mean, nearest
from kgc.schema import words
from kgc.schema.annotations import Annotation, read_annotation
from kgc.schema.literals import shown, single_spaced
from kgc.schema.mistakes import Mistakes

WORDS = tuple(sorted(n for n, v in vars(words).items() if isinstance(v, type) and v.__module__ == words.__name__))
"""All that a schema file may import from kgc.schema.words."""

ALLOWED = "A schema file holds a docstring, imports from kgc.schema.words, classes and `demonstrations`."
NEVER_RUN = "A schema is read, never run."


@dataclass(slots=True)
class Field:
    """An annotation of a class: an attribute, a role, or head or tail."""

    name: str
    line: int
    annotation: Annotation
    definition: str = ""


@dataclass(slots=True)
class Class:
    """A class as it stands in the file. `base` is what it is a subclass of; `sheet` are its assignments."""

    name: str
    base: str
    line: int
    definition: str = ""
    sheet: dict[str, ast.expr] = field(default_factory=dict)
    fields: dict[str, Field] = field(default_factory=dict)


@dataclass(slots=True)
class File:
    """A schema file after the first pass. `demonstrations` is the list as it stands, or None."""

    definition: str
    classes: dict[str, Class]
    demonstrations: ast.expr | None = None


def parse(text: str, mistakes: Mistakes) -> ast.Module:
    """The syntax tree. Raises `SchemaError` for what is not Python, or nested too deep to be read."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            return ast.parse(text)
    except SyntaxError as error:
        mistakes.add(error.lineno or 1, f"This is not Python: {error.msg}. Correct it at column {error.offset or 1}.")
    except ValueError as error:
        mistakes.add(1, f"This is not text that Python can read: {error}. Save it as UTF-8 text.")
    except (RecursionError, MemoryError):
        mistakes.add(1, "This is nested too deep to be read. Write classes with plain values.")
    mistakes.check()
    raise AssertionError("a mistake was noted")


def read_module(tree: ast.Module, mistakes: Mistakes) -> File:
    """The classes of a file in order; what does not belong in a schema file is noted."""
    file = File(single_spaced(ast.get_docstring(tree, clean=True) or ""), {})
    for statement in tree.body[1 if is_text(tree.body[0]) else 0 :]:
        match statement:
            case ast.ClassDef():
                add_class(statement, file, mistakes)
            case ast.Import() | ast.ImportFrom():
                check_import(statement, mistakes)
            case (
                ast.Assign(targets=[ast.Name(id="demonstrations")], value=value)
                | ast.AnnAssign(target=ast.Name(id="demonstrations"), value=ast.expr() as value)
            ):
                if file.demonstrations is not None:
                    mistakes.add(statement.lineno, "`demonstrations` is written twice. Join the two lists.")
                file.demonstrations = value
            case ast.Assign(targets=[ast.Name(id=name)]) if close := nearest(name, ["demonstrations"]):
                mistakes.add(statement.lineno, f"There is no {name!r} in a schema file.{did_you_mean(close)}")
            case _:
                mistakes.add(statement.lineno, f"{shown(statement)} has no place here. {ALLOWED} {NEVER_RUN}")
    return file


def is_text(statement: ast.stmt) -> bool:
    return (
        isinstance(statement, ast.Expr)
        and isinstance(statement.value, ast.Constant)
        and isinstance(statement.value.value, str)
    )


def check_import(statement: ast.Import | ast.ImportFrom, mistakes: Mistakes) -> None:
    """Only the words of a schema, `__future__` and `typing` may be imported, under their own names."""
    module = statement.module if isinstance(statement, ast.ImportFrom) else None
    if module in ("__future__", "typing"):
        return
    if module != "kgc.schema.words":
        mistakes.add(statement.lineno, f"{shown(statement)}: only kgc.schema.words can be imported. {NEVER_RUN}")
        return
    for alias in statement.names:
        if alias.asname and alias.asname != alias.name:
            mistakes.add(statement.lineno, f"{alias.name!r} cannot be called {alias.asname!r}. Leave `as` out.")
        if alias.name not in WORDS and alias.name != "*":
            mistakes.unknown(statement.lineno, "word", alias.name, WORDS, f"The words are: {', '.join(WORDS)}.")


def add_class(node: ast.ClassDef, file: File, mistakes: Mistakes) -> None:
    """Read a class and add it, unless its name was taken."""
    bases = [base.id for base in node.bases if isinstance(base, ast.Name)]
    if len(node.bases) != 1 or len(bases) != 1 or node.keywords:
        mistakes.add(node.lineno, f"{node.name} must have one base: Entity, Relation, Event or another entity class.")
    if node.decorator_list:
        mistakes.add(node.lineno, f"{node.name} has a decorator. Leave it out. {NEVER_RUN}")
    found = Class(node.name, bases[0] if bases else "Entity", node.lineno)
    found.definition = single_spaced(ast.get_docstring(node, clean=True) or "")
    read_body(node, found, mistakes)
    if node.name in file.classes:
        first = file.classes[node.name].line
        mistakes.add(node.lineno, f"{node.name} is written twice, first on line {first}. Rename or remove one.")
    else:
        file.classes[node.name] = found


def read_body(node: ast.ClassDef, found: Class, mistakes: Mistakes) -> None:
    """The assignments and annotations of a class; a text below an annotation is that field's definition."""
    last: Field | None = None
    for statement in node.body[1 if is_text(node.body[0]) else 0 :]:
        below, last = last, None
        match statement:
            case ast.Pass() | ast.Expr(value=ast.Constant(value=EllipsisType())):
                pass
            case ast.Expr(value=ast.Constant(value=str(value))) if below:
                below.definition = single_spaced(value)
            case ast.Assign(targets=[ast.Name(id=name)], value=assigned):
                if name in found.sheet:
                    mistakes.add(statement.lineno, f"{found.name}.{name} is written twice. Remove one.")
                found.sheet[name] = assigned
            case ast.AnnAssign(target=ast.Name(id=name), value=None):
                last = add_field(statement, name, found, mistakes)
            case ast.AnnAssign(target=ast.Name(id=name)):
                mistakes.add(statement.lineno, f"{found.name}.{name} has a value. Leave out what follows `=`.")
            case _:
                place = f"{shown(statement)} has no place in {found.name}."
                mistakes.add(statement.lineno, f"{place} A class holds a docstring, annotations and plain values.")


def add_field(statement: ast.AnnAssign, name: str, found: Class, mistakes: Mistakes) -> Field | None:
    what = f"{found.name}.{name}"
    annotation = read_annotation(statement.annotation, what, mistakes)
    if name in found.fields:
        mistakes.add(statement.lineno, f"{what} is written twice. Remove one.")
        return None
    field_ = Field(name, statement.lineno, annotation or Annotation(()))
    found.fields[name] = field_
    return field_
