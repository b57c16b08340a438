"""Write a schema that was proposed, and the page of its evidence beside it."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from kgc.errors import ConfigError, KgcError
from kgc.ontology.draft import Outcome
from kgc.ontology.page import evidence_page, page_path
from kgc.pipeline.ontologies import must_be_free as free
from kgc.schema.python import as_python
from kgc.store.atomic import replacing


def must_be_free(target: Path, *, force: bool) -> None:
    """Raises `ConfigError` for a target that is there: told before anything is asked or paid."""
    free(target, force=force)
    if target.suffix != ".py" or not target.stem.isidentifier():
        raise ConfigError(f"{str(target)!r} is no name for a schema file.", "Name it as in schemas/mine.py.")


def write_schema(outcome: Outcome, target: Path, made: str, *, force: bool = False) -> Path:
    """Write the schema file and its evidence page; returns where the page is. `made` says how it was made.

    The file is rendered from the schema value; nothing that a model or a document wrote is pasted into it. Raises
    `KgcError` when there is no class to write, `ConfigError` for a target that is there unless `force`.
    """
    must_be_free(target, force=force)
    if not outcome.schema.entities:
        raise KgcError("No class was agreed on, so there is no schema to write.", "Try more documents or another goal.")
    outcome = replace(outcome, schema=replace(outcome.schema, name=target.stem))
    page = page_path(target)
    target.parent.mkdir(parents=True, exist_ok=True)
    for path, text in ((page, evidence_page(outcome, made=made)), (target, as_python(outcome.schema))):
        with replacing(path) as draft:
            draft.write_text(text, encoding="utf-8")
    return page
