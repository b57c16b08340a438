"""`kgc write`: publish the graph to a server."""

from __future__ import annotations

import click

from kgc.cli.call import Call, Verb, example

EPILOG = example("kgc write neo4j://localhost:7687", "kgc write neo4j+s://host --user me --password-env MY_PASSWORD")


@click.command(cls=Verb, epilog=EPILOG)
@click.argument("uri")
@click.option("--user", default="neo4j", show_default=True, help="User name.")
@click.option("--password-env", default="NEO4J_PASSWORD", show_default=True, help="Variable that holds the password.")
@click.option("--database", default="", help="Database (default: the server's).")
def write(call: Call, uri: str, user: str, password_env: str, database: str) -> int:
    """Write the graph to the Neo4j server at URI. A second time changes nothing; what others wrote is not touched."""
    from dataclasses import asdict

    from kgc.cli.screen import emit, out
    from kgc.pipeline.workspace import Workspace

    with Workspace(call.workspace) as workspace:
        written = workspace.write(uri, user=user, password_env=password_env, database=database)
    if call.json:
        emit(written)
    elif not call.quiet:
        out(", ".join(f"{what.replace('_', ' ')} {number}" for what, number in asdict(written).items()))
    return 0
