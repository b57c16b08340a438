"""A knowledge base on a Neo4j server: its nodes that have a name, read page by page."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Final, Protocol, cast

from kgc.data.knowledge import KbEntry
from kgc.pipeline.importing_neo4j import NAMES
from kgc.store.answer import Rows

PAGE: Final = 5_000
_NODES: Final = (
    "MATCH (n) WHERE elementId(n) > $after AND NOT (n:Chunk OR n:Document OR n:KgcWorkspace)"
    " WITH n ORDER BY elementId(n) LIMIT $page"
    " RETURN elementId(n), labels(n), properties(n),"
    " [(n)--(m) WHERE m.id IS NOT NULL AND NOT (m:Chunk OR m:Document) | toStringOrNull(m.id)][..64]"
    " ORDER BY elementId(n)"
)
_IDS: Final = ("iri", "uri", "id", "wikidata", "code", "key")
_ALIASES: Final = ("aliases", "altLabels", "synonyms", "other_names")
_TOLD: Final = ("description", "definition", "summary", "comment")
_PRIORS: Final = ("prior", "frequency", "count", "popularity")


class Asked(Protocol):
    """A store that answers in Cypher."""

    def query(self, text: str, params: Mapping[str, object], limit: int = ..., timeout: float = ...) -> Rows: ...


def read_kb_neo4j(store: Asked, columns: Mapping[str, str], page: int = PAGE) -> Iterator[KbEntry]:
    """Nodes with a name, in the order of their element ids; `columns` says which property holds what.

    A node's id is its property `iri`, `uri`, `id` and so on, else its element id; its labels are its types.
    """
    after = ""
    while True:
        rows = store.query(_NODES, {"after": after, "page": page}, page, 600.0).rows
        for row in rows:
            if found := _entry(str(row[0]), row[1], row[2], row[3], columns):
                yield found
        if len(rows) < page:
            return
        after = str(rows[-1][0])


def _entry(id_: str, labels: object, properties: object, near: object, columns: Mapping[str, str]) -> KbEntry | None:
    node = cast("Mapping[str, object]", properties)

    def first(field: str, usual: Sequence[str]) -> object:
        names = (columns[field],) if field in columns else usual
        return next((node[name] for name in names if node.get(name) not in (None, "")), None)

    name = first("name", NAMES[:6])
    if not isinstance(name, str) or not name.strip():
        return None
    prior = first("prior", _PRIORS)
    aliases = first("aliases", _ALIASES)
    types = tuple(label for label in cast("Sequence[str]", labels) if label != "Entity")
    return KbEntry(
        str(first("id", _IDS) or id_), name.strip(),
        tuple(dict.fromkeys(_texts(aliases))), types, str(first("description", _TOLD) or ""),
        float(prior) if isinstance(prior, int | float) and prior >= 0 else 0.0,
        tuple(dict.fromkeys(map(str, cast("Sequence[object]", near or ())))), f"node {id_}",
    )  # fmt: skip


def _texts(value: object) -> Iterator[str]:
    for one in value if isinstance(value, list | tuple) else (value,):
        if isinstance(one, str) and one.strip():
            yield one.strip()
