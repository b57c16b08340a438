"""Any schema comes back from its ontology, but for its demonstrations and for what RDF has no place for."""

from __future__ import annotations

from dataclasses import fields, is_dataclass, replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, Phase, given, settings

from kgc.schema import Schema
from kgc.store.properties import clean
from tests.schema.test_schema_round_trips import schemas

pytest.importorskip("pyoxigraph")

from kgc.store.rdf.file import write_schema
from kgc.store.rdf.names import BASE, Names
from kgc.store.rdf.ontology import ontology
from kgc.store.rdf.owl_read import read_ontology

NO_SHRINKING = (Phase.explicit, Phase.reuse, Phase.generate)  # each example writes and reads a file


def told(value: object) -> object:
    """A schema as RDF can tell it: statements are a set, `Entity` is any class, half a surrogate pair is U+FFFD."""
    if isinstance(value, str):
        return clean(value)
    if isinstance(value, tuple):
        items = tuple(dict.fromkeys(told(item) for item in value))
        return ("Entity",) if "Entity" in items else items
    if is_dataclass(value):
        return (type(value), tuple(told(getattr(value, f.name)) for f in fields(value)))
    return value


@settings(
    max_examples=8,
    phases=NO_SHRINKING,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture],
)
@given(schema=schemas())
@pytest.mark.parametrize("suffix", [".ttl", ".nt", ".jsonld"])
def test_any_schema_comes_back_from_its_ontology(suffix: str, tmp_path: Path, schema: Schema) -> None:
    path = tmp_path / f"o{suffix}"
    write_schema(ontology(Names(schema)), path, schema, BASE)
    found = read_ontology(path, schema.name).schema
    assert told(found) == told(replace(schema, demonstrations=(), source=found.source))
