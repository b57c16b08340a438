"""A small world: a folder of our own sentences, a schema for them, and a model that answers what they say."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from pathlib import Path

from kgc import Workspace
from kgc.testing.script import Turn

SCHEMA = '''
"""People and the companies they work for."""
from kgc.schema.words import Date, Entity, Relation

class Person(Entity):
    """A human being."""

class Organization(Entity):
    """A company, agency or institute."""
    founded: Date

class WorksFor(Relation):
    """Somebody is employed by an organization."""
    head: Person
    tail: Organization
'''

STORY = {
    "a.txt": "Ada Byron works for Acme Corp. The weather was fine that day.\n",
    "b.md": "# Staff\n\nBo Lind works for Northwind. Acme Corp was founded in 1998.\n",
    "sub/c.txt": "Cleo Marsh works for Acme Corp.\n",
    "zh.txt": "王小明在远山公司工作。\n",
}
WORKS = re.compile(r"([A-Z]\w+ [A-Z]\w+) works for ((?:[A-Z]\w+ ?)+)")
FOUNDED = re.compile(r"((?:[A-Z]\w+ ?)+) was founded in (\d{4})")


def read_aloud(turns: Sequence[Turn]) -> str:
    """What a perfect model would answer to the chunk in the last turn, in the compact code form."""
    lines: list[str] = []
    names: dict[tuple[str, str], str] = {}

    def name(kind: str, surface: str) -> str:
        if (kind, surface) not in names:
            names[kind, surface] = f"e{len(names) + 1}"
            lines.append(f'{names[kind, surface]} = {kind}("{surface}")')
        return names[kind, surface]

    facts: list[str] = []
    for number, sentence in re.findall(r"\[(\d+)\] (.*)", turns[-1].content):
        for person, organization in WORKS.findall(sentence):
            facts.append(f"WorksFor({name('Person', person)}, {name('Organization', organization.strip())}, {number})")
        for organization, year in FOUNDED.findall(sentence):
            facts.append(f'founded({name("Organization", organization.strip())}, "{year}", {number})')
        if "王小明" in sentence:
            facts.append(f"WorksFor({name('Person', '王小明')}, {name('Organization', '远山公司')}, {number})")
    return "\n".join(["# relations: " + ("WorksFor" if facts else "none"), *lines, *facts])


def write_story(folder: Path, story: dict[str, str] = STORY) -> Path:
    for name, text in story.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return folder


def exported(workspace: Workspace, path: Path) -> bytes:
    workspace.export(path)
    return path.read_bytes()


def rows(workspace: Workspace, path: Path) -> list[dict[str, object]]:
    return [json.loads(line) for line in exported(workspace, path).splitlines()]
