"""Role cards and teams: what ships is sound, and every mistake is told with file, line and what to do."""

from __future__ import annotations

from pathlib import Path

import pytest

from kgc import shipped
from kgc.errors import ConfigError, UnknownName
from kgc.ontology.agents.cards import find_card, read_card
from kgc.ontology.agents.teams import PERSON, find_team, read_team

CARD = '+++\ntitle = "Critic"\ntemperature = 0.5\n+++\nYou object.\n'
TEAM = '[[step]]\nact = "instruct"\nrole = "domain_expert"\n\n[[step]]\nact = "propose"\nrole = "ontologist"\n'


def team_file(folder: Path, text: str) -> Path:
    (folder / "teams").mkdir(exist_ok=True)
    path = folder / "teams" / "mine.toml"
    path.write_text(text, encoding="utf-8")
    return path


def test_every_shipped_card_and_team_can_be_read() -> None:
    cards = [read_card(path) for path in sorted(shipped.folder("agents").glob("*.md"))]
    teams = [read_team(path) for path in sorted((shipped.folder("agents") / "teams").glob("*.toml"))]
    assert {c.name for c in cards} == {"critic", "domain_expert", "librarian", "ontologist", "scribe", "specifier"}
    assert {t.name for t in teams} == {"default", "small"}
    assert all(t.definition for t in teams)


def test_the_default_team_needs_at_most_sixty_calls() -> None:
    assert find_team("default").most_calls() <= 60
    assert find_team("small").most_calls() == 12


def test_a_card_of_ones_own_beside_the_team_comes_before_the_shipped_one(tmp_path: Path) -> None:
    (tmp_path / "ontologist.md").write_text('+++\ntitle = "Our own"\n+++\nYou draft.\n', encoding="utf-8")
    team = read_team(team_file(tmp_path, TEAM))
    assert team.card("ontologist").title == "Our own"
    assert team.card("domain_expert").title == "Domain expert"


def test_the_order_of_speech_is_the_order_of_the_file(tmp_path: Path) -> None:
    text = '[[step]]\nact = "propose"\nrole = "critic"\n[[step]]\nact = "vote"\nroles = ["scribe", "ontologist"]\n'
    team = read_team(team_file(tmp_path, text))
    assert [(s.act, s.roles) for s in team.steps] == [("propose", ("critic",)), ("vote", ("scribe", "ontologist"))]


def test_a_person_joins_the_voters_and_needs_no_card() -> None:
    [vote] = [s for s in find_team("default").with_person().steps if s.act == "vote"]
    assert vote.roles[-1] == PERSON


@pytest.mark.parametrize(
    ("text", "line", "words"),
    [
        ("You object.", 1, "begins with TOML"),
        ('+++\ntitle = "x"\n+++\n\n', 4, "says nothing"),
        ('+++\ntitle = "x"\ntemperatur = 1\n+++\nx', 3, "Did you mean 'temperature'?"),
        ("+++\ntitle = 3\n+++\nx", 2, "not a text"),
        ("+++\ntemperature = 7\n+++\nx", 2, "not between 0 and 2"),
        ('+++\n\n\ntitle = "x\n+++\nx', 4, "no valid TOML"),
        ('+++\ntools = ["browser"]\n+++\nx', 2, "no tool 'browser'"),
        ("+++\nmax_tokens = true\n+++\nx", 2, "not a whole number"),
    ],
)
def test_a_mistake_in_a_card_is_told_with_its_line(tmp_path: Path, text: str, line: int, words: str) -> None:
    path = tmp_path / "critic.md"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(ConfigError) as told:
        read_card(path)
    assert str(told.value).startswith(f"{path}:{line}: ")
    assert words in str(told.value)


@pytest.mark.parametrize(
    ("text", "line", "words"),
    [
        (TEAM.replace("propose", "proposes"), 6, "no act 'proposes'"),
        (TEAM.replace("ontologist", "ontologer"), 7, "Did you mean 'ontologist'?"),
        (TEAM + "[limits]\nround = 3\n", 9, "Did you mean 'rounds'?"),
        (TEAM + "[limits]\nrounds = 0\n", 9, "not between 1 and 100"),
        (TEAM + '[stop]\ncompletion = "I am done"\n', 9, "not one word"),
        (TEAM + '[[step]]\nact = "search"\nrole = "critic"\n', 10, "no search among its tools"),
        (TEAM + '[[step]]\nact = "object"\nroles = ["critic", "scribe"]\n', 9, "only a vote is taken by several"),
        (TEAM + '[[step]]\nact = "vote"\n', 9, "needs role"),
        (TEAM + '[[step]]\nact = "write"\nrole = "scribe"\n', 9, "at the end"),
        ("[[step]]\nact = 'instruct'\nrole = 'critic'\n", 1, "nobody proposes"),
        ('[[step]]\nact = "vote"\nrole = "critic"\n' + TEAM, 1, "before anything is proposed"),
        ("limits = 3\n" + TEAM, 1, "no table"),
    ],
)
def test_a_mistake_in_a_team_is_told_with_its_line(tmp_path: Path, text: str, line: int, words: str) -> None:
    path = team_file(tmp_path, text)
    with pytest.raises(ConfigError) as told:
        read_team(path)
    assert str(told.value).startswith(f"{path}:{line}: ")
    assert words in str(told.value)


def test_a_file_that_is_not_utf8_or_not_there_is_told(tmp_path: Path) -> None:
    path = tmp_path / "critic.md"
    path.write_bytes(CARD.encode("utf-16"))
    with pytest.raises(ConfigError, match="not UTF-8"):
        read_card(path)
    with pytest.raises(ConfigError, match="cannot be read"):
        read_team(tmp_path / "nowhere.toml")


def test_unknown_roles_and_teams_are_told_with_the_nearest(tmp_path: Path) -> None:
    with pytest.raises(UnknownName, match="Did you mean 'critic'"):
        find_card("critik", tmp_path)
    with pytest.raises(UnknownName, match="Did you mean 'default'"):
        find_team("defualt")
    with pytest.raises(UnknownName):
        find_card("../critic", tmp_path)
