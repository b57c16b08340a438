"""The three ways a schema is written out: as its file, as the class prompt of a model, as JSON Schema."""

from kgc.schema.classes import as_classes
from kgc.schema.jsonschema import as_json_schema
from kgc.schema.python import as_python

__all__ = ["as_classes", "as_json_schema", "as_python"]
