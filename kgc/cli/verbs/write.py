"""`kgc write`: publish the graph to a server."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from kgc.cli.call import Call, Verb, example

if TYPE_CHECKING:
    from kgc.store.neo4j_writer import Written

EPILOG = example(
    "kgc write neo4j://localhost:7687",
    "kgc write neo4j://localhost:7687 --dry-run",
    "kgc write neo4j+s://host --user me --password-env MY_PASSWORD --database kg --no-text",
)


@click.command(cls=Verb, epilog=EPILOG)
@click.argument("uri")
@click.option("--user", default="neo4j", show_default=True, help="User name; '' for a bearer token.")
@click.option("--password-env", default="NEO4J_PASSWORD", show_default=True, help="Variable that holds the password.")
@click.option("--database", default="", help="Database (default: the server's).")
@click.option("--no-text", is_flag=True, help="Leave documents, chunks and mentions out.")
@click.option("--dry-run", is_flag=True, help="Tell what would be sent and removed; change nothing.")
@click.option("--prune", is_flag=True, help="Allow more than half of what is there to be removed.")
@click.option("--full", is_flag=True, help="Compare everything, instead of trusting what was written last.")
def write(
    call: Call,
    uri: str,
    user: str,
    password_env: str,
    database: str,
    no_text: bool,
    dry_run: bool,
    prune: bool,
    full: bool,
) -> int:
    """Write the graph to the Neo4j server at URI. Only the difference to the last write is sent.

    A second time changes nothing; what others wrote is not touched.
    """
    from kgc.cli.bar import counting
    from kgc.cli.screen import emit, out
    from kgc.pipeline.workspace import Workspace

    with Workspace(call.workspace) as workspace, counting(call, "send") as watch:
        written = workspace.write(
            uri, user=user, password_env=password_env, database=database, text=not no_text, dry_run=dry_run,
            prune=prune, anew=full, watch=watch,
        )  # fmt: skip
    if call.json:
        emit(written)
    elif not call.quiet:
        out(in_words(written, dry_run))
    return 0


def in_words(written: Written, dry_run: bool) -> str:
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
