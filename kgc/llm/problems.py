"""A call that brought no answer, or a run that was stopped, as the `Problem` that is kept with the chunk."""

from __future__ import annotations

from kgc.data import Problem, ProblemCode
from kgc.llm.jobs import Stop, StopKind
from kgc.llm.model import BadRequest, CallError, ContextOverflow, RateLimited

_OF_STOP: dict[StopKind, ProblemCode] = {
    "budget": "budget",
    "interrupted": "interrupted",
    "outage": "unavailable",
    "rate_limit": "rate_limited",
    "refused": "unavailable",
}


def problem_of(error: CallError) -> Problem:
    """The problem of a request that brought no answer after all its retries."""
    return Problem(_code(error), error.message, hint=error.hint)


def stop_problem(stop: Stop) -> Problem:
    """The problem of a chunk that was not asked because the run was stopped."""
    return Problem(_OF_STOP[stop.kind], stop.message, hint=stop.hint)


def _code(error: CallError) -> ProblemCode:
    match error:
        case ContextOverflow():
            return "context_overflow"
        case BadRequest():
            return "bad_request"
        case RateLimited():
            return "rate_limited"
        case _:
            return "unavailable"
