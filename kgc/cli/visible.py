"""Text from documents and models on a terminal: data, never a command to it."""

from __future__ import annotations

import json
import re
from typing import Final

_UNSEEN: Final = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f"  # controls, ESC among them; tab and newline are left to the two functions
    "\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069"  # what turns the direction of writing
    "\u2028\u2029\u200b\u2060\ufeff\ufff9-\ufffb"  # breaks and marks that nobody sees
    "\ud800-\udfff\U000e0000-\U000e007f]"  # halves of characters, and tags
)
_SPACE: Final = re.compile(r"[ \t\r\n\f\v]+")


def visible(text: str) -> str:
    """One line of text with everything that could steer a terminal or hide itself written as an escape.

    >>> visible("Evil\\u202e Corp\\x1b[31m\\n Ltd")
    'Evil\\\\u202e Corp\\\\u001b[31m Ltd'
    """
    return _UNSEEN.sub(_escape, _SPACE.sub(" ", text))


def visible_lines(text: str) -> str:
    """Text of several lines, likewise; tabs and line ends stay."""
    return _UNSEEN.sub(_escape, text)


def _escape(match: re.Match[str]) -> str:
    """As JSON writes it, so that JSON on a terminal stays JSON."""
    return json.dumps(match.group())[1:-1] if ord(match.group()) > 0x9F else f"\\u{ord(match.group()):04x}"
