"""A chunk as a model gets to see it: where it stands, then its sentences with their numbers."""

from __future__ import annotations

from collections.abc import Sequence

from kgc.data import Chunk, Span


def numbered(text: str, sentences: Sequence[Span]) -> str:
    """One sentence a line, `[1] ` before the first; line breaks inside a sentence become spaces.

    >>> numbered("He left. She stayed.", [Span(0, 8), Span(9, 20)])
    '[1] He left.\\n[2] She stayed.'
    """
    return "\n".join(f"[{n}] {' '.join(s.of(text).split())}" for n, s in enumerate(sentences, start=1))


def context(chunk: Chunk) -> str:
    """The heading path and the table header, a line each; empty where there is neither."""
    path = " > ".join(" ".join(h.split()) for h in chunk.headings if h.strip())
    lines = [f"# {path}"] if path else []
    if chunk.header.strip():
        lines.append(f"Columns: {' '.join(chunk.header.split())}")
    return "\n".join(lines)
