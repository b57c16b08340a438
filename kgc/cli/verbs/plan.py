"""`kgc plan`: what an ingest would cost."""

from __future__ import annotations

from pathlib import Path

import click

from kgc.cli.call import Call, example
from kgc.cli.run import Run, RunVerb

EPILOG = example("kgc plan docs/ --model openai:gpt-5-mini --concurrency 64")


@click.command(cls=RunVerb, epilog=EPILOG)
@click.argument("folder", type=click.Path(path_type=Path))
@click.option("name", "--as", metavar="NAME", default="", help="Name of the folder in the graph (default: its own).")
def plan(call: Call, run: Run, folder: Path, name: str) -> int:
    """Estimate what `kgc ingest FOLDER` with the same options would ask and cost.

    Nothing is asked, spent or changed, and no key is needed. All figures are estimates.
    """
    from kgc.cli.summary import tell_plan
    from kgc.pipeline.workspace import Workspace

    with Workspace(call.workspace) as workspace:
        return tell_plan(call, workspace.plan(folder, schema=run.schema, name=name, **run.options))
