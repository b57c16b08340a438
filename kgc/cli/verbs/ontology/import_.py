"""`kgc ontology import`: an ontology of others as a schema file."""

from __future__ import annotations

from pathlib import Path

import click

from kgc.cli.call import Call, Verb, example
from kgc.cli.imported import tell_imported

EPILOG = example(
    "kgc ontology import wine.owl -o schemas/wine.py",
    "kgc ontology import thesaurus.ttl",
    "kgc ontology import order.schema.json -o schemas/order.py",
)


@click.command("import", cls=Verb, epilog=EPILOG)
@click.argument("file", type=click.Path(path_type=Path))
@click.option("target", "-o", "--output", type=click.Path(path_type=Path), help="The schema file to write.")
@click.option("--force", is_flag=True, help="Replace the schema file that is there.")
def import_(call: Call, file: Path, target: Path | None, force: bool) -> int:
    """Make a schema of FILE: an ontology (OWL, RDFS, SKOS, SHACL) or a JSON Schema.

    Ontologies are read from Turtle, RDF/XML, JSON-LD and N-Triples. Without -o the schema is printed. Nothing is
    fetched: what a file imports is said. What has no place in a schema is told, line by line.
    """
    from kgc.pipeline.ontologies import import_ontology

    return tell_imported(call, import_ontology(file, target, force=force), target)
