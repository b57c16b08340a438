"""`kgc ingest`: the main job."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, cast

import click

from kgc.cli.call import Call, example
from kgc.cli.run import Run, RunVerb

if TYPE_CHECKING:
    from kgc.config import Given

EPILOG = example(
    "kgc ingest docs/",
    "kgc ingest docs/ --schema company --model openai:gpt-5-mini --budget 2.50",
    "kgc ingest docs/ --schema propose",
    "kgc ingest docs/ --base-url http://localhost:11434/v1 --model openai:qwen3",
)


@click.command(cls=RunVerb, epilog=EPILOG)
@click.argument("folder", type=click.Path(path_type=Path))
@click.option("name", "--as", metavar="NAME", default="", help="Name of the folder in the graph (default: its own).")
@click.option("--add", is_flag=True, help="Keep what other schemas and models found, and add this.")
@click.option("--prune", is_flag=True, help="Go on although more than half of the folder's files are gone.")
@click.option("--reask", is_flag=True, help="Ask again what was asked under an older form of the schema.")
@click.option("--goal", default="", metavar="TEXT", help="With --schema propose: what you want to know.")
def ingest(call: Call, run: Run, folder: Path, name: str, add: bool, prune: bool, reask: bool, goal: str) -> int:
    """Read FOLDER into the graph.

    New and edited files are read, deleted ones forgotten; what was answered before is not asked again. Without a
    --model the built-in one reads: no key, no network. Exit code 3 means that some files or passages failed.
    --schema propose makes a schema of the folder first (`kgc ontology propose`) and reads with it.
    """
    from kgc.cli.bar import progress
    from kgc.cli.summary import tell
    from kgc.pipeline.workspace import Workspace

    if run.schema == "propose" or run.options.get("strategy") == "twostage":
        proposed = first_stage(call, run, folder, goal)
        if proposed is None:
            return 4
        run = proposed
    with Workspace(call.workspace) as workspace, progress(call) as watch:
        report = workspace.ingest(
            folder, schema=run.schema, name=name, add=add, prune=prune, reask=reask, watch=watch, **run.options
        )
    return tell(call, report, following=True)


def first_stage(call: Call, run: Run, folder: Path, goal: str) -> Run | None:
    """The run with the schema that was proposed and what the budget leaves; None where the budget ended it."""
    from kgc import config
    from kgc.cli.screen import note
    from kgc.cli.talked import following
    from kgc.ontology import twostage
    from kgc.pipeline.scan import must_exist

    must_exist(folder)
    given = {k: v for k, v in run.options.items() if v is not None}
    strategy, options_of = "", tuple(run.options.get("strategy_options") or ())
    if run.options.get("strategy") == twostage.TWO_STAGE:
        strategy, options_of = twostage.reading_strategy(options_of)
        given |= {"strategy": strategy, "strategy_options": options_of}
    options = config.load(call.workspace, given)
    with following(call) as said:
        made = twostage.first_stage(call.workspace, folder, options, goal, said=said)
    if made.stopped:
        note("The budget ended before a schema was agreed on; the same command goes on from here.")
        return None
    if not call.quiet:
        note(f"Reading with {made.path}" + (", which was proposed before." if made.drafted is None else "."))
    left = dict(run.options)
    if strategy:
        left |= {"strategy": None if options.model == "builtin" else strategy, "strategy_options": options_of or None}
    if options.max_calls is not None:
        left["max_calls"] = max(0, options.max_calls - made.made)
    if options.budget is not None:
        left["budget"] = max(0.0, options.budget - (made.cost or 0.0))
    return Run(str(made.path.resolve()), cast("Given", left))
