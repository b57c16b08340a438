"""Text that any request, file and database can hold."""

from __future__ import annotations


def encodable(text: str) -> str:
    """The text with lone surrogates replaced by `?`: JSON can bring half a character, UTF-8 cannot send it on.

    >>> encodable("half \\ud83d, whole é")
    'half ?, whole é'
    """
    try:
        text.encode()
    except UnicodeEncodeError:
        return text.encode("utf-8", "replace").decode()
    return text
