"""`kgc ontology score`: a schema against a reference."""

from __future__ import annotations

import click

from kgc.cli.call import Call, Verb, example

EPILOG = example(
    "kgc ontology score schemas/mine.py --gold reference.owl",
    "kgc ontology score schemas/mine.py --gold company --json",
)


@click.command("score", cls=Verb, epilog=EPILOG)
@click.argument("schema")
@click.option(
    "--gold", required=True, metavar="FILE", help="The reference: a schema file or name, OWL, SKOS, JSON Schema."
)
def score(call: Call, schema: str, gold: str) -> int:
    """Score SCHEMA (a file or a name) against a reference: precision, recall and F1.

    Classes, is-a, relations and attributes, by their names, nearly by their names (letters and stems), and by their
    place: classes whose neighbours match, relations that connect the same classes. is-a counts direct pairs and all
    that follow from them; taxonomic overlap is how much of what stands above and below a class both say.
    """
    from kgc.cli.screen import emit, out
    from kgc.cli.visible import visible
    from kgc.ontology.reference import reference
    from kgc.ontology.score import score as compare

    found = compare(reference(schema, call.workspace), reference(gold, call.workspace))
    if call.json:
        rows = {
            name: {"p": round(s.p, 4), "r": round(s.r, 4), "f1": round(s.f1, 4), "right": s.right, "found": s.found,
                   "gold": s.gold}
            for name, s in found.measures.items()
        }  # fmt: skip
        emit({"schema": schema, "gold": gold, "scores": rows})
        return 0
    out(f"{visible(schema)} against {visible(gold)}")
    out(f"{'':24}{'P':>7}{'R':>7}{'F1':>7}   right of found, of gold")
    for name, s in found.measures.items():
        out(f"{name:24}{s.p:7.3f}{s.r:7.3f}{s.f1:7.3f}   {s.right:g} of {s.found}, of {s.gold}")
    return 0
