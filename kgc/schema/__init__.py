"""A schema is a Python file that is read, never run: compiled from its syntax tree to one `Schema` value."""

from kgc.schema.model import (
    DATATYPES,
    Attribute,
    DemoEntity,
    Demonstration,
    DemoTriple,
    EntityType,
    EventType,
    Labels,
    RelationType,
    RoleType,
    Schema,
)

__all__ = [
    "DATATYPES",
    "Attribute",
    "DemoEntity",
    "DemoTriple",
    "Demonstration",
    "EntityType",
    "EventType",
    "Labels",
    "RelationType",
    "RoleType",
    "Schema",
]
