"""`kgc resolve`: which names are one thing, and why."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from kgc.cli.call import Call, example
from kgc.cli.run import Run, RunVerb

if TYPE_CHECKING:
    from kgc.pipeline.judging import Judging
    from kgc.pipeline.resolve_run import Resolved


@click.command(
    cls=RunVerb,
    epilog=example(
        "kgc resolve --dry-run",
        'kgc resolve --explain "Intl. Business Machines"',
        "kgc resolve --refit",
        "kgc resolve --judge --model openai:gpt-5-mini --max-calls 20",
    ),
)
@click.option("--dry-run", is_flag=True, help="Tell what would change; change nothing.")
@click.option(
    "--explain",
    "name",
    default="",
    metavar="NAME",
    help="Chart why an entity has its names, and what else it was compared with.",
)
@click.option("--against", default="", metavar="NAME", help="With --explain: compare with this entity, name by name.")
@click.option("--refit", is_flag=True, help="Count anew how common words are, over all names; then resolve by that.")
@click.option("--judge", is_flag=True, help="Have a --model judge the pairs that the resolver is not sure of.")
@click.option(
    "--pairs", type=click.IntRange(min=1), default=500, show_default=True, help="With --judge: pairs at most."
)
@click.option("--limit", type=click.IntRange(min=1), default=20, show_default=True, help="Pairs to show at most.")
def resolve(
    call: Call, run: Run, dry_run: bool, name: str, against: str, refit: bool, judge: bool, pairs: int, limit: int
) -> int:
    """Resolve names: merge those that mean one thing, list what to ask people about, with scores and reasons.

    Every run that changes something does so by itself; this verb shows how it stands, tries it, or explains it.
    With --judge a model is asked about the pairs between, ten in a question; what it says are decisions like others,
    with its reasons: `kgc undo ID`, or `kgc undo --by rule:judge` for all of them.
    """
    from kgc.errors import KgcError
    from kgc.pipeline.workspace import Workspace

    if against and not name:
        raise KgcError("--against needs the other entity.", "kgc resolve --explain NAME --against NAME")
    with Workspace(call.workspace) as workspace:
        if judge:
            return _tell_judged(call, workspace.judge_pairs(pairs, **run.options))
        if name:
            return _explain(call, workspace.explain(name, against)[:limit], name)
        return _tell(call, workspace.resolve(dry_run=dry_run, refit=refit, limit=limit))


def _explain(call: Call, found: tuple[object, ...], name: str) -> int:
    from kgc.cli.pairs import chart
    from kgc.cli.screen import console, emit, note
    from kgc.pipeline.proposed import Explained

    if call.json:
        emit(found)
        return 0
    screen = console()
    for number, told in enumerate(t for t in found if isinstance(t, Explained)):
        if number:
            screen.print()
        chart(screen, told)
    if not found and not call.quiet:
        note(f"{name} has one name, and no other name was worth a question.")
    return 0


def _tell(call: Call, found: Resolved) -> int:
    from kgc.cli.judge import line
    from kgc.cli.pairs import merges
    from kgc.cli.screen import console, emit, note, out
    from kgc.cli.words import count

    if call.json:
        emit(found)
        return 0
    would = "would be " if found.dry_run else ""
    for title, decisions in ((f"{would}merged", found.added), (f"{would}no longer merged", found.withdrawn)):
        if decisions:
            out(f"{title}: {len(decisions)}")
            for decision in decisions:
                out(f"  {line(decision)}")
    if found.pending:
        merges(console(), found.pending)
    if not call.quiet:
        note(_summary(found))
        if found.refused:
            note(f"{count(found.refused, 'merge')} by people cannot be: others took those names apart.")
        if found.grown:
            note(found.grown)
    return 0


def _summary(found: Resolved) -> str:
    from kgc.cli.words import count

    merged = sum(t.merged for t in found.types)
    asked = sum(t.pending for t in found.types)
    fitted = f"counted on {found.fitted:,} names" if found.fitted else "as shipped"
    return (
        f"{count(found.names, 'name')}, {count(found.entities, 'entity', 'entities')}; {merged:,} merged,"
        f" {asked:,} to ask (kgc merges --pending). How common words are: {fitted}."
    )


def _tell_judged(call: Call, found: Judging) -> int:
    from kgc.cli.judge import line
    from kgc.cli.screen import emit, note, out
    from kgc.cli.words import count, money

    code = 4 if found.by_budget else 3 if found.stopped or found.silent else 0
    if call.json:
        emit(found)
        return code
    for title, decisions in (("one thing", found.same), ("two things", found.different)):
        for decision in decisions:
            out(f"{title}: {line(decision)}")
    if not call.quiet:
        note(
            f"{count(found.asked, 'pair')} asked about: {len(found.same)} one thing, {len(found.different)} two,"
            f" {found.unsure} unsure, {found.silent} unanswered; {count(found.made, 'call')}, {money(found.cost)}."
        )
        if found.stopped:
            note(found.stopped)
    return code
