"""Documents made by seed from sentences of ours, and what a perfect model answers to them.

Each document has about 500 words and some 28 facts of `schemas/company.py`. Every sentence comes from a template, so
that the facts can be read back from the sentences of a prompt by the same templates: the answers are as long as real
ones, and what a run ends with can be checked fact by fact. Names come from pools that all documents share.
"""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from kgc.testing.script import Turn


def words(text: str) -> tuple[str, ...]:
    return tuple(text.split())


FIRST = words(
    "Ada Anders Astrid Bengt Birgit Carl Dagny Einar Elin Erik Freja Gustav Hanna Henrik Ida Ingrid Jonas Kari Karin"
    " Lars Lena Magnus Maja Marit Nils Olof Petra Ragnar Sigrid Signe Sofia Solveig Sven Tilda Tomas Tove Ulla Vidar"
)
FAMILY = words(
    "Aasen Almquist Berg Bjerke Brannvik Dahl Eide Ekman Falk Friis Grahn Hagen Halvorsen Hedlund Holm Jokela Kolstad"
    " Lind Lindqvist Lund Moen Nyholm Okafor Olsen Raman Rask Ruud Sandvik Skog Solberg Strand Sund Tveit Vang Vestby"
)
STEMS = words(
    "Aurora Birka Borea Calder Delta Ekeby Fjord Granit Havgull Ilmar Jarl Kyst Lanwan Lumen Mälar Nord Orion Polar"
    " Quill Rime Sirius Skagen Tern Ulven Vinga Westra Ymer Zephyr Åre Öster"
)
TRADES = words("Batteries Cells Chemicals Energy Instruments Marine Materials Metals Mining Optics Power Recycling")
FORMS = ("AB", "AS", "Oy", "GmbH", "Ltd")
TOWNS = words(
    "Aalborg Bergen Bodø Drammen Espoo Falun Gothenburg Halden Helsinki Kiruna Kolding Kotka Luleå Malmö Molde Narvik"
    " Odense Oulu Porvoo Rauma Skien Stavanger Sundsvall Tampere Tromsø Trondheim Turku Umeå Uppsala Vaasa"
)
LANDS = ("Norway", "Sweden", "Finland", "Denmark", "Germany", "Estonia")
LINES = ("battery recycling", "grid storage", "nickel refining", "marine propulsion", "test equipment", "mine drainage")
POSTS = ("chief engineer", "head of research", "finance chief", "plant manager", "general counsel", "sales director")

KINDS = {"p": "Person", "c": "Company", "l": "Location", "g": "Product", "i": "Industry"}
"""Slot letter -> class; slots of other letters (`y` a year, `n` a number, `m` money, `o` a post) are plain text."""


CAST = {"p": 7, "c": 12, "l": 6, "g": 3, "i": 2}
"""How many people, companies, places, products and lines of business one document is about."""


@dataclass(frozen=True, slots=True)
class Claim:
    """A fact as a sentence tells it: relation or attribute, head slot, tail slot."""

    relation: str
    head: str
    tail: str


@dataclass(frozen=True, slots=True)
class Template:
    """A sentence with slots, and the claims it makes about what fills them."""

    text: str
    claims: tuple[Claim, ...] = ()


def told(text: str, *claims: str) -> Template:
    return Template(text, tuple(Claim(*claim.split()) for claim in claims))


TELLING = (
    told("{p1}, {o} of {c1} in {l1} since the spring of {y}, said that the order from {c2} had come at the right time.",
         "WorksFor p1 c1", "position p1 o", "Supplies c1 c2"),
    told("{c1}, which has its headquarters in {l1} and employs {n} people, bought the whole of {c2} after long talks.",
         "BasedIn c1 l1", "employees c1 n", "Acquired c1 c2"),
    told("{p1} and {p2} founded {c1} in {y}, in two rooms above a workshop in {l1} that smelled of solvent.",
         "FounderOf p1 c1", "FounderOf p2 c1", "founded c1 y"),
    told("Under its managing director {p1} the company {c1} brought the {g1} to market and sold it from {l1} to the"
         " whole of {l2}.", "LeaderOf p1 c1", "Produces c1 g1", "BasedIn c1 l1"),
    told("{c1} is a subsidiary of {c2} and had sales of {m} in the last year for which there are figures.",
         "PartOf c1 c2", "revenue c1 m"),
    told("{p1} sits on the board of {c1} and is at the same time {o} of {c2}, which some shareholders dislike.",
         "BoardMemberOf p1 c1", "WorksFor p1 c2", "position p1 o"),
    told("With {c2} the firm {c1} has a contract on {i1}, a field in which both of them have been at work for years.",
         "PartnerOf c1 c2", "ActiveIn c1 i1", "ActiveIn c2 i1"),
    told("{c1} took its rival {c2} to court over the patents behind the {g1}, which {c1} has made since {y}.",
         "Sued c1 c2", "CompetesWith c1 c2", "Produces c1 g1"),
    told("The plant of {c1} in {l1}, a town in {l2}, delivers parts to {c2} every week, snow or no snow.",
         "BasedIn c1 l1", "LocatedIn l1 l2", "Supplies c1 c2"),
    told("{p1}, born in {y}, holds a quarter of the shares of {c1} and has never sold a single one of them.",
         "birth_date p1 y", "InvestedIn p1 c1"),
)  # fmt: skip
IDLE = (
    told("Nobody who was in the room that evening remembers who spoke first, but all agree that it was late."),
    told("The weather had been mild for the season, and the ferries ran on time for once."),
    told("Asked about the matter, a spokesman said that there was nothing to add to what had been said before."),
    told("The canteen served fish soup on that day, as it does every Thursday in the winter months."),
    told("An older neighbour recalls the noise of the first machines and the lamp that burned in the yard all night."),
    told("The minutes of the meeting were signed by everybody present and put away in a steel cupboard."),
    told("What this will mean for the region is hard to say, and those who know it best prefer to keep silent."),
    told("The road to the harbour was closed for repairs, so that the guests had to walk the last part of the way."),
)
TITLE = "Notes from the coast, number {}"
LAST = "This is number {} of a series that appears on every working day."


def document(seed: int, number: int) -> str:
    """The text of document `number` of the corpus with this seed; no two are equal."""
    chance = random.Random(f"{seed}.{number}")
    cast = {kind: [name(kind, chance) for _ in range(size)] for kind, size in CAST.items()}
    sentences = [fill(t, cast, chance) for t in (*TELLING, *chance.sample(TELLING, 3))]
    sentences += [t.text for t in chance.choices(IDLE, k=chance.randint(6, 10))]
    chance.shuffle(sentences)
    sentences.append(LAST.format(number))
    size = 5
    paragraphs = [" ".join(sentences[at : at + size]) for at in range(0, len(sentences), size)]
    return "\n\n".join([TITLE.format(number), *paragraphs]) + "\n"


def write(folder: Path, documents: int, seed: int = 0) -> Path:
    """Write a corpus, a hundred files a folder; what is there already is left as it is."""
    for number in range(documents):
        path = folder / f"{number // 100:03}" / f"{number:05}.txt"
        if not path.exists():
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(document(seed, number), encoding="utf-8")
    return folder


def fill(template: Template, cast: Mapping[str, Sequence[str]], chance: random.Random) -> str:
    """The sentence with names of the document's cast, each at most once, and numbers of its own."""
    values: dict[str, str] = {}
    for slot in dict.fromkeys(re.findall(r"{(\w+)}", template.text)):
        values[slot] = name(slot[0], chance)
        left = [n for n in cast.get(slot[0], ()) if n not in values.values()]
        if left:
            values[slot] = chance.choice(left)
    return template.text.format(**values)


def name(kind: str, chance: random.Random) -> str:
    """What may fill a slot of this kind."""
    pick, number = chance.choice, chance.randint
    makers: dict[str, Callable[[], str]] = {
        "p": lambda: f"{pick(FIRST)} {pick(FAMILY)}",
        "c": lambda: f"{pick(STEMS)} {pick(TRADES)} {pick(FORMS)}",
        "l": lambda: pick(TOWNS + LANDS),
        "g": lambda: f"{pick(STEMS)}-{number(1, 99)}",
        "i": lambda: pick(LINES),
        "o": lambda: pick(POSTS),
        "m": lambda: f"{number(2, 900)} million kronor",
        "y": lambda: str(number(1950, 2023)),
        "n": lambda: str(number(10, 4000)),
    }
    return makers[kind]()


@cache
def patterns() -> tuple[tuple[str, re.Pattern[str], Template], ...]:
    """For each telling template a phrase that only it has, and the expression that reads its slots back."""
    found = []
    for template in TELLING:
        parts = re.split(r"{(\w+)}", template.text)
        seen: set[str] = set()
        expression = ""
        for n, part in enumerate(parts):
            if n % 2 == 0:
                expression += re.escape(part)
            else:
                expression += f"(?P={part})" if part in seen else f"(?P<{part}>.+?)"
                seen.add(part)
        found.append((max(parts[::2], key=len), re.compile(expression), template))
    return tuple(found)


@dataclass(frozen=True, slots=True)
class Fact:
    """A fact of a sentence: the classes of its ends ("" for a literal tail) and their names."""

    relation: str
    head_type: str
    head: str
    tail_type: str
    tail: str
    sentence: int


def facts_of(sentences: Sequence[tuple[int, str]]) -> Iterator[Fact]:
    """What numbered sentences tell, by the templates."""
    for number, sentence in sentences:
        for phrase, expression, template in patterns():
            found = expression.fullmatch(sentence) if phrase in sentence else None
            if found:
                for c in template.claims:
                    head, tail = KINDS[c.head[0]], KINDS.get(c.tail[0], "")
                    yield Fact(c.relation, head, found[c.head], tail, found[c.tail], number)


NUMBERED = re.compile(r"^\[(\d+)\] (.*)$", re.MULTILINE)


def read_numbered(prompt: str) -> list[Fact]:
    """The facts of the sentences `[1] …` in a prompt."""
    return list(facts_of([(int(n), s) for n, s in NUMBERED.findall(prompt)]))


def read_text(text: str) -> list[Fact]:
    """The facts of a whole document (sentences are found by the templates' own ends)."""
    pieces = re.split(r"(?<=\.)\s+|\n\n", text)
    return list(facts_of(list(enumerate(pieces, 1))))


def as_code(facts: Sequence[Fact]) -> str:
    """The compact code answer, in the order the prompt asks for."""
    names: dict[tuple[str, str], str] = {}
    counts: dict[str, int] = {}

    def variable(kind: str, name: str) -> str:
        if (kind, name) not in names:
            letter = kind[0].lower()
            counts[letter] = counts.get(letter, 0) + 1
            names[kind, name] = f"{letter}{counts[letter]}"
        return names[kind, name]

    lines = []
    for f in facts:
        head = variable(f.head_type, f.head)
        tail = variable(f.tail_type, f.tail) if f.tail_type else f'"{f.tail}"'
        lines.append(f"{f.relation}({head}, {tail}, {f.sentence})")
    relations = ", ".join(dict.fromkeys(f.relation for f in facts)) or "none"
    bound = [f'{name} = {kind}("{surface}")' for (kind, surface), name in names.items()]
    return "\n".join([f"# relations: {relations}", *bound, *lines])


def answer(turns: Sequence[Turn]) -> str:
    """What a perfect model answers to a prompt of the strategy `codekgc`."""
    return as_code(read_numbered(turns[-1].content))


SYMMETRIC = ("PartnerOf", "CompetesWith")


def key_of(relation: str, head: str, tail: str) -> tuple[str, str, str]:
    """A fact as a set of facts compares it: the ends of a symmetric relation in one order."""
    if relation in SYMMETRIC:
        head, tail = sorted((head, tail))
    return relation, head, tail


def facts_of_corpus(folder: Path) -> set[tuple[str, str, str]]:
    """All facts that the documents of a folder tell."""
    return {
        key_of(f.relation, f.head, f.tail)
        for path in sorted(folder.rglob("*.txt"))
        for f in read_text(path.read_text(encoding="utf-8"))
    }
