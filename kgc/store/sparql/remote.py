"""A question to a SPARQL server: its answer is read while it comes, and no further than the limit of rows."""

from __future__ import annotations

import time
from typing import IO, Final, cast

import pyoxigraph as rdf

from kgc.errors import StoreError
from kgc.store.answer import Rows
from kgc.store.sparql.guard import names_graphs
from kgc.store.sparql.http import Answer, Http, Late
from kgc.store.sparql.values import Result, first, table

ACCEPT: Final = (
    "application/sparql-results+json, application/n-triples;q=0.9, text/turtle;q=0.8,"
    " application/sparql-results+xml;q=0.5"
)


def ask(http: Http, url: str, query: str, graph: str, limit: int, timeout: float) -> Rows:
    """The rows of a query that `only_reads` has looked at; one that names no graph is asked of `graph`, if given."""
    start = time.perf_counter()
    params = {"default-graph-uri": graph} if graph and not names_graphs(query) else {}
    try:
        with http.ask(url, query, ACCEPT, params, timeout) as answer:
            columns, rows = table(_parsed(answer), query)
            found, more = first(rows, limit)
    except Late as error:
        raise StoreError(
            f"The query took longer than {timeout:g} seconds.", "Narrow it, or raise --timeout."
        ) from error
    except (SyntaxError, ValueError) as error:
        raise StoreError(
            f"The server's answer cannot be read: {error}", "Is it the address of a SPARQL server?"
        ) from error
    return Rows(columns, found, more, time.perf_counter() - start)


def _parsed(answer: Answer) -> Result:
    body = cast("IO[bytes]", answer)  # it is read from, and that alone
    kind = answer.media_type
    results = rdf.QueryResultsFormat.from_media_type(kind)
    if results:
        return rdf.parse_query_results(body, format=results)
    triples = rdf.RdfFormat.from_media_type(kind)
    if triples is None:
        raise StoreError(f"The server answers in {kind or 'no named format'}.", "Is it the address of a SPARQL server?")
    return (quad.triple for quad in rdf.parse(body, format=triples))
