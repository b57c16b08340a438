"""`kgc ontology migrate`: a graph from one schema to the next."""

from __future__ import annotations

import click

from kgc.cli.call import Call, Verb, example

EPILOG = example(
    "kgc ontology migrate schemas/mine.py --dry-run",
    "kgc ontology migrate schemas/new.py --from mine",
)


@click.command("migrate", cls=Verb, epilog=EPILOG)
@click.argument("schema")
@click.option("which", "--from", metavar="NAME", default="", help="The schema whose place it takes, if not its own.")
@click.option("--dry-run", is_flag=True, help="Only tell what would change and cost.")
def migrate(call: Call, schema: str, which: str, dry_run: bool) -> int:
    """Put SCHEMA (a path or a name) in the place of the one that the workspace was read with.

    The graph is derived again from what was answered; nothing is asked. What facts stay, get another name or go is
    told, and what asking again would cost; `kgc ingest FOLDER --schema FILE --reask` asks.
    """
    from kgc.cli.bar import progress
    from kgc.cli.changes import migration_json, migration_lines
    from kgc.cli.screen import emit, out
    from kgc.cli.summary import lines
    from kgc.ontology.migrate import migrate as carry_out
    from kgc.ontology.migrate import plan_migration
    from kgc.schema.find import find

    new = find(schema, call.workspace)
    if dry_run:
        found = plan_migration(call.workspace, new, which)
    else:
        with progress(call) as watch:
            found = carry_out(call.workspace, new, which, watch)
    if call.json:
        emit(migration_json(found))
    elif not call.quiet:
        for line in migration_lines(found, schema, done=found.report is not None):
            out(line)
        for line in ("", *lines(found.report, every=call.verbose)) if found.report else ():
            out(line)
    return found.report.exit_code if found.report else 0
