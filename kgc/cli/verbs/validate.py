"""`kgc validate`: what in the graph breaks the rules of its schema."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING

import click

from kgc.cli.call import Call, Verb, example

if TYPE_CHECKING:
    from kgc.pipeline.validating import Verdict
    from kgc.store.rdf.validate import Finding

EXAMPLES = (
    "kgc validate",
    "kgc validate --on graph.ttl --schema company",
    "kgc validate --on neo4j://localhost:7687",
    "kgc validate --on http://localhost:3030/kg",
)


@click.command(cls=Verb, epilog=example(*EXAMPLES))
@click.option("--on", default="", metavar="FILE|URL", help="A file of RDF or a server (Neo4j, SPARQL) instead.")
@click.option("--schema", default="", metavar="NAME", help="A schema instead of the workspace's own.")
@click.option("--shapes", default="", metavar="FILE", help="SHACL shapes of your own instead of a schema's.")
@click.option("--base", default="", metavar="IRI", help="What the IRIs of the file begin with.")
@click.option("--user", help="User name on that server (Neo4j: neo4j); '' for a bearer token.")
@click.option("--password-env", default="", metavar="NAME", help="Variable that holds the password or a bearer token.")
@click.option("--database", default="", help="Database of Neo4j (default: the server's).")
def validate(
    call: Call, on: str, schema: str, shapes: str, base: str, user: str | None, password_env: str, database: str
) -> int:
    """Hold the graph against its schema (SHACL): which rule is broken, by which fact, in which document.

    Exits with 3 when a rule is broken. Several values where one can be true are a warning: documents disagree.
    """
    from kgc.cli.screen import emit
    from kgc.pipeline.workspace import Workspace

    with Workspace(call.workspace) as workspace:
        verdict = workspace.validate(
            on=on, schema=schema, shapes=shapes, base=base, user=user, password_env=password_env, database=database
        )
    if call.json:
        counts = {"conforms": not verdict.violations, "violations": verdict.violations, "warnings": verdict.warnings}
        emit({**counts, "statements": verdict.statements, "findings": [asdict(f) for f in verdict.findings]})
    else:
        _print(verdict, quiet=call.quiet)
    return 3 if verdict.violations else 0


def _print(verdict: Verdict, *, quiet: bool) -> None:
    from kgc.cli.screen import note, out
    from kgc.cli.words import count

    for finding in verdict.findings:
        out("\n".join(_lines(finding)))
    if not quiet:
        found = f"{count(verdict.violations, 'violation')}, {count(verdict.warnings, 'warning')}"
        note(f"{found} in {count(verdict.statements, 'statement')}.")


def _lines(finding: Finding) -> list[str]:
    """The rule, what breaks it, and where it is said."""
    from kgc.cli.visible import visible

    parts = (finding.thing, finding.property, finding.value)
    lines = [f"{finding.severity}: {visible(finding.message)}"]
    lines.append(f"  {visible(' - '.join(p for p in parts if p))} ({visible(finding.id)})")
    for place in finding.places:
        page = f", page {place.page}" if place.page else ""
        lines.append(f"  {visible(place.document)}{page}: {visible(place.quote)}")
    return lines
