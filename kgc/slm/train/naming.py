"""Names and literals by class, drawn from `names_en.toml` and the lexicon, repeatable by the dice that are given."""

from __future__ import annotations

import random
import re
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from importlib import resources
from pathlib import Path
from typing import Final

from kgc.slm.lexicon import Lexicon, read_lexicon

SLOT: Final = re.compile(r"\{(?:(\d+)-(\d+)|(\w+(?: \w+)?))\}|([#@])")
WEIGHT: Final = re.compile(r"^(.*) \* (\d+)$")
LISTED: Final = {"first": "f", "last": "l", "city": "c", "country": "k", "region": "r"}
"""Slots that are filled from the lexicon, and their letters there."""

LEGAL: Final = re.compile(
    r",? (?:Inc\.?|Ltd\.?|LLC|GmbH|AG|plc|Corp\.?|Corporation|S\.A\.|SE|Co\.|Limited|ASA|AB|NV|B\.V\.|SpA|Oyj|A/S"
    r"|Pty Ltd|KK|LLP|S\.p\.A\.|Holding|Group|International)$"
)
SUFFIX: Final = re.compile(r",? (?:Jr\.|II)$")
PARTICLES: Final = ("van", "der", "de", "la", "von", "da", "di", "ten", "bin", "bint")
TITLED: Final = re.compile(r"(?:Mr|Mrs|Ms|Sir|President|Professor|Dr)\.? $")
DATED: Final = (
    (re.compile(r"\b[Oo]n $"), "date on"),
    (re.compile(r"\b(?:[Ii]n|[Ss]ince|[Uu]ntil|late|early|mid|by|[Ss]pring|summer|autumn|winter) $"), "date in"),
    (re.compile(r"(?:[(\-–]|\b(?:from|to|of|and|between|the)) ?$"), "date year"),
)
PLACED: Final = (
    (re.compile(r"^,? ?,? $|\b(?:[Ii]n|of|the north of|southern|province) $"), "area", 0.75),
    (re.compile(r"\b[Aa]t $"), "site", 0.7),
    (re.compile(r"\b[Oo]n $"), "street", 0.6),
    (re.compile(r"\b(?:climbed|climbs|mountain) $"), "height", 0.9),
    (re.compile(r"\b(?:lake|river|[Tt]he|past|drowned in the) $"), "water", 0.6),
)
"""What a place is by the text in front, and how surely."""
UNUSED: Final = ("United Nations", "Eurozone", "Outlying Oceania", "Pseudo-Accents", "Pseudo-Bidi")
"""Listed among countries, but none."""
ORGANISED: Final = ("Company", "School", "GovernmentBody", "Organization")


@dataclass(frozen=True, slots=True)
class Sampled:
    """The `Names` of `filling`: a grammar of forms, the lexicon's lists among them."""

    forms: Mapping[str, Sequence[str]]

    def draw(self, kind: str, before: str, dice: random.Random) -> str:
        """A new name or literal; "Organization team" is an organization of that sort.

        After "Mr" it is a surname, after "on" a day; at the start of a line it is capital.
        """
        if kind == "Person" and TITLED.search(before) and dice.random() < 0.6:
            return expand("surname", self.forms, dice)
        if kind == "date":
            kind = next((form for sign, form in DATED if sign.search(before)), kind)
        if kind == "Location":
            kind = next((form for sign, form, share in PLACED if sign.search(before) and dice.random() < share), kind)
        name = expand(kind, self.forms, dice)
        return name[0].upper() + name[1:] if starts_line(before) and kind != "url" else name

    def again(self, name: str, kind: str, before: str, dice: random.Random) -> str:
        """A person's surname, a company without its legal form, initials in brackets; often the name as it was."""
        if kind in ORGANISED and before.endswith("("):
            return initials(name) or name
        if kind == "Person":
            share = 0.95 if TITLED.search(before) else 0.65
            return surname(name) if dice.random() < share else name
        if kind == "Company" and dice.random() < 0.7:
            return LEGAL.sub("", name)
        return name

    def related(self, name: str, other: str) -> str:
        """A person's given name with the surname of another; the name as it is where one of them has only one part."""
        if " " not in name or " " not in other or name.split(maxsplit=1)[0].endswith("."):
            return name
        return f"{name.split(maxsplit=1)[0]} {surname(other)}"


def sampled(lexicon: Lexicon | Path) -> Sampled:
    """Names for English, from a lexicon or from the folder of a model package that has `lexicon.tsv`."""
    if isinstance(lexicon, Path):
        lexicon = read_lexicon(lexicon / "lexicon.tsv", "en")
    raw = (resources.files("kgc.slm.train") / "names_en.toml").read_text(encoding="utf-8")
    table: dict[str, list[str]] = tomllib.loads(raw)["forms"]
    forms = {name: weighed(listed) for name, listed in table.items()}
    for slot, letter in LISTED.items():
        forms[slot] = tuple(sorted(n for n, kinds in lexicon.kinds.items() if letter in kinds and usable(n, kinds)))
    return Sampled(forms)


def usable(name: str, kinds: str) -> bool:
    """Whether a listed name is one in running text: no common word, no bracket, not endless."""
    return (
        name[:1].isupper()
        and name != "United Nations"
        and "w" not in kinds
        and len(name) < 25
        and not re.search(r"[(),/\d]", name)
    )


def weighed(listed: Sequence[str]) -> tuple[str, ...]:
    """Each form as often as its weight says.

    >>> weighed(["a * 2", "b"])
    ('a', 'a', 'b')
    """
    found: list[str] = []
    for form in listed:
        weight = WEIGHT.match(form)
        found += [weight[1]] * int(weight[2]) if weight else [form]
    return tuple(found)


def expand(name: str, forms: Mapping[str, Sequence[str]], dice: random.Random) -> str:
    """One of the forms of a name with its slots filled."""

    def filled(slot: re.Match[str]) -> str:
        low, high, inner, sign = slot.groups()
        if low:
            return str(dice.randint(int(low), int(high)))
        if sign:
            return str(dice.randrange(10)) if sign == "#" else chr(65 + dice.randrange(26))
        return expand(inner, forms, dice)

    listed = forms[name]
    form = listed[int(dice.random() * len(listed))]
    text = SLOT.sub(filled, form) if name not in LISTED else form
    return text.replace("- ", "-") if text.endswith(" ") or "Al- " in text else text


def starts_line(before: str) -> bool:
    """Whether what follows starts a text, a line or a sentence."""
    return not before.strip(" \"“'") or before.rstrip(" ").endswith(("\n", ". ", "|")) or before.endswith(". ")


def surname(name: str) -> str:
    """The last name with its particles; of a name in the East Asian order the first part is kept as it is written.

    >>> surname("Anke van der Berg"), surname("Tom Reed Jr."), surname("Dahl")
    ('van der Berg', 'Reed', 'Dahl')
    """
    parts = SUFFIX.sub("", name).split()
    at = len(parts) - 1
    while at > 1 and parts[at - 1] in PARTICLES:
        at -= 1
    return " ".join(parts[at:])


def initials(name: str) -> str:
    """The capitals of a name of three or more words, "" of a shorter one.

    >>> initials("World Water Council"), initials("Acme Ltd")
    ('WWC', '')
    """
    capitals = [word[0] for word in LEGAL.sub("", name).split() if word[0].isupper()]
    return "".join(capitals) if len(capitals) > 2 else ""
