"""What a run, a plan or a look at the state tells; `as_json` gives the shapes that scripts rely on."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, astuple, dataclass, field, replace

from kgc.llm.turns import Usage


@dataclass(frozen=True, slots=True)
class Tally:
    """How many are in which state. Every document and every chunk is in exactly one."""

    done: int = 0
    failed: int = 0
    pending: int = 0
    skipped: int = 0


@dataclass(frozen=True, slots=True)
class Failure:
    """One document or chunk that is not done: `document` is `<root>/<path>`, `chunk` a chunk id or None."""

    document: str
    chunk: str | None
    code: str
    message: str
    hint: str
    state: str = "failed"


@dataclass(frozen=True, slots=True)
class Changes:
    """What a run changed, by document and by fact."""

    documents_added: int = 0
    documents_edited: int = 0
    documents_moved: int = 0
    documents_removed: int = 0
    facts_added: int = 0
    facts_withdrawn: int = 0


@dataclass(frozen=True, slots=True)
class Calls:
    made: int = 0
    cached: int = 0
    failed: int = 0


@dataclass(frozen=True, slots=True)
class Report:
    """The state of a workspace after a run, and what the run did. `cost` is None where a model has no price.

    `stopped` says in words why a run ended early ("" when it did not): budget, interruption, a server that is down.
    `exit_code` is what the command line returns.
    """

    documents: Tally
    chunks: Tally
    entities: int
    facts: int
    changes: Changes = field(default_factory=Changes)
    calls: Calls = field(default_factory=Calls)
    usage: Usage = field(default_factory=Usage)
    cost: float | None = 0.0
    seconds: float = 0.0
    failures: tuple[Failure, ...] = ()
    warnings: tuple[str, ...] = ()
    stopped: str = ""
    exit_code: int = 0

    def as_json(self) -> dict[str, object]:
        """The shape of `kgc ingest --json`, `kgc status --json` and `kgc retry --json`."""
        chunks = {k: v for k, v in asdict(self.chunks).items() if k != "skipped"}
        return {
            "documents": asdict(self.documents),
            "chunks": chunks,
            "entities": self.entities,
            "facts": self.facts,
            "changed": {
                "documents": {
                    "added": self.changes.documents_added,
                    "edited": self.changes.documents_edited,
                    "moved": self.changes.documents_moved,
                    "removed": self.changes.documents_removed,
                },
                "facts": {"added": self.changes.facts_added, "withdrawn": self.changes.facts_withdrawn},
            },
            "calls": asdict(self.calls),
            "tokens": tokens_json(self.usage),
            "cost": self.cost,
            "seconds": round(self.seconds, 3),
            "failures": [asdict(f) for f in self.failures],
            "warnings": list(self.warnings),
            "stopped": self.stopped,
        }


def together(reports: Sequence[Report]) -> Report:
    """Runs that came one after another, as one: what each did, added up, and the state after the last."""
    costs = [r.cost for r in reports]
    return replace(
        reports[-1],
        changes=Changes(*map(sum, zip(*(astuple(r.changes) for r in reports), strict=True))),
        calls=Calls(*map(sum, zip(*(astuple(r.calls) for r in reports), strict=True))),
        usage=sum((r.usage for r in reports), Usage()),
        cost=None if None in costs else sum(c for c in costs if c is not None),
        seconds=sum(r.seconds for r in reports),
        warnings=tuple(dict.fromkeys(w for r in reports for w in r.warnings)),
        stopped=" ".join(dict.fromkeys(r.stopped for r in reports if r.stopped)),
    )


@dataclass(frozen=True, slots=True)
class Plan:
    """What a run would ask and cost, as estimates. `to_ask_again` counts chunks that `--reask` would ask again."""

    documents: int
    chunks: int
    calls: int
    usage: Usage
    cost: float | None
    seconds: float
    to_ask_again: int
    failures: tuple[Failure, ...] = ()

    def as_json(self) -> dict[str, object]:
        """The shape of `kgc plan --json`."""
        return {
            "documents": self.documents,
            "chunks": self.chunks,
            "calls": self.calls,
            "tokens": tokens_json(self.usage),
            "cost": self.cost,
            "seconds": round(self.seconds, 1),
            "to_ask_again": self.to_ask_again,
            "failures": [asdict(f) for f in self.failures],
        }


def tokens_json(usage: Usage) -> dict[str, int]:
    return {"prompt": usage.prompt, "cached_prefix": usage.cached_prefix, "completion": usage.completion}
