"""What a search found, on a terminal."""

from __future__ import annotations

from rich.text import Text

from kgc.cli.card import indented
from kgc.cli.screen import console, note
from kgc.cli.visible import visible
from kgc.cli.words import count
from kgc.view.source import ChunkHit, Hits


def draw(text: str, hits: Hits) -> None:
    """Print entities, then passages with what matches marked; says so on stderr where there is neither."""
    if not hits.entities and not hits.chunks:
        nothing(text)
        return
    screen = console()
    for entity in hits.entities:
        line = Text(visible(entity.name), style="bold")
        line.append(f"  {visible(entity.type)}  {count(entity.facts, 'fact')}", style="not bold")
        line.append(f"  {entity.id}", style="not bold dim")
        screen.print(line, soft_wrap=True)
    for number, hit in enumerate(hits.chunks):
        if number or hits.entities:
            screen.print()
        screen.print(Text(where(hit, hit.page), style="dim"), soft_wrap=True)
        indented(screen, _snippet(hit), 2)


def nothing(text: str) -> None:
    note(f"Nothing is found for {visible(text)!r}. Try fewer or other words, or the start of a name.")


def where(hit: ChunkHit, page: int) -> str:
    """A passage's document, page (if it has any) and headings."""
    headings = "".join(f" > {visible(h)}" for h in hit.headings)
    return f"{visible(hit.document)}{f', page {page}' if page else ''}{headings}"


def _snippet(hit: ChunkHit) -> Text:
    """The passage; what matches is bold and underlined on a terminal."""
    text = Text()
    for piece, matches in hit.snippet:
        text.append(visible(piece), style="bold underline" if matches else "")
    return text
