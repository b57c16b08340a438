"""Bring the ledger's documents to what the folder holds: read what is new or edited, forget what is gone."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path
from typing import Final

from kgc.chunk import split
from kgc.data import Document, Problem, content_id
from kgc.errors import KgcError
from kgc.ledger import Ledger
from kgc.ledger.folders import Known
from kgc.load.office import waits_for_packages
from kgc.load.pool import Readers
from kgc.load.read import Outcome, Request, hashes
from kgc.pipeline.progress import Meter, Watch
from kgc.pipeline.scan import File, Place, walk

READER: Final = "2"
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


@dataclass(slots=True)
class Delta:
    """What a look at names and stamps tells.

    `before` holds, for each file of `doubtful` or `fresh` that is known, what is known of it: itself, or the files of
    an archive, whose sources go on after the archive's.
    """

    fresh: list[File] = field(default_factory=list)
    doubtful: list[File] = field(default_factory=list)
    anew: bool = False  # read the doubtful ones even where their bytes are what they were
    gone: dict[str, Known] = field(default_factory=dict)
    before: dict[str, dict[str, Known]] = field(default_factory=dict)


@dataclass(slots=True)
class Done:
    """What reading changed: how many known documents were edited, and the hashes of those added and removed."""

    edited: int = 0
    added: list[str] = field(default_factory=list)
    removed: list[str] = field(default_factory=list)

    @property
    def moves(self) -> int:
        """Documents that came with the content of one that went: moved or renamed, not lost."""
        return sum(n for digest, n in (Counter(self.added) & Counter(self.removed)).items() if digest)


@dataclass(frozen=True, slots=True)
class Stage:
    """Who hears of the reading: a watcher of its progress, and one who is told the sources of each batch that was cut
    and says whether to go on."""

    watch: Watch | None = None
    stored: Callable[[Sequence[str]], bool] = lambda _: True


def chunking(size: int) -> str:
    return f"{size}.{CHUNKER}"


def look(ledger: Ledger, workspace: Path, place: Place, *, prune: bool) -> Delta:
    """What has changed in a place, by names and stamps; its root is remembered.

    Raises `KgcError` when another root has files of the place, when it holds no file and never did, and when more than
    half of its root is gone and `prune` was not asked for (an unmounted share looks like that).
    """
    _alone(ledger, workspace, place)
    known = ledger.folders.known(place.root, place.part)
    delta = compare(walk(place), known)
    if not known and not delta.fresh:
        raise KgcError(f"There are no files in {str(place.folder / place.part)!r}.", "Check the path.")
    _guard(ledger, place, delta, prune=prune)
    with ledger.transaction():
        ledger.folders.add_root(place.root, _stored(place.folder, workspace))
    return delta


def _alone(ledger: Ledger, workspace: Path, place: Place) -> None:
    """Refuse a place of whose files another root holds some: they would be in two."""
    start = (place.folder / place.part).resolve()
    passed = ledger.folders.imported() | {place.root}
    for root, path in ledger.folders.roots().items():
        at = (workspace / path).resolve()
        if root in passed or not start.is_relative_to(at):
            continue
        part = start.relative_to(at).as_posix()
        if ledger.folders.known(root, "" if part == "." else part):
            raise KgcError(
                f"{str(start)!r} is in the root {root!r} ({at}) already; as {place.root!r} its files would be in two.",
                f"Ingest it without --as, or `kgc forget {root}` first.",
            )


def take_in(ledger: Ledger, place: Place, delta: Delta, size: int, stage: Stage) -> Synced:
    """Read and cut what is new or may be edited, and forget what is gone.

    Each batch of files is committed, so that a run that is cut short goes on where it was. `stage` hears of each batch,
    and may end the reading after it; then nothing is forgotten yet.
    """
    done = Done()
    if _read_all(ledger, place, delta, size, stage, done) and delta.gone:
        with ledger.transaction():
            _remove(ledger, delta.gone.values(), done)
    moves = done.moves
    return Synced(len(done.added) - moves, done.edited, moves, len(done.removed) - moves)


def _stored(folder: Path, workspace: Path) -> str:
    """A root inside the workspace moves with it."""
    base = workspace.resolve()
    return str(folder.relative_to(base)) if folder.is_relative_to(base) else str(folder)


def compare(files: Iterable[File], known: Mapping[str, Known]) -> Delta:
    """Which files are new, which may be edited, and which known ones are gone.

    What is known of a folder that cannot be listed now is neither: it stays as it is.
    """
    found = list(files)
    here = {file.source for file in found}
    delta = Delta(gone={source: k for source, k in known.items() if source not in here})
    packed = sorted(delta.gone)  # those in archives among them
    for file in found:
        inside = {m: delta.gone.pop(m) for m in _inside(file.source, packed)}
        before = {} if file.closed else inside
        if file.source in known:
            before[file.source] = known[file.source]
        if not before:
            delta.fresh.append(file)
        elif any(k.stamp != file.stamp or k.reader != READER for k in before.values()):
            delta.doubtful.append(file)
            delta.before[file.source] = before
    return delta


def _inside(source: str, packed: Sequence[str]) -> Iterator[str]:
    """The known sources that go on after a file's: it is an archive, and they are what it held."""
    prefix = f"{source}/"
    for at in range(bisect_left(packed, prefix), len(packed)):
        if not packed[at].startswith(prefix):
            return
        yield packed[at]


def _guard(ledger: Ledger, place: Place, delta: Delta, *, prune: bool) -> None:
    """Refuse to forget most of a root. Files that were only moved are told by their content, and are not lost; nor is
    what never could be opened, such as a folder that now can."""
    whole = sum(bool(k.sha256) for k in ledger.folders.known(place.root).values())
    gone = Counter(k.sha256 for k in delta.gone.values() if k.sha256)
    if prune or gone.total() * 2 <= whole:
        return
    there = Counter(h for file in delta.fresh if not file.problem for h in hashes(file.path))
    lost = (gone - there).total()
    if lost * 2 > whole:
        raise KgcError(
            f"{lost} of the {whole} files of the root {place.root!r} are gone from {place.folder}; nothing was done.",
            "If the folder is all there (a share may be unmounted), run again with --prune to forget them.",
        )


def _read_all(ledger: Ledger, place: Place, delta: Delta, size: int, stage: Stage, done: Done) -> bool:
    """Read what is new or may be edited, and store and cut it batch by batch; False when it was ended midway."""
    todo = [*delta.doubtful, *delta.fresh]
    meter = Meter("read", stage.watch, total=len(todo))
    shelf = _Shelf(ledger, place, delta, done)
    begun: set[str] = set()  # archives, each counted as one until more of its files turn up
    with Readers() as readers:
        results = _results(todo, readers, delta)
        while batch := list(islice(results, BATCH)):
            with ledger.transaction():
                for file, outcome in batch:
                    shelf.take(file, outcome)
            read = [o.source for _, o in batch if o and isinstance(o.result, Document)]
            _cut(ledger, read, size)
            for file, outcome in batch:
                if outcome:
                    meter.total += file.source in begun
                    begun |= {file.source} if outcome.source != file.source else set()
                    meter.step(outcome.source, failed=isinstance(outcome.result, Problem) and not file.problem)
            if not stage.stored(read):
                return False
    meter.tell(now=True)
    return True


def _results(todo: Sequence[File], readers: Readers, delta: Delta) -> Iterator[tuple[File, Outcome | None]]:
    """What becomes of each file: its outcomes, then None."""
    for file in todo:
        if file.problem:
            yield file, Outcome(file.source, file.problem)
            yield file, None
    files = {file.source: file for file in todo if not file.problem}
    for request, outcome in readers.read(_request(file, delta) for file in files.values()):
        yield files[request.source], outcome


def _request(file: File, delta: Delta) -> Request:
    before = delta.before.get(file.source, {}).get(file.source)
    known = before.sha256 if before and before.reader == READER and not delta.anew else ""
    return Request(file.path, file.source, known)


class _Shelf:
    """Puts outcomes in the ledger. Whoever uses it holds a transaction."""

    def __init__(self, ledger: Ledger, place: Place, delta: Delta, done: Done) -> None:
        self._ledger = ledger
        self._place = place
        self._delta = delta
        self._done = done
        self._seen: set[str] = set()

    def take(self, file: File, outcome: Outcome | None) -> None:
        """Store an outcome of a file; None ends the file, and what it held before and holds no more is removed."""
        if outcome:
            self._seen.add(outcome.source)
            self._put(file, outcome)
            return
        before = self._delta.before.get(file.source, {})
        _remove(self._ledger, (k for source, k in before.items() if source not in self._seen), self._done)
        for source in self._seen - {file.source}:
            self._ledger.folders.touch(source, file.stamp)
        self._seen.clear()

    def _put(self, file: File, outcome: Outcome) -> None:
        """Files of an archive have no stamp until all of it is read: a run that is cut short reads it again."""
        source, result, digest = outcome.source, outcome.result, outcome.sha256
        folders, root = self._ledger.folders, self._place.root
        stamp = file.stamp if source == file.source else ""
        before = self._delta.before.get(file.source, {}).get(source)
        same = before is not None and before.sha256 == digest
        state = state_of(result)
        reader = "" if isinstance(result, Problem) and waits_for_packages(result) else READER  # "": look again
        # Without a hash nothing tells that the problem is what it was.
        kept = before and same and digest and (before.state, before.reader) == (state, reader) and not self._delta.anew
        if result is None or kept:
            folders.touch(source, stamp)
            return
        if isinstance(result, Document):
            folders.put(result, root, stamp, reader)
        else:
            folders.put_problem(content_id(source), source, root, state, stamp, reader, digest, result)
        self._ledger.state.bump()
        if before is None:
            self._done.added.append(digest)
        self._done.edited += before is not None and not same


def state_of(result: Document | Problem | None) -> str:
    """How the ledger calls an outcome: "skipped" is of a kind that is not read, and no failure."""
    if isinstance(result, Problem):
        return "skipped" if result.code == "unsupported" else "failed"
    return "read"


def _remove(ledger: Ledger, known: Iterable[Known], done: Done) -> None:
    for one in known:
        ledger.folders.remove(one.source)
        done.removed.append(one.sha256)
        ledger.state.bump()


def cut(ledger: Ledger, size: int, watch: Watch | None) -> None:
    """Cut every document that has no chunks of this size: it was another before, or a run was cut short."""
    sources = ledger.folders.unsplit(chunking(size))
    meter = Meter("read", watch, total=len(sources))
    for at in range(0, len(sources), BATCH):
        part = sources[at : at + BATCH]
        _cut(ledger, part, size)
        for source in part:
            meter.step(source)


def _cut(ledger: Ledger, sources: Sequence[str], size: int) -> None:
    kind = chunking(size)
    documents = [d for source in ledger.folders.unsplit(kind, sources) if (d := ledger.folders.document(source))]
    pieces = [(d, split(d, size)) for d in documents]
    if pieces:
        with ledger.transaction():
            for document, chunks in pieces:
                ledger.folders.put_chunks(document.source, kind, chunks, document.meta.pages)
            ledger.state.bump()


def reread(ledger: Ledger, workspace: Path, size: int, watch: Watch | None) -> int:
    """Read again every file that could not be read, changed or not; returns how many there were."""
    count = 0
    imported = ledger.folders.imported()
    for root, path in ledger.folders.roots().items():
        if root in imported:
            continue
        failed = sorted(ledger.folders.failed(root))
        alone = set(failed)
        place = Place(root, (workspace / path).resolve())
        files = [f for f in walk(place) if f.source in alone or any(_inside(f.source, failed))] if failed else []
        known = ledger.folders.known(root)
        every = sorted(known)
        held = {f.source: () if f.closed else tuple(_inside(f.source, every)) for f in files}
        before = {of: {s: known[s] for s in (of, *inside) if s in known} for of, inside in held.items()}
        _read_all(ledger, place, Delta(doubtful=files, anew=True, before=before), size, Stage(watch), Done())
        count += len(files)
    return count
