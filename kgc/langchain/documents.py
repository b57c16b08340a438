"""What any LangChain loader loads, as a folder that kgc ingests: kept in step, so that edits and deletions are seen."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Final, Unpack

from langchain_core.documents import Document

from kgc.config import Given
from kgc.data import content_id
from kgc.errors import KgcError
from kgc.pipeline.report import Report
from kgc.pipeline.workspace import Workspace
from kgc.schema import Schema

_UNSAFE: Final = re.compile(r"[^\w.\- ]+")
_LONGEST: Final = 80
_BYTES: Final = 220
"""File systems take names of 255 bytes; the rest is for the hash, the number and the suffix."""


def ingest_documents(
    workspace: Workspace,
    documents: Iterable[Document],
    *,
    name: str = "langchain",
    schema: str | Schema | None = None,
    prune: bool = False,
    **options: Unpack[Given],
) -> Report:
    """Ingest documents that a loader has loaded; `options` are those of `Workspace.ingest`.

    They are kept as text files in the workspace's folder `loaded/<name>`, named after their `source` (or `id`), one
    root. The next call with the same name brings the graph to the documents it is given: those that are the same are
    not read again, those that are missing are withdrawn. Raises `KgcError`.
    """
    if not re.fullmatch(r"\w[\w\-]*", name):
        raise KgcError(f"{name!r} cannot name a root.", "Letters, digits, underscores and hyphens.")
    folder = workspace.path / "loaded" / name
    keep_in_step(folder, documents)
    return workspace.ingest(folder, name=name, schema=schema, prune=prune, **options)


def keep_in_step(folder: Path, documents: Iterable[Document]) -> dict[Path, Document]:
    """Make the folder hold these documents and nothing else; a file that is right already is not touched."""
    folder.mkdir(parents=True, exist_ok=True)
    wanted: dict[Path, Document] = {}
    for document, file in zip_names(documents):
        path = folder / file
        wanted[path] = document
        data = document.page_content.encode("utf-8", "replace")
        if not path.is_file() or path.read_bytes() != data:
            path.write_bytes(data)
    for old in folder.iterdir():
        if old not in wanted and old.suffix == ".txt":
            old.unlink()
    return wanted


def zip_names(documents: Iterable[Document]) -> Iterator[tuple[Document, str]]:
    """Each document with the name of its file: its source made safe, and a number where that name is taken.

    No two names differ in case alone, which is one file to some systems.
    """
    taken: set[str] = set()
    numbers: dict[str, int] = {}
    for document in documents:
        source = str(document.metadata.get("source") or document.id or "document")
        stem = name = shortened(_UNSAFE.sub("_", source).strip("._ ") or "document", source)
        number = numbers.get(stem, 1)
        while name.casefold() in taken:
            number += 1
            name = f"{stem}-{number}"
        numbers[stem] = number
        taken.add(name.casefold())
        yield document, f"{name}.txt"


def shortened(stem: str, source: str) -> str:
    """A stem that is too long for a file's name, cut, with the source's hash in place of the rest."""
    cut = stem[:_LONGEST].encode()[:_BYTES].decode(errors="ignore")
    return stem if cut == stem else f"{cut}-{content_id(source)[:8]}"
