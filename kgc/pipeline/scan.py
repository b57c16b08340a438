"""What lies in a folder, by a look at names and stamps alone: nothing is opened."""

from __future__ import annotations

import os
import re
import stat
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

from kgc.data import Problem, ProblemCode
from kgc.errors import KgcError


@dataclass(frozen=True, slots=True)
class File:
    """A file of a root. `problem` is set where it is refused unopened; `stamp` changes when the file may have.

    `closed` is a folder that could not be listed: it stands for whatever it holds.
    """

    source: str
    path: Path
    stamp: str
    problem: Problem | None = None
    closed: bool = False


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

    A new root that is named by a link keeps that name and follows the link, wherever it leads later.

    Raises `KgcError` when the path does not exist, when a new root's name is taken by another folder, or when the path
    holds a root inside (its files would then be in two roots).
    """
    must_exist(folder)
    target = folder.resolve()
    known = {root: workspace.resolve() / path for root, path in roots.items() if root not in imported}
    for root, at in known.items():
        if target.is_relative_to(at.resolve()) and not name:
            part = target.relative_to(at.resolve()).as_posix()
            return Place(root, at, "" if part == "." else part)
    if not target.is_dir():
        base = target.parent
    else:
        base = folder.parent.resolve() / folder.name if folder.is_symlink() else target
    real = base.resolve()
    inside = [root for root, at in known.items() if at.resolve().is_relative_to(real) and at.resolve() != real]
    if inside:
        raise KgcError(
            f"{str(folder)!r} holds the root {inside[0]!r} ({known[inside[0]]}), which is ingested on its own.",
            f"Ingest {inside[0]!r} and the other folders one by one, or `kgc forget {inside[0]}` first.",
        )
    free = _free_name(name or base.name or "root", base, known)
    if free in imported:
        raise KgcError(f"The name {free!r} belongs to an imported graph.", "Give this folder a name: --as NAME.")
    return Place(free, base, "" if real == target else target.name)


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

    A link to a file inside the root is read as that file; one that leads out, or to a folder, is refused by name. So is
    a folder that cannot be listed.
    """
    start = place.folder / place.part
    if not start.exists():
        return
    if not start.is_dir():
        yield _file(place, start)
        return
    unlisted: list[OSError] = []
    for folder, folders, files in os.walk(start, onerror=unlisted.append, followlinks=False):
        folders[:] = sorted(f for f in folders if not f.startswith("."))
        here = Path(folder)
        for linked in [f for f in folders if os.path.islink(here / f)]:  # noqa: PTH114  # False where it cannot be told
            folders.remove(linked)
            yield _refused(place, here / linked, "unsupported", "a link to a folder is not followed")
        for name in sorted(files):
            if not name.startswith("."):
                yield _file(place, here / name)
    for error in unlisted:
        yield _closed(place, Path(error.filename), error)


def _file(place: Place, path: Path) -> File:
    try:
        # realpath and not resolve, which tells a loop of links by no OSError
        if path.is_symlink() and not Path(os.path.realpath(path, strict=True)).is_relative_to(place.folder.resolve()):
            return _refused(place, path, "unsupported", "a link that leads out of the folder is not followed")
        found = path.stat()
    except OSError as error:
        return _refused(place, path, "unreadable", f"it cannot be looked at: {error.strerror}")
    if not stat.S_ISREG(found.st_mode):
        return _refused(place, path, "unsupported", "it is not a regular file (a pipe, socket or device)")
    return File(source_of(place, path), path, f"{found.st_size}:{found.st_mtime_ns}:{found.st_ctime_ns}")


def _refused(place: Place, path: Path, code: ProblemCode, message: str) -> File:
    hint = "Look at its permissions, then run `kgc ingest` again." if code == "unreadable" else ""
    return File(source_of(place, path), path, f"refused:{message}", Problem(code, message, hint=hint))


def _closed(place: Place, folder: Path, error: OSError) -> File:
    message = f"the folder cannot be listed ({error.strerror}); what was read in it before is kept"
    return replace(_refused(place, folder, "unreadable", message), closed=True)


_ESCAPED: Final = re.compile(r"\\x[0-9a-f]{2}")


def source_of(place: Place, path: Path) -> str:
    r"""`<root>/<path>` with forward slashes; bytes that are no UTF-8 stand as `\xff`.

    A name that holds such bytes, or what looks like them, has its backslashes doubled, so that no two names meet.
    """
    return "/".join((place.root, *map(_written, path.relative_to(place.folder).parts)))


def _written(name: str) -> str:
    data = name.encode("utf-8", "surrogateescape")
    plain = data.decode("utf-8", "backslashreplace")
    if not _ESCAPED.search(plain):
        return plain
    return data.replace(b"\\", b"\\\\").decode("utf-8", "backslashreplace")
