"""What lies in a folder, by a look at names and stamps alone: nothing is opened."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from kgc.data import Problem, ProblemCode
from kgc.errors import KgcError


@dataclass(frozen=True, slots=True)
class File:
    """A file of a root. `problem` is set where it is refused unopened; `stamp` changes when the file may have."""

    source: str
    path: Path
    stamp: str
    problem: Problem | None = None


@dataclass(frozen=True, slots=True)
class Place:
    """A named folder, and the part of it that a run is about ("" for all of it)."""

    root: str
    folder: Path
    part: str = ""


def find_place(
    folder: Path, roots: dict[str, str], workspace: Path, name: str, imported: frozenset[str] = frozenset()
) -> Place:
    """Which root a path belongs to, or a new one for it; `imported` are roots that are no folders.

    Raises `KgcError` when the path does not exist, when a new root's name is taken by another folder, or when the path
    holds a root inside (its files would then be in two roots).
    """
    must_exist(folder)
    target = folder.resolve()
    known = {root: (workspace / path).resolve() for root, path in roots.items() if root not in imported}
    for root, at in known.items():
        if target.is_relative_to(at) and not name:
            part = target.relative_to(at).as_posix()
            return Place(root, at, "" if part == "." else part)
    base = target if target.is_dir() else target.parent
    inside = [root for root, at in known.items() if at.is_relative_to(base) and at != base]
    if inside:
        raise KgcError(
            f"{str(folder)!r} holds the root {inside[0]!r} ({known[inside[0]]}), which is ingested on its own.",
            f"Ingest {inside[0]!r} and the other folders one by one, or `kgc forget {inside[0]}` first.",
        )
    free = _free_name(name or base.name or "root", base, known)
    if free in imported:
        raise KgcError(f"The name {free!r} belongs to an imported graph.", "Give this folder a name: --as NAME.")
    return Place(free, base, "" if base == target else target.name)


def must_exist(folder: Path) -> None:
    if not folder.exists():
        raise KgcError(f"There is no folder or file {str(folder)!r}.", "Check the path.")


def _free_name(name: str, base: Path, known: dict[str, Path]) -> str:
    if "/" in name or name in (".", "..") or not name.strip() or not name.isprintable():
        raise KgcError(f"{name!r} cannot name a root.", "Use --as with letters, digits, dots or dashes.")
    taken = known.get(name)
    if taken and taken != base and taken.exists():
        raise KgcError(
            f"The name {name!r} belongs to another root already ({taken}).", "Give this one a name: --as NAME."
        )
    return name


def walk(place: Place) -> Iterator[File]:
    """The files of a place, in order of their sources. Hidden names (a leading dot) are not part of it.

    A link to a file inside the root is read as that file; one that leads out, or to a folder, is refused by name.
    """
    start = place.folder / place.part
    if not start.exists():
        return
    if not start.is_dir():
        yield _file(place, start)
        return
    for folder, folders, files in os.walk(start, followlinks=False):
        folders[:] = sorted(f for f in folders if not f.startswith("."))
        here = Path(folder)
        for linked in [f for f in folders if (here / f).is_symlink()]:
            folders.remove(linked)
            yield _refused(place, here / linked, "unsupported", "a link to a folder is not followed")
        for name in sorted(files):
            if not name.startswith("."):
                yield _file(place, here / name)


def _file(place: Place, path: Path) -> File:
    try:
        if path.is_symlink() and not path.resolve(strict=True).is_relative_to(place.folder.resolve()):
            return _refused(place, path, "unsupported", "a link that leads out of the folder is not followed")
        found = path.stat()
    except OSError as error:
        return _refused(place, path, "unreadable", f"it cannot be looked at: {error.strerror}")
    if not stat.S_ISREG(found.st_mode):
        return _refused(place, path, "unsupported", "it is not a regular file (a pipe, socket or device)")
    return File(source_of(place, path), path, f"{found.st_size}:{found.st_mtime_ns}:{found.st_ctime_ns}")


def _refused(place: Place, path: Path, code: ProblemCode, message: str) -> File:
    return File(source_of(place, path), path, f"refused:{message}", Problem(code, message))


def source_of(place: Place, path: Path) -> str:
    r"""`<root>/<path>` with forward slashes; bytes that are no UTF-8 stand as `\xff`, so that no two names meet."""
    inside = path.relative_to(place.folder).as_posix()
    return f"{place.root}/" + inside.encode("utf-8", "surrogateescape").decode("utf-8", "backslashreplace")
