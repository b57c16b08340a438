"""`kgc export`: the graph as a file."""

from __future__ import annotations

from pathlib import Path

import click

from kgc.cli.call import Call, Verb, example

EXAMPLES = ("kgc export graph.jsonl", "kgc export facts.csv", "kgc export graph.ttl --base https://data.my.org/kg/")
CONTENTS = ("graph", "ontology", "shapes", "decisions")


@click.command(cls=Verb, epilog=example(*EXAMPLES, "kgc export schema.ttl --what ontology"))
@click.argument("path", type=click.Path(path_type=Path))
@click.option("hidden", "--all", is_flag=True, help="Add what stores leave out: negated, rejected, not aligned.")
@click.option("--what", type=click.Choice(CONTENTS), default="graph", show_default=True, help="Content.")
@click.option("--base", default="", metavar="IRI", help="RDF: what all IRIs begin with.")
@click.option(
    "--provenance", type=click.Choice(["full", "star", "none"]), default="full", show_default=True,
    help="RDF: evidence of each fact, tied to it by reification or RDF 1.2, or none.",
)  # fmt: skip
@click.option(
    "--graphs", type=click.Choice(["one", "document"]), default="one", show_default=True,
    help="RDF: a named graph for each document (.nq).",
)  # fmt: skip
def export(call: Call, path: Path, hidden: bool, what: str, base: str, provenance: str, graphs: str) -> int:
    """Write the graph to PATH; the suffix names the format.

    .jsonl, .csv, and RDF as .ttl, .nt, .nq, .jsonld, .rdf, each also with .gz behind it. `--what ontology` and `--what
    shapes` write the schema as OWL 2 and SHACL. The same graph gives the same bytes.
    """
    from kgc.cli.screen import emit, note
    from kgc.cli.words import count
    from kgc.pipeline.workspace import Workspace

    with Workspace(call.workspace) as workspace:
        rows = workspace.export(path, hidden=hidden, what=what, base=base, provenance=provenance, graphs=graphs)
    if call.json:
        emit({"path": path, "what": what, "rows": rows})
    elif not call.quiet:
        note(f"Wrote {count(rows, 'statement' if _is_rdf(path) else 'row')} to {path}.")
    return 0


def _is_rdf(path: Path) -> bool:
    from kgc.store.rdf.file import WRITERS, suffix_of

    return suffix_of(path) in WRITERS
