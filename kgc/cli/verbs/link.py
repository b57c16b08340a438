"""`kgc link`: say which entry of a knowledge base each name means."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from kgc.cli.call import Call, Verb, example

if TYPE_CHECKING:
    from kgc.pipeline.link import Linked
    from kgc.pipeline.link_source import KnowledgeBase

EPILOG = example(
    "kgc link --to people.csv --dry-run",
    "kgc link --to kb.jsonl --base https://www.wikidata.org/entity/",
    "kgc link --to neo4j://localhost:7687",
    'kgc link --to people.csv --explain "Ada Byron"',
    'kgc link --to people.csv "Ada Byron" p17',
)


@click.command(cls=Verb, epilog=EPILOG)
@click.argument("entity", required=False)
@click.argument("entry", required=False, metavar="[ID]")
@click.option("--to", "source", required=True, metavar="FILE|URL", help="The knowledge base.")
@click.option("--name", default="", metavar="NAME", help="What links call it (default: the file's name).")
@click.option("--base", default="", metavar="IRI", help="Put before ids that are no IRIs.")
@click.option("--columns", multiple=True, metavar="FIELD=COLUMN", help="Which column holds what; repeatable.")
@click.option("--min-score", type=float, default=0.5, show_default=True, help="Link what is at least so likely.")
@click.option("--dry-run", is_flag=True, help="Tell what would be linked; change nothing.")
@click.option("--explain", default="", metavar="NAME", help="Show what is weighed for this name; change nothing.")
@click.option("--by", default="person", show_default=True, help="Who says so, where ENTITY and ID are given.")
@click.option("--user", default="neo4j", show_default=True, help="User name on a server; '' for a bearer token.")
@click.option("--password-env", default="NEO4J_PASSWORD", show_default=True, help="Variable that holds the password.")
@click.option("--database", default="", help="Database of a server (default: the server's).")
def link(
    call: Call, entity: str | None, entry: str | None, source: str, name: str, base: str, columns: tuple[str, ...],
    min_score: float, dry_run: bool, explain: str, by: str, user: str, password_env: str, database: str,
) -> int:  # fmt: skip
    """Say which entry of a knowledge base each name of the graph means, or that none does.

    The knowledge base is a file (.jsonl, .csv, .tsv, SKOS or OWL as .ttl, .rdf, .owl and so on, each also with .gz) or
    a Neo4j server, which is only read. What is sure enough becomes a decision with its score and reason, which `kgc
    undo` takes back for good; again, only what changed is decided anew. With ENTITY and ID, a person's word for one.
    """
    from kgc.cli.linked import by_hand, explained, tell
    from kgc.pipeline.importing_source import Account
    from kgc.pipeline.link_source import KnowledgeBase

    kb = KnowledgeBase(source, name, base, _columns(columns), Account(user, password_env, database))
    if entity and not entry:
        raise click.UsageError("With ENTITY goes the ID of the entry that it is.")
    if entity and (dry_run or explain):
        raise click.UsageError(f"{'--dry-run' if dry_run else '--explain'} does not go with ENTITY and ID.")
    if entity and entry:
        return by_hand(call, kb, entity, entry, by)
    if explain:
        return explained(call, kb, explain)
    return tell(call, _linked(call, kb, min_score, dry_run=dry_run))


def _columns(given: tuple[str, ...]) -> dict[str, str]:
    found = {}
    for pair in (part for text in given for part in text.split(",")):
        field, mark, column = pair.partition("=")
        if not mark or not column.strip():
            raise click.BadParameter(f"{pair!r} is not FIELD=COLUMN.", param_hint="--columns")
        found[field.strip()] = column.strip()
    return found


def _linked(call: Call, kb: KnowledgeBase, min_score: float, *, dry_run: bool) -> Linked:
    from kgc.cli.bar import progress
    from kgc.pipeline.workspace import Workspace

    with Workspace(call.workspace) as workspace, progress(call) as watch:
        return workspace.link(kb, min_score=min_score, dry_run=dry_run, watch=watch)
