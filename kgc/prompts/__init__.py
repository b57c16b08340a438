"""Prompt texts: one Markdown file a turn, `$name` where a value goes. Prose stays in the files, code builds lists."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from string import Template

from kgc.errors import KgcError, UnknownName


def prompt(name: str, values: Mapping[str, str]) -> str:
    """The text of `kgc/prompts/<name>.md` with each `$placeholder` replaced, without white space at its ends.

    Values are inserted once and never looked at again, so a `$` in a document stays a `$`. Raises `UnknownName` for a
    prompt that is not there and `KgcError` for a placeholder without a value.
    """
    try:
        return _template(name).substitute(values).strip()
    except KeyError as error:
        raise KgcError(
            f"The prompt {name!r} needs a value for ${error.args[0]}.", f"Given: {', '.join(values) or 'none'}."
        ) from error
    except ValueError as error:
        raise KgcError(f"The prompt {name!r} has a stray $: {error}.", "Write $$ for a dollar sign.") from error


def names() -> tuple[str, ...]:
    """All prompts, as `folder/name`."""
    folders = (f for f in files(__name__).iterdir() if f.is_dir())
    found = (f"{d.name}/{p.name.removesuffix('.md')}" for d in folders for p in d.iterdir() if p.name.endswith(".md"))
    return tuple(sorted(found))


@cache
def _template(name: str) -> Template:
    if name not in names():
        raise UnknownName("prompt", name, names())
    return Template(files(__name__).joinpath(f"{name}.md").read_text(encoding="utf-8"))
