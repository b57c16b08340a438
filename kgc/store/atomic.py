"""Files that appear whole or not at all."""

from __future__ import annotations

import gzip
import io
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TextIO

from kgc.errors import StoreError


@contextmanager
def replacing(path: Path) -> Iterator[Path]:
    """A free path beside `path`, moved there when the block ends well and removed when it does not.

    The file is on the disk before it is moved. What killed runs left behind is removed first. Raises `StoreError`
    for a folder in the way and for a place that cannot be written.
    """
    if path.is_dir():
        raise StoreError(f"{str(path)!r} is a folder.", "Name a file.")
    if not path.parent.is_dir():
        raise StoreError(f"There is no folder {str(path.parent)!r} to write to.", "Make it, or name another place.")
    draft = path.with_name(f".{path.name}.{os.getpid()}.part")
    try:
        sweep(path)
        yield draft
        flush(draft)
        draft.replace(path)
        flush(path.parent)
    except PermissionError as error:
        raise StoreError(f"{str(path)!r} cannot be written: {error.strerror}.", "Name another place.") from error
    finally:
        remove(draft)


def sweep(path: Path) -> None:
    """Remove drafts of `path` whose process is gone."""
    for left in path.parent.glob(f".{_plain(path.name)}.*.part*"):
        number = left.name.removeprefix(f".{path.name}.").partition(".")[0]
        if number.isdigit() and int(number) != os.getpid() and not _alive(int(number)):
            remove(left)


def remove(draft: Path) -> None:
    """Remove a draft, whatever became of it, with what a database laid beside it."""
    for left in (draft, *draft.parent.glob(f"{_plain(draft.name)}.*")):
        if left.is_dir():
            for inner in left.iterdir():
                inner.unlink()
            left.rmdir()
        else:
            left.unlink(missing_ok=True)


def flush(path: Path) -> None:
    """Wait until a file or a folder is on the disk."""
    number = os.open(path, os.O_RDONLY)
    try:
        os.fsync(number)
    finally:
        os.close(number)


def _plain(name: str) -> str:
    """A name that a pattern takes literally."""
    return "".join(f"[{c}]" if c in "*?[" else c for c in name)


def _alive(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True


@contextmanager
def writing(path: Path, zipped: bool, bom: bool = False) -> Iterator[TextIO]:
    """A UTF-8 text file with `\\n` at the ends of lines, zipped without a date so that its bytes do not vary."""
    encoding = "utf-8-sig" if bom else "utf-8"
    with path.open("wb") as raw:
        if not zipped:
            with io.TextIOWrapper(raw, encoding, newline="") as plain:
                yield plain
            return
        with (
            gzip.GzipFile(filename="", fileobj=raw, mode="wb", mtime=0) as packed,
            io.TextIOWrapper(packed, encoding, newline="") as text,
        ):
            yield text
