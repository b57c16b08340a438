"""A workspace with a million facts for the browser's figures: `python bench/browser_ledger.py DIR [FACTS]`.

A fifth as many entities as facts, tails drawn so that few are very common, one entity with a tenth of all facts (a
hub), a hundred facts a document, each fact a sentence of it. It is written in bulk, the derived tables as well;
deriving is measured elsewhere (bench/projection.py).
"""

from __future__ import annotations

import random
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

if __name__ == "__main__":
    sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from kgc.data import content_id
from kgc.data.names import mention_key, normalise
from kgc.ledger import Ledger
from kgc.ledger.codec import dump, pack
from kgc.ledger.words import segment
from kgc.schema.find import find
from kgc.schema.json import to_json

HUB = "Halvorsen Battery Corporation"
RELATIONS = (
    ("WorksFor", "works for", "Person", "Organization"),
    ("BasedIn", "is based in", "Organization", "Location"),
    ("BornIn", "was born in", "Person", "Location"),
    ("Knows", "knows", "Person", "Person"),
)
FIRST = ("Ada", "Maria", "Erik", "Lena", "Oskar", "Ingrid", "Tomas", "Nora", "Pavel", "Sofia", "Jonas", "Aino", "Mikko",
         "Elsa", "Karl", "Hanna", "Viktor", "Anja", "Leo", "Mira")  # fmt: skip
ONSETS = ("Ber", "Hal", "Lind", "Sol", "Jok", "Nor", "Vik", "Ast", "Mor", "Fal", "Gran", "Hei", "Kal", "Lar", "Mel",
          "Nys", "Ols", "Per", "Ros", "Sund")  # fmt: skip
MIDDLES = ("a", "en", "ing", "o", "er", "um", "vor", "ke", "mar", "ta", "is", "el", "an", "quist", "ström")
ENDS = ("sen", "berg", "lund", "dahl", "qvist", "mann", "ova", "ton", "ski", "nen", "gaard", "holm")
TRADES = ("Batteries", "Mining", "Shipping", "Foods", "Analytics", "Energy", "Textiles", "Motors", "Robotics", "Press")
HAN = "陈李王张刘赵伟民丽华强军芳敏杰涛明超勇艳"
PER_CHUNK, CHUNKS = 10, 10


@dataclass(frozen=True, slots=True)
class Thing:
    rowid: int
    type: str
    name: str


def things(count: int, chance: random.Random) -> list[Thing]:
    """Entities with names of their own; the hub is the first."""
    found, seen = [Thing(1, "Organization", HUB)], {("Organization", HUB)}
    while len(found) < count:
        kind = chance.choices(("Person", "Organization", "Location"), (70, 25, 5))[0]
        family = chance.choice(ONSETS) + chance.choice(MIDDLES) + chance.choice(ENDS)
        if kind == "Person":
            first = f"{chance.choice(FIRST)} {chance.choice('ABCDEFGHJKLMNOPRSTVW')}."
            name = "".join(chance.choices(HAN, k=3)) if chance.random() < 0.05 else f"{first} {family}"
        else:
            name = f"{family} {chance.choice(TRADES)}" if kind == "Organization" else f"{family} {len(found) % 40}"
        if (kind, name) not in seen:
            seen.add((kind, name))
            found.append(Thing(len(found) + 1, kind, name))
    return found


@dataclass(frozen=True, slots=True)
class Said:
    rowid: int
    id: str
    head: Thing
    relation: str
    tail: Thing
    sentence: str


def facts(count: int, found: list[Thing], chance: random.Random) -> Iterator[Said]:
    """Distinct facts in the order of the text."""
    by_type = {t: [x for x in found if x.type == t] for t in ("Person", "Organization", "Location")}
    seen: set[tuple[int, str, int]] = set()
    hub, n = found[0], 0
    while n < count:
        name, words, head_type, tail_type = RELATIONS[0] if n % 10 == 0 else chance.choice(RELATIONS)
        heads, tails = by_type[head_type], by_type[tail_type]
        head = chance.choice(heads)
        tail = hub if n % 10 == 0 else tails[int(len(tails) * chance.random() ** 3)]
        key = (head.rowid, name, tail.rowid)
        if key in seen or head is tail:
            continue
        seen.add(key)
        n += 1
        yield Said(n, f"{n:016x}", head, name, tail, f"{head.name} {words} {tail.name}. ")


def write(workspace: Path, count: int = 1_000_000) -> None:
    chance = random.Random(20261)
    with Ledger(workspace, writable=True) as ledger, ledger.transaction():
        sql = ledger.connection
        sql.execute("INSERT INTO root VALUES ('corpus', 'corpus')")
        sql.execute(
            "INSERT INTO recipe (rowid, id, schema_name, strategy, model, chunking, schema, active)"
            " VALUES (1, 'bench', 'general', 'codekgc', 'bench', '640.1', ?, 1)",
            (to_json(find("general")),),
        )
        found = things(count // 5, chance)
        sql.executemany("INSERT INTO name VALUES (?, ?, ?, ?, ?, '')", (
            (t.rowid, mention_key(t.type, t.name), t.type, t.name, normalise(t.name).text) for t in found))  # fmt: skip
        sql.executemany("INSERT INTO member VALUES (?, ?)", ((t.rowid, t.rowid) for t in found))
        sql.executemany("INSERT INTO entity VALUES (?, ?, ?, ?, ?, 1)", (
            (t.rowid, content_id("entity", mention_key(t.type, t.name)), t.type, t.name, dump([[t.name, "en", 1]]))
            for t in found))  # fmt: skip
        sql.executemany(
            "INSERT INTO entity_words (rowid, words) VALUES (?, ?)", ((t.rowid, segment(t.name)) for t in found)
        )
        batch: list[Said] = []
        for said in facts(count, found, chance):
            batch.append(said)
            if len(batch) == PER_CHUNK * CHUNKS:
                _document(ledger, batch)
                batch = []
        for key, value in (("generation", "1"), ("derived", "1"), ("entities", str(len(found))), ("facts", str(count))):
            ledger.state.set(key, value)


def _document(ledger: Ledger, said: list[Said]) -> None:
    """A document of ten chunks, and everything that was read in it."""
    sql, number = ledger.connection, said[0].rowid // (PER_CHUNK * CHUNKS) + 1
    texts = ["".join(s.sentence for s in said[n : n + PER_CHUNK]) for n in range(0, len(said), PER_CHUNK)]
    source, text = f"corpus/report-{number:05}.txt", "".join(texts)
    sql.execute(
        "INSERT INTO document (rowid, id, source, root, state, stamp, reader, sha256, media_type, lang, body, layout)"
        " VALUES (?, ?, ?, 'corpus', 'read', '', '1', ?, 'text/plain', 'en', ?, ?)",
        (number, content_id(source), source, str(number), pack(text), pack('{"pages":[],"blocks":[]}')),
    )
    at = 0
    for place, words in enumerate(texts):
        chunk = (number - 1) * CHUNKS + place + 1
        key = content_id(words)
        sql.execute(
            "INSERT INTO chunk VALUES (?, ?, ?, '640.1', ?, ?, ?, ?, 0, ?, '[]', '', 'en')",
            (chunk, content_id(source, key), number, key, place, at, at + len(words), words),
        )
        sql.execute(
            "INSERT INTO extraction (rowid, chunk_key, recipe, state, asking, deriving)"
            " VALUES (?, ?, 1, 'done', '', '')",
            (chunk, key),
        )
        at += len(words)
        start = 0
        rows = []
        for s in said[place * PER_CHUNK : (place + 1) * PER_CHUNK]:
            rows.append((s, start, start + len(s.sentence) - 1))
            start += len(s.sentence)
        _claims(ledger, rows, chunk)


def _claims(ledger: Ledger, rows: list[tuple[Said, int, int]], chunk: int) -> None:
    sql = ledger.connection
    sql.executemany(
        "INSERT INTO claim (rowid, extraction, head, relation, tail, negated, hedged, qualifiers, time, confidence,"
        " start, stop, aligned, rationale) VALUES (?, ?, ?, ?, ?, 0, 0, '[]', '', ?, ?, ?, 0, 'a rule')",
        [(s.rowid, chunk, s.head.rowid, s.relation, s.tail.rowid, sure(s), a, b) for s, a, b in rows],
    )
    sql.executemany(
        "INSERT INTO fact (rowid, id, head, relation, tail, negated, hedged, qualifiers, time, confidence, aligned,"
        " status, conflict, visible, support) VALUES (?, ?, ?, ?, ?, 0, 0, '[]', '', ?, 0, 'proposed', 0, 1, 1)",
        [(s.rowid, s.id, s.head.rowid, s.relation, s.tail.rowid, sure(s)) for s, _, _ in rows],
    )
    sql.executemany("INSERT INTO support VALUES (?, ?, ?)", [(s.rowid, s.rowid, chunk) for s, _, _ in rows])


def sure(said: Said) -> float:
    return 0.5 + (said.rowid * 7919 % 50) / 100


if __name__ == "__main__":
    start = time.perf_counter()
    write(Path(sys.argv[1]), *map(int, sys.argv[2:]))
    print(f"{time.perf_counter() - start:.1f} s")
