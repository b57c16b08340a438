"""All that a SPARQL server holds, whatever the graph, streamed."""

from __future__ import annotations

from collections.abc import Iterator
from typing import IO, Final, cast

import pyoxigraph as ox

from kgc.errors import StoreError
from kgc.store.sparql.endpoints import endpoints
from kgc.store.sparql.http import PATIENCE, Access, Http, Late

ALL: Final = "CONSTRUCT { ?s ?p ?o } WHERE { { ?s ?p ?o } UNION { GRAPH ?g { ?s ?p ?o } } }"


def dump(uri: str, access: Access) -> Iterator[ox.Quad]:
    """Each statement, some of them more than once.

    Raises `StoreError` for a server that does not answer, or not in N-Triples, or not to the end.
    """
    with Http(access) as http:
        try:
            with http.ask(endpoints(uri).query, ALL, "application/n-triples", {}, PATIENCE) as answer:
                if answer.media_type not in {"application/n-triples", "text/plain"}:
                    raise StoreError(f"{uri} answers in {answer.media_type}.", "Is it the address of a SPARQL server?")
                yield from ox.parse(cast("IO[bytes]", answer), format=ox.RdfFormat.N_TRIPLES)
        except Late as error:
            raise StoreError(
                f"{uri} took longer than {PATIENCE:g} seconds.", "Export, and validate the file."
            ) from error
        except SyntaxError as error:
            raise StoreError(f"The answer of {uri} cannot be read: {error}", "Validate a file instead.") from error
