"""Where words go: results to stdout, everything about them to stderr. rich is imported only when it is needed."""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING, TextIO
from typing import Literal as OneOf

import click

from kgc.cli.plain import dumps
from kgc.cli.visible import visible_lines

if TYPE_CHECKING:
    from rich.console import Console


def emit(value: object) -> None:
    """The one JSON value of `--json`; indented for a person who looks at it on a terminal."""
    terminal = sys.stdout.isatty()
    text = dumps(value, indent=2 if terminal else None)
    sys.stdout.write((visible_lines(text) if terminal else text) + "\n")


def out(text: str = "") -> None:
    """A line of the result."""
    sys.stdout.write(text + "\n")


def note(text: str) -> None:
    """A line about the result."""
    sys.stderr.write(text + "\n")


def colours(stream: TextIO) -> bool:
    """Whether a stream is a terminal that wants colours (NO_COLOR, TERM=dumb)."""
    return stream.isatty() and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"


def paint(text: str, style: OneOf["bold", "red", "dim"]) -> str:
    """Text of ours in a style, where stdout is a terminal that wants it."""
    if not colours(sys.stdout):
        return text
    if style == "red":
        return click.style(text, fg="red")
    return click.style(text, bold=True) if style == "bold" else click.style(text, dim=True)


def console(stream: TextIO | None = None, *, width: int | None = None) -> Console:
    """A rich console for results (stdout) or another stream. Names are text: no markup, no emoji codes, no guessing.

    Where the stream is no terminal, lines are as long as their content.
    """
    from rich.console import Console

    class Screen(Console):
        """A console that leaves a closed pipe to `kgc.cli.guard`."""

        def on_broken_pipe(self) -> None:
            raise BrokenPipeError

    target = stream or sys.stdout
    wide = width or (None if target.isatty() else 10_000)
    return Screen(file=target, markup=False, emoji=False, highlight=False, width=wide, soft_wrap=False)
