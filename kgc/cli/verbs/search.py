"""`kgc search`: by words."""

from __future__ import annotations

import click

from kgc.cli.call import Call, Verb, example


@click.command(cls=Verb, epilog=example('kgc search "analytical engine"', "kgc search 电池 --limit 5"))
@click.argument("words", nargs=-1, required=True)
@click.option("--limit", type=click.IntRange(min=1), default=20, show_default=True, help="How many of each at most.")
def search(call: Call, words: tuple[str, ...], limit: int) -> int:
    """Find entities and passages by WORDS, best first; the start of a word is enough. Any language."""
    from kgc.pipeline.workspace import Workspace

    text = " ".join(words)
    with Workspace(call.workspace) as workspace:
        hits = workspace.search(text, limit)
    if call.json:
        from kgc.cli.screen import emit

        emit(hits)
        return 0
    from kgc.cli.hits import draw

    draw(text, hits)
    return 0
