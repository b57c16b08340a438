"""Talks of agents on a terminal: each message with who said it, what was made of it and what it cost."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

import click

from kgc.cli.call import Call
from kgc.cli.visible import visible
from kgc.cli.words import count, money, number
from kgc.ontology.agents.lines import Worded, render
from kgc.ontology.agents.transcript import Line

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kgc.ontology.agents.talk import Said
    from kgc.ontology.records import Choice, Proposal

WIDTH = 100
ACTS = {
    "specify": "makes the task precise", "instruct": "says what is next", "search": "searches", "propose": "proposes",
    "object": "objects", "vote": "votes", "write": "polishes",
}  # fmt: skip


def row(line: Line) -> dict[str, object]:
    """A message as `--json` gives it."""
    return {
        "n": line.n, "round": line.round, "act": line.act, "role": line.role, "text": line.text, "read": line.read,
        "problems": list(line.problems),
        "tokens": {
            "prompt": line.usage.prompt, "cached_prefix": line.usage.cached_prefix, "completion": line.usage.completion,
        },
        "cost": line.cost,
    }  # fmt: skip


def paragraphs(line: Line) -> Iterator[str]:
    """A message as a person reads it."""
    price = "" if line.role == "me" else f", {number(line.usage.completion)} tokens, {money(line.cost)}"
    yield click.style(f"{line.n}. {visible(line.title)} {ACTS[line.act]}", bold=True) + f" (round {line.round}{price})"
    yield from (f"   {visible(text)}" for text in line.text.splitlines() if text.strip())
    yield click.style(f"   → {visible(line.read)}", dim=True)
    yield from (click.style(f"   ! {visible(problem)}", fg="yellow") for problem in line.problems)


@contextmanager
def following(call: Call) -> Iterator[Callable[[Said], None] | None]:
    """What to hand to a talk as `said`: a line on stderr for each message, unless nobody wants words."""
    if call.quiet or call.json:
        yield None
        return

    def said(one: Said) -> None:
        mark = " (from the record)" if one.cached else ""
        click.echo(f"  round {one.round}: {one.role} {ACTS[one.act]}: {visible(one.read)}{mark}", err=True)

    yield said


def ask_person(round_: int, proposals: Sequence[Proposal]) -> Sequence[tuple[int, Choice, str]]:
    """Show a person the proposals of a round; what they say nothing on is left to the others."""
    click.echo(f"\nRound {round_}: {count(len(proposals), 'proposal')}. Your word decides.", err=True)
    found: list[tuple[int, Choice, str]] = []
    for n, proposal in enumerate(proposals):
        click.echo(f"\nP{n + 1} {visible(render(Worded(proposal)))}", err=True)
        for quote in proposal.quotes[:2]:
            click.echo(f"   “{visible(quote.text[: WIDTH * 2])}” ({visible(quote.source)})", err=True)
        key = click.prompt("   accept, reject, or leave it to the others", type=_KEYS, default="l", err=True)
        if key != "l":
            reason = str(click.prompt("   why (may be empty)", default="", show_default=False, err=True))
            found.append((n, "for" if key == "a" else "against", " ".join(reason.split())))
    return found


_KEYS = click.Choice(["a", "r", "l"])
