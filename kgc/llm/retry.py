"""How long to wait before the same request is sent again."""

from __future__ import annotations

from dataclasses import dataclass

from kgc.data.ids import content_id


@dataclass(frozen=True, slots=True)
class Backoff:
    """Doubling waits in seconds, up to `cap`, each between half and the whole of its length.

    The part that varies comes from the seed and the request's key, not from chance: two runs wait alike.
    """

    base: float = 0.5
    cap: float = 30.0
    seed: int = 0

    def delay(self, key: str, attempt: int) -> float:
        """Seconds before attempt `attempt` + 1 (`attempt` counts from 1) of the request with this key."""
        whole: float = min(self.cap, self.base * 2.0 ** min(attempt - 1, 30))
        share = int(content_id(str(self.seed), key, str(attempt), length=8), 16) / 0xFFFFFFFF
        return whole * (0.5 + share / 2)
