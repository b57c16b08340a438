"""`kgc search`: by words, or by meaning."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from kgc.cli.call import Call, Verb, example

if TYPE_CHECKING:
    from kgc.pipeline.workspace import Workspace

EXAMPLES = (
    'kgc search "analytical engine"',
    "kgc search 电池 --limit 5",
    'kgc search "who lost their job?" --semantic',
)


@click.command(cls=Verb, epilog=example(*EXAMPLES))
@click.argument("words", nargs=-1, required=True)
@click.option("--limit", type=click.IntRange(min=1), default=20, show_default=True, help="How many of each at most.")
@click.option("--semantic", is_flag=True, help="Search by meaning too, with the best sentence of each passage.")
def search(call: Call, words: tuple[str, ...], limit: int, semantic: bool) -> int:
    """Find entities and passages by WORDS, best first; the start of a word is enough. Any language.

    With --semantic, WORDS may be a question: what means the same is found as well (English). The first such search
    embeds the whole workspace, later ones what is new.
    """
    from kgc.pipeline.workspace import Workspace

    text = " ".join(words)
    with Workspace(call.workspace) as workspace:
        if semantic:
            return search_meaning(call, workspace, text, limit)
        hits = workspace.search(text, limit)
    if call.json:
        from kgc.cli.screen import emit

        emit(hits)
        return 0
    from kgc.cli.hits import draw

    draw(text, hits)
    return 0


def search_meaning(call: Call, workspace: Workspace, text: str, limit: int) -> int:
    from kgc.cli.bar import progress
    from kgc.cli.meant import draw, remark
    from kgc.cli.screen import emit

    with progress(call) as watch:
        found = workspace.search_meaning(text, limit, watch=watch)
    remark(found)
    if call.json:
        emit(found)
    else:
        draw(text, found)
    return 0
