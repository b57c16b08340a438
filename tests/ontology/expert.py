"""A model that plays every role well enough: it goes by the numbered evidence of its prompt, and by nothing else.

It knows nothing of any folder: what it proposes are frequent terms as classes, phrases between such classes as
relations, values as attributes. It votes against what nobody can see an instance of.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from kgc.testing.script import Turn

CANDIDATE = re.compile(r"^e(\d+) candidate (\w+) “([^”]+)” \(found by rules(?:, a kind of (\w+))?", re.MULTILINE)
TERM = re.compile(r"^e(\d+) term “([^”]+)”(?:, a (\w+))? \((\d+) times", re.MULTILINE)
PHRASE = re.compile(r"^e(\d+) phrase “(.+?) — (.+?) — (.+?)” \((\d+) times", re.MULTILINE)
VALUE = re.compile(r"^e(\d+) value “([^”]+)” of ([^,]+), a (\w+)", re.MULTILINE)
CLASS = re.compile(r"^class (\w+)", re.MULTILINE)
PROPOSED = re.compile(r"^P(\d+) (\w+) (\S+)", re.MULTILINE)


def play(turns: Sequence[Turn]) -> str:
    """The reply to the last message."""
    text = turns[-1].content
    replies = {
        "Write the task now": specify, "one instruction": instruct, "one query": search,
        "Answer with proposals only": propose, "your objections": object_, "Vote on every one": vote,
        "better definition": write,
    }  # fmt: skip
    return next((reply for mark, reply in replies.items() if mark in text), read)(text)


def read(_: str) -> str:
    """It is no reader: asked to extract, it finds nothing."""
    return "# relations: none"


def specify(text: str) -> str:
    return "Find the organizations, people and products these documents speak of, and what they do to each other."


def instruct(text: str) -> str:
    number = int(re.findall(r"round (\d+) of", text)[0])
    known = len(CLASS.findall(text))
    if number > 3:
        return "TASK_DONE"
    wanted = ("classes behind the terms", "relations behind the phrases", "attributes behind the values")[number - 1]
    return f"Instruction: propose the {wanted}; there are {known} classes so far."


def search(text: str) -> str:
    terms = TERM.findall(text)
    return terms[0][1] if terms else "NONE"


def propose(text: str) -> str:
    state, _, instruction = text.partition("The instruction:")
    known = set(CLASS.findall(state))
    if "classes" in instruction.split(";")[0]:
        rows = [
            f"CLASS {name} |{f' is a: {parent} |' if parent else ''} What the documents show. | evidence: e{n}"
            for n, thing, name, parent in CANDIDATE.findall(state)
            if thing == "class"
        ]
        rows += [f"CLASS {pascal(kind or name)} | What the documents call {name}. | evidence: e{n}"
                for n, name, kind, count in TERM.findall(state) if int(count) > 6]  # fmt: skip
    elif "relations" in instruction:
        rows = [f"RELATION {name.replace(': ', ' | ')} | The first does so to the second. | evidence: e{n}"
                for n, thing, name, _ in CANDIDATE.findall(state) if thing == "relation"]  # fmt: skip
        rows += [f"RELATION {pascal(verb)} | {pascal(heads.split(' or ')[0])} -> {pascal(tails.split(' or ')[0])}"
                f" | Holds where the first {verb} the second. | evidence: e{n}"
                for n, heads, verb, tails, _ in PHRASE.findall(state)]  # fmt: skip
    else:
        rows = [f"ATTRIBUTE {pascal(owner)}.{name.lower().replace(' ', '_')} | {kind} | As written. | evidence: e{n}"
                for n, name, owner, kind in VALUE.findall(state) if pascal(owner) in known]  # fmt: skip
    return "\n".join(dict.fromkeys(rows)) or "NONE"


def object_(text: str) -> str:
    rows = [
        f"P{n}: this names one thing, not a kind." for n, verb, name in PROPOSED.findall(text) if name[-1].isdigit()
    ]
    return "\n".join(rows) or "NONE"


def vote(text: str) -> str:
    refused = set(re.findall(r"^P(\d+)[^\n]*\n   objection", text, re.MULTILINE))
    return "\n".join(f"P{n} {'against' if n in refused else 'for'}" for n, _, _ in PROPOSED.findall(text))


def write(text: str) -> str:
    return "\n".join(f"{name} | A kind of thing that these documents name." for name in CLASS.findall(text))


def pascal(name: str) -> str:
    return "".join(word[:1].upper() + word[1:] for word in re.findall(r"\w+", name))
