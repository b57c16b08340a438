"""`kgc ingest`: the main job."""

from __future__ import annotations

from pathlib import Path

import click

from kgc.cli.call import Call, example
from kgc.cli.run import Run, RunVerb

EPILOG = example(
    "kgc ingest docs/",
    "kgc ingest docs/ --schema company --model openai:gpt-5-mini --budget 2.50",
    "kgc ingest docs/ --base-url http://localhost:11434/v1 --model openai:qwen3",
)


@click.command(cls=RunVerb, epilog=EPILOG)
@click.argument("folder", type=click.Path(path_type=Path))
@click.option("name", "--as", metavar="NAME", default="", help="Name of the folder in the graph (default: its own).")
@click.option("--add", is_flag=True, help="Keep what other schemas and models found, and add this.")
@click.option("--prune", is_flag=True, help="Go on although more than half of the folder's files are gone.")
@click.option("--reask", is_flag=True, help="Ask again what was asked under an older form of the schema.")
def ingest(call: Call, run: Run, folder: Path, name: str, add: bool, prune: bool, reask: bool) -> int:
    """Read FOLDER into the graph.

    New and edited files are read, deleted ones forgotten; what was answered before is not asked again. Without a
    --model the built-in one reads: no key, no network. Exit code 3 means that some files or passages failed.
    """
    from kgc.cli.bar import progress
    from kgc.cli.summary import tell
    from kgc.pipeline.workspace import Workspace

    with Workspace(call.workspace) as workspace, progress(call) as watch:
        report = workspace.ingest(
            folder, schema=run.schema, name=name, add=add, prune=prune, reask=reask, watch=watch, **run.options
        )
    return tell(call, report, following=True)
