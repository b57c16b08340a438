"""`kgc eval` and `kgc slm` as a person calls them: exit codes, JSON, what a model is asked and what that costs."""

from __future__ import annotations

import json
import os
from contextlib import redirect_stderr, redirect_stdout
from dataclasses import dataclass
from importlib.util import find_spec
from io import StringIO
from pathlib import Path

import pytest

from kgc.cli.guard import run
from kgc.testing.script import Script
from kgc.testing.server import Server
from tests.story import SCHEMA, read_aloud

ROW = {
    "id": "a",
    "text": "Ada Byron works for Acme Corp. The weather was fine that day.",
    "entities": [{"start": 0, "end": 9, "type": "Person"}, {"start": 20, "end": 29, "type": "Organization"}],
    "triples": [{"head": "Ada Byron", "relation": "WorksFor", "tail": "Acme Corp", "head_entity": 0, "tail_entity": 1}],
}


@dataclass(frozen=True)
class Done:
    returncode: int
    stdout: str
    stderr: str


def kgc(place: Path, *args: str, **environment: str) -> Done:
    """Run a command in this process, in a place and with an environment of its own."""
    out, err = StringIO(), StringIO()
    with pytest.MonkeyPatch.context() as patch, redirect_stdout(out), redirect_stderr(err):
        patch.chdir(place)
        for name in [n for n in os.environ if n.startswith("KGC_")]:
            patch.delenv(name)
        for name, value in ({"OPENAI_API_KEY": "none"} | environment).items():
            patch.setenv(name, value)
        code = run(args)
    return Done(code, out.getvalue(), err.getvalue())


@pytest.fixture
def place(tmp_path: Path) -> Path:
    other = {**ROW, "id": "b", "text": "Bo Lind works for Acme Corp.", "entities": [], "triples": []}
    rows = [ROW, other]
    (tmp_path / "mine.jsonl").write_text("".join(json.dumps(r) + "\n" for r in rows), encoding="utf-8")
    (tmp_path / "staff.py").write_text(SCHEMA, encoding="utf-8")
    return tmp_path


def test_a_model_is_asked_once_and_scored_twice(place: Path) -> None:
    asked = ("eval", "mine.jsonl", "--schema", "staff.py", "--model", "openai:any", "--json")
    with Server(Script(reply=read_aloud)) as server:
        first = kgc(place, *asked, OPENAI_BASE_URL=server.url)
        again = kgc(place, *asked, OPENAI_BASE_URL=server.url)
    assert first.returncode == 0, first.stderr
    done, then = json.loads(first.stdout), json.loads(again.stdout)
    assert done["calls"] == {"made": 2, "cached": 0, "failed": 0}
    assert then["calls"] == {"made": 0, "cached": 2, "failed": 0}
    strict = done["scores"]["triples_strict"]
    assert (strict["found"], strict["gold"], strict["right"]) == (2, 1, 1)
    assert then["scores"] == done["scores"]
    assert "Asking about 2 questions" in first.stderr


def test_a_run_stops_at_the_budget_and_scores_what_was_read(place: Path) -> None:
    with Server(Script(reply=read_aloud)) as server:
        done = kgc(
            place, "eval", "mine.jsonl", "--schema", "staff.py", "--model", "openai:any", "--max-calls", "1", "--json",
            OPENAI_BASE_URL=server.url,
        )  # fmt: skip
    assert done.returncode == 4, done.stderr
    told = json.loads(done.stdout)
    assert (told["n"], told["texts"], told["calls"]["made"]) == (1, 2, 1)


def test_an_answer_that_cannot_be_read_is_counted_by_its_reason(place: Path) -> None:
    with Server(Script(reply="I would rather not.")) as server:
        done = kgc(
            place, "eval", "mine.jsonl", "--schema", "staff.py", "--model", "openai:any", "--json",
            OPENAI_BASE_URL=server.url,
        )  # fmt: skip
    told = json.loads(done.stdout)
    assert sum(told["rejects"].values()) >= 2
    assert told["scores"]["strict"]["found"] == 0


def test_the_built_in_model_reads_without_a_key_and_writes_nothing(place: Path) -> None:
    done = kgc(place, "eval", "mine.jsonl", "--schema", "general")
    assert done.returncode == 0, done.stderr
    assert "Entities: boundaries and type" in done.stdout
    assert not (place / ".kgc").exists()


def test_a_mistake_in_a_row_is_told_with_its_line_and_exit_code_1(place: Path) -> None:
    (place / "bad.jsonl").write_text(json.dumps(ROW) + "\n{}\n", encoding="utf-8")
    done = kgc(place, "eval", "bad.jsonl", "--json")
    assert done.returncode == 1
    assert json.loads(done.stdout)["error"].startswith("bad.jsonl:2: 'text' is missing")


def test_without_a_data_set_the_names_are_listed(place: Path) -> None:
    (place / "data/ie/mine").mkdir(parents=True)
    (place / "mine.jsonl").rename(place / "data/ie/mine/test.jsonl")
    assert json.loads(kgc(place, "eval", "--json", KGC_DATA="data").stdout) == ["ie/mine"]
    assert kgc(place, "eval").returncode == 1


def test_the_model_card_names_packages_licences_scores_and_what_is_filled(place: Path) -> None:
    told = json.loads(kgc(place, "slm", "info", "--json").stdout)
    english = told["packages"][0]
    assert (english["name"], english["licence"]) == ("kgc-model-en", "CC-BY-SA-4.0")
    assert english["size"] == sum(english["parts"].values())
    assert any("WikiGold" in line for line in english["notice"])
    assert english["scores"]
    assert "WorksFor" in told["fills"]["relations"]
    shown = kgc(place, "slm", "info").stdout
    assert "kgc-model-en" in shown
    assert "CC-BY-SA-4.0" in shown


@pytest.mark.skipif(find_spec("torch") is not None, reason="torch is installed here")
def test_training_without_its_packages_names_the_extra(place: Path) -> None:
    (place / "recipe.toml").write_text("", encoding="utf-8")
    done = kgc(place, "slm", "train", "recipe.toml")
    assert done.returncode == 1
    assert "pip install 'kgc-toolkit[train]'" in done.stderr
    assert kgc(place, "slm", "train", "gone.toml").returncode == 1
