"""`kgc prompt`: exactly what would be sent."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from kgc.cli.call import Call, example
from kgc.cli.run import Run, RunVerb

if TYPE_CHECKING:
    from kgc.data import Chunk
    from kgc.llm.turns import Ask

EPILOG = example("kgc prompt docs/a.md", "kgc prompt docs/a.md --strategy chatie --schema company --limit 3")


@click.command(cls=RunVerb, epilog=EPILOG)
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--limit", type=click.IntRange(min=0), default=1, show_default=True, help="Passages; 0 is all of them.")
def prompt(call: Call, run: Run, file: Path, limit: int) -> int:
    """Print exactly what a strategy would send for FILE: the first turn of each passage. Nothing is sent.

    Without a --model that is asked, the default strategy for such models is shown (codekgc).
    """
    from kgc import config
    from kgc.cli.screen import emit, out
    from kgc.pipeline.text import prompts

    options = config.load(call.workspace, run.all())
    found = prompts(file, options, call.workspace, limit or None)
    if call.json:
        emit([_record(chunk, asks) for chunk, asks in found])
        return 0
    for number, (chunk, asks) in enumerate(found):
        if number:
            out()
        _print(chunk, asks)
    return 0


def _record(chunk: Chunk, asks: Sequence[Ask]) -> dict[str, object]:
    return {"chunk": chunk.id, "start": chunk.span.start, "end": chunk.span.end, "asks": asks}


def _print(chunk: Chunk, asks: Sequence[Ask]) -> None:
    """Messages under rules that name their role; the content is exact, but for control characters on a terminal."""
    from kgc.cli.screen import out, paint
    from kgc.cli.visible import visible_lines

    terminal = sys.stdout.isatty()
    for ask in asks:
        out(paint(f"##### passage {chunk.id} · {ask.tag} · {_decoding(ask)}", "bold"))
        for message in ask.messages:
            out(paint(f"===== {message.role}", "bold"))
            out(visible_lines(message.content) if terminal else message.content)


def _decoding(ask: Ask) -> str:
    decode = ask.decode
    parts = [f"temperature {decode.temperature:g}" if decode.temperature is not None else "temperature of the server"]
    parts += [f"at most {decode.max_tokens} tokens"] if decode.max_tokens else []
    parts += [f"{decode.n} samples"] if decode.n > 1 else []
    parts += [f"stop at {', '.join(map(repr, decode.stop))}"] if decode.stop else []
    return ", ".join(parts)
