"""Groups as decisions: each name merged into the smallest of those it is linked with, with score and reason."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Final

from kgc.data import Decision
from kgc.resolve.clusters import roots
from kgc.resolve.records import Pair, Proposal, Resolution, pair

BY: Final = "rule:names"


def merges(result: Resolution, identify: Callable[[str, Sequence[str]], str]) -> Iterator[Decision]:
    """The merges that the resolver proposes, in order of keys. `identify` makes a decision's id from kind and keys.

    A name that is like another of its group, but not like the first, carries the score and the reason of that link.
    What holds together by a person's decision alone is not repeated: that decision is there already.
    """
    best: dict[str, Proposal] = {}
    direct: dict[Pair, Proposal] = {}
    for proposal in result.proposals:
        if proposal.verdict == "merge" and not proposal.vetoes:
            direct[proposal.pair] = proposal
            for key in proposal.pair:
                if key not in best or (-proposal.score, proposal.pair) < (-best[key].score, best[key].pair):
                    best[key] = proposal
    for other, first in sorted(roots(direct).items()):
        if other != first:
            what = (first, other)
            found = direct.get(pair(first, other), best[other])
            reason = _reason(found, what)
            yield Decision(identify("merge", what), "merge", what, score=found.score, reason=reason, by=BY)


def _reason(proposal: Proposal, what: tuple[str, str]) -> str:
    """In words; where the link is that to a third name, it is told."""
    third = next((key for key in proposal.pair if key not in what), "")
    return f"as {third}: {proposal.reason}" if third else proposal.reason
