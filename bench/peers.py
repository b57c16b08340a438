"""Two other extractors on the same documents and the same server: `python bench/peers.py [DOCUMENTS:IN_FLIGHT]`.

LangChain's LLMGraphTransformer and neo4j-graphrag's LLMEntityRelationExtractor, installed in a virtual environment of
their own (`PEERS_PYTHON`, by default `.work/bench/peers/bin/python`):

    uv venv .work/bench/peers
    uv pip install --python .work/bench/peers/bin/python \\
        langchain-experimental langchain-openai 'neo4j-graphrag[openai]'

The server gives each the same facts in the form it asks for. Both only extract: no reading of folders, no evidence, no
ledger, no resolution, no graph is in their figures. kgc's has all of it.
"""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

if __name__ == "__main__":
    sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from bench import corpus
from bench.ingest import LATENCY, PER_TOKEN, made
from bench.measure import REPOSITORY, WORK, load, run, schedule, table
from kgc.llm.estimate import tokens
from kgc.testing.script import Script, Turn
from kgc.testing.server import Server

HEAD = ("extractor", "documents", "in flight", "wall s", "ideal s", "efficiency", "CPU ms/call", "peak MiB",
        "completion/doc", "prompt/call", "relations", "load")  # fmt: skip
DRIVER = REPOSITORY / "bench" / "peer_run.py"


def python() -> Path:
    return Path(os.environ.get("PEERS_PYTHON", WORK / "peers" / "bin" / "python"))


def as_langchain(turns: Sequence[Turn]) -> str:
    """Nodes, and relationships that repeat the name and type of both ends; facts with a literal are left out."""
    facts = [f for f in corpus.read_text(turns[-1].content) if f.tail_type]
    nodes = dict.fromkeys(end for f in facts for end in ((f.head, f.head_type), (f.tail, f.tail_type)))
    value = {
        "nodes": [{"id": name, "type": kind} for name, kind in nodes],
        "relationships": [
            {
                "source_node_id": f.head, "source_node_type": f.head_type, "target_node_id": f.tail,
                "target_node_type": f.tail_type, "type": f.relation,
            }
            for f in facts
        ],
    }  # fmt: skip
    return json.dumps(value, ensure_ascii=False)


def as_graphrag(turns: Sequence[Turn]) -> str:
    """Numbered nodes with properties, and relationships between the numbers."""
    facts = list(corpus.read_text(turns[-1].content))
    ends = ((f.head, f.head_type) for f in facts), ((f.tail, f.tail_type) for f in facts if f.tail_type)
    numbers = {end: str(n) for n, end in enumerate(dict.fromkeys(e for group in ends for e in group))}
    own: dict[tuple[str, str], dict[str, str]] = {end: {"name": end[0]} for end in numbers}
    for f in facts:
        if not f.tail_type:
            own[f.head, f.head_type][f.relation] = f.tail
    value = {
        "nodes": [{"id": n, "label": end[1], "properties": own[end]} for end, n in numbers.items()],
        "relationships": [
            {
                "type": f.relation, "start_node_id": numbers[f.head, f.head_type],
                "end_node_id": numbers[f.tail, f.tail_type], "properties": {},
            }
            for f in facts
            if f.tail_type
        ],
    }  # fmt: skip
    return json.dumps(value, ensure_ascii=False)


PEERS: dict[str, Callable[[Sequence[Turn]], str]] = {"langchain": as_langchain, "graphrag": as_graphrag}


def measure(name: str, documents: int, in_flight: int) -> list[object]:
    services: list[float] = []

    def reply(turns: Sequence[Turn]) -> str:
        text = PEERS[name](turns)
        services.append(LATENCY + PER_TOKEN * tokens(text))
        return text

    script = Script(reply=reply, latency=LATENCY, per_token=PER_TOKEN, slots=in_flight)
    with Server(script, log=False) as server:
        none = run([str(python()), str(DRIVER), name, str(made(0)), server.url, str(in_flight)])
        done = run([str(python()), str(DRIVER), name, str(made(documents)), server.url, str(in_flight)])
        if done.code:
            raise SystemExit(f"{name} ended with {done.code}:\n{done.errors[-3000:]}")
        calls, ideal = server.counts["answered"], schedule(services, in_flight)
        return [
            name, documents, in_flight, done.wall, ideal, ideal / done.wall, 1000 * (done.cpu - none.cpu) / calls,
            done.peak, server.counts["completion_tokens"] / documents, server.counts["prompt_tokens"] / calls,
            done.json["relations"], load(),
        ]  # fmt: skip


def measure_all(documents: int, in_flight: int) -> list[list[object]]:
    if not python().is_file():
        print(f"No peers at {python()}; bench/peers.py says how to install them.")
        return []
    return [measure(name, documents, in_flight) for name in PEERS]


def main(arguments: Sequence[str]) -> None:
    documents, _, in_flight = (arguments[0] if arguments else "200:32").partition(":")
    print(table(HEAD, measure_all(int(documents), int(in_flight or 32))))


if __name__ == "__main__":
    main(sys.argv[1:])
