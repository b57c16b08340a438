"""`kgc import`: an existing graph into the workspace."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from kgc.cli.call import Call, Verb, example

if TYPE_CHECKING:
    from kgc.pipeline.importing import Imported

EPILOG = example(
    "kgc import facts.jsonl",
    "kgc import graph.ttl --schema auto --name museum",
    "kgc import neo4j://localhost:7687 --schema company",
)


@click.command("import", cls=Verb, epilog=EPILOG)
@click.argument("source")
@click.option(
    "--schema", default=None, metavar="NAME|FILE|auto", help="What it is put into; 'auto' derives one from the graph."
)
@click.option("--name", default="", metavar="NAME", help="Name of the graph here (default: the file's).")
@click.option("--user", default="neo4j", show_default=True, help="User name on a server; '' for a bearer token.")
@click.option("--password-env", default="NEO4J_PASSWORD", show_default=True, help="Variable that holds the password.")
@click.option("--database", default="", help="Database of a server (default: the server's).")
def import_(call: Call, source: str, schema: str | None, name: str, user: str, password_env: str, database: str) -> int:
    """Read an existing graph, SOURCE, into the workspace.

    SOURCE is a file (.jsonl as `kgc export` writes it; RDF as .ttl, .nt, .nq, .trig, .rdf, .jsonld; each also with
    .gz) or the address of a Neo4j server. It becomes a document with a line for each statement; again, only what
    changed is taken over. What has no place in the schema is counted and told. `kgc forget NAME` takes it out.
    """
    from kgc.cli.bar import progress
    from kgc.cli.summary import tell
    from kgc.pipeline.workspace import Workspace

    with Workspace(call.workspace) as workspace, progress(call) as watch:
        imported = workspace.import_graph(
            source, schema=schema, name=name, user=user, password_env=password_env, database=database, watch=watch
        )
    if call.json:
        from kgc.cli.screen import emit

        emit(imported.as_json())
        return imported.report.exit_code
    if not call.quiet:
        _tell(imported)
    return tell(call, imported.report, following=True)


def _tell(imported: Imported) -> None:
    """What was read, and the schema that was derived from it."""
    from pathlib import Path

    from kgc.cli.screen import note, out
    from kgc.cli.visible import visible_lines
    from kgc.cli.words import count

    if imported.unchanged:
        note("Nothing has changed since the last import.")
        return
    if imported.schema:
        out(visible_lines(Path(imported.schema).read_text(encoding="utf-8")))
        note(f"The schema was written to {imported.schema}.")
    out(f"Read       {count(imported.things, 'thing')}, {count(imported.statements, 'statement')}")
