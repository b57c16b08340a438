"""Statistics as bytes, to be kept in a ledger; and those that stand in until a workspace has names enough."""

from __future__ import annotations

import json
import zlib
from collections.abc import Mapping
from typing import Final

from kgc.resolve.lexicon import GENERIC, GIVEN, PLACES, SECTORS, SURNAMES
from kgc.resolve.statistics import Statistics

ENOUGH: Final = 1000
"""From so many names on, a workspace's own names tell how common a word is; below, the order of arrival would."""
READ_FROM_TEXT: Final = -2.25
"""What another value says against a pair where values are read from texts: one in ten is wrong, or of another time."""
VERSION: Final = "1"
"""Raise it when statistics are counted otherwise: older ones are counted anew then."""
_UNSEEN: Final = 2
"""That a word is none of these says neither that it is rare nor that it is common."""
_COMMON: Final = ((SURNAMES, 4), (PLACES, 4), (GIVEN, 5), (GENERIC, 10), (SECTORS, 10))
"""In how many of a thousand names these words are taken to be. Origin: set by hand, in the order of magnitude of the
names in the shipped examples; the words of the lists are common in any text that has them at all."""


def prior(script: Mapping[int, int], several: frozenset[str] = frozenset()) -> Statistics:
    """What a thousand names of no collection in particular would count."""
    tokens = {word: n for words, n in _COMMON for word in words}
    return Statistics(ENOUGH, tokens, {}, {}, script, several, READ_FROM_TEXT, _UNSEEN)


def dump(statistics: Statistics) -> bytes:
    """Compressed JSON, the same for equal statistics."""
    script = sorted(statistics.script.items())
    found = {
        "size": statistics.size,
        "tokens": statistics.tokens,
        "names": statistics.names,
        "values": [[*key, n] for key, n in sorted(statistics.values.items())],
        "script": ["".join(chr(c) for c, _ in script), "".join(chr(c) for _, c in script)],
    }
    return zlib.compress(json.dumps(found, sort_keys=True, separators=(",", ":")).encode(), 6)


def load(body: bytes, several: frozenset[str] = frozenset()) -> Statistics:
    """The inverse of `dump`; `several` is the schema's, and is not kept."""
    found = json.loads(zlib.decompress(body))
    values = {(name, value): n for name, value, n in found["values"]}
    return Statistics(
        found["size"], found["tokens"], found["names"], values, str.maketrans(*found["script"]), several, READ_FROM_TEXT
    )
