"""Files of RDF, read by pyoxigraph: nothing is fetched, and a mistake is told with its line."""

from __future__ import annotations

import gzip
import io
from collections.abc import Iterator
from pathlib import Path
from typing import IO, Final

import pyoxigraph as ox

from kgc.errors import StoreError, did_you_mean, nearest

FORMATS: Final = {
    ".ttl": "TURTLE", ".nt": "N_TRIPLES", ".nq": "N_QUADS", ".trig": "TRIG", ".n3": "N3", ".rdf": "RDF_XML",
    ".xml": "RDF_XML", ".owl": "RDF_XML", ".rdfs": "RDF_XML", ".jsonld": "JSON_LD",
}  # fmt: skip
"""Suffixes of RDF, and the reader of each; `.owl` and the like may hold Turtle as well."""
_OTHERS: Final = {
    b"Prefix(": "OWL functional syntax", b"Ontology(": "OWL functional syntax", b"Prefix:": "Manchester syntax",
    b"format-version:": "OBO", b"<Ontology": "OWL/XML", b"<!DOCTYPE html": "a web page", b"<html": "a web page",
}  # fmt: skip


def parsed(path: Path) -> Iterator[ox.Quad]:
    """The statements of a file, streamed in its order. Relative IRIs are those of `urn:file:`.

    Raises `StoreError` for a file that is not there, is of another format, or has a mistake (with its line).
    """
    with _open(path) as file:
        format_ = _format(path, file.peek(4096)[:4096])  # type: ignore[attr-defined]
        try:
            yield from ox.parse(file, format=format_, base_iri="urn:file:/")
        except SyntaxError as error:
            line = f":{error.lineno}" if error.lineno else ""
            raise StoreError(f"{path}{line}: {error.msg}.", "Correct the file, or convert it to Turtle.") from error
        except (OSError, EOFError, UnicodeDecodeError) as error:
            raise StoreError(f"{path} cannot be read: {error}.", "Check the file.") from error


def _open(path: Path) -> IO[bytes]:
    try:
        if path.suffix == ".gz":
            return io.BufferedReader(gzip.open(path))
        return path.open("rb")
    except OSError as error:
        raise StoreError(f"{str(path)!r} cannot be read: {error.strerror}.", "Check the path.") from error


def _format(path: Path, start: bytes) -> ox.RdfFormat:
    suffix = (Path(path.stem) if path.suffix == ".gz" else path).suffix.lower()
    head = start.removeprefix(b"\xef\xbb\xbf").lstrip()
    for mark, told in _OTHERS.items():
        if head.startswith(mark) or (mark == b"<Ontology" and b"<Ontology" in head):
            raise StoreError(f"{path} is {told}, which is not read.", "Save it as Turtle or RDF/XML (Protégé, ROBOT).")
    if suffix not in FORMATS:
        close = did_you_mean(nearest(suffix, FORMATS)) if suffix else ""
        raise StoreError(f"{path.name!r} has no suffix of RDF.{close}", f"Known: {', '.join(FORMATS)}, and .gz.")
    name = FORMATS[suffix]
    if name == "RDF_XML" and (not head.startswith(b"<") or head.startswith((b"<http", b"<urn"))):
        name = "TURTLE"
    found: ox.RdfFormat = getattr(ox.RdfFormat, name)
    return found
