"""What a server's response headers tell about its limits."""

from __future__ import annotations

import re
from collections.abc import Mapping

from kgc.llm.model import RateLimits

_PART = re.compile(r"(\d+(?:\.\d+)?)(ms|s|m|h|d)?")
_SECONDS = {"ms": 0.001, "s": 1.0, "m": 60.0, "h": 3600.0, "d": 86400.0, "": 1.0}


def rate_limits(headers: Mapping[str, str]) -> RateLimits | None:
    """The limits in OpenAI's `x-ratelimit-*` headers, which most servers use; None where there are none."""
    if "x-ratelimit-limit-requests" not in headers and "x-ratelimit-limit-tokens" not in headers:
        return None
    return RateLimits(
        requests=_count(headers, "limit-requests") or None,
        tokens=_count(headers, "limit-tokens") or None,
        remaining_requests=_count(headers, "remaining-requests"),
        remaining_tokens=_count(headers, "remaining-tokens"),
        reset_requests=seconds(headers.get("x-ratelimit-reset-requests", "")),
        reset_tokens=seconds(headers.get("x-ratelimit-reset-tokens", "")),
    )


def seconds(text: str) -> float:
    """A duration as servers write it.

    >>> seconds("6m0s"), seconds("12ms"), seconds("1.5"), seconds("?")
    (360.0, 0.012, 1.5, 0.0)
    """
    return sum(float(number) * _SECONDS[unit] for number, unit in _PART.findall(text))


def _count(headers: Mapping[str, str], what: str) -> int | None:
    raw = headers.get(f"x-ratelimit-{what}", "")
    return int(raw) if raw.isdecimal() else None
