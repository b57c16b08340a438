"""`kgc ontology align`: which words of a known vocabulary those of a schema are."""

from __future__ import annotations

from pathlib import Path

import click

from kgc.cli.call import Call, Verb, example

EPILOG = example(
    "kgc ontology align schemas/mine.py --to schema.org",
    "kgc ontology align schemas/mine.py --to foaf --least 0.5",
    "kgc ontology align schemas/mine.py --to wine.owl -o schemas/aligned.py",
)


@click.command("align", cls=Verb, epilog=EPILOG)
@click.argument("schema")
@click.option("--to", "to", required=True, metavar="NAME|FILE", help="foaf, org, prov, schema.org, skos, or a file.")
@click.option(
    "--least", type=click.FloatRange(0, 1), default=0.8, show_default=True, help="Leave out what fits less than this."
)
@click.option("target", "-o", "--output", type=click.Path(path_type=Path), help="Write the schema with them to a file.")
@click.option("--force", is_flag=True, help="Replace the schema file that is there.")
def align(call: Call, schema: str, to: str, least: float, target: Path | None, force: bool) -> int:
    """Propose IRIs of a vocabulary for the classes and relations of SCHEMA (a path or a name), each with a score.

    They go into `same_as`, which exports use; nothing is asked again because of it. The shipped vocabularies are parts,
    with definitions in our own words; any ontology file does as well. Nothing is fetched.
    """
    from kgc.cli.screen import emit, note, out
    from kgc.cli.visible import visible
    from kgc.cli.words import count
    from kgc.ontology.align import align as proposals_of
    from kgc.ontology.draft import apply
    from kgc.ontology.imports import vocabulary
    from kgc.pipeline.ontologies import must_be_free, write_schema
    from kgc.schema.find import find
    from kgc.schema.render import as_python

    must_be_free(target, force=force)
    found = find(schema, call.workspace)
    proposals = proposals_of(found, vocabulary(to, call.workspace), least)
    made = apply(found, proposals)
    if target:
        write_schema(target, as_python(made.schema))
    if call.json:
        emit({"path": target, "proposals": proposals})
        return 0
    for p in proposals:
        out(visible(f"{p.score:.2f} {p.thing} {p.name} {p.same_as[0]} {' '.join(p.objections)}"))
    if not call.quiet:
        note(f"{count(len(proposals), 'proposal')}" + (f"; wrote {target}." if target else "; -o FILE writes them."))
    return 0
