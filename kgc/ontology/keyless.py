"""From a sample to a schema without a model that costs money: evidence, proposals, schema."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from kgc.data import Problem
from kgc.errors import KgcError
from kgc.ontology.draft import Outcome, apply
from kgc.ontology.modest import propose
from kgc.ontology.names import clean
from kgc.ontology.records import Evidence
from kgc.ontology.sample import Sample
from kgc.ontology.terms import Watch, evidence
from kgc.schema.model import Schema
from kgc.slm.inventory import limits
from kgc.slm.worded import unread


@dataclass(frozen=True, slots=True)
class Drafted:
    """A proposed schema, what it rests on, and what the built-in model will not fill of it (as warnings).

    `by` says in a sentence who made it.
    """

    outcome: Outcome
    evidence: Evidence
    unread: tuple[Problem, ...]
    goal: str = ""
    by: str = "Draft by rules, for a person to go through: no language model was asked."

    @property
    def schema(self) -> Schema:
        return self.outcome.schema

    @property
    def unfilled(self) -> Sequence[Problem]:
        return limits(self.schema)

    @property
    def by_verbs(self) -> tuple[str, ...]:
        """The relations among them that `--open` fills, from sentences with their verb."""
        return tuple(r.name for r in unread(self.schema) if any(a.isascii() for a in r.labels.aliases))

    @property
    def made(self) -> str:
        """How it was made, in a sentence."""
        e = self.evidence
        goal = f" Goal: {clean(self.goal, 300)}" if self.goal else ""
        return (
            f"{self.by} {e.sampled} of {e.documents} documents were sampled,"
            f" {e.passages} passages of about {e.words} words read.{goal}"
        )


def draft(sample: Sample, goal: str = "", schema: Schema | None = None, watch: Watch | None = None) -> Drafted:
    """Propose a schema for a sample, or what `schema` has not yet. Raises `KgcError` where nothing can be proposed."""
    found = collected(sample, watch)
    made = propose(found, goal, schema)
    outcome = apply(schema, made, definition=definition(found, goal))
    if not outcome.schema.entities:
        raise KgcError(
            f"Nothing in {found.sampled} documents ({found.words} words) suggests a class.",
            "The rules read English and Chinese prose and tables; a language model (--model) reads more.",
        )
    return Drafted(outcome, found, sample.problems, goal)


def collected(sample: Sample, watch: Watch | None = None) -> Evidence:
    """The evidence of a sample. Raises `KgcError` for one without documents."""
    if not sample.documents:
        why = "; ".join(p.message for p in sample.problems[:3])
        raise KgcError(
            f"There are no documents to propose a schema from ({sample.files} files are of a kind that is read).",
            f"{why} Name a folder with documents; `kgc text FILE` shows how a file is read.".strip(),
        )
    return evidence(sample, watch)


def definition(found: Evidence, goal: str) -> str:
    text = f"Draft by rules from {found.sampled} of {found.documents} documents; no language model was asked."
    return f"{text} To answer: {clean(goal, 200)}" if goal.strip() else text
