"""Cypher that people write, made ready for the embedded graph: only reading is let through, classes are widened.

A database that is opened read-only still reads and writes files (`LOAD FROM`, `COPY TO`, `EXPORT`), so that the words
of the query are looked at first. A class in a node pattern stands for itself and all below it; `:Entity` for all
entity classes. All work is done on tokens: strings, comments and names in backticks are never taken for words.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from kgc.errors import StoreError, did_you_mean, nearest
from kgc.schema import Schema
from kgc.schema.naming import folded
from kgc.store.catalog import Catalog, catalog
from kgc.store.layout import Layout, layout
from kgc.store.tokens import Token, tokens, written

READS: Final = ("MATCH", "OPTIONAL", "UNWIND", "WITH", "RETURN", "CALL", "EXPLAIN", "PROFILE")
"""What a query may begin with."""

WRITES: Final = frozenset((
    "ALTER", "ANALYZE", "ATTACH", "BEGIN", "CHECKPOINT", "COMMENT", "COMMIT", "COPY", "CREATE", "DELETE", "DETACH",
    "DROP", "EXPORT", "EXTENSION", "FOREACH", "FORCE", "IMPORT", "INSERT", "INSTALL", "LOAD", "MERGE", "REMOVE",
    "RENAME", "ROLLBACK", "SET", "TRUNCATE", "UNINSTALL", "UPDATE", "USE", "VACUUM",
))  # fmt: skip
"""Words that change something, or read and write files."""

CALLS: Final = frozenset(("show_tables", "table_info", "show_functions", "db_version"))
"""Procedures that tell about the graph and nothing else."""

SERVER_CALLS: Final = frozenset((
    "db.labels", "db.relationshiptypes", "db.propertykeys", "db.schema.visualization", "db.schema.nodetypeproperties",
    "db.schema.reltypeproperties", "db.index.fulltext.querynodes", "db.index.fulltext.queryrelationships",
    "db.index.vector.querynodes", "db.index.vector.queryrelationships", "dbms.components", "db.info", "db.ping",
))  # fmt: skip
"""Procedures of a Neo4j server that read the graph and nothing else."""

_NAME_SIGNS: Final = (":", "|", "&")


@dataclass(frozen=True, slots=True)
class Dialect:
    """The tables and names that a query is made ready for."""

    schema: Schema
    tables: Layout
    names: Catalog


def dialect(schema: Schema) -> Dialect:
    tables = layout(schema)
    return Dialect(schema, tables, catalog(tables))


def embedded(text: str, to: Dialect) -> str:
    """The query for the embedded graph. Raises `StoreError` for what is not reading and for unknown classes."""
    found = _statement(tokens(text))
    _only_reads(found)
    return written(_rewritten(found, to))


def only_reads(text: str) -> None:
    """Refuse, with `StoreError`, what is not one statement that reads a Neo4j server's graph and nothing else."""
    _only_reads(_statement(tokens(text)), SERVER_CALLS, subqueries=True)


def _statement(found: list[Token]) -> list[Token]:
    """One statement, without semicolons at its end."""
    while found and (found[-1].kind == "space" or found[-1].is_sign(";")):
        found.pop()
    while found and found[0].kind == "space":
        found.pop(0)
    if not found:
        raise StoreError("The query is empty.", "For example: MATCH (n:Entity) RETURN n.name LIMIT 10")
    if any(t.is_sign(";") for t in found):
        raise StoreError("Only one query at a time can be asked.", "Remove the semicolon and what follows it.")
    return found


def _only_reads(found: list[Token], calls: frozenset[str] = CALLS, *, subqueries: bool = False) -> None:
    if not found[0].says(*READS):
        raise _refusal(found[0].value)
    for at, token in enumerate(found):
        if token.kind != "word" or _is_name(found, at):
            continue
        if token.says(*WRITES):
            raise _refusal(token.value)
        if token.says("CALL"):
            if subqueries and _sign_at(found, _solid(found, at + 1), "{", "("):
                continue
            what = _called(found, at + 1)
            if what.lower() not in calls:
                raise _refusal(f"CALL {what}".strip())


def _called(found: list[Token], at: int) -> str:
    """The dotted name of the procedure that is called."""
    name = ""
    for token in found[at:]:
        if token.kind == "space":
            continue
        if not (token.names or token.is_sign(".")):
            break
        if token.names and name and not name.endswith("."):
            break
        name += token.value
    return name


def _is_name(found: list[Token], at: int) -> bool:
    """Whether a word stands where only a name can: right behind a dot (not a call), behind a colon, or as a map's key.

    A dot with space behind it may end a number (`1. LOAD FROM …`): what follows is then looked at as a command.
    """
    behind = _solid(found, at + 1)
    if at and found[at - 1].is_sign("."):
        return not _sign_at(found, behind, "(")
    before = _before(found, at)
    return (before is not None and before.is_sign(*_NAME_SIGNS)) or _sign_at(found, behind, ":")


def _refusal(word: str) -> StoreError:
    return StoreError(
        f"A query only reads: {word!r} is refused.",
        f"Queries begin with {', '.join(READS[:-1])}; a name that is spelled like a command goes in `backticks`.",
    )


def _rewritten(found: list[Token], to: Dialect) -> Iterator[Token]:
    """Labels widened, types and properties in backticks, `type(r)` as the embedded database calls it."""
    at = 0
    while at < len(found):
        token = found[at]
        yield token
        at += 1
        if token.is_sign("(", "[") and (end := _labels_end(found, at, token.value, _before(found, at - 1))):
            start, stop = end
            yield from found[at:start]
            labels = found[start + 1 : stop]
            yield from _nodes(labels, to) if token.value == "(" else _types(labels, to)
            if labels and labels[-1].kind == "space":
                yield labels[-1]
            at = stop
        elif token.is_sign(".") and at < len(found) and found[at].kind == "word":
            called = _sign_at(found, _solid(found, at + 1), "(")
            yield found[at] if called else Token("name", found[at].value, "")
            at += 1
        elif token.is_sign("{", ",") and _is_key(found, at):
            key = _solid(found, at)
            yield from found[at:key]
            yield Token("name", found[key].value, "")
            at = key + 1
        elif at < len(found) and found[at].says("TYPE") and _sign_at(found, _solid(found, at + 1), "("):
            yield Token("word", "label", "label")
            at += 1


def _labels_end(found: list[Token], at: int, opening: str, before: Token | None) -> tuple[int, int] | None:
    """Where the labels of a pattern begin (the colon) and end, when a pattern with labels is opened here."""
    if opening == "[" and not (before and before.is_sign("-")):
        return None
    start = _solid(found, at)
    if start < len(found) and found[start].names:
        start = _solid(found, start + 1)
    if not _sign_at(found, start, ":"):
        return None
    stop = start + 1
    while stop < len(found) and (
        found[stop].kind == "space" or found[stop].names or found[stop].is_sign(":", "|", "&", "!", "%", "(", ")")
    ):
        if found[stop].says("WHERE") or found[stop].is_sign(")"):
            break
        stop += 1
    return start, stop


def _nodes(labels: Sequence[Token], to: Dialect) -> list[Token]:
    """`:A:B` and `:A&B` ask for both, `:A|B` for either; what is left is written as the tables of all classes meant."""
    together: set[str] | None = None
    for part in _split(labels, ":", "&"):
        either = {label for name in _split(part, "|", ":") for label in _meant(_name(name), to)}
        together = either if together is None else together & either
    order = [label for label in to.names.nodes if label in (together or ())]
    if not order:
        asked = "".join(t.raw for t in labels).strip()
        raise StoreError(f"No node is {asked!r}.", "A node is of one class and the classes above it.")
    return _joined([to.names.nodes[label] for label in order])


def _types(labels: Sequence[Token], to: Dialect) -> list[Token]:
    names = [_name(part) for part in _split(labels, "|", ":")]
    for name in names:
        if name not in to.names.edges:
            alike = [t for t in to.names.edges if folded(t) == folded(name)]
            close = alike or nearest(name, to.names.edges)
            raise StoreError(f"There is no relationship type {name!r}.{did_you_mean(close)}", _known(to.names.edges))
    return _joined([to.names.edges[name] for name in names])


def _meant(name: str, to: Dialect) -> tuple[str, ...]:
    """The labels that a class in a query stands for."""
    if name == "Entity" and name not in to.tables.entities:
        return tuple(to.tables.entities)
    if name in to.tables.entities:
        return (name, *to.schema.descendants(name))
    if name in to.names.nodes:
        return (name,)
    known = ("Entity", *to.names.nodes)
    raise StoreError(f"There is no class {name!r}.{did_you_mean(nearest(name, known))}", _known(known))


def _known(names: Iterable[str]) -> str:
    listed = list(names)
    return f"There are: {', '.join(listed[:40])}{' …' if len(listed) > 40 else ''}."


def _joined(names: Sequence[str]) -> list[Token]:
    found: list[Token] = []
    for at, name in enumerate(names):
        found += [Token("sign", "|" if at else ":", "|" if at else ":"), Token("name", name, "")]
    return found


def _split(found: Sequence[Token], sign: str, other: str) -> list[list[Token]]:
    """The parts between the signs; `other` is the second way to write the sign, or a colon that may follow it."""
    parts: list[list[Token]] = [[]]
    for token in found:
        if token.is_sign(sign) or (token.is_sign(other) and (other != ":" or not parts[-1])):
            if parts[-1]:
                parts.append([])
        elif token.kind != "space":
            parts[-1].append(token)
    return [p for p in parts if p]


def _name(part: Sequence[Token]) -> str:
    if len(part) == 1 and part[0].names:
        return part[0].value
    raise StoreError(f"{''.join(t.raw for t in part)!r} is no label.", "Write labels as `:A`, `:A|B` or `:A:B`.")


def _solid(found: Sequence[Token], at: int) -> int:
    """The next place that is not space."""
    while at < len(found) and found[at].kind == "space":
        at += 1
    return at


def _before(found: Sequence[Token], at: int) -> Token | None:
    return next((t for t in reversed(found[:at]) if t.kind != "space"), None)


def _sign_at(found: Sequence[Token], at: int, *signs: str) -> bool:
    return at < len(found) and found[at].is_sign(*signs)


def _is_key(found: Sequence[Token], at: int) -> bool:
    """Whether a key of a map begins here: a word with a colon behind it."""
    key = _solid(found, at)
    return key < len(found) and found[key].kind == "word" and _sign_at(found, _solid(found, key + 1), ":")
