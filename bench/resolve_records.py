"""Pairwise scores on records with known duplicates: `python bench/resolve_records.py [SET …]`, with `KGC_DATA` set.

Each record is an item: its name is the surface, its other fields are attributes. Nothing is learnt from these sets, but
their errors were looked at while weights, the choice of fields below and the reading of the sets were made: they are
development sets. Of the restaurants only the 865 records with a telephone are read, of 2,595: the others are cities and
streets, which the key never joins. When all were read (an earlier version), P was 0.21 and F1 0.34.
"""

from __future__ import annotations

import json
import os
import sys
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

if __name__ == "__main__":
    sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from bench.measure import REPOSITORY, table
from bench.resolve import pairs, truth
from kgc.resolve.records import Item, Kind
from kgc.resolve.resolver import resolve
from kgc.resolve.statistics import fit

HEAD = ("set", "records", "pairs true", "pairs found", "P", "R", "F1", "s")
SETS = ("febrl1", "restaurants_okkam", "senzing_truthset")
ABOUT_THE_ROW = ("TYPE", "AMOUNT", "DATE", "STATUS", "CATEGORY", "RECORD_TYPE", "STATE", "COUNTRY", "ROLE", "GENDER")
"""Fields of the truth set that say something of the row, or too little of a thing to be compared."""


SEVERAL = frozenset({"EMAIL_ADDRESS", "ADDR_LINE1", "ADDR_CITY", "ADDR_POSTAL_CODE", "ADDR_FULL", "PHONE_NUMBER",
                     "address_1", "address_2", "suburb", "postcode", "state", "street_number"})  # fmt: skip
"""Of these a thing may have more than one."""


def febrl(fields: dict[str, str]) -> tuple[str, Kind, list[str], list[str]]:
    names = ["given_name", "surname"]
    return " ".join(fields.get(n, "") for n in names), "person", [f for f in fields if f not in names], []


def restaurant(fields: dict[str, str]) -> tuple[str, Kind, list[str], list[str]]:
    return fields.get("name") or fields.get("street", ""), "thing", ["phone_number"], []


def truthset(fields: dict[str, str]) -> tuple[str, Kind, list[str], list[str]]:
    kind: Kind = "person" if fields.get("RECORD_TYPE") == "PERSON" else "organization"
    given = " ".join(fields.get(f"PRIMARY_NAME_{part}", "") for part in ("FIRST", "MIDDLE", "LAST")).strip()
    name = given or fields.get("PRIMARY_NAME_ORG") or fields.get("PRIMARY_NAME_FULL", "")
    others = [fields[f] for f in ("NATIVE_NAME_FULL", "SECONDARY_NAME_ORG", "PRIMARY_NAME_FULL") if f in fields]
    kept = [f for f in fields if "NAME" not in f and not f.startswith("REL_") and not f.endswith(ABOUT_THE_ROW)]
    return name, kind, [*kept, *(f for f in fields if f == "DATE_OF_BIRTH")], others


READERS = {"febrl1": febrl, "restaurants_okkam": restaurant, "senzing_truthset": truthset}


def items(name: str, rows: Sequence[dict[str, object]]) -> Iterator[Item]:
    for row in rows:
        fields = row["fields"]
        assert isinstance(fields, dict)
        surface, kind, attributes, aliases = READERS[name](fields)
        values = tuple((a, fields[a]) for a in attributes if fields.get(a))
        yield Item(str(row["id"]), surface, kind, aliases=tuple(aliases), attributes=values)


def measure(name: str) -> list[object]:
    path = Path(os.environ.get("KGC_DATA", REPOSITORY / ".." / "shared" / "data")) / "er" / name / "records.jsonl"
    rows = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    if name == "restaurants_okkam":
        rows = [row for row in rows if "phone_number" in row["fields"]]
    start = time.perf_counter()
    made = list(items(name, rows))
    found = pairs(iter(resolve(made, fit(made, several=SEVERAL)).groups))
    took = time.perf_counter() - start
    wanted = truth({str(row["id"]): row["cluster"] for row in rows})
    right = len(wanted & found)
    p, r = right / max(len(found), 1), right / max(len(wanted), 1)
    scores = [round(x, 4) for x in (p, r, 2 * p * r / max(p + r, 1e-9))]
    return [name, len(rows), len(wanted), len(found), *scores, round(took, 1)]


if __name__ == "__main__":
    print(table(HEAD, [measure(name) for name in sys.argv[1:] or SETS]))
