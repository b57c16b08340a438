"""What the scripted server says, and what goes wrong on purpose."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Literal as OneOf

Fault = OneOf[
    "ok",
    "429",  # refused by rate, with Retry-After where `retry_after` is set
    "500",
    "503",
    "400",
    "401",
    "402",
    "403",
    "404",
    "cut",  # the connection ends in the middle of the answer
    "malformed",  # a body that is no JSON
    "empty",  # JSON without choices
    "length",  # an answer cut off at half, finish_reason "length"
    "refusal",
    "overflow",  # context_length_exceeded
    "hang",  # no answer until the client gives up
    "quota",  # 429 that no waiting mends
]


@dataclass(frozen=True, slots=True)
class Turn:
    """One message as the server got it; image parts are counted, their text parts joined."""

    role: str
    content: str
    images: int = 0


@dataclass(frozen=True, slots=True)
class Rule:
    """A reply for every request whose last user turn the pattern is found in; `\\1` stands for the first group."""

    pattern: str
    reply: str

    def match(self, text: str) -> str | None:
        found = re.search(self.pattern, text, re.DOTALL)
        return found.expand(self.reply) if found else None


Reply = Callable[[Sequence[Turn]], str]


@dataclass(frozen=True, slots=True)
class Faults:
    """What goes wrong: the listed faults in order of arrival, then others by share and seed.

    A share is a fraction of all requests. Which request is hit depends on the seed, its body and how often the body was
    seen, not on the order of arrival.
    """

    first: tuple[Fault, ...] = ()
    shares: tuple[tuple[Fault, float], ...] = ()
    seed: int = 0

    def pick(self, number: int, body: bytes, seen: int) -> Fault:
        if number < len(self.first):
            return self.first[number]
        if not self.shares:
            return "ok"
        digest = hashlib.blake2b(body, digest_size=8, salt=f"{self.seed}.{seen}".encode()[:16]).digest()
        chance = int.from_bytes(digest, "big") / 2**64
        for fault, share in self.shares:
            if chance < share:
                return fault
            chance -= share
        return "ok"


@dataclass(frozen=True, slots=True)
class Script:
    """How the server behaves. Times in seconds.

    `reply` answers what no rule matches. An answer takes `latency` plus `per_token` for each of its tokens; of `slots`
    calls at once the rest wait. `requests_per_period` refuses more than so many in any `period` (429, Retry-After, and
    headers that tell). `refuses` are parameters that bring a 400; `key` is the only key that is let in; `models` the
    only models that are known; `context` the longest prompt in tokens.
    """

    rules: tuple[Rule, ...] = ()
    reply: str | Reply = "ok"
    faults: Faults = Faults()
    latency: float = 0.0
    per_token: float = 0.0
    slots: int | None = None
    requests_per_period: int | None = None
    period: float = 60.0
    retry_after: float | None = None
    refuses: tuple[str, ...] = ()
    key: str | None = None
    models: tuple[str, ...] = ()
    context: int | None = None
    usage: bool = True

    def text(self, turns: Sequence[Turn]) -> str:
        """The reply to a conversation."""
        last = next((turn.content for turn in reversed(turns) if turn.role == "user"), "")
        for rule in self.rules:
            reply = rule.match(last)
            if reply is not None:
                return reply
        return self.reply if isinstance(self.reply, str) else self.reply(turns)
