"""Teams: `agents/teams/<name>.toml` says who speaks in which order, with which limits, and when to stop."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import Final, Literal, get_args

from kgc import shipped
from kgc.errors import ConfigError, UnknownName
from kgc.ontology.agents.cards import RoleCard, find_card
from kgc.ontology.agents.content import Content, read

Act = Literal["specify", "instruct", "search", "propose", "object", "vote", "write"]
When = Literal["first", "every", "last"]
ACTS: Final[tuple[Act, ...]] = get_args(Act)
WHENS: Final[tuple[When, ...]] = get_args(When)
PERSON: Final = "me"
"""The role that a person at the terminal plays; it needs no card."""


@dataclass(frozen=True, slots=True)
class Step:
    """One kind of turn: `roles` speak (several at once only in a vote), in the first round, every or after the last."""

    act: Act
    roles: tuple[str, ...]
    when: When = "every"


@dataclass(frozen=True, slots=True)
class Limits:
    """What bounds a talk; the content file says what each is."""

    rounds: int = 7
    proposals: int = 15
    evidence: int = 30
    history: int = 6
    agreement: float = 0.5
    quotes: int = 1


@dataclass(frozen=True, slots=True)
class Stops:
    """When a talk ends before its last round."""

    completion: str = "TASK_DONE"
    idle: int = 2
    repeats: int = 1


@dataclass(frozen=True, slots=True)
class Team:
    name: str
    steps: tuple[Step, ...]
    limits: Limits = field(default_factory=Limits)
    stops: Stops = field(default_factory=Stops)
    cards: tuple[RoleCard, ...] = ()
    definition: str = ""

    def card(self, role: str) -> RoleCard:
        return next(c for c in self.cards if c.name == role)

    def most_calls(self) -> int:
        """The calls of a talk that nothing ends early."""
        once = sum(len(s.roles) for s in self.steps if s.when != "every")
        return once + self.limits.rounds * sum(len(s.roles) for s in self.steps if s.when == "every")

    def with_person(self) -> Team:
        """The same team with a person among the voters; their vote decides (`kgc.ontology.agents.table`)."""
        steps = tuple(
            Step(s.act, (*s.roles, PERSON), s.when) if s.act == "vote" and PERSON not in s.roles else s
            for s in self.steps
        )
        return Team(self.name, steps, self.limits, self.stops, self.cards, self.definition)


def find_team(name_or_path: str, workspace: Path | None = None) -> Team:
    """The team of a path, or of a name: `<workspace>/agents/teams/NAME.toml`, else the shipped one.

    The roles' cards lie in the folder above the team's file, else they are the shipped ones.
    """
    if name_or_path.endswith(".toml") or "/" in name_or_path:
        return read_team(Path(name_or_path).expanduser())
    folders = [*([workspace / "agents" / "teams"] if workspace else []), shipped.folder("agents") / "teams"]
    known = {p.stem: p for folder in reversed(folders) for p in sorted(folder.glob("*.toml"))}
    if name_or_path not in known:
        hint = f"There are: {', '.join(sorted(known))}; or give the path of a file, as in agents/teams/mine.toml."
        raise UnknownName("team", name_or_path, known, hint)
    return read_team(known[name_or_path])


def read_team(path: Path) -> Team:
    """The team of a file, with its cards. Raises `ConfigError` with file, line and what to do."""
    content = Content(path, read(path))
    values = content.parsed()
    content.only(values, ("definition", "limits", "stop", "step"))
    steps = _steps(content, values)
    beside = path.resolve().parent.parent
    roles = dict.fromkeys(r for s in steps for r in s.roles if r != PERSON)
    cards = []
    for role in roles:
        try:
            card = find_card(role, beside)
        except UnknownName as error:
            raise ConfigError(f"{path}:{_line_with(content, role)}: {error.message}", error.hint) from error
        if any(s.act == "search" and role in s.roles for s in steps) and "search" not in card.tools:
            hint = 'Write tools = ["search"] on its card.'
            raise ConfigError(f"{path}:{_line_with(content, role)}: {role} has no search among its tools.", hint)
        cards.append(card)
    return Team(
        path.stem,
        steps,
        _limits(content, _table(content, values, "limits")),
        _stops(content, _table(content, values, "stop")),
        tuple(cards),
        content.value(values, "definition", ""),
    )


def _line_with(content: Content, word: str) -> int:
    lines = content.text.splitlines()
    return next((n for n, line in enumerate(lines, 1) if f'"{word}"' in line), 1)


def _table(content: Content, values: Mapping[str, object], key: str) -> Mapping[str, object]:
    found = values.get(key, {})
    if isinstance(found, dict):
        return found
    raise content.mistake(key, f"{key} is no table.", f"Write [{key}] and its keys below.")


def _limits(content: Content, values: Mapping[str, object]) -> Limits:
    content.only(values, [f.name for f in fields(Limits)], "[limits]")
    d = Limits()
    found = Limits(
        content.value(values, "rounds", d.rounds),
        content.value(values, "proposals", d.proposals),
        content.value(values, "evidence", d.evidence),
        content.value(values, "history", d.history),
        content.value(values, "agreement", d.agreement),
        content.value(values, "quotes", d.quotes),
    )
    for key, least, most in (("rounds", 1, 100), ("proposals", 1, 100), ("evidence", 1, 500), ("history", 0, 100)):
        content.within(key, getattr(found, key), least, most)
    content.within("agreement", found.agreement, 0, 1)
    content.within("quotes", found.quotes, 0, 100)
    return found


def _stops(content: Content, values: Mapping[str, object]) -> Stops:
    content.only(values, [f.name for f in fields(Stops)], "[stop]")
    d = Stops()
    found = Stops(
        content.value(values, "completion", d.completion).strip(),
        content.value(values, "idle", d.idle),
        content.value(values, "repeats", d.repeats),
    )
    if not found.completion or " " in found.completion:
        raise content.mistake("completion", f"completion is {found.completion!r}, not one word.")
    content.within("idle", found.idle, 1, 100)
    content.within("repeats", found.repeats, 0, 100)
    return found


def _steps(content: Content, values: Mapping[str, object]) -> tuple[Step, ...]:
    found = values.get("step", [])
    if not isinstance(found, list) or not all(isinstance(v, dict) for v in found):
        raise content.mistake("step", "step is no list of tables.", "Write [[step]] and its keys below, once a step.")
    steps = tuple(_step(content, values, nth) for nth, values in enumerate(found))
    every = [s for s in steps if s.when == "every"]
    if not any(s.act == "propose" for s in every):
        hint = 'Write [[step]], act = "propose", role = "ontologist".'
        raise ConfigError(f"{content.path}:1: nobody proposes anything in every round.", hint)
    for n, step in enumerate(every):
        if step.act in ("object", "vote") and not any(s.act == "propose" for s in every[:n]):
            raise content.mistake("step", f"{step.act} comes before anything is proposed.", "Put it after propose.")
    return steps


def _step(content: Content, values: Mapping[str, object], nth: int) -> Step:
    content.only(values, ("act", "role", "roles", "when"), "[[step]]")
    act = content.value(values, "act", "", nth)
    if act not in ACTS:
        raise content.mistake("act", f"there is no act {act!r}.", f"There are: {', '.join(ACTS)}.", nth)
    when = content.value(values, "when", "every", nth)
    if when not in WHENS:
        raise content.mistake("when", f"when is {when!r}.", f"It may be: {', '.join(WHENS)}.")
    one = content.value(values, "role", "", nth)
    roles = (one,) if one else content.names(values, "roles", nth)
    if not roles or ("role" in values) == ("roles" in values):
        raise content.mistake("act", f"the step {act!r} needs role = … or roles = […].", nth=nth)
    if len(roles) > 1 and act != "vote":
        raise content.mistake("act", f"{len(roles)} roles {act} at once; only a vote is taken by several.", nth=nth)
    if act == "specify" and when != "first":
        raise content.mistake("act", "specify is said once.", 'Add when = "first".', nth)
    if act == "write" and when != "last":
        raise content.mistake("act", "write is said at the end.", 'Add when = "last".', nth)
    if act not in ("specify", "write") and when != "every":
        raise content.mistake("when", f"{act} belongs to every round.", "Leave `when` out.")
    if PERSON in roles and act != "vote":
        raise content.mistake("act", f"a person ({PERSON}) votes; they do not {act}.", nth=nth)
    return Step(act, roles, when)
