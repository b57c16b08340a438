"""The command line as scripts meet it: processes, exit codes, streams."""

from __future__ import annotations

import csv
import io
import json
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from kgc.pipeline.workspace.opened import running
from kgc.testing.script import Faults, Script
from kgc.testing.server import Server
from tests.cli.conftest import World
from tests.story import SCHEMA, read_aloud, write_story

QUERY = "MATCH (p:Person)-[r:WORKS_FOR]->(o:Organization) RETURN p.name, o.name, r.quote ORDER BY p.name"


def test_an_ingest_with_failures_exits_3_and_lists_them(world: World) -> None:
    (world.place / "docs" / "new.txt").write_text("Dan Gray works for Acme Corp.\n", encoding="utf-8")
    done = world.run("ingest", "docs", "--schema", "staff.py", "--model", "openai:any")
    assert done.returncode == 3
    assert "entities, " in done.stdout
    assert "documents 1 added" in done.stdout
    assert "docs/empty.txt\n    empty: " in done.stdout
    assert "Traceback" not in done.stderr


def test_an_ingest_without_failures_exits_0_and_its_json_is_alone_on_stdout(world: World) -> None:
    (world.place / "docs" / "empty.txt").unlink()
    done = world.run("ingest", "docs", "--schema", "staff.py", "--model", "openai:any", "--json")
    assert done.returncode == 0, done.stderr
    told = json.loads(done.stdout)
    assert told["documents"] == {"done": 5, "failed": 0, "pending": 0, "skipped": 1}
    assert told["changed"]["documents"] == {"added": 0, "edited": 0, "moved": 0, "removed": 1}
    assert told["calls"]["made"] == 0
    assert done.stdout.count("\n") == 1


def test_status_agrees_with_the_run_and_exits_3_while_something_failed(made: World) -> None:
    done = made.run("status", "--json")
    assert done.returncode == 3
    told = json.loads(done.stdout)
    assert [(f["document"], f["code"]) for f in told["failures"]] == [("docs/empty.txt", "empty")]
    assert told["documents"] == {"done": 5, "failed": 1, "pending": 0, "skipped": 1}


@pytest.mark.parametrize(
    "args",
    [
        ("plan", "docs"),
        ("query", QUERY),
        ("query", "RETURN 1 AS one"),
        ("show", "Acme Corp"),
        ("search", "works"),
        ("search", "nothingatall"),
        ("text", "docs/a.txt"),
        ("prompt", "docs/a.txt", "--schema", "staff.py"),
        ("schema", "check", "staff.py"),
        ("schema", "show", "staff.py"),
        ("schema", "show", "staff.py", "--as", "json-schema"),
        ("plugins",),
        ("plugins", "loader"),
        ("doctor",),
        ("decisions", "list"),
        ("export", "out.jsonl"),
        ("decisions", "export", "decisions.jsonl"),
        ("show", "Acme Crop"),
        ("query", "MATCH (x RETURN x"),
        ("schema", "show", "staff.py", "--as", "poem"),
    ],
    ids=" ".join,
)
def test_json_is_one_value_and_alone_on_stdout(world: World, args: tuple[str, ...]) -> None:
    done = world.run(*args, "--json")
    told = json.loads(done.stdout)
    assert (done.returncode != 0) == (isinstance(told, dict) and "error" in told), done.stderr
    assert "Traceback" not in done.stderr
    assert "kgc met what it did not expect" not in done.stderr


def test_a_query_prints_rows_as_tabs_csv_and_json(made: World) -> None:
    plain = made.run("query", QUERY).stdout.splitlines()
    assert plain[0] == "p.name\to.name\tr.quote"
    assert "Ada Byron\tAcme Corp\tAda Byron works for Acme Corp." in plain
    rows = list(csv.reader(io.StringIO(made.run("query", QUERY, "--csv").stdout)))
    assert rows[0] == ["p.name", "o.name", "r.quote"]
    told = json.loads(made.run("query", QUERY, "--json").stdout)
    assert told["columns"] == rows[0]
    assert told["rows"] == rows[1:]
    assert told["truncated"] is False


def test_a_query_takes_parameters_as_json_or_text_and_reads_stdin(made: World) -> None:
    text = "MATCH (p:Person) WHERE p.name = $name RETURN p.name, $n + 1 AS n"
    done = subprocess.run(
        made.command("query", "-", "--param", "name=Ada Byron", "--param", "n=41", "--json"),
        input=text, cwd=made.place, env=made.environment, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert json.loads(done.stdout)["rows"] == [["Ada Byron", 42]], done.stderr


def test_a_query_that_changes_something_is_refused(made: World) -> None:
    done = made.run("query", "CREATE (:Person {id: 'x'})")
    assert done.returncode == 1
    assert done.stdout == ""
    assert "Error: " in done.stderr


def test_a_limit_of_rows_is_told(made: World) -> None:
    done = made.run("query", QUERY, "--limit", "2")
    assert len(done.stdout.splitlines()) == 3
    assert "Only the first 2 rows" in done.stderr


def test_show_prints_each_fact_with_its_evidence(made: World) -> None:
    text = made.run("show", "acme corp").stdout
    assert text.startswith("Acme Corp  Organization  ")
    assert "← WorksFor" in text
    assert "“Ada Byron works for Acme Corp.”" in text
    assert "docs/a.txt, characters 0-30, confidence 1.00, codekgc, openai:any" in text
    assert "because: WorksFor(" in text
    assert "founded: 1998 (1 place)" in text


def test_names_that_steer_terminals_are_shown_as_escapes_and_exported_as_they_are(made: World) -> None:
    for args in (("search", "said"), ("show", "Acme Corp", "--verbose"), ("query", QUERY), ("status",)):
        done = made.run(*args)
        assert "\u202e" not in done.stdout + done.stderr
        assert "\x1b" not in done.stdout + done.stderr
        assert "\\u202eso she said" in done.stdout or args[0] == "status"
    assert "\u202e" in made.run("text", "docs/evil.txt").stdout


def test_text_is_printed_exactly_where_a_program_reads_it(made: World) -> None:
    done = subprocess.run(
        made.command("text", "docs/zh.txt"), cwd=made.place, env=made.environment, capture_output=True, check=False
    )
    assert done.stdout.decode("utf-8") == json.loads(made.run("text", "docs/zh.txt", "--json").stdout)["text"]


@pytest.mark.parametrize("locale", ["C", "POSIX", "en_US.ISO-8859-1"])
def test_output_is_utf8_in_every_locale(made: World, locale: str) -> None:
    done = made.run("show", "王小明", LC_ALL=locale, LANG=locale, PYTHONCOERCECLOCALE="0", PYTHONUTF8="0")
    assert done.returncode == 0, done.stderr
    assert "远山公司" in done.stdout


def test_an_argument_that_is_no_text_is_a_mistake(made: World) -> None:
    done = subprocess.run(
        [*made.command("show"), b"\xff\xfe"], cwd=made.place, env=made.environment, capture_output=True, check=False
    )
    assert (done.returncode, done.stderr.splitlines()[0]) == (1, b"Error: An argument is not valid UTF-8.")


def test_a_closed_pipe_is_no_error(made: World) -> None:
    query = "UNWIND range(1, 5000) AS n RETURN n, 'a long enough line of text to fill the pipe'"
    line = f'{" ".join(made.command("query"))} "{query}" | head -n 1; echo ${{PIPESTATUS[0]}}'
    done = subprocess.run(
        ["bash", "-c", line], cwd=made.place, env=made.environment, capture_output=True, text=True, check=False
    )
    assert done.stdout.splitlines()[-1] == "0"
    assert done.stderr == ""


def test_no_colour_and_no_progress_where_nobody_looks(world: World) -> None:
    done = world.run("ingest", "docs", "--schema", "staff.py", "--model", "openai:any")
    assert "\x1b" not in done.stdout + done.stderr
    assert "Reading" not in done.stderr


def test_prompt_prints_what_would_be_sent(made: World) -> None:
    text = made.run("prompt", "docs/a.txt", "--schema", "staff.py").stdout
    assert text.startswith("##### passage ")
    assert "===== system\n" in text
    assert "===== user\n" in text
    assert "[1] Ada Byron works for Acme Corp." in text
    assert "class WorksFor(Relation)" in text


def test_verdicts_and_their_undoing_change_the_graph(world: World) -> None:
    fact = json.loads(world.run("show", "Ada Byron", "--json").stdout)[0]["facts"][0]["id"]
    assert world.run("reject", fact, "--by", "bo").returncode == 0
    assert "Ada Byron" not in world.run("query", QUERY).stdout
    [decision] = json.loads(world.run("decisions", "list", "--by", "bo", "--json").stdout)
    assert decision["kind"] == "reject"
    assert world.run("decisions", "export", "d.jsonl").returncode == 0
    assert world.run("undo", decision["id"][:8]).returncode == 0
    assert "Ada Byron" in world.run("query", QUERY).stdout
    assert world.run("accept", fact).returncode == 0
    assert "accepted" in world.run("show", "Ada Byron").stdout
    assert world.run("undo", decision["id"]).returncode == 1


def test_what_was_decided_before_an_id_that_is_none_is_told(world: World) -> None:
    fact = json.loads(world.run("show", "Ada Byron", "--json").stdout)[0]["facts"][0]["id"]
    done = world.run("reject", fact, "nosuch", "--by", "bo", "--json")
    told = json.loads(done.stdout)
    assert (done.returncode, "'nosuch'" in told["error"]) == (1, True)
    assert f"Recorded before it: {fact}." in told["hint"]
    assert len(json.loads(world.run("decisions", "list", "--by", "bo", "--json").stdout)) == 1
    assert "Ada Byron" not in world.run("query", QUERY).stdout
    told = json.loads(world.run("undo", "--by", "bo", "--json").stdout)
    assert (told["undone"], len(told["decisions"]), told["left"]) == (1, 1, [])
    assert "Ada Byron" in world.run("query", QUERY).stdout


def test_a_decision_beside_a_run_says_that_the_graph_follows_and_it_does(world: World) -> None:
    with running(world.place):
        done = world.run("rename", "Ada Byron", "Ada Lovelace")
        assert (done.returncode, "the graph follows when it ends" in done.stderr) == (0, True)
        assert world.run("show", "Ada Byron").stdout.startswith("Ada Byron")
    assert world.run("show", "Ada Byron").stdout.startswith("Ada Lovelace")
    assert "follows" not in world.run("rename", "Ada Byron", "Ada").stderr


def test_forgetting_a_root_empties_the_graph_and_an_unknown_root_is_named(world: World) -> None:
    wrong = world.run("forget", "dosc")
    assert wrong.returncode == 1
    assert "Did you mean 'docs'?" in wrong.stderr
    done = world.run("forget", "docs", "--json")
    assert done.returncode == 0
    assert json.loads(done.stdout)["facts"] == 0


def test_exports_are_the_same_bytes_each_time(made: World, tmp_path: Path) -> None:
    for name in ("one.jsonl", "two.jsonl"):
        assert made.run("export", str(tmp_path / name)).returncode == 0
    assert (tmp_path / "one.jsonl").read_bytes() == (tmp_path / "two.jsonl").read_bytes()
    wrong = made.run("export", str(tmp_path / "graph.jsnl"))
    assert wrong.returncode == 1
    assert ".jsonl" in wrong.stderr


def test_show_and_export_tell_a_fact_in_the_same_shape(made: World, tmp_path: Path) -> None:
    assert made.run("export", str(tmp_path / "g.jsonl")).returncode == 0
    lines = [json.loads(line) for line in (tmp_path / "g.jsonl").read_text(encoding="utf-8").splitlines()]
    [card] = json.loads(made.run("show", "Acme Corp", "--json").stdout)
    assert card["entity"] in lines
    assert all(fact in lines for fact in card["facts"])


@pytest.mark.parametrize("uri", ["noe4j://localhost", "localhost:7687", "file:///tmp/x"])
def test_an_address_that_is_no_graph_server_is_a_mistake(made: World, uri: str) -> None:
    done = made.run("write", uri)
    assert done.returncode == 1
    assert "neo4j://localhost:7687" in done.stderr


def test_a_graph_server_that_does_not_answer_is_told_in_words(made: World) -> None:
    done = made.run("write", "bolt://127.0.0.1:9", NEO4J_PASSWORD="secret-word")
    assert done.returncode == 1
    assert "127.0.0.1:9" in done.stderr
    assert "Traceback" not in done.stderr
    assert "secret-word" not in done.stderr


def test_a_budget_in_calls_stops_the_run_with_4_and_the_next_run_goes_on(tmp_path: Path) -> None:
    write_story(tmp_path / "docs")
    (tmp_path / "staff.py").write_text(SCHEMA, encoding="utf-8")
    with Server(Script(reply=read_aloud)) as server:
        world = World(tmp_path, server)
        args = ("ingest", "docs", "--schema", "staff.py", "--model", "openai:any")
        done = world.run(*args, "--max-calls", "2")
        assert done.returncode == 4, done.stderr
        assert "Stopped: " in done.stderr
        assert server.counts["answered"] == 2
        assert world.run(*args).returncode == 0


def test_a_missing_key_is_told_by_its_variable(tmp_path: Path) -> None:
    write_story(tmp_path / "docs")
    with Server(Script()) as server:
        done = World(tmp_path, server).run(
            "ingest", "docs", "--model", "openai:any", OPENAI_API_KEY="", OPENAI_BASE_URL=""
        )
    assert done.returncode == 1
    assert "OPENAI_API_KEY" in done.stderr


def test_a_retry_asks_again_what_failed(tmp_path: Path) -> None:
    write_story(tmp_path / "docs", {"a.txt": "Ada Byron works for Acme Corp.\n"})
    (tmp_path / "staff.py").write_text(SCHEMA, encoding="utf-8")
    with Server(Script(reply=read_aloud, faults=Faults(first=("400",)))) as server:
        world = World(tmp_path, server)
        done = world.run("ingest", "docs", "--schema", "staff.py", "--model", "openai:any", "--json")
        assert done.returncode == 3
        assert json.loads(done.stdout)["failures"][0]["code"] == "bad_request"
        again = world.run("retry", "--json")
        assert again.returncode == 0, again.stderr
        assert json.loads(again.stdout)["facts"] == 1


def test_ctrl_c_exits_130_and_the_same_command_goes_on(tmp_path: Path) -> None:
    story = {f"{n}.txt": f"Ada {c}yron works for Acme Corp.\n" for n, c in enumerate("BCDFGHKLMN")}
    write_story(tmp_path / "docs", story)
    (tmp_path / "staff.py").write_text(SCHEMA, encoding="utf-8")
    args = ("ingest", "docs", "--schema", "staff.py", "--model", "openai:any", "--concurrency", "1")
    with Server(Script(reply=read_aloud, latency=0.2)) as server:
        world = World(tmp_path, server)
        process = subprocess.Popen(
            world.command(*args), cwd=tmp_path, env=world.environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
            text=True,
        )  # fmt: skip
        while server.counts["answered"] < 2 and process.poll() is None:
            time.sleep(0.01)
        process.send_signal(signal.SIGINT)
        _, err = process.communicate(timeout=60)
        assert process.returncode == 130, err
        assert "Traceback" not in err
        assert "`kgc ingest` goes on" in err
        before = server.counts["answered"]
        assert world.run(*args).returncode == 0
        assert server.counts["answered"] <= before + len(story) - 1


def test_ctrl_c_in_another_verb_exits_130_without_a_traceback(made: World) -> None:
    script = "import sys\nfrom kgc.cli.guard import run\nprint('ready', flush=True)\nsys.exit(run(['query', '-']))"
    process = subprocess.Popen(
        [sys.executable, "-c", script], cwd=made.place, env=made.environment, stdin=subprocess.PIPE,
        stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
    )  # fmt: skip
    assert process.stdout is not None
    assert process.stdout.readline() == "ready\n"
    time.sleep(0.2)
    process.send_signal(signal.SIGINT)
    _, err = process.communicate(timeout=60)
    assert process.returncode == 130
    assert err.splitlines()[0] == "Interrupted."


def test_what_nobody_expected_is_one_line_and_a_traceback_only_with_verbose() -> None:
    script = (
        "from kgc.cli.guard import run\nimport sys, kgc.cli.verbs.plugins as p\n"
        "p.plugins.callback = lambda call, kind: 1 / 0\nsys.exit(run(sys.argv[1:]))"
    )
    called = [sys.executable, "-c", script, "plugins"]
    quiet = subprocess.run(called, capture_output=True, text=True, check=False)
    assert quiet.returncode == 1
    assert quiet.stderr.startswith("Error: kgc met what it did not expect: ZeroDivisionError")
    assert "Traceback" not in quiet.stderr
    loud = subprocess.run([*called, "--verbose"], capture_output=True, text=True, check=False)
    assert "Traceback" in loud.stderr
