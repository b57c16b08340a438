"""The Cypher that kgc writes with: labels, types and keys are checked names of the schema, values are parameters."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from kgc.store.catalog import quoted
from kgc.store.layout import Layout
from kgc.store.rows import Key
from kgc.store.targets import Identity

MARKER: Final = "KgcWorkspace"
"""The label of the node that says which workspace wrote here, and whether its memory still fits."""
NAMES: Final = "kgc_names"
"""The full-text index over names and aliases."""
_KEYS: Final[dict[str, tuple[str, ...]]] = {"FROM_DOCUMENT": (), "MENTIONS": ("start", "end")}
"""What tells apart the relationships of one type between the same two nodes; elsewhere it is the id."""

_CHANGED: Final = (
    "WHERE NOT $owner IN coalesce(x.owners, [])"
    " OR any(k IN $keys WHERE NOT coalesce(x[k] = row.p[k], x[k] IS NULL AND row.p[k] IS NULL))"
    " SET x += row.p,"
    " x.owners = CASE WHEN $owner IN coalesce(x.owners, []) THEN x.owners ELSE coalesce(x.owners, []) + $owner END"
)
"""Sets properties where any differs, so that the counters of an unchanged graph are all zero."""
_NEW: Final = (
    " ON CREATE SET x += row.p, x.owners = [$owner]"
    " ON MATCH SET x += $none, x += row.p, x.owners ="
    " CASE WHEN $owner IN coalesce(x.owners, []) THEN x.owners ELSE coalesce(x.owners, []) + $owner END"
)
"""Sets properties without looking; `$none` has all keys, since `row.p` leaves out those without a value."""
_LET_GO: Final = " SET x.owners = [o IN x.owners WHERE o <> $owner]"


def keys_of(type_: str) -> tuple[str, ...]:
    return _KEYS.get(type_, ("id",))


@dataclass(frozen=True, slots=True)
class Statements:
    """Statements for the tables of one schema."""

    tables: Layout

    def constraints(self) -> tuple[str, ...]:
        """Unique ids; made where absent, before anything is written."""
        return tuple(
            f"CREATE CONSTRAINT IF NOT EXISTS FOR (n:{quoted(label)}) REQUIRE n.id IS UNIQUE"
            for label in ("Entity", *self.tables.events, *self.tables.texts, MARKER)
        )

    def root(self, label: str) -> str:
        """The label whose ids are unique."""
        return "Entity" if label in self.tables.entities else label

    def put_nodes(self, label: str, *, new: bool) -> str:
        """Merge `$rows` of (id, p), with the label and those above it; an entity loses the labels of another class.

        `new` rows are not known to be there.
        """
        root = self.root(label)
        table = self.tables.nodes()[label]
        own = [label, *(above for above in table.above if above != root)]
        others = [other for other in self.tables.entities if other not in own] if root == "Entity" else []
        labels = "" if own == [root] else " SET x" + "".join(f":{quoted(o)}" for o in own)
        labels += " REMOVE x" + "".join(f":{quoted(o)}" for o in others) if others else ""
        return f"UNWIND $rows AS row MERGE (x:{quoted(root)} {{id: row.id}}){_put(labels, new)}"

    def put_edges(self, key: Key, *, new: bool) -> str:
        """Merge `$rows` of (a, b, the type's keys, p)."""
        type_, head, tail = key
        return (
            f"UNWIND $rows AS row MATCH (a:{quoted(self.root(head))} {{id: row.a}})"
            f" MATCH (b:{quoted(self.root(tail))} {{id: row.b}})"
            f" MERGE (a)-[x:{quoted(type_)}{_told(type_)}]->(b){_put('', new)}"
        )

    def drop_nodes(self, root: str) -> tuple[str, ...]:
        """Remove `$rows` of (id): what somebody else tied to them, or owns too, keeps them there."""
        start = f"UNWIND $rows AS row MATCH (x:{quoted(root)} {{id: row.id}})"
        return (
            f"{start} WHERE x.owners = [$owner] AND NOT EXISTS {{ (x)--() }} DELETE x",
            f"{start} WHERE $owner IN x.owners{_LET_GO}",
        )

    def drop_edges(self, type_: str, head: str, tail: str) -> tuple[str, ...]:
        """Remove `$rows` of (a, b, the type's keys)."""
        start = (
            f"UNWIND $rows AS row MATCH (:{quoted(head)} {{id: row.a}})-[x:{quoted(type_)}{_told(type_)}]->"
            f"(:{quoted(tail)} {{id: row.b}})"
        )
        return (
            f"{start} WHERE x.owners = [$owner] DELETE x",
            f"{start} WHERE $owner IN x.owners{_LET_GO}",
        )


OWN_NODES: Final = f"MATCH (n) WHERE $owner IN n.owners AND NOT n:{MARKER} RETURN labels(n) AS labels, n.id AS id"
OWN_EDGES: Final = (
    "MATCH (a)-[r]->(b) WHERE $owner IN r.owners RETURN type(r) AS type, labels(a) AS from, labels(b) AS to,"
    " a.id AS a, b.id AS b, r.id AS id, r.start AS start, r.end AS end"
)
READ_MARKER: Final = f"MATCH (m:{MARKER} {{id: $owner}}) RETURN m.token AS token"
PUT_MARKER: Final = f"MERGE (m:{MARKER} {{id: $owner}}) SET m.token = $token, m.written_by = 'kgc'"


INDEXES: Final = (
    "CREATE INDEX IF NOT EXISTS FOR (n:Entity) ON (n.name)",
    f"CREATE FULLTEXT INDEX {NAMES} IF NOT EXISTS FOR (n:Entity) ON EACH [n.name, n.aliases]",
)
"""Indexes over names; made where absent, after a write: to fill one at once takes less than to keep it all along."""
AWAIT: Final = "CALL db.awaitIndexes(600)"


def _put(labels: str, new: bool) -> str:
    return f"{_NEW}{labels}" if new else f"{labels} WITH x, row {_CHANGED}"


def _told(type_: str) -> str:
    keys = ", ".join(f"{quoted(k)}: row.{quoted(k)}" for k in keys_of(type_))
    return f" {{{keys}}}" if keys else ""


def node_identity(root: str, id_: str) -> Identity:
    return (root, id_)


def edge_identity(type_: str, head: str, tail: str, a: str, b: str, keys: Identity) -> Identity:
    return (type_, head, tail, a, b, *keys)


def as_row(identity: Identity) -> dict[str, str | int]:
    """The row that tells of a thing to be removed."""
    if len(identity) == 2:
        return {"id": identity[1]}
    type_, _, _, a, b, *keys = identity
    return {"a": a, "b": b, **dict(zip(keys_of(str(type_)), keys, strict=True))}
