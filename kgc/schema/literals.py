"""Values that a schema file may hold: text, lists of text, True and False, written out. Nothing is computed."""

from __future__ import annotations

import ast

from kgc.schema.mistakes import Mistakes

WRITTEN_OUT = "A schema is read, never run: write the value out."


def read_text(node: ast.expr, what: str, mistakes: Mistakes) -> str:
    """A string, with its white space made single; "" and a mistake for anything else."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        return single_spaced(node.value)
    mistakes.add(node.lineno, f"{what} must be a text in quotes, not {shown(node)}. {WRITTEN_OUT}")
    return ""


def read_texts(node: ast.expr, what: str, mistakes: Mistakes) -> tuple[str, ...]:
    """A tuple or list of strings; what is not one is a mistake."""
    if isinstance(node, ast.Tuple | ast.List):
        return tuple(text for item in node.elts if (text := read_text(item, f"Each of {what}", mistakes)))
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        hint = f"Write ({shown(node)},) with a comma."
        mistakes.add(node.lineno, f"{what} must be a tuple of texts, not one text. {hint}")
    else:
        mistakes.add(node.lineno, f"{what} must be a tuple of texts, not {shown(node)}. {WRITTEN_OUT}")
    return ()


def read_flag(node: ast.expr, what: str, mistakes: Mistakes) -> bool:
    """True or False."""
    if isinstance(node, ast.Constant) and isinstance(node.value, bool):
        return node.value
    mistakes.add(node.lineno, f"{what} must be True or False, not {shown(node)}.")
    return False


def single_spaced(text: str) -> str:
    return " ".join(text.split())


def shown(node: ast.AST) -> str:
    """A piece of the file as a message shows it, on one line and not too long."""
    try:
        text = single_spaced(ast.unparse(node))
    except (RecursionError, ValueError):
        return "this"
    return f"`{text}`" if len(text) <= 60 else f"`{text[:57]}...`"
