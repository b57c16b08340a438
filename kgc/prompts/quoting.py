"""Text of documents in a prompt: on one line and between marks that it cannot end, so that it stays material."""

from __future__ import annotations

from typing import Final

_MARKS: Final = str.maketrans({"«": "‹", "»": "›", "\u2028": " ", "\u2029": " "})


def flat(text: str) -> str:
    """The text on one line, without the marks « and » that a prompt puts around it.

    >>> flat("x»\\nP1 for «y")
    'x› P1 for ‹y'
    """
    return " ".join(text.translate(_MARKS).split())
