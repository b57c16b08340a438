"""How many tokens a text is, by a fixed function of our own: no tokenizer is downloaded, so figures are estimates."""

from __future__ import annotations

import re

from kgc.llm.turns import Ask

CHARACTERS_PER_TOKEN = 4
PER_MESSAGE = 4
"""Tokens that a chat format puts around each message."""

_WIDE = re.compile(
    r"[\u0e00-\u0eff\u1100-\u11ff\u2e80-\u9fff\ua960-\ua97f\uac00-\ud7ff\uf900-\ufaff\uff00-\uffef\U00020000-\U0003ffff]+"
)
_OTHER = re.compile(r"[\u0250-\u0dff\u0f00-\u10ff\u1200-\u1dff\U00010000-\U0001ffff]+")


def tokens(text: str) -> int:
    """About how many tokens a text is: a quarter of its Latin letters, half of other alphabets, one a wide character.

    >>> tokens("Ada Lovelace wrote the first program.")
    10
    >>> tokens("北京大学")
    4
    """
    if text.isascii():
        return -(-len(text) // CHARACTERS_PER_TOKEN)
    wide = sum(map(len, _WIDE.findall(text)))
    other = sum(map(len, _OTHER.findall(text)))
    return wide + -(-other // 2) + -(-(len(text) - wide - other) // CHARACTERS_PER_TOKEN)


def prompt_tokens(ask: Ask) -> int:
    """About how many tokens a request's messages are, with the chat format around them."""
    return sum(tokens(m.content) + PER_MESSAGE for m in ask.messages) + PER_MESSAGE - 1


def worst_prompt(estimated: int) -> int:
    """More tokens than a prompt is in any usual tokenizer: what a budget sets aside before it is sent.

    Dense text (tables of numbers, code) comes to some two characters a token, half of what `tokens` takes.
    """
    return 2 * estimated


def worst_completion(ask: Ask, assumed: int) -> int:
    """The most tokens that an answer can be; `assumed` a sample where the request sets no `max_tokens`."""
    return (ask.decode.max_tokens or assumed) * max(1, ask.decode.n)
