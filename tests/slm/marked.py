"""Texts whose ends are marked: [the head], {the tail}, |anybody else|."""

from __future__ import annotations

import re
from dataclasses import dataclass

from kgc.data import Span


@dataclass(frozen=True, slots=True)
class Marked:
    """The plain text and where what was marked stands in it; `people` are the marked names of two words."""

    text: str
    head: Span
    tail: Span
    people: tuple[Span, ...]


def marked(line: str) -> Marked:
    places: dict[str, Span] = {}
    people: list[Span] = []
    text = ""
    for piece in re.split(r"(\[[^]]+\]|\{[^}]+\}|\|[^|]+\|)", line):
        plain = piece[1:-1] if piece[:1] in ("[", "{", "|") else piece
        if plain is not piece:
            places[piece[0]] = Span(len(text), len(text) + len(plain))
            if re.fullmatch(r"[A-Z]\w+ [A-Z]\w+", plain):
                people.append(places[piece[0]])
        text += plain
    return Marked(text, places["["], places["{"], tuple(people))
