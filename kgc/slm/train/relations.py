"""Score the whole model, entities and rules, on relation data that it was not trained on.

    python -m kgc.slm.train.relations --data $KGC_DATA [--out models/kgc-model-en]

CoNLL04 test (evaluation only) through `schemas/conll04.py`, and the last 30 documents of Re-DocRED through
`schemas/general.py`; a triple is right when both names and the relation are those of the gold, Re-DocRED's names by
any of the cluster's. Pairs that annotators left out count as wrong there: its precision is a lower bound.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from kgc.data import Chunk, Span, Triple, content_id
from kgc.schema import Schema
from kgc.schema.compile import compile_file
from kgc.shipped import folder
from kgc.slm.builtin import BuiltIn
from kgc.slm.inventory import all_named
from kgc.slm.train.records import Record, glued, rows
from kgc.slm.train.score import Counts

Said = tuple[str, str, str]
PROPERTIES: Final = {
    "place of birth": "BornIn", "place of death": "DiedIn", "spouse": "SpouseOf", "sibling": "SiblingOf",
    "educated at": "EducatedAt", "employer": "WorksFor", "member of": "MemberOf", "headquarters location": "BasedIn",
    "located in the administrative territorial entity": "LocatedIn", "country": "LocatedIn", "residence": "LivesIn",
    "subsidiary": "~PartOf", "parent organization": "PartOf", "founded by": "~FounderOf", "owned by": "PartOf",
    "father": "ChildOf", "mother": "ChildOf", "child": "~ChildOf", "award received": "Received",
    "chairperson": "~LeaderOf", "head of government": "~LeaderOf", "head of state": "~LeaderOf",
}  # fmt: skip


def conll04(data: Path) -> Counts:
    schema = compile_file(folder("schemas") / "conll04.py")
    total = Counts()
    for row in rows(data / "ie/conll04/test.jsonl"):
        text = text_of(row)
        gold = {(plain(t["head"]), named(schema, str(t["relation"])), plain(t["tail"])) for t in row["triples"]}  # type: ignore[attr-defined]
        found = {s for t in triples(text, schema) for s in [said(t)] if s[1] in {r.name for r in schema.relations}}
        total += Counts(len(found), len(gold), len(found & gold))
    return total


def redocred(data: Path) -> Counts:
    schema = compile_file(folder("schemas") / "general.py")
    total = Counts()
    for row in rows(data / "ie/redocred/dev.jsonl")[170:]:
        clusters: dict[object, set[str]] = {}
        for entity in row["entities"]:  # type: ignore[attr-defined]
            clusters.setdefault(entity["cluster"], set()).add(plain(entity["text"]))
        gold: set[Said] = set()
        for t in row["triples"]:  # type: ignore[attr-defined]
            name = PROPERTIES.get(t["relation"], "")
            ends = [t["head_cluster"], t["tail_cluster"]]
            first, last = reversed(ends) if name.startswith("~") else ends
            if name:
                gold |= {(a, name.lstrip("~"), b) for a in clusters[first] for b in clusters[last]}
        kept = set(PROPERTIES.values()) | {v.lstrip("~") for v in PROPERTIES.values()}
        found = {s for t in triples(text_of(row), schema) for s in [said(t)] if s[1] in kept}
        right = {
            (a, r, b)
            for a, r, b in found
            if (a, r, b) in gold or (r in ("SpouseOf", "SiblingOf") and (b, r, a) in gold)
        }
        total += Counts(len(found), len(row["triples"]), len(right))  # type: ignore[arg-type]
    return total


def text_of(row: dict[str, object]) -> str:
    return glued(Record(str(row["text"]), ())).text


def plain(name: object) -> str:
    return str(name).replace(" ", "").strip(".").casefold()


def named(schema: Schema, relation: str) -> str:
    found = all_named(schema.relations, [relation])
    return found[0].name if found else relation


def triples(text: str, schema: Schema) -> Iterator[Triple]:
    chunk = Chunk("c", "d", content_id(text), Span(0, len(text)), text, lang="en")
    for extraction in READER.extract([chunk], schema):
        yield from (t for t in extraction.triples if not t.negated and not t.hedged)


READER: Final = BuiltIn()


def said(triple: Triple) -> Said:
    tail = getattr(triple.tail, "surface", getattr(triple.tail, "raw", ""))
    return plain(triple.head.surface), triple.relation, plain(tail)


def main() -> None:
    parser = argparse.ArgumentParser(description="Score the whole built-in model on relation data.")
    parser.add_argument("--data", type=Path, required=True)
    options = parser.parse_args()
    for name, score in (("conll04", conll04), ("redocred", redocred)):
        found = score(options.data)
        line = {
            "p": round(found.precision, 3),
            "r": round(found.recall, 3),
            "f1": round(found.f1, 3),
            "found": found.found,
        }
        print(json.dumps({name: line}))  # noqa: T201


if __name__ == "__main__":
    main()
