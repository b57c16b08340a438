"""Recipes of the English encoder, and what is said when training cannot start."""

from __future__ import annotations

from importlib.util import find_spec
from pathlib import Path

import pytest

from kgc.errors import KgcError, MissingPackage
from kgc.slm.train.recipe import Recipe, Stage, read_recipe, train

SHIPPED = Path(__file__).parents[2] / "models" / "recipe_en.toml"


def written(folder: Path, text: str) -> Path:
    path = folder / "recipe.toml"
    path.write_text(text, encoding="utf-8")
    return path


def test_the_shipped_recipe_can_be_read() -> None:
    recipe = read_recipe(SHIPPED)
    assert recipe.seed == 1
    assert all(stage.data for stage in recipe.stages)


def test_what_a_recipe_leaves_out_has_a_value(tmp_path: Path) -> None:
    assert read_recipe(written(tmp_path, "seed = 7\n")) == Recipe(seed=7)


def test_stages_say_how_often_a_set_is_taken(tmp_path: Path) -> None:
    recipe = read_recipe(written(tmp_path, "[[stage]]\nepochs = 2\nrate = 1\n[stage.data]\nuner = 0.5\n"))
    assert recipe.stages == (Stage(epochs=2, rate=1, data={"uner": 0.5}),)


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("sede = 1\n", "sede"),
        ("seed = 'x'\n", "seed"),
        ("lang = 'zh'\n", "zh"),
        ("[[stage]]\n[stage.data]\nconll04 = 1\n", "conll04"),
        ("[[stage]]\n[stage.data]\nuner = -1\n", "uner"),
        ("seed = \n", "recipe.toml"),
    ],
)
def test_a_mistake_in_a_recipe_is_named(tmp_path: Path, text: str, word: str) -> None:
    with pytest.raises(KgcError, match=word):
        read_recipe(written(tmp_path, text))


@pytest.mark.skipif(find_spec("torch") is not None, reason="torch is installed here")
def test_without_the_extra_it_is_said_what_to_install(tmp_path: Path) -> None:
    with pytest.raises(MissingPackage, match=r"kgc-toolkit\[train\]"):
        train(Recipe(), data=tmp_path, extra=(), out=tmp_path / "out", resume=False, say=print)
