"""How good the proposal without a key is: `python bench/ontology.py [examples] [ecology] [geonames]` (default: all).

`examples` scores the proposal for examples/documents against a reference written by hand, beside the frequency baseline
and the general schema. `ecology` and `geonames` need KGC_DATA: the terms that belong to each of 300 documents
(ontology/text2onto_ecology), and which of two terms is the broader (ontology/taxonomy_geonames).
"""

from __future__ import annotations

import json
import os
import re
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path

from kgc.chunk import split
from kgc.data import Document
from kgc.ontology.baseline import propose_frequent
from kgc.ontology.draft import apply
from kgc.ontology.marked import Read
from kgc.ontology.modest import propose
from kgc.ontology.sample import of_folder
from kgc.ontology.score import Score, score
from kgc.ontology.terms import Reader, evidence
from kgc.ontology.terms_nouns import singular
from kgc.schema import Schema
from kgc.schema.find import find

HERE = Path(__file__).resolve().parent.parent
GOLD = HERE / "tests" / "ontology" / "gold_examples.py"
REPEATED = 4
"""Terms a document that the frequency baseline takes."""


def data() -> Path:
    return Path(os.environ.get("KGC_DATA", HERE.parent / "shared" / "data")) / "ontology"


def examples() -> None:
    start, before = time.perf_counter(), time.process_time()
    found = evidence(of_folder(HERE / "examples" / "documents"))
    proposals = propose(found)
    took = {"wall": round(time.perf_counter() - start, 1), "cpu": round(time.process_time() - before, 1)}
    gold = find(str(GOLD))
    for name, schema in (
        ("rules", apply(None, proposals).schema),
        ("frequency baseline", apply(None, propose_frequent(found)).schema),
        ("schemas/general.py", find("general")),
    ):
        tell({"data": "examples", "what": name, "words": found.words, **took, **scored(schema, gold)})


def scored(schema: Schema, gold: Schema) -> dict[str, str]:
    return {name: shown(s) for name, s in score(schema, gold).measures.items()}


def shown(s: Score) -> str:
    return f"P {s.p:.3f} R {s.r:.3f} F1 {s.f1:.3f}"


def ecology() -> None:
    """Terms of each document, micro-averaged over those that stand in its text; compared word by word, in singular."""
    lines = (data() / "text2onto_ecology" / "documents.jsonl").read_text(encoding="utf-8").splitlines()
    rows = [json.loads(line) for line in lines]
    documents = [Document(r["id"], f"eco/{r['id']}", "text/plain", "en", r["text"], "") for r in rows]
    chunks = [chunk for d in documents for chunk in split(d)]
    before = time.process_time()
    reader = Reader.load()
    names = list(reader.model.extract(chunks, reader.schema))
    reads: dict[str, list[Read]] = {}
    for chunk, own in reader.english([(c, e.mentions) for c, e in zip(chunks, names, strict=True)]):
        reads.setdefault(chunk.document_id, []).extend(own)
    cpu = round(time.process_time() - before, 1)
    for name, choose in (("rules", stated), ("in is-a pairs", in_pairs), ("frequency baseline", most_frequent),
                         ("every noun phrase", every)):  # fmt: skip
        right = found = gold = 0
        for row in rows:
            wanted = {key(t) for t in row["terms"] if t.lower() in row["text"].lower()}
            got = {key(t) for t in choose(row["text"].split("\n")[0], reads.get(row["id"], []))}
            right, found, gold = right + len(wanted & got), found + len(got), gold + len(wanted)
        tell({"data": "text2onto_ecology", "what": name, "terms": shown(Score(right, found, gold)), "cpu": cpu})


def key(term: str) -> str:
    return " ".join(singular(word) for word in re.findall(r"[a-z0-9']+", term.lower()))


def counts(reads: Iterable[Read]) -> Counter[str]:
    return Counter(end.term.lower() for read in reads for end in read.marked.ends)


def every(_: str, reads: Sequence[Read]) -> set[str]:
    return set(counts(reads))


def most_frequent(_: str, reads: Sequence[Read]) -> set[str]:
    return {term for term, _ in counts(reads).most_common(REPEATED)}


def in_pairs(_: str, reads: Sequence[Read]) -> set[str]:
    return {end.term for read in reads for isa in read.isas for end in (isa.child, isa.parent)}


def stated(title: str, reads: Sequence[Read]) -> set[str]:
    """What the text calls a kind of something or has kinds of, what ends in that, what is repeated and stands out."""
    parents = {isa.parent.term for read in reads for isa in read.isas}
    head = f" {key(title)} "
    again = {term for term, count in counts(reads).items() if count > 1 and (" " in term or f" {key(term)} " in head)}
    under = {term for term in counts(reads) if any(term.endswith(f" {parent}") for parent in parents)}
    return in_pairs(title, reads) | again | under


def geonames() -> None:
    """Whether the parent is above the child. The wrong pairs of this set are right ones turned round.

    So what is tested is which of two names is the broader; "mountain, hill, or rock" tells it by its "or".
    """
    lines = (data() / "taxonomy_geonames" / "test.jsonl").read_text(encoding="utf-8").splitlines()
    pairs = [(r["parent_candidate"], r["child_candidate"], r["label"] == "correct") for r in map(json.loads, lines)]
    rules: dict[str, Callable[[str, str], bool]] = {
        "always yes": lambda _parent, _child: True,
        "child ends in parent": lambda parent, child: key(child).endswith(key(parent)),
        "a name with 'or' is the broader": lambda parent, child: " or " in parent and " or " not in child,
    }
    for name, rule in rules.items():
        right = sum(rule(p, c) and yes for p, c, yes in pairs)
        found, gold = sum(rule(p, c) for p, c, _ in pairs), sum(yes for *_, yes in pairs)
        tell({"data": "taxonomy_geonames", "what": name, "is-a": shown(Score(right, found, gold))})


def tell(row: dict[str, object]) -> None:
    print(json.dumps(row, ensure_ascii=False), flush=True)


def main(arguments: Sequence[str]) -> None:
    parts = {"examples": examples, "ecology": ecology, "geonames": geonames}
    for name in arguments or list(parts):
        parts[name]()


if __name__ == "__main__":
    main(sys.argv[1:])
