"""What the documentation says can be done, is done; what it refers to is there; what is generated is fresh.

- A ```console block runs: its lines that begin with `$ ` are commands (a trailing backslash goes on in the next line),
  the other lines are what one may see. The blocks of a page run in order, in one directory that holds `examples/` and
  `schemas/`, with a scripted server behind OPENAI_BASE_URL.
- `<!-- output N -->` on the line before a block: N lines of what each command prints are shown in it. They are written
  anew by `KGC_UPDATE_DOCS=1`; otherwise they are not compared, since the built-in model may learn.
- `<!-- exit N -->` on the line before a block: its last command exits with N.
- `<!-- not run: why -->` on the line before a block: it is not run, but its `kgc` calls must be valid ones.
- ```python blocks of docs/reference/python.md and langchain.md run in order, in one namespace a page.
- `KGC_UPDATE_DOCS=1` writes the generated help texts anew as well.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import fields
from pathlib import Path

import click
import pytest

from kgc.cli.app import VERBS, app
from kgc.config import Options
from tests.docs.page import COLUMNS, Block, blocks, calls, run, with_output

REPOSITORY = Path(__file__).resolve().parents[2]
PAGES = (REPOSITORY / "README.md", REPOSITORY / "CONTRIBUTING.md", *sorted((REPOSITORY / "docs").rglob("*.md")))
CLI = REPOSITORY / "docs" / "reference" / "cli.md"
UPDATE = os.environ.get("KGC_UPDATE_DOCS") == "1"
FRESH = "run KGC_UPDATE_DOCS=1 python -m pytest tests/docs"


def runnable(page: Path) -> list[Block]:
    return [b for b in blocks(page, "console") if b.runs]


def name(page: Path) -> str:
    return page.relative_to(REPOSITORY).as_posix()


@pytest.fixture
def place(tmp_path: Path) -> Path:
    """A directory as a newcomer has it after cloning: examples and schemas, and `kgc` on the path."""
    shutil.copytree(REPOSITORY / "examples", tmp_path / "examples")
    shutil.copytree(REPOSITORY / "schemas", tmp_path / "schemas")
    command = tmp_path / ".bin" / "kgc"
    command.parent.mkdir()
    command.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m kgc "$@"\n')
    command.chmod(0o755)
    return tmp_path


@pytest.fixture
def environment(place: Path) -> Iterator[dict[str, str]]:
    """A clean environment whose model server is scripted: it finds nothing, but it answers."""
    from kgc.testing.script import Script
    from kgc.testing.server import Server

    with Server(Script(reply="# relations: none\n")) as server:
        yield {
            "PATH": f"{place / '.bin'}:{Path(sys.executable).parent}:{os.environ['PATH']}",
            "PYTHONPATH": str(REPOSITORY),
            "HOME": str(place),
            "LANG": "C.UTF-8",
            "TERM": "dumb",
            "COLUMNS": str(COLUMNS),
            "LINES": "50",
            "OPENAI_BASE_URL": server.url,
            "OPENAI_API_KEY": "none",
        }


@pytest.mark.parametrize("page", [p for p in PAGES if runnable(p)], ids=name)
def test_every_command_of_a_page_runs(page: Path, place: Path, environment: dict[str, str]) -> None:
    fresh: list[tuple[Block, str]] = []
    for block in runnable(page):
        outputs: list[str] = []
        for number, command in enumerate(block.commands, 1):
            code, out, err = run(command, place, environment)
            expected = block.exit if number == len(block.commands) else 0
            where = f"{name(page)}:{block.line}: {command}"
            assert code == expected, f"{where}\n{out[-2000:]}\n{err[-3000:]}"
            assert "Traceback" not in err, where
            outputs.append(out)
        if block.shown:
            fresh.append((block, with_output(block, outputs)))
    if UPDATE:
        text = page.read_text(encoding="utf-8")
        for block, body in reversed(fresh):
            text = text[: block.start] + body + text[block.end :]
        page.write_text(text, encoding="utf-8")


@pytest.mark.parametrize("page", [p for p in PAGES if blocks(p, "console")], ids=name)
def test_what_cannot_be_run_is_at_least_a_valid_call(page: Path) -> None:
    for block in blocks(page, "console"):
        assert block.commands, f"{name(page)}:{block.line}: a console block without a `$ ` line"
        for command in block.commands:
            for call in calls(command):
                parse(call, f"{name(page)}:{block.line}: {command}")


@pytest.mark.parametrize("page", PAGES, ids=name)
def test_calls_in_plain_blocks_are_valid(page: Path) -> None:
    """Lines of a block without a language that begin with `kgc `; one with an ellipsis is a sketch."""
    fenced = re.findall(r"^```(\w*)\n(.*?)^```$", page.read_text(encoding="utf-8"), re.MULTILINE | re.DOTALL)
    for body in (body for language, body in fenced if not language):
        for line in body.splitlines():
            if line.startswith("kgc ") and "…" not in line and "..." not in line and "VERB" not in line:
                for call in calls(line):
                    parse(call, f"{name(page)}: {line}")


def test_other_blocks_of_shell_are_written_as_console_blocks() -> None:
    """A block of another kind would run nowhere and rot."""
    assert [f"{name(p)}:{b.line}" for p in PAGES for b in blocks(p, "bash", "sh")] == []


def parse(args: list[str], where: str) -> None:
    """Parse a call down to its verb's options without running it."""
    if args in (["--help"], ["--version"]):
        return
    command: click.Command = app
    context = click.Context(app, info_name="kgc")
    rest = args
    while isinstance(command, click.Group):
        found = command.get_command(context, rest[0])
        assert found is not None, where
        command, rest = found, rest[1:]
    if rest == ["--help"]:
        return
    try:
        command.make_context(command.name, list(rest), parent=context)
    except click.UsageError as error:
        pytest.fail(f"{where}: {error.format_message()}")


@pytest.mark.parametrize("page", PAGES, ids=name)
def test_links_lead_somewhere(page: Path) -> None:
    text = re.sub(r"```.*?```", "", page.read_text(encoding="utf-8"), flags=re.DOTALL)
    for target in re.findall(r"\]\(([^)\s]+)\)", text):
        if re.match(r"[a-z]+:", target):
            continue
        path, _, anchor = target.partition("#")
        found = (page.parent / path).resolve() if path else page
        assert found.exists(), f"{name(page)} links to {target}"
        if anchor and found.suffix == ".md":
            assert anchor in anchors(found), f"{name(page)} links to {target}"


def anchors(page: Path) -> set[str]:
    """The anchors of a page's headings, as GitHub makes them."""
    found = set()
    for heading in re.findall(r"^#+ (.*)$", page.read_text(encoding="utf-8"), re.MULTILINE):
        kept = re.sub(r"[^\w\- ]", "", heading.lower().replace("`", ""))
        found.add(kept.replace(" ", "-"))
    return found


@pytest.mark.parametrize("file", ["python.md", "langchain.md"])
def test_python_examples_run(place: Path, environment: dict[str, str], file: str) -> None:
    page = REPOSITORY / "docs" / "reference" / file
    code = "\n".join("\n" * 2 + b.body for b in blocks(page, "python") if not b.mark.startswith("not run"))
    script = place / "page.py"
    script.write_text(code, encoding="utf-8")
    done = subprocess.run(
        [sys.executable, str(script)],
        cwd=place,
        env=environment,
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )
    assert done.returncode == 0, done.stderr[-3000:]


def test_the_strategy_of_the_guide_passes_its_contract(tmp_path: Path) -> None:
    for block in blocks(REPOSITORY / "CONTRIBUTING.md", "python"):
        file = re.match(r"# (\w+\.py)\n", block.body)
        assert file, "a python block begins with the name of its file"
        (tmp_path / file[1]).write_text(block.body, encoding="utf-8")
    done = subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "--rootdir", str(tmp_path), str(tmp_path)],
        cwd=tmp_path, env={**os.environ, "PYTHONPATH": f"{REPOSITORY}:{tmp_path}"}, capture_output=True, text=True,
        check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout[-3000:]


def helps(command: click.Command = app, path: tuple[str, ...] = ()) -> Iterator[tuple[str, str]]:
    """Every command's words and its help text, 100 columns wide whatever the terminal."""
    context = click.Context(
        command, info_name=" ".join(("kgc", *path)), terminal_width=100, help_option_names=["-h", "--help"]
    )
    if not isinstance(command, click.Group):
        yield " ".join(path), command.get_help(context)
        return
    for verb in command.list_commands(context):
        found = command.get_command(context, verb)
        assert found is not None
        yield from helps(found, (*path, verb))


def generated() -> str:
    parts = [f"### kgc {words}\n\n```text\n{text.rstrip()}\n```\n" for words, text in helps()]
    return "\n".join(parts)


def test_the_reference_of_the_command_line_is_fresh() -> None:
    """Every verb and every option stands in docs/reference/cli.md as `--help` prints it."""
    begin, end = "<!-- generated: help -->\n", "<!-- end -->"
    text = CLI.read_text(encoding="utf-8")
    head, _, rest = text.partition(begin)
    _, _, tail = rest.partition(end)
    fresh = f"{head}{begin}\n{generated()}\n{end}{tail}"
    if UPDATE:
        CLI.write_text(fresh, encoding="utf-8")
        text = fresh
    assert text == fresh, FRESH


def test_the_readme_names_every_verb() -> None:
    text = (REPOSITORY / "README.md").read_text(encoding="utf-8")
    missing = [verb for group in VERBS.values() for verb in group if f"`kgc {verb}" not in text]
    assert missing == []


def test_every_option_of_the_configuration_is_explained() -> None:
    text = (REPOSITORY / "docs" / "reference" / "config.md").read_text(encoding="utf-8")
    rows = {
        m["key"]: m["default"]
        for m in re.finditer(r"^\| `(?P<key>[a-z_]+)` \| (?P<default>[^|]*) \|", text, re.MULTILINE)
    }
    assert list(rows) == [f.name for f in fields(Options)]
    for option in fields(Options):
        default = getattr(Options(), option.name)
        told = rows[option.name].strip()
        if default not in (None, "", ()):
            written = str(default).lower() if isinstance(default, bool) else default  # as kgc.toml has it
            assert told == f"`{written}`", option.name
