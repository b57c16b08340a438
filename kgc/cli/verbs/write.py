"""`kgc write`: publish the graph to a server."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from kgc.cli.call import Call, Verb, example

if TYPE_CHECKING:
    from kgc.pipeline.sparql import Place
    from kgc.store.neo4j_writer import Written
    from kgc.store.sparql.writer import Written as SparqlWritten

EPILOG = example(
    "kgc write neo4j://localhost:7687",
    "kgc write neo4j://localhost:7687 --dry-run",
    "kgc write neo4j+s://host --user me --password-env MY_PASSWORD --database kg --no-text",
    "kgc write http://localhost:3030/kg",
    "kgc write https://host/repositories/kg --user me --password-env MY_PASSWORD --graphs document",
)


@click.command(cls=Verb, epilog=EPILOG)
@click.argument("uri")
@click.option("--user", help="User name (Neo4j: neo4j); '' for a bearer token.")
@click.option("--password-env", help="Variable that holds the password (NEO4J_PASSWORD, SPARQL_PASSWORD).")
@click.option("--database", default="", help="Database of Neo4j (default: the server's); graph IRI of a SPARQL server.")
@click.option("--no-text", is_flag=True, help="Leave documents, chunks and mentions out.")
@click.option("--dry-run", is_flag=True, help="Tell what would be sent and removed; change nothing.")
@click.option("--prune", is_flag=True, help="Allow more than half of what is there to be removed.")
@click.option("--full", is_flag=True, help="Compare everything, instead of trusting what was written last.")
@click.option("--base", default="", metavar="IRI", help="SPARQL: what all IRIs begin with.")
@click.option(
    "--provenance", type=click.Choice(["full", "star", "none"]), default="full", show_default=True,
    help="SPARQL: evidence of each fact, tied to it by reification or RDF 1.2, or none.",
)  # fmt: skip
@click.option(
    "--graphs", type=click.Choice(["one", "document"]), default="one", show_default=True,
    help="SPARQL: beside the graph of everything, one for each document.",
)  # fmt: skip
@click.option("--update-url", default="", metavar="URL", help="SPARQL: where updates go, if it is unusual.")
@click.option("--query-url", default="", metavar="URL", help="SPARQL: where questions go, if it is unusual.")
def write(
    call: Call,
    uri: str,
    user: str | None,
    password_env: str | None,
    database: str,
    no_text: bool,
    dry_run: bool,
    prune: bool,
    full: bool,
    base: str,
    provenance: str,
    graphs: str,
    update_url: str,
    query_url: str,
) -> int:
    """Write the graph to the Neo4j or SPARQL server at URI. Only the difference to the last write is sent.

    A second time changes nothing; what others wrote is not touched.
    """
    from kgc.cli.bar import counting
    from kgc.cli.screen import emit, out
    from kgc.pipeline.exporting import Export
    from kgc.pipeline.sparql import Manner
    from kgc.pipeline.workspace import Workspace
    from kgc.store.find import is_sparql

    rdf = Export(base=base, provenance=provenance, graphs=graphs)
    must_fit(is_sparql(uri), no_text, rdf != Export() or bool(update_url or query_url))
    with Workspace(call.workspace) as workspace, counting(call, "send") as watch:
        written: Written | SparqlWritten
        if is_sparql(uri):
            place = place_of(uri, user, password_env, database, query_url, update_url)
            written = workspace.write_sparql(place, Manner(rdf, dry_run, prune, full, watch))
        else:
            written = workspace.write(
                uri, user="neo4j" if user is None else user, password_env=password_env or "NEO4J_PASSWORD",
                database=database, text=not no_text, dry_run=dry_run, prune=prune, anew=full, watch=watch,
            )  # fmt: skip
    if call.json:
        emit(written)
    elif not call.quiet:
        out(in_words(written, dry_run))
    return 0


def place_of(
    uri: str, user: str | None, password_env: str | None, graph: str, query_url: str, update_url: str = ""
) -> Place:
    """A SPARQL server as the options name it; with `--user ''` the variable holds a bearer token."""
    from kgc.pipeline.sparql import Place
    from kgc.store.sparql.http import PASSWORD

    variable = password_env or ("" if user is None else PASSWORD)
    return Place(uri, user or "", variable, graph, update_url, query_url)


def must_fit(sparql: bool, no_text: bool, for_sparql: bool) -> None:
    """Options that the kind of server does not know are mistakes, not silence."""
    if sparql and no_text:
        raise click.UsageError("--no-text is for Neo4j; --provenance none leaves the evidence out.")
    if for_sparql and not sparql:
        names = "--base, --provenance, --graphs, --update-url and --query-url"
        raise click.UsageError(f"{names} are for SPARQL servers, whose addresses begin with http.")


def in_words(written: Written | SparqlWritten, dry_run: bool) -> str:
    """What was sent and what that changed, in a sentence or two."""
    from dataclasses import asdict

    from kgc.cli.words import count

    full = " All of it was compared: no earlier write is remembered that fits what is there." if written.in_full else ""
    if dry_run:
        return f"Would send {count(written.sent, 'row')} and remove {count(written.removed, 'thing')}.{full}"
    if not written.sent and not written.removed:
        return f"Nothing has changed since the last write; nothing was sent.{full}"
    changed = {k: v for k, v in asdict(written).items() if v and k not in ("sent", "removed", "in_full")}
    what = ", ".join(f"{k.replace('_', ' ')} {v:,}" for k, v in changed.items()) or "nothing changed there"
    return f"Sent {count(written.sent, 'row')}: {what}.{full}"
