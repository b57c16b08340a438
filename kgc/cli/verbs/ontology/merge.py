"""`kgc ontology merge`: several schemas or ontologies as one."""

from __future__ import annotations

from pathlib import Path

import click

from kgc.cli.call import Call, Verb, example

EPILOG = example(
    "kgc ontology merge schemas/a.py schemas/b.py -o schemas/both.py",
    "kgc ontology merge schemas/mine.py wine.owl --json",
)
SHOWN = 20
"""So many proposals are listed; --verbose lists all."""


@click.command("merge", cls=Verb, epilog=EPILOG)
@click.argument("files", nargs=-1, required=True)
@click.option("target", "-o", "--output", type=click.Path(path_type=Path), help="The schema file to write.")
@click.option("--force", is_flag=True, help="Replace the schema file that is there.")
def merge(call: Call, files: tuple[str, ...], target: Path | None, force: bool) -> int:
    """Unite FILES (schemas by path or name, ontologies, JSON Schemas) into one schema.

    What has the same name in whatever form, the same label, alias or IRI becomes one; the first file's words stand, and
    a name that gives way stays as a former name, so that facts found under it stay valid. What may be the same, and
    where the files say different things, is listed for you to decide. Without -o the schema is printed.
    """
    from kgc.cli.imported import sizes
    from kgc.cli.screen import emit, note, out
    from kgc.cli.visible import visible
    from kgc.cli.words import count
    from kgc.ontology.imports import any_schema
    from kgc.ontology.merging import merge as unite
    from kgc.pipeline.ontologies import must_be_free, write_schema
    from kgc.schema.render import as_python

    must_be_free(target, force=force)
    read = [any_schema(name, call.workspace) for name in files]
    made = unite([schema for schema, _ in read], target.stem if target else "")
    notes = (*(n for _, told in read for n in told), *made.notes)
    text = as_python(made.schema)
    if target:
        write_schema(target, text)
    if call.json:
        told = {"united": made.united, "proposals": made.proposals, "notes": notes}
        emit({**sizes(made.schema), "path": target, "text": text, **told})
        return 0
    if target is None:
        out(text.rstrip("\n"))
    if call.quiet:
        return 0
    for line in notes:
        note(visible(line))
    for pair in made.united:
        note(visible(f"{pair.other} of {pair.source} is {pair.name}: {pair.why}."))
    shown = made.proposals if call.verbose else made.proposals[:SHOWN]
    for p in shown:
        what = ", ".join((*p.of, *([p.parent] if p.parent else []), *p.head, *(f"→ {t}" for t in p.tail)))
        note(visible(f"To decide: {p.action} {p.thing} {p.name} ({what}): {' '.join(p.objections)}"))
    if len(made.proposals) > len(shown):
        note(f"And {len(made.proposals) - len(shown)} more: --verbose lists all.")
    classes, relations = len(made.schema.entities), len(made.schema.relations)
    where = f"Wrote {target}: " if target else ""
    note(f"{where}{count(classes, 'class', 'classes')}, {count(relations, 'relation')}.")
    return 0
