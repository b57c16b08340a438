"""How an imported graph stands in the ledger: a root, a chunking and a recipe of its own."""

from __future__ import annotations

from kgc.data import content_id
from kgc.ledger.extractions import IMPORT, Recipe
from kgc.ledger.folders import IMPORTED
from kgc.schema import Schema
from kgc.schema.json import to_json


def import_chunking(root: str) -> str:
    """No other recipe cuts or reads the text of an imported graph; its state and its verdicts go by this name too."""
    return f"{IMPORTED}{root}"


def import_recipe(root: str, schema: Schema) -> Recipe:
    chunking = import_chunking(root)
    return Recipe(
        content_id("recipe", schema.name, IMPORT, chunking), schema.name, IMPORT, "", chunking, to_json(schema)
    )
