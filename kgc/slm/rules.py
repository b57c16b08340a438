"""The rule tables (`rules_en.toml`, `rules_zh.toml`): templates over masked sentences, compiled to regular expressions.

A rule has a `name`, a `pattern`, what it `says`, and a `precision`. In a pattern `{P:h}` is a person called h,
`{O|L:t}` an organisation or place called t, `{P+:h}` a list of persons ("A, B and C"); `<name>` is a fragment of the
table `[fragments]`; the rest is a regular expression. Each line of `says` is "h Relation t" or "h attribute d"; a
line whose names did not match says nothing.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Final

from kgc.slm.masks import CLOSE, OPEN

SLOT: Final = re.compile(r"\{([A-Z](?:\|[A-Z])*)(\+?)(?::(\w+))?\}")
FRAGMENT: Final = re.compile(r"(?<!P)<([a-z][a-z_]+)>")
JOINTS: Final = {"en": r"(?:,? and |, | & |,? as well as )", "zh": r"(?:》?(?:、|和|与|及|以及|，)《?|》《)"}


@dataclass(frozen=True, slots=True)
class Says:
    """One statement of a rule: names of slots around a relation or an attribute."""

    head: str
    relation: str
    tail: str


@dataclass(frozen=True, slots=True)
class Rule:
    """A compiled rule. `needs` are the kinds of its heads: without one of each set it cannot match.

    `groups` maps a slot's name to the regular expression's groups: a slot may stand in several places of a pattern.
    A rule of what is told in `passing` ("Acme's chief executive, Ada Berg") has no verb that could be denied before it.
    """

    name: str
    pattern: re.Pattern[str]
    says: tuple[Says, ...]
    precision: float
    needs: tuple[frozenset[str], ...]
    groups: Mapping[str, tuple[str, ...]]
    guard: str = ""
    passing: bool = False


@cache
def rules(lang: str) -> tuple[Rule, ...]:
    """The rules of a language ("en", "zh"), in the table's order; none for another."""
    file = resources.files("kgc.slm") / f"rules_{lang}.toml"
    if not file.is_file():
        return ()
    raw = file.read_text(encoding="utf-8")
    table = tomllib.loads(raw)
    return tuple(compile_rule(row, table["fragments"], lang) for row in table["rule"])


def compile_rule(row: Mapping[str, object], fragments: Mapping[str, str], lang: str) -> Rule:
    pattern = expand(str(row["pattern"]), fragments)
    says = row["says"]
    lines = says if isinstance(says, list) else [says]
    groups: dict[str, tuple[str, ...]] = {}
    written = SLOT.sub(lambda m: slot(m, lang, groups), pattern)
    for literal in re.findall(r"\(\?P<([a-z])>", written):
        groups[literal] = (literal,)
    asked = {head for head, _, _ in (line.split(" ") for line in map(str, lines))}
    needs = tuple(frozenset(kinds.split("|")) for kinds, _, name in SLOT.findall(pattern) if name in asked)
    return Rule(
        str(row["name"]),
        re.compile(written),
        tuple(Says(*str(line).split(" ")) for line in lines),
        float(str(row.get("precision", 0.8))),
        needs,
        groups,
        str(row.get("guard", "")),
        bool(row.get("passing", False)),
    )


def expand(pattern: str, fragments: Mapping[str, str], depth: int = 4) -> str:
    """The pattern with its fragments written out; an unknown one raises KeyError."""
    if depth and FRAGMENT.search(pattern):
        return expand(FRAGMENT.sub(lambda m: f"(?:{fragments[m[1]]})", pattern), fragments, depth - 1)
    return pattern


def slot(found: re.Match[str], lang: str, groups: dict[str, tuple[str, ...]]) -> str:
    """The regular expression of a slot; a named one gets a group of its own, noted in `groups`."""
    kinds, plus, name = found.groups()
    one = f"{OPEN}[{kinds.replace('|', '')}][0-9]+{CLOSE}"
    body = f"{one}(?:{JOINTS[lang]}(?:the )?{one})*" if plus else one
    if not name:
        return f"(?:{body})"
    group = f"{name}{len(groups.get(name, ())) + 1}"
    groups[name] = (*groups.get(name, ()), group)
    return f"(?P<{group}>{body})"
