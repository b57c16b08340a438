"""`kgc ontology propose`: a schema from documents, by rules or by a team of roles that argue."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import click

from kgc.cli.call import Call, example
from kgc.cli.run import Run, RunVerb

if TYPE_CHECKING:
    from kgc.config import Options
    from kgc.ontology.agents.hold import Held
    from kgc.ontology.agents.teams import Team
    from kgc.ontology.keyless import Drafted
    from kgc.ontology.proposing import Wanted
    from kgc.ontology.sample import Sample
    from kgc.ontology.terms import Watch

EPILOG = example(
    "kgc ontology propose docs/ -o schemas/mine.py",
    'kgc ontology propose docs/ --goal "who supplies whom, and what went wrong" -o schemas/mine.py',
    "kgc ontology propose docs/ --model openai:gpt-5-mini --max-calls 60 -o schemas/mine.py",
    "kgc ontology propose docs/ --model openai:gpt-5-mini --dry-run",
)


@click.command("propose", cls=RunVerb, epilog=EPILOG)
@click.argument("folder", required=False, type=click.Path(path_type=Path))
@click.option("--goal", default="", metavar="TEXT", help="What you want to know, in a sentence or two.")
@click.option("--team", default="default", metavar="NAME|FILE", help="Who argues: default, small, or a TOML file.")
@click.option("--with-me", is_flag=True, help="Ask you about every proposal; your word decides.")
@click.option("target", "-o", "--output", type=click.Path(path_type=Path), help="The schema file to write.")
@click.option("--force", is_flag=True, help="Replace the schema file that is there.")
@click.option("--sample", type=click.IntRange(min=1), default=100, show_default=True, metavar="N",
              help="Open at most N documents.")  # fmt: skip
@click.option("--dry-run", is_flag=True, help="Tell what a team would ask and cost at most, and ask nobody.")
def propose(
    call: Call,
    run: Run,
    folder: Path | None,
    goal: str,
    team: str,
    with_me: bool,
    target: Path | None,
    force: bool,
    sample: int,
    dry_run: bool,
) -> int:
    """Propose a schema for the documents in FOLDER, or for those that the workspace has read.

    A sample of every kind of document is opened, and terms, phrases and values are collected with their quotes. With a
    --model a team of roles argues over them: an expert leads, an ontologist proposes, a critic objects, all vote.
    Without one, rules alone make a modest draft: no key, no network. With -o an evidence page is written beside the
    schema, and --schema names one to begin with. English and Chinese.
    """
    from kgc import config
    from kgc.cli.proposed import tell, tell_estimate
    from kgc.ontology.agents.teams import find_team
    from kgc.ontology.files import must_be_free, write_schema
    from kgc.ontology.keyless import collected, draft
    from kgc.ontology.proposing import Wanted, foreseen
    from kgc.pipeline.recipes import reads_itself
    from kgc.schema.find import find

    if target:
        must_be_free(target, force=force)
    options = config.load(call.workspace, {k: v for k, v in run.options.items() if v is not None})
    chosen = find_team(team, call.workspace)
    start = find(run.schema, call.workspace) if run.schema else None
    held: Held | None = None
    taken = sample_of(call, folder, sample)
    if reads_itself(options.model) and not dry_run:
        with watching(call) as watch:
            drafted = draft(taken, goal, start, watch)
    else:
        with watching(call) as watch:
            wanted = Wanted(taken, collected(taken, watch), goal, start)
        if dry_run:
            return tell_estimate(call, foreseen(wanted, chosen, options), chosen)
        drafted, held = by_team(call, wanted, chosen, options, with_me=with_me)
    written = None
    if target and drafted.schema.entities:
        written = (target, write_schema(drafted.outcome, target, drafted.made, force=force))
    return tell(call, drafted, written, folder, held)


@contextmanager
def watching(call: Call) -> Iterator[Watch]:
    """A live line while passages are read."""
    from kgc.cli.bar import progress
    from kgc.pipeline.progress import Progress

    with progress(call) as shown:

        def watch(done: int, total: int) -> None:
            if shown:
                shown(Progress("ask", done=done, total=total))

        yield watch


def sample_of(call: Call, folder: Path | None, most: int) -> Sample:
    """A sample of the folder, or of what the workspace has read."""
    from kgc.ledger import Ledger
    from kgc.ontology.sample import of_folder, of_ledger
    from kgc.pipeline.workspace import Workspace

    if folder is not None:
        return of_folder(folder, most)
    with Workspace(call.workspace) as workspace:
        workspace.status()  # says what to do where there is no workspace
    with Ledger(call.workspace, writable=False) as ledger:
        return of_ledger(ledger, most)


def by_team(call: Call, wanted: Wanted, team: Team, options: Options, *, with_me: bool) -> tuple[Drafted, Held]:
    """What the team makes of it, told as it speaks."""
    from kgc.cli.talked import ask_person, following
    from kgc.ontology.proposing import argue

    person = ask_person if with_me else None
    with following(call) as said:
        argued = argue(call.workspace, wanted, team.with_person() if with_me else team, options, person, said)
    return argued.drafted, argued.held
