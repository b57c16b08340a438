"""`kgc query`: Cypher on the embedded graph."""

from __future__ import annotations

import json
import sys

import click

from kgc.cli.call import Call, Verb, example

EPILOG = example(
    'kgc query "MATCH (p:Person)-[r:WORKS_FOR]->(o:Organization) RETURN p.name, o.name, r.quote LIMIT 10"',
    "kgc query 'MATCH (e:Entity)-[r]->(x) WHERE e.name = $name RETURN type(r) AS relation, x.name' --param name=Ada",
    "kgc query - --csv < question.cypher > answer.csv",
    'kgc query --on neo4j://localhost:7687 "MATCH (n) RETURN labels(n), count(*)"',
)


@click.command(cls=Verb, epilog=EPILOG)
@click.argument("cypher")
@click.option("params", "--param", multiple=True, metavar="NAME=VALUE", help="A parameter: a JSON value, else a text.")
@click.option("as_csv", "--csv", is_flag=True, help="Print comma-separated values.")
@click.option("--limit", type=click.IntRange(min=1), default=10_000, show_default=True, help="Rows at most.")
@click.option(
    "--timeout", type=click.FloatRange(min=0, min_open=True), default=30.0, show_default=True, help="Seconds."
)
@click.option("--on", "uri", default="", metavar="URI", help="A Neo4j server to ask instead of the embedded graph.")
@click.option("--user", default="neo4j", show_default=True, help="User name on that server; '' for a bearer token.")
@click.option("--password-env", default="NEO4J_PASSWORD", show_default=True, help="Variable that holds the password.")
@click.option("--database", default="", help="Database of that server (default: the server's).")
def query(
    call: Call,
    cypher: str,
    params: tuple[str, ...],
    as_csv: bool,
    limit: int,
    timeout: float,
    uri: str,
    user: str,
    password_env: str,
    database: str,
) -> int:
    """Ask the graph in CYPHER (`-` reads it from stdin). Nothing can be changed by a query.

    The same queries work on a Neo4j server that the graph was written to; docs/reference/graph.md tells what differs.
    """
    from kgc.cli.table import print_csv, print_table
    from kgc.pipeline.workspace import Workspace

    if as_csv and call.json:
        raise click.UsageError("--csv and --json exclude each other.")
    text = sys.stdin.read() if cypher == "-" else cypher
    with Workspace(call.workspace) as workspace:
        given = read_params(params)
        rows = (
            workspace.query_server(
                uri, text, given, user=user, password_env=password_env, database=database, limit=limit, timeout=timeout
            )
            if uri
            else workspace.query(text, given, limit=limit, timeout=timeout)
        )
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
