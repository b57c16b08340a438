"""Where a SPARQL server takes questions, changes and triples, by the address that people know it by."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import urlsplit

from kgc.errors import StoreError

EXAMPLE = "For example: http://localhost:3030/kg"


@dataclass(frozen=True, slots=True)
class Endpoints:
    """Addresses of the SPARQL 1.1 protocol; `data` is that of the Graph Store Protocol, "" where it is not known."""

    query: str
    update: str
    data: str = ""


def endpoints(uri: str, update_url: str = "", query_url: str = "") -> Endpoints:
    """The addresses of a server; what is given beside goes before what is usual for its kind.

    `/repositories/NAME` is GraphDB's and RDF4J's, a bare host Oxigraph's, one that ends in `/sparql` takes everything
    (Virtuoso, Blazegraph), all else is a dataset as Fuseki has them. Raises `StoreError` for what is no address.

    >>> endpoints("http://localhost:3030/kg").update
    'http://localhost:3030/kg/update'
    """
    for url in filter(None, (uri, update_url, query_url)):
        _must_be_plain(url)
    usual = _usual(uri.rstrip("/"))
    return Endpoints(query_url or usual.query, update_url or usual.update, "" if update_url else usual.data)


def _usual(uri: str) -> Endpoints:
    path = urlsplit(uri).path
    if "/repositories/" in path:
        return Endpoints(uri, f"{uri}/statements", f"{uri}/rdf-graphs/service")
    if not path:
        return Endpoints(f"{uri}/query", f"{uri}/update", f"{uri}/store")
    if path.endswith("/sparql"):
        return Endpoints(uri, uri)
    return Endpoints(f"{uri}/sparql", f"{uri}/update", f"{uri}/data")


def _must_be_plain(url: str) -> None:
    try:
        parts = urlsplit(url)
        known = parts.scheme in ("http", "https") and bool(parts.hostname) and (parts.port is None or parts.port > 0)
    except ValueError as error:
        raise StoreError(f"{url!r} is no address of a SPARQL server: {error}", EXAMPLE) from error
    if not known or any(c.isspace() or not c.isprintable() for c in url):
        raise StoreError(f"{url!r} is no address of a SPARQL server.", EXAMPLE)
    if parts.username is not None or parts.password is not None:
        shown = url.replace(parts.netloc, parts.netloc.rpartition("@")[2])
        raise StoreError(f"An address holds no user and no password: {shown}", "Give --user and --password-env.")
    if parts.query or parts.fragment:
        raise StoreError(f"{url!r} has more than an address.", "Leave out what follows ? or #.")
