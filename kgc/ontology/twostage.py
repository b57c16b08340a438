"""Two stages: propose a schema of a folder first, then read the folder with it.

Source: Trajanoska et al. 2023, "Enhancing Knowledge Graph Construction Using Large Language Models", arXiv:2305.04676:
the model that first creates an ontology and then fills it builds the better graph.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from kgc.config import Options
from kgc.errors import KgcError
from kgc.ontology.agents.talk import Said
from kgc.ontology.agents.teams import find_team
from kgc.ontology.files import write_schema
from kgc.ontology.keyless import Drafted, collected, draft
from kgc.ontology.proposing import Wanted, argue
from kgc.ontology.sample import of_folder
from kgc.pipeline.recipes import DEFAULT_STRATEGY, reads_itself

PROPOSE: Final = "propose"
"""What stands for a schema's name where one is to be proposed."""
TWO_STAGE: Final = "twostage"
"""The strategy that proposes first; its option `then` names the strategy that reads (default: codekgc)."""


@dataclass(frozen=True, slots=True)
class FirstStage:
    """The schema file of the first stage. `drafted` is None where it was there already; `stopped` if a budget ended it.

    `made` and `cost` are what the talk took.
    """

    path: Path
    drafted: Drafted | None = None
    made: int = 0
    cost: float | None = 0.0
    stopped: bool = False


def schema_path(workspace: Path, folder: Path) -> Path:
    """Where the proposed schema of a folder lies: `schemas/<folder>.py` of the workspace, as an identifier."""
    name = "".join(c if c.isalnum() else "_" for c in folder.resolve().name).strip("_") or "proposed"
    return workspace / "schemas" / f"{name if name.isidentifier() else 'of_' + name}.py"


def first_stage(
    workspace: Path,
    folder: Path,
    options: Options,
    goal: str = "",
    team: str = "default",
    said: Callable[[Said], None] | None = None,
) -> FirstStage:
    """Propose a schema of the folder, or take the one that was proposed before: a second run asks nobody.

    A person may edit or delete that file. Raises `KgcError` where nothing can be proposed.
    """
    path = schema_path(workspace, folder)
    if path.is_file():
        return FirstStage(path)
    sample = of_folder(folder)
    if reads_itself(options.model):
        drafted = draft(sample, goal)
        write_schema(drafted.outcome, path, drafted.made)
        return FirstStage(path, drafted)
    wanted = Wanted(sample, collected(sample), goal)
    argued = argue(workspace, wanted, find_team(team, workspace), options, None, said)
    held = argued.held
    if not held.stopped:
        write_schema(argued.drafted.outcome, path, argued.drafted.made)
    return FirstStage(path, argued.drafted, held.made, held.cost, held.stopped)


def reading_strategy(options: tuple[str, ...]) -> tuple[str, tuple[str, ...]]:
    """The strategy of the second stage and its options. Raises `KgcError` for itself."""
    then = [o.partition("=")[2] for o in options if o.startswith("then=")]
    if TWO_STAGE in then:
        raise KgcError(f"{TWO_STAGE} cannot be its own second stage.", "Give --option then=codekgc, or leave it out.")
    return (then[-1] if then else DEFAULT_STRATEGY), tuple(o for o in options if not o.startswith("then="))
