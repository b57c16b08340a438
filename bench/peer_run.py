"""Run by another Python, where a peer is installed: `python peer_run.py NAME FOLDER URL IN_FLIGHT`."""

from __future__ import annotations

import asyncio
import json
import sys
from pathlib import Path

KINDS = ["Person", "Company", "Location", "Product", "Industry"]
RELATIONS = [
    "WorksFor", "LeaderOf", "BoardMemberOf", "FounderOf", "BasedIn", "LocatedIn", "PartOf", "Acquired", "InvestedIn",
    "PartnerOf", "CompetesWith", "Supplies", "Produces", "ActiveIn", "Sued",
]  # fmt: skip


async def langchain(texts: list[str], url: str, in_flight: int) -> int:
    from langchain_core.documents import Document  # noqa: PLC0415
    from langchain_experimental.graph_transformers import LLMGraphTransformer  # noqa: PLC0415
    from langchain_openai import ChatOpenAI  # noqa: PLC0415

    model = ChatOpenAI(model="gpt-5-mini", base_url=url, api_key="none", max_retries=0)
    transformer = LLMGraphTransformer(model, allowed_nodes=KINDS, allowed_relationships=RELATIONS)
    slots = asyncio.Semaphore(in_flight)

    async def one(text: str) -> int:
        async with slots:
            graph = await transformer.aprocess_response(Document(page_content=text))
            return len(graph.relationships)

    return sum(await asyncio.gather(*(one(text) for text in texts)))


async def graphrag(texts: list[str], url: str, in_flight: int) -> int:
    from neo4j_graphrag.components.entity_relation_extractor import LLMEntityRelationExtractor  # noqa: PLC0415
    from neo4j_graphrag.components.types import TextChunk, TextChunks  # noqa: PLC0415
    from neo4j_graphrag.llm import OpenAILLM  # noqa: PLC0415

    model = OpenAILLM(
        "gpt-5-mini", model_params={"response_format": {"type": "json_object"}}, base_url=url, api_key="none"
    )
    extractor = LLMEntityRelationExtractor(model, create_lexical_graph=False, max_concurrency=in_flight)
    chunks = TextChunks(chunks=[TextChunk(text=text, index=n) for n, text in enumerate(texts)])
    return len((await extractor.run(chunks)).relationships)


def main(name: str, folder: str, url: str, in_flight: str) -> None:
    texts = [p.read_text(encoding="utf-8") for p in sorted(Path(folder).rglob("*.txt"))]
    found = asyncio.run({"langchain": langchain, "graphrag": graphrag}[name](texts, url, int(in_flight)))
    print(json.dumps({"relations": found}))


if __name__ == "__main__":
    main(*sys.argv[1:])
