"""A graph from a file of RDF: parsed as a stream into a database on disk, then read subject by subject.

What kgc itself exported is understood whole: facts with their confidence and evidence, events, amounts. Nothing is
fetched from anywhere: neither what `owl:imports` names nor the context of a JSON-LD file.
"""

from __future__ import annotations

import gzip
import json
import sqlite3
import zlib
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from typing import IO, TYPE_CHECKING, Final, cast

from kgc.errors import KgcError, MissingPackage
from kgc.load.graph_rdf_words import AMOUNT, OBJECT, PREDICATE, REIFIES, SUBJECT, TYPE
from kgc.load.graph_records import Record

if TYPE_CHECKING:
    import pyoxigraph

Row = tuple[str, str, str, int, str, str, str]
"""Subject, property, value, kind of value, its datatype, its language, the graph ("" for the default one)."""
Encoded = tuple[str, int, str, str]

IRI, BLANK, TEXT, TRIPLE = range(4)
FORMATS: Final = {
    ".ttl": "TURTLE", ".turtle": "TURTLE", ".nt": "N_TRIPLES", ".nq": "N_QUADS", ".trig": "TRIG", ".rdf": "RDF_XML",
    ".owl": "RDF_XML", ".jsonld": "JSON_LD",
}  # fmt: skip
SUFFIXES: Final = tuple(FORMATS)
BASE: Final = "https://kgc.example/"
"""What relative IRIs are resolved by: not the file's path, which differs from machine to machine."""
BATCH: Final = 10_000
_PLAIN: Final = "http://www.w3.org/2001/XMLSchema#string"
_SORTED: Final = "SELECT DISTINCT * FROM quad ORDER BY s, p, kind, o, datatype, lang, g"


def read_rdf(path: Path) -> Iterator[Record]:
    """The records of a file, `.gz` or not, in the order of its subjects.

    Raises `KgcError` with the line where the file is not what its suffix says, before anything is yielded, and
    `MissingPackage` without pyoxigraph.
    """
    from kgc.load.graph_rdf_subjects import Subjects  # noqa: PLC0415 -- imports this module

    with closing(sqlite3.connect("", check_same_thread=False)) as quads:  # on disk, and gone when it is closed
        fill(quads, path)
        _index(quads)
        yield from Subjects(quads).records(quads.execute(_SORTED))


def fill(quads: sqlite3.Connection, path: Path) -> None:
    """Put the statements of a file into a new table `quad`, a row each. Raises as `read_rdf` does."""
    quads.execute("PRAGMA cache_size = -65536")
    quads.execute("PRAGMA synchronous = OFF")
    quads.execute("CREATE TABLE quad (s TEXT, p TEXT, o TEXT, kind INTEGER, datatype TEXT, lang TEXT, g TEXT)")
    batch: list[Row] = []
    for row in _rows(path):
        batch.append(row)
        if len(batch) >= BATCH:
            quads.executemany("INSERT INTO quad VALUES (?, ?, ?, ?, ?, ?, ?)", batch)
            batch.clear()
    quads.executemany("INSERT INTO quad VALUES (?, ?, ?, ?, ?, ?, ?)", batch)


def _index(quads: sqlite3.Connection) -> None:
    """What subjects are looked up by, and which statements and amounts have a node of their own."""
    quads.execute("CREATE INDEX quad_s ON quad (s)")
    quads.execute("CREATE TABLE amount (s TEXT PRIMARY KEY) WITHOUT ROWID")
    quads.execute("INSERT OR IGNORE INTO amount SELECT s FROM quad WHERE p = ? AND o = ?", (TYPE, AMOUNT))
    quads.execute("CREATE TABLE told (s TEXT, p TEXT, o TEXT, PRIMARY KEY (s, p, o)) WITHOUT ROWID")
    quads.execute(
        "INSERT OR IGNORE INTO told SELECT b.o, c.o, d.o FROM quad b JOIN quad c ON c.s = b.s AND c.p = ?"
        " JOIN quad d ON d.s = b.s AND d.p = ? WHERE b.p = ?",
        (PREDICATE, OBJECT, SUBJECT),
    )
    inner = quads.execute("SELECT o FROM quad WHERE p = ? AND kind = ?", (REIFIES, TRIPLE))
    triples = (json.loads(row[0]) for row in inner)
    quads.executemany("INSERT OR IGNORE INTO told VALUES (?, ?, ?)", ((t[0], t[1], t[2]) for t in triples))


def _rows(path: Path) -> Iterator[Row]:
    try:
        import pyoxigraph  # noqa: PLC0415 -- an optional package
    except ModuleNotFoundError as error:
        raise MissingPackage("Reading RDF", "rdf") from error
    inner = Path(path.stem) if path.suffix == ".gz" else path
    form = getattr(pyoxigraph.RdfFormat, FORMATS[inner.suffix.lower()])
    encode = _encoder(pyoxigraph.NamedNode, pyoxigraph.BlankNode, pyoxigraph.Literal)
    default = pyoxigraph.DefaultGraph
    try:
        with _opened(path) as file:
            for quad in pyoxigraph.parse(file, form, base_iri=BASE):
                graph = quad.graph_name
                told = "" if isinstance(graph, default) else encode(graph)[0]
                yield encode(quad.subject)[0], quad.predicate.value, *encode(quad.object), told
    except SyntaxError as error:
        raise KgcError(f"{path.name}: {error.msg}.", "Correct the file; nothing of it was taken over.") from error
    except (OSError, EOFError, zlib.error, ValueError) as error:
        raise KgcError(f"{str(path)!r} cannot be read: {error}.", "Check the file.") from error


def _opened(path: Path) -> IO[bytes]:
    return cast("IO[bytes]", gzip.open(path)) if path.suffix == ".gz" else path.open("rb")


def _encoder(
    node: type[pyoxigraph.NamedNode], blank: type[pyoxigraph.BlankNode], literal: type[pyoxigraph.Literal]
) -> Callable[[pyoxigraph.NamedNode | pyoxigraph.BlankNode | pyoxigraph.Literal | pyoxigraph.Triple], Encoded]:
    """Terms as columns. A triple within a triple is JSON: subject, property, value, its kind, datatype, language."""

    def encode(term: pyoxigraph.NamedNode | pyoxigraph.BlankNode | pyoxigraph.Literal | pyoxigraph.Triple) -> Encoded:
        if isinstance(term, node):
            return term.value, IRI, "", ""
        if isinstance(term, literal):
            datatype = term.datatype.value
            return term.value, TEXT, "" if datatype == _PLAIN else datatype, term.language or ""
        if isinstance(term, blank):
            return f"_:{term.value}", BLANK, "", ""
        inner = (  # what is none of the three is a triple; pyright does not follow `isinstance` of a variable
            encode(term.subject)[0],  # pyright: ignore[reportAttributeAccessIssue]
            term.predicate.value,  # pyright: ignore[reportAttributeAccessIssue]
            *encode(term.object),  # pyright: ignore[reportAttributeAccessIssue]
        )
        return json.dumps(inner, ensure_ascii=False), TRIPLE, "", ""

    return encode
