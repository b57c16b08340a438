"""A small world for talks: evidence of our own, and a way to hold a dialogue by hand."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from kgc.llm.turns import Answer, Ask, Usage, request_key
from kgc.ontology.agents.talk import Brief, Talk
from kgc.ontology.records import Evidence, Phrase, Quote, Term

TEXTS = (
    "Halvorsen delivers cells to Nordlys Cars.",
    "The supplier Brenn Metals delivers foil to Halvorsen.",
    "Nordlys Cars runs a plant in Bergen.",
    "The plant in Oslo was closed after a fire.",
)


def quote(n: int, text: str = "") -> Quote:
    words = text or TEXTS[n]
    return Quote(f"docs/{n}.txt", 0, len(words), words)


EVIDENCE = Evidence(
    4,
    4,
    terms=(
        Term("supplier", 7, 3, 0.9, kinds=("company",), quotes=(quote(1),)),
        Term("plant", 5, 2, 0.8, quotes=(quote(2), quote(3))),
        Term("car maker", 2, 1, 0.4, quotes=(quote(2),)),
    ),
    phrases=(Phrase("deliver to", 4, 2, (("Company", 4),), (("Company", 4),), (quote(0), quote(1))),),
)
"""Numbered e1 supplier, e2 deliver to, e3 plant, e4 car maker."""

BRIEF = Brief("who supplies whom", EVIDENCE, tuple(quote(n) for n in range(4)))

Reply = Callable[[Ask], str]


@dataclass
class Heard:
    """What was asked, in order, each turn's tags together."""

    turns: list[list[str]] = field(default_factory=list)
    asks: list[Ask] = field(default_factory=list)

    @property
    def tags(self) -> list[str]:
        return [tag for turn in self.turns for tag in turn]


def hold(talk: Talk, reply: Reply, most: int = 1_000) -> Heard:
    """Hold a talk to its end, or up to `most` turns."""
    heard, turns = Heard(), talk.turns()
    sent: Sequence[Answer] | None = None
    while len(heard.turns) < most:
        try:
            asks = next(turns) if sent is None else turns.send(sent)
        except StopIteration:
            break
        heard.turns.append([ask.tag.removeprefix("ontology/") for ask in asks])
        heard.asks += asks
        sent = [Answer((reply(ask),), usage=Usage(10, 0, 5), key=request_key(ask, "m")) for ask in asks]
    return heard


def competent(ask: Ask) -> str:
    """A model that does what it is asked, and ends in the third round."""
    text = ask.messages[-1].content
    act = ask.tag.removeprefix("ontology/")
    stage = next((n for n in ("round 1", "round 2") if n in text), "later")
    classes_wanted = "propose the classes" in text.partition("The instruction:")[2]
    instance = "Halvorsen | is a" in text
    said = {
        "specify": "Find suppliers, the plants they deliver to and what they deliver.",
        "instruct": {
            "round 1": "Instruction: propose the classes behind e1 and e3.",
            "round 2": "Instruction: now the relation behind e2, and what a plant is in.",
        }.get(stage, "TASK_DONE"),
        "search": "plant Bergen" if "relation behind" in text else "NONE",
        "propose": CLASSES if classes_wanted else RELATIONS,
        "object": "P2: Halvorsen is an instance, retire it." if instance else "NONE",
        "vote": f"P1 for\nP2 {'against: an instance' if instance else 'for'}\nP3 for",
        "write": "Plant | A site where a company makes or joins goods.",
    }
    return said[act]


CLASSES = """CLASS Company | A business. | evidence: e1
CLASS Supplier | is a: Company | A company that delivers goods to others. | evidence: e1
CLASS Plant | A place where goods are made. | evidence: e3"""
RELATIONS = """RELATION DeliversTo | Supplier -> Company | Brings goods to. | evidence: e2
CLASS Halvorsen | is a: Company | One company. | evidence: e2"""
