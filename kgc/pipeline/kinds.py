"""How the names of a schema's classes are to be read: as those of persons, organizations, places, or other things."""

from __future__ import annotations

from typing import Final

from kgc.resolve.records import Kind
from kgc.schema import EntityType, Schema

_WORDS: Final[dict[Kind, frozenset[str]]] = {
    "person": frozenset(("person", "people", "human", "per", "人", "人物", "个人")),
    "organization": frozenset(
        (
            "organization",
            "organisation",
            "org",
            "company",
            "firm",
            "business",
            "institution",
            "公司",
            "组织",
            "机构",
            "企业",
        )
    ),
    "place": frozenset(
        ("place", "location", "loc", "gpe", "city", "country", "region", "地点", "地名", "地方", "城市", "国家")
    ),
}


def kinds(schema: Schema) -> dict[str, Kind]:
    """The kind of each class: by its name, label, alias or IRI, else that of the nearest class above it."""
    own: dict[str, Kind] = {e.name: _kind(e) for e in schema.entities}
    found: dict[str, Kind] = {}
    for entity in schema.entities:
        found[entity.name] = "thing"
        for name in (entity.name, *schema.ancestors(entity.name)):
            kind: Kind = own[name]
            if kind != "thing":
                found[entity.name] = kind
                break
    return found


def _kind(entity: EntityType) -> Kind:
    labels = entity.labels
    names = (entity.name, labels.label, *labels.aliases, *labels.same_as)
    words = {word.casefold().rsplit("/", 1)[-1].rsplit("#", 1)[-1] for word in names}
    for kind, known in _WORDS.items():
        if words & known:
            return kind
    return "thing"
