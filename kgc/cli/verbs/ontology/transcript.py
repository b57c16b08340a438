"""`kgc ontology transcript`: who said what when a team argued about a schema, and what each turn cost."""

from __future__ import annotations

import json
from pathlib import Path

import click

from kgc.cli.call import Call, Verb, example

EPILOG = example(
    "kgc ontology transcript",
    "kgc ontology transcript --list",
    "kgc ontology transcript 3f2a -o schemas/again.py",
)


@click.command(cls=Verb, epilog=EPILOG)
@click.argument("talk", default="")
@click.option("listing", "--list", is_flag=True, help="List the talks of the workspace.")
@click.option("target", "-o", "--output", type=click.Path(path_type=Path), help="Write the schema of the talk again.")
@click.option("--force", is_flag=True, help="Replace the schema file that is there.")
@click.option("--prices", metavar="FILE", default="", help="A price table of your own.")
def transcript(call: Call, talk: str, listing: bool, target: Path | None, force: bool, prices: str) -> int:
    """Show the TALK whose id begins so; the newest without one.

    It is held again from the paid answers in the ledger: nobody is asked, and the schema comes out as it did.
    """
    if listing:
        return _list(call)
    from kgc.cli.talked import paragraphs, row
    from kgc.cli.words import money, number
    from kgc.llm.price import price_of, price_table
    from kgc.ontology.agents.hold import recorded
    from kgc.ontology.agents.transcript import total
    from kgc.ontology.agents.transcript import transcript as lines_of
    from kgc.ontology.files import write_schema

    found, held = recorded(call.workspace, talk)
    lines = list(lines_of(held, price_of(found.model, price_table(Path(prices) if prices else None))))
    usage, cost = total(lines)
    stop = held.stop
    if target:
        write_schema(held.table.outcome(), target, f"From the talk {found.id} of the team {found.team}.", force=force)
    if call.json:
        value = {
            "talk": found.id, "goal": found.goal, "task": held.task, "team": found.team, "model": found.model,
            "stopped": {"kind": stop.kind, "round": stop.round, "words": stop.words} if stop else None,
            "withheld": held.withheld, "turns": [row(line) for line in lines],
            "tokens": {"prompt": usage.prompt, "cached_prefix": usage.cached_prefix, "completion": usage.completion},
            "cost": cost,
        }  # fmt: skip
        click.echo(json.dumps(value, ensure_ascii=False))
        return 0
    click.echo(f"Talk {found.id} of the team {found.team} with {found.model}\nTask: {held.task or '(none was given)'}")
    for line in lines:
        click.echo("")
        for text in paragraphs(line):
            click.echo(text)
    click.echo(f"\nIt ended: {stop.words if stop else 'it goes on'}.")
    tokens = f"{number(usage.prompt)} prompt and {number(usage.completion)} completion tokens"
    click.echo(f"{number(len(lines))} turns, {tokens}, {money(cost)}.")
    if held.withheld:
        click.echo(f"{number(held.withheld)} terms and passages were shown to nobody: they give orders to readers.")
    return 0


def _list(call: Call) -> int:
    from kgc.errors import LedgerError
    from kgc.ledger import FILE, Ledger

    if not (call.workspace / FILE).is_file():
        raise LedgerError(
            f"There is no workspace in {str(call.workspace)!r}.", "`kgc ontology propose FOLDER` makes one."
        )
    with Ledger(call.workspace, writable=False) as ledger:
        rows = ledger.talks.all()
    if call.json:
        names = ("id", "at", "team", "model", "goal")
        values = [{n: getattr(r, n) for n in names} | {"ended": r.ended[0]} for r in rows]
        click.echo(json.dumps(values, ensure_ascii=False))
        return 0
    for r in rows:
        click.echo(f"{r.id}  {r.at}  {r.team}  {r.model}  {r.ended[0] or 'open'}  {r.goal[:60]}")
    if not rows:
        click.echo("No talks yet. `kgc ontology propose FOLDER --model openai:NAME` holds one.")
    return 0
