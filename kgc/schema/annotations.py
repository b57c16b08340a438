"""What an annotation says: a union of names, optional or not, functional or not."""

from __future__ import annotations

import ast
import unicodedata
from dataclasses import dataclass

from kgc.schema.literals import shown
from kgc.schema.mistakes import Mistakes


@dataclass(frozen=True, slots=True)
class Annotation:
    """`A | B`, `A | None`, `Functional[A]`; a text in quotes means the same as without them."""

    names: tuple[str, ...]
    optional: bool = False
    functional: bool = False


def read_annotation(node: ast.expr, what: str, mistakes: Mistakes) -> Annotation | None:
    """The annotation, or None and a mistake when it is something else than names joined by `|`."""
    names: list[str] = []
    optional = functional = False
    pending = [node]
    while pending:
        part = pending.pop()
        match part:
            case ast.BinOp(left=left, op=ast.BitOr(), right=right):
                pending += [right, left]
            case ast.Name(id=name):
                names.append(name)
            case ast.Constant(value=None):
                optional = True
            case ast.Constant(value=str(text)) if (inner := quoted(text)) is not None:
                pending.append(inner)
            case ast.Subscript(value=ast.Name(id="Functional"), slice=inner):
                functional = True
                pending.append(inner)
            case ast.Subscript(value=ast.Name(id="Optional"), slice=inner):
                optional = True
                pending.append(inner)
            case ast.Subscript(value=ast.Name(id="Union"), slice=ast.Tuple(elts=elts)):
                pending += reversed(elts)
            case _:
                mistakes.add(node.lineno, f"{what} is annotated {shown(part)}. Write names, joined by `|`.")
                return None
    return Annotation(tuple(dict.fromkeys(names)), optional, functional)


def quoted(text: str) -> ast.expr | None:
    """A name or union of names written in quotes, as forward references are."""
    if len(text) > 1000:
        return None
    try:
        node = ast.parse(text.strip(), mode="eval").body
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return None
    return None if isinstance(node, ast.Constant) else node


def same_letters(name: str) -> str:
    """A name in quotes as Python reads it without quotes (full-width letters become plain ones)."""
    return unicodedata.normalize("NFKC", name)
