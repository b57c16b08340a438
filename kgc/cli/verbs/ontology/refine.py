"""`kgc ontology refine`: use a schema on a sample, and let the team mend what went wrong."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

import click

from kgc.cli.call import Call, example
from kgc.cli.run import Run, RunVerb

if TYPE_CHECKING:
    from kgc.ontology.refining import Refined, RoundReport

EPILOG = example(
    "kgc ontology refine schemas/mine.py docs/",
    "kgc ontology refine schemas/mine.py docs/ --model openai:gpt-5-mini --max-calls 80",
    'kgc ontology refine schemas/mine.py docs/ --goal "who supplies whom" --feedback notes.md -o schemas/better.py',
)
FEEDBACK = 4_000
"""Code points of a feedback file that the team is told."""


@click.command(cls=RunVerb, epilog=EPILOG)
@click.argument("file", type=click.Path(path_type=Path))
@click.argument("folder", type=click.Path(path_type=Path))
@click.option("--goal", default="", metavar="TEXT", help="What the graph is to answer.")
@click.option("--feedback", type=click.Path(path_type=Path), metavar="FILE", help="What people say about the schema.")
@click.option("--team", default="default", metavar="NAME|FILE", help="Who argues: default, small, or a TOML file.")
@click.option("--with-me", is_flag=True, help="Ask you about every proposal; your word decides.")
@click.option("--rounds", type=click.IntRange(1, 20), default=3, show_default=True, help="Rounds at most.")
@click.option("target", "-o", "--output", type=click.Path(path_type=Path), help="Where to write (default: over FILE).")
@click.option("--force", is_flag=True, help="Replace the file that is there.")
def refine(
    call: Call,
    run: Run,
    file: Path,
    folder: Path,
    goal: str,
    feedback: Path | None,
    team: str,
    with_me: bool,
    rounds: int,
    target: Path | None,
    force: bool,
) -> int:
    """Refine the schema FILE by what goes wrong when documents of FOLDER are read with it.

    Each round reads a sample, looks at labels without a place, ends that do not fit, classes that nothing is of and
    phrases without a relation, and lets a team argue over exactly that; it ends when a round changes little. Without a
    --model rules add what the evidence shows, and nobody is paid.
    """
    from kgc import config
    from kgc.cli.bar import progress
    from kgc.cli.talked import ask_person, following
    from kgc.ontology.agents.teams import find_team
    from kgc.ontology.draft import Outcome, Refusal
    from kgc.ontology.files import must_be_free, write_schema
    from kgc.ontology.refining import Material, Refining
    from kgc.ontology.sample import of_folder
    from kgc.ontology.terms import evidence
    from kgc.schema.find import find

    place = target or file
    must_be_free(place, force=force or target is None)
    schema = find(str(file), call.workspace)
    chosen = find_team(team, call.workspace)
    options = config.load(call.workspace, {k: v for k, v in run.options.items() if v is not None})
    sample = of_folder(folder)
    material = Material(sample, evidence(sample), _goal(goal, feedback))
    with progress(call) as watch, following(call) as said:
        refining = Refining(
            call.workspace, material, options, chosen.with_person() if with_me else chosen,
            ask_person if with_me else None, said, watch,
        )  # fmt: skip
        refined = refining.run(schema, rounds)
    accepted = tuple(p for p in refined.proposals if p.standing == "accepted")
    others = tuple(Refusal(p, "; ".join(p.objections)) for p in refined.proposals if p.standing != "accepted")
    page = None
    if refined.schema != schema or target:
        documents = len(sample.documents)
        made = f"Refined from {file.name} in {len(refined.rounds)} rounds, on a sample of {documents} documents."
        page = write_schema(Outcome(refined.schema, accepted, others), place, made, force=True)
    _tell(call, refined, place, page)
    return 4 if refined.by_budget else 3 if refined.stopped else 0


def _goal(goal: str, feedback: Path | None) -> str:
    """The goal with what people said about the schema. Raises `ConfigError` for a file that cannot be read."""
    if feedback is None:
        return goal
    from kgc.ontology.agents.content import read

    return f"{goal} People who used the schema say: {read(feedback)[:FEEDBACK]}".strip()


def _tell(call: Call, refined: Refined, place: Path, page: Path | None) -> None:
    if call.json:
        value = {
            "schema": str(place), "evidence": str(page) if page else None,
            "rounds": [_row(r) for r in refined.rounds],
            "after": {"coverage": refined.after.coverage, "rejects": refined.after.rejects},
            "calls": refined.made, "cost": refined.cost, "stopped": refined.stopped,
        }  # fmt: skip
        click.echo(json.dumps(value, ensure_ascii=False))
        return
    from kgc.cli.visible import visible
    from kgc.cli.words import count, money

    for r in refined.rounds:
        agreed = f"{r.accepted} of {count(r.proposed, 'proposal')} accepted" if r.proposed else "nothing proposed"
        click.echo(
            f"Round {r.number}: {r.fit.coverage:.0%} of relation phrases covered, {count(r.fit.rejects, 'reject')}, "
            f"{count(len(_unused(r)), 'unused name')}; {agreed}; {r.changed:.0%} of the schema changed"
        )
        for misfit in r.fit.misfits[: 10 if call.verbose else 3]:
            click.echo(f"  {visible(misfit.line())}")
    after = refined.after
    click.echo(f"Now: {after.coverage:.0%} covered, {count(after.rejects, 'reject')}.")
    click.echo(f"{count(refined.made, 'call')}, {money(refined.cost)}.")
    if page:
        click.echo(f"Wrote {place} and {page}.\nWhat changes in a graph: kgc ontology migrate {place} --dry-run")
    else:
        click.echo(f"{place} is left as it is: nothing was changed.")
    if refined.stopped:
        click.echo(f"Stopped: {visible(refined.stopped)}", err=True)


def _row(r: RoundReport) -> dict[str, object]:
    return {
        "round": r.number, "coverage": r.fit.coverage, "rejects": r.fit.rejects, "unused": _unused(r),
        "facts": r.fit.facts, "names": r.fit.names, "proposed": r.proposed, "accepted": r.accepted,
        "agreement": r.agreement, "changed": r.changed, "talk": r.talk or None,
        "misfits": [{"code": m.code, "what": m.what, "count": m.count} for m in r.fit.misfits],
    }  # fmt: skip


def _unused(r: RoundReport) -> list[str]:
    return [m.what for m in r.fit.misfits if m.code == "unused"]
