"""Every verb explains itself."""

from __future__ import annotations

import re
from collections.abc import Iterator

import click
import pytest

from kgc.cli.app import VERBS, app
from kgc.cli.guard import run


def commands(
    command: click.Command = app, path: tuple[str, ...] = ()
) -> Iterator[tuple[tuple[str, ...], click.Command]]:
    """Every command that does something, with the words it is called by."""
    context = click.Context(command)
    if not isinstance(command, click.Group):
        yield path, command
        return
    for name in command.list_commands(context):
        found = command.get_command(context, name)
        assert found is not None
        yield from commands(found, (*path, name))


ALL = dict(commands())


@pytest.mark.parametrize("path", ALL, ids=" ".join)
def test_every_verb_has_help_with_an_example_that_is_a_valid_call(
    path: tuple[str, ...], capsys: pytest.CaptureFixture[str]
) -> None:
    assert run([*path, "--help"]) == 0
    told = capsys.readouterr().out
    assert f"Usage: kgc {' '.join(path)}" in told
    examples = told.partition("Examples:")[2]
    assert re.search(rf"^ +kgc {' '.join(path)}\b", examples, re.MULTILINE), "an example of this verb"


@pytest.mark.parametrize("path", ALL, ids=" ".join)
def test_every_verb_has_the_common_options(path: tuple[str, ...]) -> None:
    command = ALL[path]
    options = {name for p in command.get_params(click.Context(command)) for name in p.opts}
    assert {"-w", "--workspace", "--json", "--quiet", "--verbose", "--help"} <= options


@pytest.mark.parametrize("path", ALL, ids=" ".join)
def test_every_option_says_what_it_does(path: tuple[str, ...]) -> None:
    command = ALL[path]
    for option in command.get_params(click.Context(command)):
        if isinstance(option, click.Option):
            assert option.help, option.opts


def test_every_verb_of_the_table_has_its_command_of_that_name() -> None:
    context = click.Context(app)
    for verb in (verb for group in VERBS.values() for verb in group):
        command = app.get_command(context, verb)
        assert command is not None
        assert command.name == verb


def test_help_lists_every_verb_with_a_line(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["--help"]) == 0
    told = capsys.readouterr().out
    for group in VERBS.values():
        for verb, line in group.items():
            assert re.search(rf"^ +{verb} +{re.escape(line)}$", told, re.MULTILINE)
