"""How an answer ended, in the words of many servers."""

from __future__ import annotations

from kgc.llm.turns import Finish

_STOP = ("", "stop", "end_turn", "stop_sequence", "eos", "eos_token", "complete", "completed")
_LENGTH = ("length", "max_tokens", "max_output_tokens", "model_length")
_REFUSED = (
    "content_filter", "content_filtered", "refusal", "safety", "blocked", "prohibited_content", "recitation",
    "guardrail_intervened",
)  # fmt: skip
_BROKEN = ("error", "abort", "insufficient_system_resource")


def finish_of(reason: object) -> Finish | None:
    """The end that a server's word stands for, "other" for one that is not known; None where it broke off: what it
    sent is no answer."""
    word = reason.lower() if isinstance(reason, str) else "" if reason is None else "?"
    if word in _BROKEN:
        return None
    return "stop" if word in _STOP else "length" if word in _LENGTH else "refusal" if word in _REFUSED else "other"
