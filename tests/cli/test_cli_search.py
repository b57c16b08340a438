"""`kgc search` on the command line: by words as before, by meaning with more of the same."""

from __future__ import annotations

import json

from tests.cli.conftest import World


def test_json_by_meaning_adds_to_what_json_by_words_holds(world: World) -> None:
    plain = json.loads(world.run("search", "Northwind", "--json").stdout)
    found = world.run("search", "Who is employed by Northwind?", "--semantic", "--json")
    meant = json.loads(found.stdout)
    assert found.returncode == 0
    assert set(plain) < set(meant)
    assert set(plain["entities"][0]) < set(meant["entities"][0])
    assert set(plain["chunks"][0]) < set(meant["chunks"][0])
    best = meant["chunks"][0]
    assert (best["document"], best["quote"]) == ("docs/b.md", "Bo Lind works for Northwind.")
    text = json.loads(world.run("text", "docs/b.md", "--json").stdout)["text"]
    assert text[best["quote_start"] : best["quote_end"]] == best["quote"]


def test_what_cannot_be_read_is_said_once_on_stderr(world: World) -> None:
    first = world.run("search", "the weather", "--semantic")
    second = world.run("search", "the weather", "--semantic")
    assert "The weather was fine that day." in first.stdout
    assert first.stdout == second.stdout
    assert "reads English" in first.stderr
    assert second.stderr == ""


def test_a_chinese_question_is_searched_by_words_and_that_is_said(world: World) -> None:
    found = world.run("search", "王小明在哪里工作？", "--semantic")
    assert "王小明在远山公司工作。" in found.stdout
    assert "searched by words alone" in found.stderr


def test_an_answer_does_not_move_the_cursor_of_a_terminal(world: World) -> None:
    found = world.run("search", "Eve Moon said something today", "--semantic")
    assert "Eve Moon works for Acme Corp" in found.stdout
    assert "\x1b" not in found.stdout
    assert "\u202e" not in found.stdout


def test_nothing_is_found_where_nothing_was_asked(world: World) -> None:
    found = world.run("search", "?!", "--semantic")
    assert (found.returncode, found.stdout) == (0, "")
    assert "Nothing is found" in found.stderr
