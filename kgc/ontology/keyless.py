"""From a folder to a schema without a model that costs money: sample, evidence, proposals, schema."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from kgc.data import Problem
from kgc.errors import ConfigError, KgcError
from kgc.ledger import Ledger
from kgc.ontology.draft import Outcome, apply
from kgc.ontology.modest import propose
from kgc.ontology.names import clean
from kgc.ontology.page import evidence_page, page_path
from kgc.ontology.records import Evidence
from kgc.ontology.sample import DOCUMENTS, Sample, of_folder, of_ledger
from kgc.ontology.terms import Watch, evidence
from kgc.schema.model import Schema
from kgc.schema.python import as_python
from kgc.slm.inventory import limits
from kgc.store.atomic import replacing

SUFFIX: Final = ".py"


@dataclass(frozen=True, slots=True)
class Drafted:
    """A schema by rules, what it rests on, and what the built-in model will not fill of it (as warnings)."""

    outcome: Outcome
    evidence: Evidence
    unread: tuple[Problem, ...]
    goal: str = ""

    @property
    def schema(self) -> Schema:
        return self.outcome.schema

    @property
    def unfilled(self) -> Sequence[Problem]:
        return limits(self.schema)

    @property
    def made(self) -> str:
        """How it was made, in a sentence."""
        e = self.evidence
        goal = f" Goal: {clean(self.goal, 300)}" if self.goal else ""
        return (
            f"Draft by rules, for a person to go through: no language model was asked. {e.sampled} of {e.documents}"
            f" documents were sampled, {e.passages} passages of about {e.words} words read.{goal}"
        )


def draft_folder(
    folder: Path, goal: str = "", name: str = "", most: int = DOCUMENTS, watch: Watch | None = None
) -> Drafted:
    """Propose a schema for a folder or a file. Raises `KgcError` when there is none, or nothing in it can be read."""
    return draft(of_folder(folder, most), goal, name or folder.resolve().name, watch)


def draft_workspace(
    ledger: Ledger, goal: str = "", name: str = "", most: int = DOCUMENTS, watch: Watch | None = None
) -> Drafted:
    """Propose a schema for what a workspace has read. Raises `KgcError` when it holds no documents."""
    return draft(of_ledger(ledger, most), goal, name or "workspace", watch)


def draft(sample: Sample, goal: str = "", name: str = "draft", watch: Watch | None = None) -> Drafted:
    """Propose a schema for a sample. Raises `KgcError` for one without documents, or without anything to propose."""
    if not sample.documents:
        why = "; ".join(p.message for p in sample.problems[:3])
        raise KgcError(
            f"There are no documents to propose a schema from ({sample.files} files are of a kind that is read).",
            f"{why} Name a folder with documents; `kgc text FILE` shows how a file is read.".strip(),
        )
    found = evidence(sample, watch)
    outcome = apply(None, propose(found, goal), name=name, definition=definition(found, goal))
    if not outcome.schema.entities:
        raise KgcError(
            f"Nothing in {found.sampled} documents ({found.words} words) suggests a class.",
            "The rules read English and Chinese prose and tables; a language model (--model) reads more.",
        )
    return Drafted(outcome, found, sample.problems, goal)


def definition(found: Evidence, goal: str) -> str:
    text = f"Draft by rules from {found.sampled} of {found.documents} documents; no language model was asked."
    return f"{text} To answer: {clean(goal, 200)}" if goal.strip() else text


def must_be_free(target: Path, *, force: bool) -> None:
    """Raises `ConfigError` for a file that is no schema's, or that is there already, unless `force`."""
    if target.suffix != SUFFIX:
        raise ConfigError(f"{str(target)!r} is no schema file.", f"Give it the suffix {SUFFIX}: schemas/mine.py.")
    if target.exists() and not force:
        raise ConfigError(f"{str(target)!r} is there already.", "Name another file, or replace it with --force.")


def write(drafted: Drafted, target: Path) -> tuple[Path, Path]:
    """Write the schema file and its evidence page beside it, whole or not at all; its folder is made."""
    target.parent.mkdir(parents=True, exist_ok=True)
    page = page_path(target)
    texts = ((page, evidence_page(drafted.outcome, made=drafted.made)), (target, as_python(drafted.schema)))
    for path, text in texts:
        with replacing(path) as part:
            part.write_text(text, encoding="utf-8")
    return target, page
