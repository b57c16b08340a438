"""Run by another Python, where a peer is installed: `python to_neo4j_peer_run.py NAME ROWS.json URI USER`.

Writes the same rows twice and prints the seconds of each, and what the database then holds. The password is in
`NEO4J_PASSWORD`.
"""

from __future__ import annotations

import asyncio
import json
import os
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import neo4j

Rows = dict[str, list[dict[str, Any]]]
BATCH = 5_000


def graphrag(rows: Rows, uri: str, user: str) -> Callable[[], object]:
    from neo4j_graphrag.components.kg_writer import Neo4jWriter  # noqa: PLC0415
    from neo4j_graphrag.components.types import Neo4jGraph, Neo4jNode, Neo4jRelationship  # noqa: PLC0415

    driver = neo4j.GraphDatabase.driver(uri, auth=(user, os.environ["NEO4J_PASSWORD"]))
    nodes = [Neo4jNode(id=n["id"], label=n["label"], properties={"kgc": n["id"], **n["p"]}) for n in rows["nodes"]]
    edges = [
        Neo4jRelationship(start_node_id=e["a"], end_node_id=e["b"], type=e["type"], properties=e["p"])
        for e in rows["edges"]
    ]
    graph = Neo4jGraph(nodes=nodes, relationships=edges)

    def write() -> object:
        done = asyncio.run(Neo4jWriter(driver, batch_size=BATCH).run(graph))
        if done.status != "SUCCESS":
            raise RuntimeError(f"{done.status}: {done.metadata}")
        return done

    return write


def langchain(rows: Rows, uri: str, user: str) -> Callable[[], object]:
    from langchain_core.documents import Document  # noqa: PLC0415
    from langchain_neo4j import Neo4jGraph  # noqa: PLC0415
    from langchain_neo4j.graphs.graph_document import GraphDocument, Node, Relationship  # noqa: PLC0415

    graph = Neo4jGraph(url=uri, username=user, password=os.environ["NEO4J_PASSWORD"], refresh_schema=False)
    nodes = {n["id"]: Node(id=n["id"], type=n["label"], properties=dict(n["p"])) for n in rows["nodes"]}
    edges = [Relationship(source=nodes[e["a"]], target=nodes[e["b"]], type=e["type"], properties=e["p"])
             for e in rows["edges"]]  # fmt: skip
    source = Document("")
    parts = [GraphDocument(nodes=part, relationships=[], source=source) for part in cut(list(nodes.values()))]
    parts += [GraphDocument(nodes=[], relationships=part, source=source) for part in cut(edges)]
    return lambda: graph.add_graph_documents(parts, baseEntityLabel=True)


def llama(rows: Rows, uri: str, user: str) -> Callable[[], object]:
    from llama_index.core.graph_stores.types import EntityNode, Relation  # noqa: PLC0415
    from llama_index.graph_stores.neo4j import Neo4jPropertyGraphStore  # noqa: PLC0415

    store = Neo4jPropertyGraphStore(user, os.environ["NEO4J_PASSWORD"], uri, refresh_schema=False)
    nodes = [EntityNode(name=n["id"], label=n["label"], properties=dict(n["p"])) for n in rows["nodes"]]
    edges = [Relation(label=e["type"], source_id=e["a"], target_id=e["b"], properties=e["p"]) for e in rows["edges"]]

    def write() -> None:
        store.upsert_nodes(nodes)
        store.upsert_relations(edges)

    return write


def cut(rows: list[Any]) -> Iterator[list[Any]]:
    for start in range(0, len(rows), BATCH):
        yield rows[start : start + BATCH]


def main(name: str, file: str, uri: str, user: str) -> None:
    rows: Rows = json.loads(Path(file).read_text(encoding="utf-8"))
    write = {"graphrag": graphrag, "langchain": langchain, "llama-index": llama}[name](rows, uri, user)
    found: dict[str, object] = {}
    for turn in ("first", "again"):
        start, used = time.perf_counter(), time.process_time()
        try:
            write()
        except Exception as error:  # noqa: BLE001  # whatever a peer raises is its result
            found["error"] = f"{type(error).__name__}: {error}"[:200]
            break
        found[turn], found[f"{turn}_client"] = time.perf_counter() - start, time.process_time() - used
    with neo4j.GraphDatabase.driver(uri, auth=(user, os.environ["NEO4J_PASSWORD"])) as driver:
        [[found["nodes"]]] = driver.execute_query("MATCH (n) RETURN count(n)").records
        [[found["edges"]]] = driver.execute_query("MATCH ()-[r]->() RETURN count(r)").records
    print(json.dumps(found))


if __name__ == "__main__":
    main(*sys.argv[1:])
