"""`kgc plan`: what an ingest would cost."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, cast

import click

from kgc.cli.call import Call, example
from kgc.cli.run import Run, RunVerb
from kgc.cli.screen import note

if TYPE_CHECKING:
    from kgc.config import Given

EPILOG = example("kgc plan docs/ --model openai:gpt-5-mini --concurrency 64")


@click.command(cls=RunVerb, epilog=EPILOG)
@click.argument("folder", type=click.Path(path_type=Path))
@click.option("name", "--as", metavar="NAME", default="", help="Name of the folder in the graph (default: its own).")
def plan(call: Call, run: Run, folder: Path, name: str) -> int:
    """Estimate what `kgc ingest FOLDER` with the same options would ask and cost.

    Nothing is asked, spent or changed, and no key is needed. All figures are estimates. With --schema propose they are
    those of reading with the general schema; `kgc ontology propose FOLDER --dry-run` tells what proposing one costs.
    """
    from kgc.cli.summary import tell_plan
    from kgc.pipeline.workspace import Workspace

    if run.schema == "propose" or run.options.get("strategy") == "twostage":
        run = second_stage(run)
        if not call.quiet:
            note(
                "Estimated with the general schema; `kgc ontology propose FOLDER --dry-run` tells what proposing costs."
            )
    with Workspace(call.workspace) as workspace:
        return tell_plan(call, workspace.plan(folder, schema=run.schema, name=name, **run.options))


def second_stage(run: Run) -> Run:
    """The run that reads with what was proposed, with the general schema in its place."""
    from kgc.ontology import twostage

    options = dict(run.options)
    if options.get("strategy") == twostage.TWO_STAGE:
        strategy, of = twostage.reading_strategy(tuple(run.options.get("strategy_options") or ()))
        options |= {"strategy": strategy, "strategy_options": of}
    return Run(None, cast("Given", options))
