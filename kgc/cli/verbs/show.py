"""`kgc show`: an entity and where it is said."""

from __future__ import annotations

import click

from kgc.cli.call import Call, Verb, example


@click.command(cls=Verb, epilog=example('kgc show "Ada Lovelace"', "kgc show 3f2a9c --limit 200"))
@click.argument("name")
@click.option("--limit", type=click.IntRange(min=1), default=50, show_default=True, help="Facts at most.")
def show(call: Call, name: str, limit: int) -> int:
    """Show the entity of this NAME, alias or id: its facts, each with quote, document, place, reason and confidence.

    Several entities may have one name; all are shown. --verbose quotes every place of a fact, not only the first.
    """
    from kgc.pipeline.workspace import Workspace

    with Workspace(call.workspace) as workspace:
        cards = workspace.show(name, limit)
    if call.json:
        from kgc.cli.screen import emit
        from kgc.store.shapes import entity_shape, fact_shape

        emit(
            [
                {"entity": entity_shape(c.entity), "facts": [fact_shape(f) for f in c.facts], "more": c.more}
                for c in cards
            ]
        )
        return 0
    from kgc.cli.card import draw
    from kgc.cli.screen import console

    screen = console()
    for number, card in enumerate(cards):
        if number:
            screen.print()
        draw(screen, card, every=call.verbose)
    return 0
