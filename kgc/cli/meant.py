"""What a search by meaning found, on a terminal."""

from __future__ import annotations

from rich.text import Text

from kgc.cli.card import indented
from kgc.cli.hits import nothing, where
from kgc.cli.screen import console, note
from kgc.cli.visible import visible
from kgc.cli.words import count
from kgc.pipeline.semantic import Meant, MeantChunk, MeantEntity


def remark(found: Meant) -> None:
    """Say on stderr what the embedder could not read: the question each time, passages when they are new."""
    if found.by_words:
        note("The built-in embedder reads English, and not this question: it was searched by words alone.")
    if found.new_unread:
        note(
            f"{count(found.new_unread, 'passage')} cannot be read by the built-in embedder (it reads English):"
            " found by words alone."
        )


def draw(text: str, found: Meant) -> None:
    """Print entities, then the best sentence of each passage with its place and how alike it is."""
    if not found.entities and not found.chunks:
        nothing(text)
        return
    screen = console()
    for entity in found.entities:
        screen.print(_entity(entity), soft_wrap=True)
    for number, hit in enumerate(found.chunks):
        if number or found.entities:
            screen.print()
        screen.print(Text(f"{where(hit, hit.quote_page)}{_alike(hit)}", style="dim"), soft_wrap=True)
        indented(screen, Text(visible(" ".join(hit.quote.split()))), 2)


def _entity(entity: MeantEntity) -> Text:
    line = Text(visible(entity.name), style="bold")
    line.append(f"  {visible(entity.type)}  {count(entity.facts, 'fact')}{_alike(entity)}", style="not bold")
    line.append(f"  {entity.id}", style="not bold dim")
    return line


def _alike(hit: MeantEntity | MeantChunk) -> str:
    return "" if hit.similarity is None else f"  {hit.similarity:.2f}"
