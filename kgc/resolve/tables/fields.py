"""Which fields records have and how each is read: by what it is called and by what stands in it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from kgc.resolve.tables.values import Sort, Value, value

Record = Mapping[str, str]
_NAME: Final = re.compile(r"(^|[_ ])(name|surname|given|first|last|middle|forename)([_ ]|$)|name$", re.IGNORECASE)
_FIRST: Final = re.compile(r"given|first|forename", re.IGNORECASE)
_LAST: Final = re.compile(r"surname|last|family", re.IGNORECASE)
_PART: Final = re.compile(r"given|first|forename|surname|last|family|middle", re.IGNORECASE)
_ADDRESS: Final = re.compile(r"addr|street|suburb|city|town|post|zip|^state$|_state$|country", re.IGNORECASE)
_DATE: Final = re.compile(r"date|birth|dob", re.IGNORECASE)
_PHONE: Final = re.compile(r"phone|fax|tel|mobile", re.IGNORECASE)
_NO_EVIDENCE: Final = re.compile(
    r"(^|[_ ])(record_type|data_source|type|status|role|gender|sex|categor\w*)$|^rel_|^(id|date|amount)$"
    r"|(passport|licen[cs]e|id)_(country|state)$",
    re.IGNORECASE,
)
_NO_ADDRESS: Final = re.compile(r"phone|fax|mail|passport|licen[cs]e|tax|national", re.IGNORECASE)
_IDENTIFIER: Final = re.compile(r"ssn|soc_sec|passport|licen[cs]e|national|account|isbn|doi|tax|sec_id", re.IGNORECASE)
_MOST: Final = 0.8
"""A field is of a sort when this share of its values is."""
_TITLES: Final = ("name", "title")
_NUMBERED: Final = 0.05
"""Numbers in names are compared where so many of them have some."""
_SHORT: Final = 1.5
"""A field whose values have fewer words on average is a short one."""


@dataclass(frozen=True, slots=True)
class Field:
    """One thing that records are compared by: the fields it is made of and how it is read."""

    name: str
    sources: tuple[str, ...]
    sort: Sort


@dataclass(frozen=True, slots=True)
class Row:
    """A record as it is compared: a value for each field, None where it has none."""

    values: tuple[Value | None, ...]


def fields_of(records: Sequence[Record]) -> tuple[Field, ...]:
    """The fields to compare by, in a fixed order. The order of the records means nothing.

    Parts of a name are one field, so that swapped ones agree, and so are parts of an address; what counts records or
    says what sort of row it is, is left out. Codes of products are looked for in all words.
    """
    there = Counter(name for record in records for name, text in record.items() if text.strip())
    wanted = [name for name in sorted(there) if _kept(name, records)]
    names = tuple(n for n in wanted if _NAME.search(n) and not _ADDRESS.search(n))
    address = tuple(n for n in wanted if _ADDRESS.search(n) and not _NO_ADDRESS.search(n))
    found = _named(names)
    found += [Field("address", address, "words")] if address else []
    found += [Field(n, (n,), _sort(n, records)) for n in wanted if n not in (*names, *address)]
    worded = [field for field in found if field.sort in ("words", "person") and field.name != "address"]
    texts = tuple(source for field in worded for source in field.sources)
    rows = [value(" ".join(record.get(s, "") for s in texts)) for record in records]
    if sum(bool(row.codes) for row in rows) >= 0.2 * len(rows):
        found.append(Field("code", texts, "code"))
    called = next((field for field in worded if field.name in _TITLES), None)
    if called and sum(bool(row.numerals) for row in rows_values(records, called)) >= _NUMBERED * len(records):
        found.append(Field(f"numbers of {called.name}", called.sources, "numerals"))
    return tuple(found)


def _named(names: tuple[str, ...]) -> list[Field]:
    """Parts of persons' names as one field, given name first; whole names, also of companies, as another."""
    parts = tuple(n for n in names if _PART.search(n))
    if not any(_FIRST.search(n) for n in parts) or not any(_LAST.search(n) for n in parts):
        return [Field("name", names, "words")] if names else []
    in_order = tuple(sorted(parts, key=lambda n: (not _FIRST.search(n), bool(_LAST.search(n)), n)))
    whole = tuple(n for n in names if n not in parts)
    return [Field("person", in_order, "person"), *([Field("name", whole, "words")] if whole else [])]


def rows_of(records: Sequence[Record], fields: Sequence[Field]) -> tuple[Row, ...]:
    return tuple(Row(tuple(_joined(record, field) for field in fields)) for record in records)


def rows_values(records: Sequence[Record], field: Field) -> list[Value]:
    return [found for record in records if (found := _joined(record, field))]


def _joined(record: Record, field: Field) -> Value | None:
    text = " ".join(t for s in field.sources if (t := record.get(s, "").strip()))
    found = value(text) if text else None
    return None if found is None or not found.text or not _says(found, field.sort) else found


def _says(found: Value, sort: Sort) -> bool:
    return bool(found.codes) if sort == "code" else bool(found.numerals) if sort == "numerals" else True


def _kept(name: str, records: Sequence[Record]) -> bool:
    """Whether a field tells things apart: it is no number of the record, and has more than a few values."""
    if _NO_EVIDENCE.search(name):
        return False
    if _IDENTIFIER.search(name):
        return True
    texts = [record[name] for record in records if record.get(name, "").strip()]
    return len(set(texts)) > max(2, 0.002 * len(texts)) or bool(_ADDRESS.search(name))


def _sort(name: str, records: Sequence[Record]) -> Sort:
    values = [value(record[name]) for record in records if record.get(name, "").strip()][:2000]
    if _PHONE.search(name):
        return "digits"
    if _DATE.search(name) and sum(v.date is not None for v in values) >= _MOST * len(values):
        return "date"
    if _IDENTIFIER.search(name):
        return "identifier"
    if "mail" in name.casefold():
        return "short"
    if sum(v.number is not None for v in values) >= _MOST * len(values):
        years = sum(v.number is not None and 1000 <= v.number <= 2100 for v in values) >= _MOST * len(values)
        return "short" if years else "number"
    return "short" if sum(len(v.words) for v in values) < _SHORT * len(values) else "words"
