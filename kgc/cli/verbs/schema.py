"""`kgc schema`: check a schema file, see what is made of it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

import click

from kgc.cli.call import Call, Verb, example

if TYPE_CHECKING:
    from kgc.schema import Schema

FORMS = ("python", "json-schema", "prompt", "owl", "shacl")


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
def schema() -> None:
    """Check a schema file, or show what is made of it. A schema is read, never run."""


@schema.command("check", cls=Verb, epilog=example("kgc schema check schemas/mine.py"))
@click.argument("file")
def check(call: Call, file: str) -> int:
    """Check FILE (a path, or the name of a schema): every mistake with its line, and what to do about it."""
    from kgc.cli.imported import sizes
    from kgc.cli.screen import emit, out
    from kgc.cli.words import count
    from kgc.schema.find import find

    found = find(file, call.workspace)
    if call.json:
        emit(sizes(found))
    elif not call.quiet:
        told = (
            count(len(found.entities), "entity class", "entity classes"), count(len(found.relations), "relation"),
            count(len(found.events), "event"), count(len(found.demonstrations), "demonstration"),
        )  # fmt: skip
        out(f"{found.source or file}: {', '.join(told)}; no mistakes")
    return 0


@schema.command("show", cls=Verb, epilog=example("kgc schema show company", "kgc schema show mine.py --as prompt"))
@click.argument("file")
@click.option("form", "--as", type=click.Choice(FORMS), default="python", show_default=True, help="What to show.")
def show(call: Call, file: str, form: str) -> int:
    """Show FILE (a path, or the name of a schema) as kgc understands it.

    `python` is the schema file that says the same, `json-schema` a JSON Schema of its entities and relations,
    `prompt` the classes as a model sees them, `owl` an ontology and `shacl` shapes, in Turtle.
    """
    from kgc.cli.screen import emit, out
    from kgc.schema.find import find

    text = _text(find(file, call.workspace), form)
    if call.json:
        emit(json.loads(text) if form == "json-schema" else {"as": form, "text": text})
    else:
        out(text.rstrip("\n"))
    return 0


@schema.command("import", cls=Verb, epilog=example("kgc schema import wine.owl -o schemas/wine.py"))
@click.argument("file", type=click.Path(path_type=Path))
@click.option("target", "-o", "--output", type=click.Path(path_type=Path), help="The schema file to write.")
@click.option("--force", is_flag=True, help="Replace the schema file that is there.")
def import_(call: Call, file: Path, target: Path | None, force: bool) -> int:
    """Make a schema of FILE, an ontology (OWL, RDFS, SKOS, SHACL) or a JSON Schema; as `kgc ontology import`.

    Without -o the schema is printed. Nothing is fetched. What has no place in a schema is told.
    """
    from kgc.cli.imported import tell_imported
    from kgc.pipeline.ontologies import import_ontology

    return tell_imported(call, import_ontology(file, target, force=force), target)


def _text(found: Schema, form: str) -> str:
    from kgc.schema.render import as_classes, as_json_schema, as_python

    if form in {"owl", "shacl"}:
        from kgc.store.rdf.file import as_turtle

        return as_turtle(found, "ontology" if form == "owl" else "shapes")
    forms = {"python": as_python, "json-schema": as_json_schema, "prompt": as_classes}
    return forms[form](found)
