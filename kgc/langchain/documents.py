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
    """Each document with the name of its file: its source made safe, and a number where a source comes again."""
    taken: dict[str, int] = {}
    for document in documents:
        source = str(document.metadata.get("source") or document.id or "document")
        stem = _UNSAFE.sub("_", source).strip("._ ") or "document"
        if len(stem) > _LONGEST:
            stem = f"{stem[:_LONGEST]}-{content_id(source)[:8]}"
        number = taken[stem] = taken.get(stem, 0) + 1
        yield document, f"{stem}.txt" if number == 1 else f"{stem}-{number}.txt"
