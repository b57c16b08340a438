"""From options to what a run needs: the schema, who reads the chunks, and the recipe that names it all."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import cast

from kgc import plugins
from kgc.config import Options, checked
from kgc.data import content_id
from kgc.errors import KgcError, UnknownName
from kgc.extract.contract import Extractor, Strategy
from kgc.extract.find import strategy as find_strategy
from kgc.ledger import Ledger
from kgc.ledger.extractions import Recipe
from kgc.ledger.state import State
from kgc.llm.find import find as find_model
from kgc.llm.model import Model
from kgc.pipeline.sync import chunking
from kgc.schema import Schema
from kgc.schema.find import find as find_schema
from kgc.schema.fingerprint import asking, deriving, needs_asking
from kgc.schema.json import from_json, to_json
from kgc.schema.opened import opened
from kgc.schema.union import union

BUILT_IN = "builtin"
EXTRACTORS = (BUILT_IN, "spacy")
"""Kinds of models that read chunks by themselves."""
DEFAULT_STRATEGY = "codekgc"


@dataclass(frozen=True, slots=True)
class Preparation:
    """What a run is made of. Either `extractor` reads the chunks itself, or `strategy` asks a model."""

    options: Options
    schema: Schema
    recipe: Recipe
    asking: str
    deriving: str
    extractor: Extractor | None = None
    strategy: Strategy | None = None

    def model(self) -> Model:
        """The model to ask; made late, so that a plan needs no key."""
        o = self.options
        return find_model(o.model, key_env=o.key_env, base_url=o.base_url or None, timeout=o.timeout)


def prepare(options: Options, workspace: Path, schema: Schema | None = None) -> Preparation:
    """Find everything that the options name. Raises `KgcError` for the first that is not there."""
    found = schema or find_schema(options.schema, workspace)
    if reads_itself(options.model):
        found = opened(found) if options.open else found
        extractor = extractor_of(options)
        spec = f"{extractor.name} open" if options.open else extractor.name
        name = f"{options.model}:{getattr(extractor, 'version', '')}"
        strategy = None
    else:
        extractor = None
        _known_kind(options.model)
        _not_open(options)
        strategy_name = options.strategy or DEFAULT_STRATEGY
        strategy = find_strategy(strategy_name, dict(o.split("=", 1) for o in options.strategy_options))
        spec, name = " ".join([strategy_name, *sorted(options.strategy_options)]), options.model
    kind = chunking(options.chunk_size)
    id_ = content_id("recipe", found.name, spec, name, kind)
    recipe = Recipe(id_, found.name, spec, name, kind, to_json(found))
    return Preparation(options, found, recipe, asking(found), deriving(found), extractor, strategy)


def reads_itself(model: str) -> bool:
    """Whether a model is an extractor: it is not asked, and takes no strategy."""
    return model == BUILT_IN or model.partition(":")[0] in EXTRACTORS[1:]


def _known_kind(model: str) -> None:
    """Refuse a model whose kind nobody knows before anything is read or written."""
    kinds = plugins.table("model")
    kind = model.partition(":")[0]
    if kind not in kinds:
        raise UnknownName("model", kind, kinds, "`kgc plugins model` lists them.")


def restore(recipe: Recipe, state: State, given: Mapping[str, object], workspace: Path) -> Preparation:
    """The preparation that an active recipe was run with, but for the options that are given now."""
    options = stored_options(recipe, state, given)
    again = prepare(options, workspace, from_json(recipe.schema))
    if again.recipe.id != recipe.id:
        raise KgcError(
            f"Another model, strategy or chunk size makes another recipe ({again.recipe.model}, "
            f"{again.recipe.strategy}), not a retry of this one ({recipe.model}, {recipe.strategy}).",
            "Run `kgc ingest` with these options instead.",
        )
    return again


def stored_options(recipe: Recipe, state: State, given: Mapping[str, object]) -> Options:
    """The options that a recipe was last run with, but for those that are given now."""
    stored = json.loads(state.get(f"options:{recipe.id}", "{}"))
    return checked({**stored, **{k: v for k, v in given.items() if v is not None}}, f"the recipe {recipe.id}")


def current_asking(ledger: Ledger, prepared: Preparation) -> str:
    """The fingerprint of the recipe's last schema where the edit since gives no reason to ask again, else the new one.

    Renames, links, narrower signatures and the like only derive again (the table in docs/reference/schema.md).
    """
    for recipe in ledger.extractions.recipes(active=False):
        if recipe.id == prepared.recipe.id:
            last = from_json(recipe.schema)
            return prepared.asking if needs_asking(last, prepared.schema) else asking(last)
    return prepared.asking


def extractor_of(options: Options) -> Extractor:
    """The extractor that the options name. Raises `KgcError` for options that it does not take. Loads no weights."""
    return _opened(_extractor(options)) if options.open else _extractor(options)


def _extractor(options: Options) -> Extractor:
    kind, _, name = options.model.partition(":")
    who = "The built-in model" if kind == BUILT_IN else f"The model {options.model!r}"
    if options.strategy not in ("", BUILT_IN, kind):
        raise KgcError(
            f"{who} reads by itself; it cannot be asked by the strategy {options.strategy!r}.",
            "Name a model to ask, for example --model openai:gpt-5-mini, or leave --strategy out.",
        )
    if options.strategy_options:
        raise KgcError(
            f"{who} takes no strategy options ({', '.join(options.strategy_options)}).",
            "Leave --option out, or name a model to ask with --model.",
        )
    made = plugins.load("model", kind)
    if kind == BUILT_IN:
        return cast("Extractor", made())
    if not name:
        raise KgcError(f"{options.model!r} names no pipeline.", "Write spacy:NAME, as spacy:en_core_web_sm.")
    return cast("Extractor", made(name))  # type: ignore[call-arg]  # its class takes the rest of the name


def _opened(extractor: Extractor) -> Extractor:
    from kgc.slm.open import WithOpen  # noqa: PLC0415  only needed where it was asked for

    return cast("Extractor", WithOpen(extractor, extractor.name))


def _not_open(options: Options) -> None:
    if options.open:
        raise KgcError(
            f"Open facts are read by the built-in model's parser, not by {options.model!r}.",
            "Leave --open out; or put them beside: kgc ingest FOLDER --model builtin --open --add.",
        )


def active_schema(recipes: Sequence[Recipe]) -> Schema:
    """The classes of all active recipes together: what the graph is made of."""
    return union([from_json(r.schema) for r in recipes]) if recipes else Schema("empty", ())
