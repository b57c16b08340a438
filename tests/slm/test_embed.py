"""The built-in embedder: English by meaning, other languages not at all, and only the files that were packed."""

from __future__ import annotations

import json
import shutil
from itertools import chain
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kgc.errors import KgcError
from kgc.llm.embedder import Embedder
from kgc.slm import embed
from kgc.slm.embed import BATCH, FILES, BuiltinEmbedder, batches
from kgc.slm.package import folder
from kgc.testing.embedder_contract import EmbedderContract
from kgc.testing.trigrams import Trigrams

PARAPHRASES = [
    ("Two hundred workers were laid off.", "The company cut two hundred jobs.", "The museum opens at nine."),
    ("The aircraft touched down safely.", "The pilot landed the plane without harm.", "Apples became expensive."),
    ("A competitor acquired the firm.", "The business was bought by a rival.", "Snow closed the mountain pass."),
]  # fmt: skip


@pytest.fixture(scope="module")
def builtin() -> BuiltinEmbedder:
    return BuiltinEmbedder.load()


@pytest.fixture
def package(tmp_path: Path) -> Path:
    """A copy of the files that the embedder reads."""
    path = tmp_path / "kgc_model_en"
    for name in FILES:
        (path / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(folder("en") / name, path / name)
    shutil.copy(folder("en") / "meta.json", path / "meta.json")
    return path


class TestBuiltin(EmbedderContract):
    @pytest.fixture(autouse=True)
    def _loaded(self, builtin: BuiltinEmbedder) -> None:
        self.loaded = builtin

    def embedder(self) -> Embedder:
        return self.loaded


class TestTrigrams(EmbedderContract):
    def embedder(self) -> Embedder:
        return Trigrams()


@pytest.mark.parametrize(("said", "again", "other"), PARAPHRASES)
def test_what_means_the_same_is_more_alike_than_what_does_not(
    builtin: BuiltinEmbedder, said: str, again: str, other: str
) -> None:
    a, b, c = builtin.embed([said, again, other])
    assert float(a @ b) > 0.3 + float(a @ c)


@pytest.mark.parametrize("text", ["王小明在远山公司工作。", "🙂🙂🙂", "日本語です", "Привет мир", "\x00"])
def test_what_is_not_written_in_latin_has_no_vector(builtin: BuiltinEmbedder, text: str) -> None:
    assert not builtin.embed([text]).any()


def test_half_a_character_does_no_harm(builtin: BuiltinEmbedder) -> None:
    a, b = builtin.embed(["The minister \ud83d resigned.", "The minister resigned."])
    assert float(a @ b) > 0.8


def test_a_foreign_name_in_an_english_sentence_does_no_harm(builtin: BuiltinEmbedder) -> None:
    a, b = builtin.embed(["Wang Xiaoming (王小明) works for the company.", "Wang Xiaoming works for the company."])
    assert float(a @ b) > 0.8


def test_of_a_long_text_the_beginning_is_read(builtin: BuiltinEmbedder) -> None:
    word = "steel "
    a, b = builtin.embed([word * 2_000, word * 200_000])
    np.testing.assert_array_equal(a, b)


def test_it_reads_english_and_says_so(builtin: BuiltinEmbedder) -> None:
    assert builtin.languages == {"en"}
    assert builtin.dimensions == 384
    assert builtin.name.startswith("builtin:")


def test_its_name_depends_on_its_own_files_alone(package: Path, builtin: BuiltinEmbedder) -> None:
    about = json.loads((package / "meta.json").read_text(encoding="utf-8"))
    about["files"]["scores.json"] = "0"
    (package / "meta.json").write_text(json.dumps(about), encoding="utf-8")
    assert BuiltinEmbedder.load(package).name == builtin.name


@pytest.mark.parametrize("name", FILES)
def test_a_changed_file_is_refused(package: Path, name: str) -> None:
    with (package / name).open("ab") as file:
        file.write(b"x")
    with pytest.raises(KgcError, match="not the file that was packed"):
        BuiltinEmbedder.load(package)


def test_a_package_without_an_embedder_is_named(package: Path) -> None:
    about = json.loads((package / "meta.json").read_text(encoding="utf-8"))
    del about["files"]["embedder/embedder.onnx"]
    (package / "meta.json").write_text(json.dumps(about), encoding="utf-8")
    with pytest.raises(KgcError, match="has no embedder"):
        BuiltinEmbedder.load(package)


@given(st.lists(st.integers(0, embed.BATCH), max_size=40))
def test_batches_hold_every_text_once_and_are_bounded(lengths: list[int]) -> None:
    found = list(batches({n: [0] * length for n, length in enumerate(lengths)}))
    assert sorted(chain(*found)) == list(range(len(lengths)))
    assert all(len(b) == 1 or len(b) * (max(lengths[n] for n in b) + 2) <= BATCH for b in found)
