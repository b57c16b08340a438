"""`kgc ontology propose`: a schema from documents."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from kgc.cli.call import Call, Verb, example

if TYPE_CHECKING:
    from kgc.ontology.keyless import Drafted

EPILOG = example(
    "kgc ontology propose docs/ -o schemas/mine.py",
    'kgc ontology propose docs/ --goal "who supplies whom, and what went wrong" -o schemas/mine.py',
    "kgc ontology propose --json",
)


@click.command("propose", cls=Verb, epilog=EPILOG)
@click.argument("folder", required=False, type=click.Path(path_type=Path))
@click.option("--goal", default="", metavar="TEXT", help="What you want to know, in a sentence or two.")
@click.option("target", "-o", "--output", type=click.Path(path_type=Path), help="The schema file to write.")
@click.option("--force", is_flag=True, help="Replace the schema file that is there.")
@click.option("--sample", type=click.IntRange(min=1), default=100, show_default=True, metavar="N",
              help="Open at most N documents.")  # fmt: skip
def propose(call: Call, folder: Path | None, goal: str, target: Path | None, force: bool, sample: int) -> int:
    """Propose a schema for the documents in FOLDER, or for those that the workspace has read.

    A sample of every kind of document is opened. By rules alone, without a key: classes of the names and nouns, is-a of
    what the documents call what, relations of what the built-in model reads and of verbs, attributes of values and
    tables, each with quotes. With -o an evidence page is written beside the schema. English and Chinese.
    """
    from kgc.cli.proposed import tell
    from kgc.ontology.keyless import must_be_free, write

    if target:
        must_be_free(target, force=force)
    drafted = by_rules(call, folder, goal, target.stem if target else "", sample)
    return tell(call, drafted, write(drafted, target) if target else None, folder)


def by_rules(call: Call, folder: Path | None, goal: str, name: str, sample: int) -> Drafted:
    """The draft that costs nothing."""
    from kgc.cli.bar import progress
    from kgc.ledger import Ledger
    from kgc.ontology.keyless import draft_folder, draft_workspace
    from kgc.pipeline.progress import Progress
    from kgc.pipeline.workspace import Workspace

    with progress(call) as shown:

        def watch(done: int, total: int) -> None:
            if shown:
                shown(Progress("ask", done=done, total=total))

        if folder is not None:
            return draft_folder(folder, goal, name, sample, watch)
        with Workspace(call.workspace) as workspace:
            workspace.status()  # says what to do where there is no workspace
        with Ledger(call.workspace, writable=False) as ledger:
            return draft_workspace(ledger, goal, name, sample, watch)
