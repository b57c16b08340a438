"""Another schema in the place of one that a workspace was read with."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict, dataclass, replace
from pathlib import Path

from kgc.data import Chunk
from kgc.errors import KgcError, UnknownName
from kgc.ledger import Ledger
from kgc.ledger.codec import dump
from kgc.ledger.extractions import IMPORT, Recipe
from kgc.pipeline.carrying import carry_decisions
from kgc.pipeline.ingest import rederive
from kgc.pipeline.plan import plan_asking
from kgc.pipeline.progress import Watch
from kgc.pipeline.recipes import Preparation, active_schema, current_asking, prepare, stored_options
from kgc.pipeline.report import Plan, Report
from kgc.schema import Schema
from kgc.schema.json import from_json


@dataclass(frozen=True, slots=True)
class Succession:
    """A recipe whose schema is to be another one; `old` is the schema it was last run with.

    `prepared` is what a run under the new schema is made of, under the recipe's present name.
    """

    recipe: Recipe
    old: Schema
    new: Schema
    prepared: Preparation


def succession(ledger: Ledger, workspace: Path, new: Schema, which: str = "") -> Succession:
    """What the new schema takes the place of: the active recipe of its name, of the name `which`, or the only one.

    Raises `UnknownName` or `KgcError` when that is none or not clear.
    """
    active = [r for r in ledger.extractions.recipes() if r.strategy != IMPORT]
    names = list(dict.fromkeys(r.schema_name for r in active))
    if not active:
        raise KgcError("Nothing was read in this workspace yet.", "`kgc ingest FOLDER --schema FILE` begins.")
    if which and which not in names:
        raise UnknownName("schema", which, names, f"This workspace was read with: {', '.join(names)}.")
    wanted = which or (new.name if new.name in names else names[0] if len(names) == 1 else "")
    found = [r for r in active if r.schema_name == wanted]
    if not found:
        told = f"This workspace was read with {', '.join(names)}, and {new.name!r} is none of them."
        raise KgcError(told, "Say by --from NAME which of them it takes the place of.")
    if len(found) > 1:
        told = f"{len(found)} models or strategies read with the schema {wanted!r}."
        raise KgcError(told, "Run `kgc ingest FOLDER --schema FILE` with the model that is to go on.")
    [recipe] = found
    options = stored_options(recipe, ledger.state, {})
    options = replace(options, schema=new.source or options.schema)
    named = replace(new, name=recipe.schema_name)
    return Succession(recipe, from_json(recipe.schema), new, prepare(options, workspace, named))


def whole_schemas(ledger: Ledger, found: Succession) -> tuple[Schema, Schema]:
    """All classes of the graph before and after."""
    recipes = ledger.extractions.recipes()
    after = [replace(r, schema=found.prepared.recipe.schema) if r.id == found.recipe.id else r for r in recipes]
    return active_schema(recipes), active_schema(after)


def to_ask(ledger: Ledger, found: Succession) -> Plan:
    """What asking again would cost: the chunks that were asked under a form of the schema that asked something else.

    `to_ask_again` counts them. The built-in model reads all chunks again, which costs nothing.
    """
    prepared = found.prepared
    count = 0

    def older() -> Iterator[Chunk]:
        nonlocal count
        asked = current_asking(ledger, prepared)
        for chunk, _ in ledger.extractions.settled(found.recipe, "done", other_than=asked, column="asking"):
            count += 1
            yield chunk

    plan = plan_asking(ledger, prepared, older() if prepared.strategy else ())
    return replace(plan, to_ask_again=count)


def take_over(ledger: Ledger, workspace: Path, found: Succession, watch: Watch | None) -> Report:
    """Put the new schema in the old one's place and derive the graph again, with people's decisions; nobody is asked.

    The recipe goes on under the new schema's name (and under the built-in model as it is now), so that the next ingest
    with that file finds all its answers.
    """
    prepared = prepare(found.prepared.options, workspace, found.new)
    if prepared.recipe.id != found.recipe.id:
        if any(r.id == prepared.recipe.id for r in ledger.extractions.recipes(active=False)):
            told = f"This workspace was read with {found.new.name!r} before."
            raise KgcError(told, f"`kgc ingest FOLDER --schema {found.new.source}` takes that up again.")
        with ledger.transaction():
            give_name(ledger, found, prepared)
    with ledger.transaction():
        if carry_decisions(ledger, found.old, found.new):
            ledger.state.bump()
    return rederive(ledger, workspace, prepared, watch)


def give_name(ledger: Ledger, found: Succession, prepared: Preparation) -> None:
    """Let the recipe go on under the id and name of `prepared`. Whoever calls it holds a transaction."""
    ledger.state.set(f"options:{prepared.recipe.id}", dump(asdict(prepared.options)))
    ledger.extractions.rename(found.recipe.id, prepared.recipe)
    ledger.state.bump()
