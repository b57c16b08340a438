"""Bring the ledger's documents to what the folder holds: read what is new or edited, forget what is gone."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from kgc.chunk import split
from kgc.data import Document, Problem, content_id
from kgc.errors import KgcError
from kgc.ledger import Ledger
from kgc.ledger.folders import Known
from kgc.load.read import read
from kgc.pipeline.progress import Meter, Watch
from kgc.pipeline.scan import File, Place, walk

READER: Final = "1"
"""Version of the reading code (loaders): raise it when they read a file differently, so that files are read again."""
CHUNKER: Final = "1"
"""Version of the cutting code, likewise."""
BATCH: Final = 32


@dataclass(frozen=True, slots=True)
class Synced:
    """What a sync changed, in documents."""

    added: int = 0
    edited: int = 0
    moved: int = 0
    removed: int = 0

    @property
    def changed(self) -> bool:
        return any((self.added, self.edited, self.moved, self.removed))


@dataclass(slots=True)
class Delta:
    """What a look at names and stamps tells; hashes of new files tell a move from a new file."""

    fresh: list[File] = field(default_factory=list)
    doubtful: list[File] = field(default_factory=list)
    anew: bool = False  # read the doubtful ones even where their bytes are what they were
    gone: dict[str, Known] = field(default_factory=dict)


def chunking(size: int) -> str:
    return f"{size}.{CHUNKER}"


def sync(ledger: Ledger, workspace: Path, place: Place, *, prune: bool, watch: Watch | None) -> Synced:
    """Sync a place; each batch of files is committed, so that a run that is cut short goes on where it was.

    Raises `KgcError` when the place holds no file and never did, and when more than half of its root is gone and
    `prune` was not asked for (an unmounted share looks like that).
    """
    known = ledger.folders.known(place.root, place.part)
    delta = _compare(walk(place), known)
    if not known and not delta.fresh:
        raise KgcError(f"There are no files in {str(place.folder / place.part)!r}.", "Check the path.")
    moved = _moved(delta)
    _guard(ledger, place, delta, moved, prune=prune)
    with ledger.transaction():
        ledger.folders.add_root(place.root, _stored(place.folder, workspace))
    edited = _read_all(ledger, place, delta, watch)
    if delta.gone:
        with ledger.transaction():
            for source in delta.gone:
                ledger.folders.remove(source)
            ledger.state.bump()
    moves = len(moved)
    return Synced(len(delta.fresh) - moves, edited, moves, len(delta.gone) - moves)


def _stored(folder: Path, workspace: Path) -> str:
    """A root inside the workspace moves with it."""
    base = workspace.resolve()
    return str(folder.relative_to(base)) if folder.is_relative_to(base) else str(folder)


def _compare(files: Iterable[File], known: Mapping[str, Known]) -> Delta:
    delta = Delta(gone=dict(known))
    for file in files:
        before = known.get(file.source)
        delta.gone.pop(file.source, None)
        if before is None:
            delta.fresh.append(file)
        elif before.stamp != file.stamp or before.reader != READER:
            delta.doubtful.append(file)
    return delta


def _moved(delta: Delta) -> set[str]:
    """New files with the content of one that is gone: renamed or moved, not lost."""
    if not delta.gone:
        return set()
    left = [k.sha256 for k in delta.gone.values() if k.sha256]
    moved: set[str] = set()
    for file in delta.fresh:
        digest = "" if file.problem else _sha256(file.path)
        if digest and digest in left:
            left.remove(digest)
            moved.add(file.source)
    return moved


def _guard(ledger: Ledger, place: Place, delta: Delta, moved: set[str], *, prune: bool) -> None:
    lost = len(delta.gone) - len(moved)
    whole = len(ledger.folders.known(place.root))
    if lost * 2 > whole and not prune:
        raise KgcError(
            f"{lost} of the {whole} files of the root {place.root!r} are gone from {place.folder}; nothing was done.",
            "If the folder is all there (a share may be unmounted), run again with --prune to forget them.",
        )


def _sha256(path: Path) -> str:
    """The hash of a file's bytes; "" where it cannot be read (reading it will say why)."""
    try:
        with path.open("rb") as stream:
            return hashlib.file_digest(stream, "sha256").hexdigest()
    except OSError:
        return ""


def _read_all(ledger: Ledger, place: Place, delta: Delta, watch: Watch | None) -> int:
    """Read what is new or may be edited; returns how many known files were edited indeed."""
    todo = [*delta.doubtful, *delta.fresh]
    known = ledger.folders.known(place.root, place.part)
    meter = Meter("read", watch, total=len(todo))
    edited = 0
    for at in range(0, len(todo), BATCH):
        before = {} if delta.anew else known
        results = [(file, _read(file, before.get(file.source), meter)) for file in todo[at : at + BATCH]]
        with ledger.transaction():
            for file, result in results:
                edited += _put(ledger, place, file, result, known.get(file.source))
    meter.tell(now=True)
    return edited


def _read(file: File, before: Known | None, meter: Meter) -> Document | Problem | None:
    """A document or why there is none; None when the bytes are what they were."""
    if file.problem:
        return file.problem
    if before and before.sha256 and before.reader == READER and _sha256(file.path) == before.sha256:
        meter.step(file.source)
        return None
    result = read(file.path, file.source)
    meter.step(file.source, failed=isinstance(result, Problem))
    return result


def _put(ledger: Ledger, place: Place, file: File, result: Document | Problem | None, before: Known | None) -> int:
    """Store the outcome; 1 if a known file turned out to be edited."""
    if result is None:
        ledger.folders.touch(file.source, file.stamp)
        return 0
    if isinstance(result, Document):
        ledger.folders.put(result, place.root, file.stamp, READER)
        digest = result.sha256
    else:
        state = "skipped" if result.code == "unsupported" else "failed"
        digest = "" if file.problem else _sha256(file.path)
        id_ = content_id(file.source)
        ledger.folders.put_problem(id_, file.source, place.root, state, file.stamp, READER, digest, result)
    ledger.state.bump()
    return int(before is not None and before.sha256 != digest)


def cut(ledger: Ledger, size: int, watch: Watch | None) -> int:
    """Cut every document that has no chunks of this size yet; returns how many there were."""
    kind = chunking(size)
    sources = ledger.folders.unsplit(kind)
    meter = Meter("read", watch, total=len(sources))
    for at in range(0, len(sources), BATCH):
        documents = [d for s in sources[at : at + BATCH] if (d := ledger.folders.document(s))]
        pieces = [(d, split(d, size)) for d in documents]
        with ledger.transaction():
            for document, chunks in pieces:
                ledger.folders.put_chunks(document.source, kind, chunks, document.meta.pages)
                meter.step(document.source)
            if pieces:
                ledger.state.bump()
    return len(sources)


def reread(ledger: Ledger, workspace: Path, watch: Watch | None) -> int:
    """Read again every file that could not be read, changed or not; returns how many there were."""
    count = 0
    for root, path in ledger.folders.roots().items():
        failed = set(ledger.folders.failed(root))
        place = Place(root, (workspace / path).resolve())
        files = [f for f in walk(place) if f.source in failed] if failed else []
        _read_all(ledger, place, Delta(doubtful=files, anew=True), watch)
        count += len(files)
    return count
