"""What English calls what: "batteries such as lithium cells", "X, a ferry", "swamps are divided into …".

Source of the idea: Hearst 1992, Automatic acquisition of hyponyms from large text corpora.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from kgc.ontology.marked import End, Isa, Marked

DET: Final = r"(?:(?:a|an|the|some|many|its|their|his|her|various|certain|all|both|any) )?"
ONE: Final = rf"{DET}<\d+>"
AND: Final = r"(?:, )?(?:and|or|as well as)"
BEFORE: Final = rf"{ONE}(?:(?: , {ONE})* {AND} {ONE})?"
"""Children before their verb: a list ends with "and", else what stands before a comma is of something else."""
BEHIND: Final = rf"{ONE}(?: (?:, (?:and |or )?|and |or |as well as |; ){ONE})*"
KINDS: Final = (
    r"(?:\w+ )?(?:types?|kinds?|sorts?|forms?|class(?:es)?|categor(?:y|ies)|subclass(?:es)?|subtypes?|subsets?"
    r"|subcategor(?:y|ies)|examples?|variet(?:y|ies)|variants?|instances?|groups?|classifications?)"
)
BE: Final = r"(?:is|are|was|were|being|be)"
ADVERB: Final = r"(?:(?:also|further|often|usually|typically|generally|commonly|sometimes|both|all|each|itself|thus) )?"
ASIDE: Final = r"(?:, (?:which|that) )?"


def rule(text: str) -> re.Pattern[str]:
    """A pattern: PARENT and CHILD are one end, CHILDREN a list of them behind the verb, SUBJECTS one before it."""
    parts = {
        "SUBJECTS": f"(?P<children>{BEFORE})",
        "CHILDREN": f"(?P<children>{BEHIND})",
        "CHILD": rf"{DET}(?P<children><\d+>)",
        "PARENT": rf"{DET}<(?P<parent>\d+)>",
    }
    for name, pattern in parts.items():
        text = re.sub(rf"\b{name}\b", pattern.replace("\\", r"\\"), text)
    return re.compile(rf"(?<![\w<>]){text}(?![\w<>])")


RULES: Final = {
    "such as": rule(r"PARENT ,? ?such as CHILDREN"),
    "such … as": rule(r"such PARENT as CHILDREN"),
    "including": rule(r"PARENT ,? ?(?:including|especially|particularly|notably|namely|e\.g\. ,?|for example ,"
                      r"|for instance ,|among them) ?CHILDREN"),
    "and other": rule(r"SUBJECTS ,? ?(?:and|or) (?:\w+ )?other PARENT"),
    "a kind of": rule(rf"SUBJECTS {ASIDE}{BE} {ADVERB}{DET}{KINDS} (?:of|within|under) PARENT"),
    "as a kind of": rule(rf"SUBJECTS {ASIDE}(?:\w+ )?as {DET}{KINDS} (?:of|within|under) PARENT"),
    "kinds of": rule(rf"{KINDS} of PARENT (?:include|includes|are|:|, including|such as|, such as|,) :? ?CHILDREN"),
    "divided into": rule(rf"PARENT (?:can be|may be|{BE})? ?{ADVERB}(?:classified|categori[sz]ed|divided|grouped"
                         rf"|subdivided) into (?:\w+ )?(?:{KINDS} )?(?:: |, |, including |, such as |such as )?"
                         r"CHILDREN"),
    "classified as": rule(rf"SUBJECTS (?:can be|may be|{BE}) {ADVERB}(?:classified|categori[sz]ed|considered|regarded"
                          rf"|recogni[sz]ed|defined|described|grouped|included) (?:as|under|within|among) "
                          rf"{DET}(?:{KINDS} of )?PARENT"),
    "falls under": rule(rf"SUBJECTS (?:which )?{ADVERB}(?:falls?|belongs?|falling|belonging) (?:under|within|into|to) "
                        rf"{DET}(?:\w+ )?(?:{KINDS} of )PARENT"),
    "called": rule(r"PARENT (?:called|named|known as|termed) CHILD"),
    "include": rule(r"PARENT (?:includes?|compris(?:e|es)|encompass(?:es)?) CHILDREN"),
    "is a": rule(rf"CHILD {ASIDE}(?:is|was|are|were) {ADVERB}(?:a|an|one of the|any) <(?P<parent>\d+)>"),
    "apposition": rule(r"CHILD , (?:a|an|the|one of the) <(?P<parent>\d+)>"),
    "beside": rule(r"<(?P<parent>\d+)> (?P<children><\d+>)"),
}  # fmt: skip
"""Words of the pattern -> how it reads."""
OF_NAMES: Final = frozenset(("apposition", "beside"))
"""Patterns that only tell what a name is."""
PLURAL: Final = frozenset(("include",))
"""Patterns whose parent must be a term of two words at least, since the verb is said of wholes too."""
NUMBER: Final = re.compile(r"<(\d+)>")


def isas(marked: Marked) -> Iterator[Isa]:
    """Each pair that a pattern tells, once; parents are never names."""
    seen: set[tuple[str, str]] = set()
    for pattern, how in RULES.items():
        for found in how.finditer(marked.line):
            parent = marked.ends[int(found["parent"])]
            for number in NUMBER.findall(found["children"]):
                child = marked.ends[int(number)]
                key = (child.term, parent.term)
                if key not in seen and fits(child, parent, pattern):
                    seen.add(key)
                    yield Isa(child, parent, pattern)


def fits(child: End, parent: End, pattern: str) -> bool:
    if parent.named or child.term == parent.term:
        return False
    if pattern in OF_NAMES and not (child.named and child.type):
        return False
    return pattern not in PLURAL or child.named or child.head == parent.head
