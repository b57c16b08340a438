"""What a person typed wrongly gets a clear word, the right exit code, and with --json one JSON value."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from kgc.cli.guard import run
from tests.story import write_story


@pytest.mark.parametrize(
    ("args", "words"),
    [
        (["ingset"], "There is no verb 'ingset'. Did you mean 'ingest'?"),
        (["query"], "Missing argument 'TEXT'"),
        (["ingest", "docs", "--bugdet", "1"], "No such option '--bugdet'. (Did you mean one of: '--budget'"),
        (["ingest", "docs", "--budget", "much"], "'much' is not a valid float"),
        (["query", "RETURN 1", "--csv", "--json"], "--csv and --json exclude each other"),
        (["query", "RETURN 1", "--param", "x"], "'x' is not NAME=VALUE"),
        (["decisions", "lits"], "lits"),
        (["search"], "Missing argument"),
        (["undo", "8e1f", "--by", "ada"], "DECISIONS and --by exclude each other"),
        (["undo", "--kind", "merge"], "--kind goes with --by"),
        (["undo", "8e1f", "--kind", "merge"], "--kind goes with --by"),
        (["export", "graph.jsonl", "--what", "all"], "'all' is not one of"),
    ],
)
def test_wrong_usage_says_what_is_wrong_and_exits_2(
    args: list[str], words: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(args) == 2
    told = capsys.readouterr()
    assert words in " ".join(told.err.split())
    assert "Usage: kgc" in told.err
    if "--json" not in args:
        assert told.out == ""


@pytest.mark.parametrize("proposing", [["--schema", "propose"], ["--strategy", "twostage"]])
def test_a_plan_with_a_schema_that_is_yet_to_be_proposed_counts_the_reading_and_says_where_the_rest_is(
    proposing: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    write_story(tmp_path / "docs")
    args = ["plan", str(tmp_path / "docs"), "-w", str(tmp_path / "ws"), "--model", "openai:gpt-5-mini", "--json"]
    assert run([*args]) == 0
    plain = json.loads(capsys.readouterr().out)
    assert run([*args, *proposing]) == 0
    told = capsys.readouterr()
    assert json.loads(told.out)["calls"] == plain["calls"] > 0
    assert "kgc ontology propose FOLDER --dry-run" in told.err


def test_wrong_usage_with_json_is_one_json_value(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["query", "--json"]) == 2
    told = json.loads(capsys.readouterr().out)
    assert set(told) == {"error", "hint"}
    assert "TEXT" in told["error"]


@pytest.mark.parametrize(
    ("args", "words"),
    [
        (["status"], "There is no workspace in"),
        (["show", "Ada"], "There is no workspace in"),
        (["query", "RETURN 1"], "There is no workspace in"),
        (["search", "Ada"], "There is no workspace in"),
        (["export", "g.jsonl"], "There is no workspace in"),
        (["forget", "docs"], "There is no workspace in"),
        (["write", "neo4j://localhost:1"], "There is no workspace in"),
        (["retry"], "There is no workspace in"),
        (["accept", "f1"], "There is no workspace in"),
        (["undo", "d1"], "There is no workspace in"),
        (["decisions", "list"], "There is no workspace in"),
        (["browse"], "There is no workspace in"),
        (["ingest", "nowhere"], "There is no folder or file"),
        (["plan", "nowhere"], "There is no folder or file"),
        (["ingest", "docs", "--schema", "genral"], "Did you mean 'general'?"),
        (["ingest", "docs", "--strategy", "chatie"], "built-in model"),
        (["ingest", "docs", "--model", "opanai:x"], "Did you mean 'openai'?"),
        (["ingest", "docs", "--model", "openai:x", "--strategy", "codekg"], "Did you mean 'codekgc'?"),
        (["ingest", "docs", "--concurrency", "0"], "concurrency is 0"),
        (["ingest", "docs", "--option", "x"], "name=value"),
        (["retry", "--schema", "company"], "A retry keeps the schema"),
        (["text", "nowhere.md"], "There is no file"),
        (["text", "."], "is a folder"),
        (["prompt", "nowhere.md"], "There is no file"),
        (["schema", "check", "nowhere.py"], "nowhere.py"),
        (["schema", "show", "genral"], "Did you mean 'general'?"),
        (["plugins", "strategies"], "Did you mean 'strategy'?"),
    ],
)
def test_a_mistake_is_told_with_what_to_do_and_exits_1(
    args: list[str], words: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    write_story(tmp_path / "docs")
    assert run(args) == 1
    told = capsys.readouterr()
    assert words in told.err
    assert told.err.startswith("Error: ")
    assert "Traceback" not in told.err
    assert told.out == ""
    if args[0] != "ingest":
        assert [p.name for p in tmp_path.iterdir()] == ["docs"], "looking leaves nothing behind"


def test_a_mistake_with_json_is_one_json_value_on_stdout_and_words_on_stderr(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    assert run(["status", "--json"]) == 1
    told = capsys.readouterr()
    assert json.loads(told.out) == {
        "error": "There is no workspace in '.'.",
        "hint": "`kgc ingest FOLDER` makes one.",
    }
    assert "There is no workspace" in told.err


def test_an_unknown_key_in_the_configuration_is_a_mistake_with_its_file(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "kgc.toml").write_text("budgte = 1.0\n")
    (tmp_path / "docs").mkdir()
    assert run(["plan", str(tmp_path / "docs"), "-w", str(tmp_path)]) == 1
    assert "kgc.toml: unknown key 'budgte'. Did you mean 'budget'?" in capsys.readouterr().err


def test_no_arguments_show_the_help(capsys: pytest.CaptureFixture[str]) -> None:
    assert run([]) == 2
    assert "Make a graph:" in capsys.readouterr().err


def test_the_version_is_told(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["--version"]) == 0
    assert capsys.readouterr().out.startswith("kgc, version 0.")
