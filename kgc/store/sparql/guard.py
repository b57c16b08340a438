"""What a question in SPARQL may not do: change something, ask other servers, or fetch graphs from elsewhere."""

from __future__ import annotations

from typing import Final

from kgc.errors import StoreError, did_you_mean, nearest
from kgc.store.sparql.tokens import Token, tokens, written

FORMS: Final = ("SELECT", "ASK", "CONSTRUCT", "DESCRIBE")
PROLOGUE: Final = ("BASE", "PREFIX", "VERSION")
CHANGES: Final = frozenset(
    ("INSERT", "DELETE", "LOAD", "CLEAR", "DROP", "CREATE", "ADD", "MOVE", "COPY", "WITH", "USING", "INTO", "DEFINE")
)
"""Words of updates, which no question has, and Virtuoso's word for switches."""
CALLS: Final = ("java:", "bif:", "sql:")
"""What begins the names of functions that run code of the server."""


def only_reads(text: str, own: str = "") -> str:
    """The query as it may be sent. `own` is the graph that is asked; it and those below may be named by `FROM`.

    It is read as tokens and put together anew from them, so that no server sees another query than was looked at.
    Raises `StoreError`.
    """
    found = tokens(text)
    solid = [token for token in found if token.kind != "space"]
    form = _form(solid)
    if not form.says(*FORMS):
        close = did_you_mean(nearest(form.value.upper(), FORMS))
        raise StoreError(
            f"A question begins with {', '.join(FORMS)}, not with {form.raw[:20]!r}.{close}", "Nothing can be changed."
        )
    for at, token in enumerate(solid):
        _check(token, solid[at + 1 :], own)
    return written(found)


def names_graphs(text: str) -> bool:
    """Whether a query says itself which graphs it is about."""
    return any(token.says("FROM", "GRAPH") for token in tokens(text))


def variables(text: str) -> tuple[str, ...]:
    """The variables of a query in the order in which they come, without their sign."""
    return tuple(dict.fromkeys(token.value[1:] for token in tokens(text) if token.kind == "variable"))


def _form(solid: list[Token]) -> Token:
    """The word behind the prologue."""
    at = 0
    while at < len(solid) and solid[at].says(*PROLOGUE):
        at += 3 if solid[at].says("PREFIX") else 2
    if at >= len(solid):
        raise StoreError("There is no question.", 'For example: "SELECT * WHERE { ?s ?p ?o } LIMIT 10"')
    return solid[at]


def _check(token: Token, rest: list[Token], own: str) -> None:
    """Raises for a word that may not be there.

    Some parsers need no space behind a word, so that `SERVICEex:a` asks `ex:a`: a word or prefix may not hold it.
    """
    head = token.value.partition(":")[0] if token.kind == "name" else token.value
    if token.kind in ("word", "name") and "SERVICE" in head.upper():
        raise StoreError(
            f"{token.raw!r}: other servers are not asked.", "Leave SERVICE out, also as a part of a prefix."
        )
    if token.kind == "word" and token.value.upper() in CHANGES:
        raise StoreError(f"{token.value} has no place in a question.", "Nothing can be changed by a query.")
    if token.kind in ("iri", "name") and token.value.lower().startswith(CALLS):
        raise StoreError(f"{token.raw} would run code of the server.", "Use the functions of SPARQL itself.")
    if token.says("FROM"):
        _from(rest, own)
    elif token.kind in ("word", "name") and head.upper().startswith("FROM"):
        raise StoreError(f"{token.raw!r}: graphs are named by their whole IRI.", "Write FROM <…>.")


def _from(rest: list[Token], own: str) -> None:
    named = rest[1:] if rest and rest[0].says("NAMED") else rest
    if own and named and named[0].kind == "iri" and (named[0].value == own or named[0].value.startswith(f"{own}/")):
        return
    here = f"Graphs here: <{own}> and those below it." if own else "Leave FROM out."
    raise StoreError(
        "FROM names a graph that is not one of this workspace.", f"{here} GRAPH reaches all that the server has."
    )
