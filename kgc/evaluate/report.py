"""What an evaluation found; `as_json` gives the shape that scripts rely on."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from kgc.evaluate.calibration import Calibration
from kgc.evaluate.score import Measure, Score
from kgc.llm.turns import Usage
from kgc.pipeline.report import Calls


@dataclass(frozen=True, slots=True)
class Published:
    """Others' results, as the lines of a data set's README have them; `file` is where they stand."""

    file: str
    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Evaluation:
    """A data set's scores. `n` texts were scored, of `texts` in the part; the rest was not read (`stopped` says why).

    `left_out` are labels of the set that the schema has no word for, `unscored` those that are known and not scored;
    `made` tells that the schema was made of the set's labels. `rejects` counts what could not be read of answers, by
    reason; `failed` are texts that could not be read and count as read in vain.
    """

    data: str
    strategy: str
    model: str
    schema: str
    made: bool
    n: int
    texts: int
    scores: Mapping[str, Measure]
    calibration: Mapping[str, Calibration] = field(default_factory=dict)
    published: Published | None = None
    left_out: tuple[str, ...] = ()
    unscored: tuple[str, ...] = ()
    warnings: tuple[str, ...] = ()
    rejects: Mapping[str, int] = field(default_factory=dict)
    failed: int = 0
    calls: Calls = field(default_factory=Calls)
    usage: Usage = field(default_factory=Usage)
    cost: float | None = 0.0
    seconds: float = 0.0
    stopped: str = ""
    by_budget: bool = False

    @property
    def exit_code(self) -> int:
        """0 all read, 3 some not, 4 stopped at the budget."""
        if self.by_budget:
            return 4
        return 3 if self.failed or self.stopped else 0

    def as_json(self) -> dict[str, object]:
        """The shape of `kgc eval --json`."""
        used = self.usage
        return {
            "data": self.data,
            "strategy": self.strategy,
            "model": self.model,
            "schema": self.schema,
            "schema_made_of_labels": self.made,
            "n": self.n,
            "texts": self.texts,
            "scores": {name: _measure(m) for name, m in self.scores.items()},
            "calibration": {
                name: {"ece": round(c.ece, 4), "n": c.n, "bins": [_bin(c, i) for i in range(len(c.bins))]}
                for name, c in self.calibration.items()
            },
            "published": {"file": self.published.file, "lines": list(self.published.lines)} if self.published else {},
            "left_out": list(self.left_out),
            "unscored": list(self.unscored),
            "warnings": list(self.warnings),
            "rejects": dict(self.rejects),
            "failed": self.failed,
            "calls": {"made": self.calls.made, "cached": self.calls.cached, "failed": self.calls.failed},
            "tokens": {
                "prompt": used.prompt, "cached_prefix": used.cached_prefix, "completion": used.completion,
            },
            "cost": self.cost,
            "seconds": round(self.seconds, 2),
            "stopped": self.stopped,
        }  # fmt: skip


def _measure(m: Measure) -> dict[str, object]:
    found: dict[str, object] = dict(_score(m.micro))
    if m.macro:
        found["macro"] = _score(m.macro)
    if m.classes is not None:
        found["classes"] = {label: _score(s) for label, s in m.classes.items()}
    return found


def _score(s: Score) -> dict[str, object]:
    told: dict[str, object] = {"p": round(s.p, 4), "r": round(s.r, 4), "f1": round(s.f1, 4)}
    told["ci"] = [round(b, 4) for b in s.ci] if s.ci else None
    if s.found is not None:
        told |= {"found": s.found, "gold": s.gold, "right": s.right}
    return told


def _bin(c: Calibration, i: int) -> dict[str, object]:
    b = c.bins[i]
    return {
        "low": round(b.low, 4), "high": round(b.high, 4), "n": b.n, "confidence": round(b.confidence, 4),
        "right": round(b.right, 4),
    }  # fmt: skip
