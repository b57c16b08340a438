"""`kgc query`: Cypher or SPARQL, on the embedded graph or a server."""

from __future__ import annotations

import json
import sys
from typing import TYPE_CHECKING

import click

from kgc.cli.call import Call, Verb, example

if TYPE_CHECKING:
    from kgc.pipeline.workspace import Workspace
    from kgc.store.answer import Rows

EPILOG = example(
    'kgc query "MATCH (p:Person)-[r:WORKS_FOR]->(o:Organization) RETURN p.name, o.name, r.quote LIMIT 10"',
    "kgc query 'MATCH (e:Entity)-[r]->(x) WHERE e.name = $name RETURN type(r) AS relation, x.name' --param name=Ada",
    "kgc query - --csv < question.cypher > answer.csv",
    'kgc query --on neo4j://localhost:7687 "MATCH (n) RETURN labels(n), count(*)"',
    'kgc query --sparql "SELECT ?s ?name WHERE { ?s <http://www.w3.org/2000/01/rdf-schema#label> ?name } LIMIT 10"',
    'kgc query --sparql --on http://localhost:3030/kg "ASK { ?s ?p ?o }"',
)


@click.command(cls=Verb, epilog=EPILOG)
@click.argument("text")
@click.option("--sparql", is_flag=True, help="TEXT is SPARQL.")
@click.option("params", "--param", multiple=True, metavar="NAME=VALUE", help="A parameter: a JSON value, else a text.")
@click.option("as_csv", "--csv", is_flag=True, help="Print comma-separated values.")
@click.option("--limit", type=click.IntRange(min=1), default=10_000, show_default=True, help="Rows at most.")
@click.option(
    "--timeout", type=click.FloatRange(min=0, min_open=True), default=30.0, show_default=True, help="Seconds."
)
@click.option("--on", "uri", default="", metavar="URI", help="A server to ask instead of the embedded graph.")
@click.option("--user", help="User name on that server (Neo4j: neo4j); '' for a bearer token.")
@click.option("--password-env", help="Variable that holds the password (NEO4J_PASSWORD, SPARQL_PASSWORD).")
@click.option("--database", default="", help="Database of Neo4j (default: the server's); graph IRI of a SPARQL server.")
@click.option("--query-url", default="", metavar="URL", help="SPARQL: where that server takes questions, if unusual.")
def query(
    call: Call,
    text: str,
    sparql: bool,
    params: tuple[str, ...],
    as_csv: bool,
    limit: int,
    timeout: float,
    uri: str,
    user: str | None,
    password_env: str | None,
    database: str,
    query_url: str,
) -> int:
    """Ask the graph in Cypher, or with --sparql in SPARQL; TEXT `-` reads it from stdin.

    Nothing can be changed by a query. The same queries work on a server that the graph was written to;
    docs/reference/graph.md and sparql.md tell what differs.
    """
    from kgc.cli.table import print_csv, print_table
    from kgc.pipeline.workspace import Workspace

    if as_csv and call.json:
        raise click.UsageError("--csv and --json exclude each other.")
    question = sys.stdin.read() if text == "-" else text
    with Workspace(call.workspace) as workspace:
        if sparql:
            if params:
                raise click.UsageError("--param is for Cypher.")
            rows = ask_sparql(workspace, question, uri, user, password_env, database, query_url, limit, timeout)
        elif uri:
            rows = workspace.query_server(
                uri, question, read_params(params), user="neo4j" if user is None else user,
                password_env=password_env or "NEO4J_PASSWORD", database=database, limit=limit, timeout=timeout,
            )  # fmt: skip
        else:
            rows = workspace.query(question, read_params(params), limit=limit, timeout=timeout)
    if call.json:
        from kgc.cli.screen import emit

        emit({"columns": rows.columns, "rows": rows.rows, "truncated": rows.truncated, "seconds": rows.seconds})
    elif as_csv:
        print_csv(rows)
    else:
        print_table(call, rows)
    if rows.truncated and not call.json:
        from kgc.cli.screen import note

        note(f"Only the first {len(rows.rows):,} rows are shown; --limit N shows more.")
    return 0


def read_params(pairs: tuple[str, ...]) -> dict[str, object]:
    """`name=value` pairs; a value is read as JSON where it is JSON, and is a text otherwise."""
    found: dict[str, object] = {}
    for pair in pairs:
        name, equals, raw = pair.partition("=")
        if not (name and equals):
            raise click.BadParameter(f"{pair!r} is not NAME=VALUE.", param_hint="--param")
        try:
            found[name.removeprefix("$")] = json.loads(raw)
        except json.JSONDecodeError:
            found[name.removeprefix("$")] = raw
    return found


def ask_sparql(
    workspace: Workspace,
    question: str,
    uri: str,
    user: str | None,
    password_env: str | None,
    graph: str,
    query_url: str,
    limit: int,
    timeout: float,
) -> Rows:
    """The answer of the server at `uri`, or of the embedded graph."""
    from kgc.cli.verbs.write import place_of

    place = place_of(uri, user, password_env, graph, query_url) if uri else None
    return workspace.query_sparql(question, place, limit=limit, timeout=timeout)
