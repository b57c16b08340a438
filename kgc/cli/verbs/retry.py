"""`kgc retry`: try the failures again."""

from __future__ import annotations

import click

from kgc.cli.call import Call, example
from kgc.cli.run import Run, RunVerb


@click.command(cls=RunVerb, epilog=example("kgc retry", "kgc retry --timeout 300 --concurrency 8"))
def retry(call: Call, run: Run) -> int:
    """Read again the files that could not be read, and ask again what was answered unusably.

    Runs with the options of the ingest before; what is given here replaces them (not schema, model, strategy or
    chunk size: those make another graph, so use `kgc ingest`).
    """
    from kgc.cli.bar import progress
    from kgc.cli.summary import tell
    from kgc.errors import KgcError
    from kgc.pipeline.workspace import Workspace

    if run.schema is not None:
        raise KgcError(
            "A retry keeps the schema that it retries.", f"Run `kgc ingest FOLDER --schema {run.schema}` instead."
        )
    with Workspace(call.workspace) as workspace, progress(call) as watch:
        report = workspace.retry(watch=watch, **run.options)
    return tell(call, report)
