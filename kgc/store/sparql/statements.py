"""The SPARQL that kgc writes with, of terms that `kgc.store.rdf.terms` made, which nothing can end early."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import groupby
from typing import Final

from kgc.store.rdf.names import kgc
from kgc.store.rdf.terms import Term, literal
from kgc.store.sparql.rows import ENTITY, PARTS, PLACE, STATEMENT, Row, Space, Target
from kgc.store.targets import Identity

TOKEN: Final = kgc("token")


def deletion(identities: Iterable[Identity], space: Space) -> str:
    """An update that takes rows away, "" for none."""
    found = sorted(identities, key=_kind)
    return ";\n".join(_deleted(kind, graph, list(group), space) for (kind, graph), group in groupby(found, key=_kind))


def insertion(rows: Iterable[Row]) -> str:
    """An update that puts rows there, "" for none."""
    found = sorted(rows, key=lambda row: str(row.identity[1]))
    parts = (
        f"GRAPH {graph} {{\n{''.join(row.text for row in group)}}}"
        for graph, group in groupby(found, key=lambda row: row.identity[1])
    )
    inner = "\n".join(parts)
    return f"INSERT DATA {{\n{inner}\n}}" if inner else ""


def read_marker(target: Target) -> str:
    return f"SELECT ?token WHERE {{ GRAPH {target.marker} {{ {target.main} {TOKEN} ?token }} }}"


def put_marker(target: Target, token: str) -> str:
    return (
        f"DELETE WHERE {{ GRAPH {target.marker} {{ {target.main} {TOKEN} ?token }} }};\n"
        f"INSERT DATA {{ GRAPH {target.marker} {{ {target.main} {TOKEN} {literal(token)} }} }}"
    )


def clear(graphs: Iterable[Term]) -> str:
    """An update that empties graphs; servers that forget empty graphs and those that do not end up alike."""
    return ";\n".join(f"DROP SILENT GRAPH {graph}" for graph in graphs)


def count_entities(target: Target, base: str) -> str:
    """How many entities a workspace has on a server."""
    return (
        f"SELECT (COUNT(DISTINCT ?s) AS ?n) WHERE {{ GRAPH {target.main} {{ ?s a ?c }}"
        f" FILTER(STRSTARTS(STR(?s), {literal(f'{base}entity/')})) }}"
    )


def document_graphs(target: Target) -> str:
    return (
        "SELECT DISTINCT ?g WHERE { GRAPH ?g { ?s ?p ?o }"
        f" FILTER(STRSTARTS(STR(?g), {literal(target.documents)})) }}"
    )


def _kind(identity: Identity) -> tuple[str, str]:
    return str(identity[0]), str(identity[1])


def _deleted(kind: str, graph: Term, identities: list[Identity], space: Space) -> str:
    if kind == STATEMENT:
        told = "".join(f"{s} {p} {v} .\n" for _, _, s, p, v in identities)
        return f"DELETE DATA {{ GRAPH {graph} {{\n{told}}} }}"
    subjects = "\n".join(_subjects(kind, identities))
    pattern = f"GRAPH {graph} {{ ?s ?p ?o }}"
    limit = ""
    if kind == ENTITY:
        limit = "".join(f" FILTER(!STRSTARTS(STR(?p), {literal(namespace)}))" for namespace in space.said)
    return f"DELETE {{ {pattern} }} WHERE {{ VALUES ?s {{\n{subjects}\n}} {pattern}{limit} }}"


def _subjects(kind: str, identities: Iterable[Identity]) -> Iterator[str]:
    for _, _, subject, *_ in identities:
        yield str(subject)
        if kind == PLACE:
            yield from (f"{str(subject)[:-1]}{part}" for part in PARTS)
