"""A file as kgc reads it, and what would be sent for it: no workspace is needed."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from itertools import islice
from pathlib import Path

from kgc.chunk import split
from kgc.config import Options
from kgc.data import Chunk, Document, Problem
from kgc.errors import KgcError, UnknownName
from kgc.llm.turns import Ask
from kgc.load.pool import Readers
from kgc.load.read import Request
from kgc.pipeline.plan import first_turn
from kgc.pipeline.recipes import DEFAULT_STRATEGY, prepare, reads_itself


def read_text(path: str | Path) -> Document | Problem:
    """A file's document, or the problem that stands in the way; `archive.zip/inner/path` is a file in an archive.

    Raises `KgcError` when there is no such file, and for an archive of several files, which it names.
    """
    file = Path(path)
    packed = next((p for p in file.parents if p.is_file()), None)
    if not file.exists() and packed is None:
        raise KgcError(f"There is no file {str(path)!r}.", "Check the path.")
    if file.is_dir():
        raise KgcError(f"{str(path)!r} is a folder.", "`kgc text` reads one file.")
    real = (packed or file).resolve()
    source = f"{real.parent.name}/{real.name}"
    wanted = f"{source}/{file.relative_to(packed).as_posix()}" if packed else source
    with Readers(processes=1) as readers:
        found = {o.source: o.result for _, o in readers.read([Request(real, source)]) if o and o.result}
    if wanted in found:
        return found[wanted]
    names = [name.removeprefix(f"{source}/") for name in found]
    if packed:
        raise UnknownName(f"file in {packed.name}", wanted.removeprefix(f"{source}/"), names)
    raise KgcError(f"{str(path)!r} holds {len(names)} files: {', '.join(names[:20])}.", f"Name one: {path}/{names[0]}")


def prompts(
    path: str | Path, options: Options, workspace: Path = Path(), limit: int | None = None
) -> Iterator[tuple[Chunk, tuple[Ask, ...]]]:
    """For each chunk of a file, the questions of the first turn, exactly as they would be sent."""
    if reads_itself(options.model):
        options = replace(options, model="openai:", strategy=options.strategy or DEFAULT_STRATEGY)
    prepared = prepare(options, workspace)
    assert prepared.strategy is not None
    document = read_text(path)
    if isinstance(document, Problem):
        raise KgcError(f"{path}: {document.message}", document.hint)
    for chunk in islice(split(document, options.chunk_size), limit):
        yield chunk, tuple(first_turn(prepared.strategy.turns(chunk, prepared.schema)))
