"""Which of the two languages a chunk is read in."""

from __future__ import annotations

import re
from typing import Final

from kgc.data import Chunk

HAN: Final = re.compile(r"[㐀-鿿]")
KANA: Final = re.compile(r"[぀-ヿ가-힯]")
LATIN: Final = re.compile(r"[A-Za-z]")
SMALL_WORDS: Final = re.compile(r"\b(?:the|of|and|in|is|was|to|for|by|with|at|on|from|as|are|has)\b", re.IGNORECASE)


def language(chunk: Chunk) -> str:
    """ "en", "zh", or "" for what neither model reads. A chunk without a language is judged by its letters.

    An English chunk inside a Chinese document is read as English, and the other way round.
    """
    text = chunk.text[:4000]
    han, latin = len(HAN.findall(text)), len(LATIN.findall(text))
    marked = chunk.lang.split("-")[0].lower()
    if marked not in ("en", "zh", ""):
        return ""
    if KANA.search(text) and len(KANA.findall(text)) > han // 4:
        return ""
    if han * 4 > latin:
        return "zh"
    return "en" if marked in ("en", "zh") or SMALL_WORDS.search(text) or latin < 60 else ""
