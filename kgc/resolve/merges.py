"""Groups as decisions: each name merged into the smallest of those it is linked with, with score and reason."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Sequence
from typing import Final

from kgc.data import Decision
from kgc.resolve.records import Feature, Pair, Proposal, Resolution, Veto, pair
from kgc.resolve.score import MERGE

BY: Final = "rule:names"


def merges(result: Resolution, identify: Callable[[str, Sequence[str]], str]) -> Iterator[Decision]:
    """The merges that the resolver proposes, in order of keys. `identify` makes a decision's id from kind and keys.

    A name that is like another of its group, but not like the first, carries the score and the reason of that link.
    What holds together by a person's decision alone is not repeated: that decision is there already. The payload is
    what spoke for and against (`dump_features`).
    """
    of = {key: group[0] for group in result.by_rule for key in group}
    best: dict[str, Proposal] = {}
    direct: dict[Pair, Proposal] = {}
    for proposal in result.proposals:
        a, b = proposal.pair
        if proposal.verdict == "merge" and not proposal.vetoes and a in of and of[a] == of.get(b):
            direct[proposal.pair] = proposal
            for key in proposal.pair:
                if key not in best or (-proposal.score, proposal.pair) < (-best[key].score, best[key].pair):
                    best[key] = proposal
    for group in result.by_rule:
        for other in group[1:]:
            what = (group[0], other)
            found = direct.get(pair(*what), best[other])
            if found.score < MERGE:  # it came with the others of its group
                found = best[other]
            yield Decision(
                identify("merge", what), "merge", what, dump_features(found), found.score, _reason(found, what), BY
            )


def _reason(proposal: Proposal, what: tuple[str, str]) -> str:
    """In words; where the link is that to a third name, it is told."""
    third = next((key for key in proposal.pair if key not in what), "")
    return f"as {third}: {proposal.reason}" if third else proposal.reason


def dump_features(proposal: Proposal) -> str:
    """What spoke for and against, as JSON: `{"features": [[name, weight, reason]], "vetoes": [[code, reason]]}`."""
    found = {
        "features": [[f.name, f.weight, f.reason] for f in proposal.features],
        "vetoes": [[v.code, v.reason] for v in proposal.vetoes],
    }
    return json.dumps(found, ensure_ascii=False, separators=(",", ":"))


def load_features(text: str) -> tuple[tuple[Feature, ...], tuple[Veto, ...]]:
    """The inverse of `dump_features`; nothing for the payload of a decision that has no features."""
    found = json.loads(text) if text.startswith("{") else {}
    features = tuple(Feature(name, weight, reason) for name, weight, reason in found.get("features", ()))
    return features, tuple(Veto(code, reason) for code, reason in found.get("vetoes", ()))
