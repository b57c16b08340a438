"""`kgc text`: a file as kgc reads it."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from kgc.cli.call import Call, Verb, example


@click.command(cls=Verb, epilog=example("kgc text report.pdf | less", "kgc text report.pdf --json | jq .pages"))
@click.argument("file", type=click.Path(path_type=Path))
def text(call: Call, file: Path) -> int:
    """Print FILE as kgc reads it. All offsets of facts and quotes count the characters of this text.

    No workspace is needed. Where stdout is no terminal, the text is printed exactly, without an added line end.
    """
    from kgc.cli.screen import emit
    from kgc.cli.visible import visible_lines
    from kgc.data import Problem
    from kgc.errors import KgcError
    from kgc.pipeline.text import read_text

    found = read_text(file)
    if isinstance(found, Problem):
        raise KgcError(f"{file}: {found.message} ({found.code})", found.hint)
    if call.json:
        pages = [[p.start, p.end] for p in found.meta.pages]
        emit({
            "source": found.source, "media_type": found.media_type, "lang": found.lang, "text": found.text,
            "sha256": found.sha256, "pages": pages,
        })  # fmt: skip
    elif sys.stdout.isatty():
        sys.stdout.write(visible_lines(found.text).rstrip("\n") + "\n")
    else:
        sys.stdout.write(found.text)
    return 0
