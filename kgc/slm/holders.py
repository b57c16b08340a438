"""Who a statement is about, by how English is written: whose a post is, and who stands in an aside.

Found by reading what the encoder says of its own examples: it gives a post to everybody near it, and what is told of a
person to the last name of a relative clause about them.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from kgc.data import Span

TITLED: Final = re.compile(
    r"(?: (?:of|for) (?:the )?\w+(?:(?:,| and) \w+){0,2})? (?:(?:Dr|Prof|Mr|Mrs|Ms)\.? |Sir |Dame )?"
)
"""Between a post and who holds it: "the engineer Tomas Berg", "Secretary of Defense Berg"."""
SERVED: Final = re.compile(r"['’]s? (?:[\w-]+ ){0,3}")
"""Between somebody and the post of who serves them: "Vassey's hospice nurse"."""
PEER: Final = re.compile(
    r"\b(?:Baron|Baroness|Earl|Duke|Duchess|Count|Countess|Marquess|Marquis|Viscount|Viscountess|Lord|Lady) $"
)
"""Before a name whose "of" and place are part of a title: "3rd Baron Vaux of Harrowden"."""
SAID: Final = re.compile(
    r"(?: \(|, who (?:is|was) |,? (?:is|was|has been|had been|will be|becomes|became|as) |, )"
    r"(?:(?:a|an|the|its|our|his|her|their|then|now|also|former|new|acting) )*"
)
"""Between who holds a post and the post: "Ada Berg, the director", "Ada Berg is director"."""
OTHERS: Final = re.compile(r" (?:the|a|an|this|that|his|her|their|its) ")
"""What begins another phrase right behind a post: "under the new director the group of Dr. Berg"."""
OPENED: Final = re.compile(r",? (?:who|whom|whose|which)\b[^,;:()]*$")
"""A relative clause that is not over."""
LONGEST: Final = 200
"""No clause is longer (code points)."""
CLOSED: Final = re.compile(
    r"[^,;:()]{0,60}, (?:also |later |then |now |never |first |[a-z]+ly )?"
    r"(?:was|is|were|are|has|had|have|did|does|will|would|became|left|won|wrote|built|led|took|began|went|met|sold|bought"
    r"|made|held|taught|grew|rose|[a-z]{2,}ed|[a-z]{3,}(?<!ou)s) "
)
"""Its end, where what it is about goes on: ", whom Berg had hired, continued as"."""
PART: Final = re.compile(
    r"(?:\b(?:play(?:s|ed|ing)?|portray(?:s|ed|ing)?|voic(?:es|ed|ing)|roles? of"
    r"|(?<!well )(?<!such )(?<!known )as(?! well| such| did| does))"
    r" (?:(?!(?:with|by|for|in|on|and|alongside|opposite|against)\b)[\w'’-]+ ){0,3})$"
)
"""Before whom somebody plays: "Anna Berg played Edith Holm", "in Doctors as Edith Holm"."""
OFFICE: Final = re.compile(r"\b(?!as )[A-Za-z]+(?: [a-z]+)? of (?:the )?$")
CHILD: Final = re.compile(r"\b(?:son|daughter|child) of\b")
OWN: Final = re.compile(r"\)?(?: \([^()]*\))?,? (?:[\w-]+ ){0,3}")
"""Between a person and whose child that very person is: ", the eldest "."""


def holder(post: Span, people: Sequence[Span], text: str) -> Span | None:
    """Of people in text order, the one beside whom a post stands; None where it stands beside nobody."""
    after = next((p for p in people if p.start >= post.end), None)
    if after and titled(post, after, text):
        return after
    before = next((p for p in reversed(people) if p.end <= post.start), None)
    return before if before and SAID.fullmatch(text, before.end, post.start) else None


def titled(post: Span, person: Span, text: str) -> bool:
    """Whether a post stands before a name as its title."""
    return post.end < person.start and TITLED.fullmatch(text, post.end, person.start) is not None


def leads(person: Span, body: Span, people: Sequence[Span], text: str) -> bool:
    """Whether "Governor of Montana" can be this person's post: it stands beside nobody else."""
    after = next((p for p in people if p.start >= body.end), None)
    if person.end > body.start or after is None or text[body.end : after.start] not in (" ", ", "):
        return True
    post = OFFICE.search(text, person.end, body.start)
    gap = text[person.end : post.start()] if post else ""
    return not post or SAID.fullmatch(gap) is not None or gap.endswith(" as ")


def bracketed(end: Span, people: Sequence[Span], text: str) -> bool:
    """Whether it is a person alone in brackets behind another: who plays that one, or how that one was called."""
    alone = end in people and text[end.start - 1 : end.start] == "(" and text[end.end : end.end + 1] == ")"
    return alone and any(text[p.end : end.start] == " (" for p in people)


def holds(person: Span, post: Span, people: Sequence[Span], text: str) -> bool:
    """Whether a post can be this person's: it stands beside nobody else, and no other phrase begins between."""
    if holder(post, people, text) not in (None, person):
        return False
    if text.endswith("by ", 0, person.start) and text.startswith(" as ", person.end):
        return False  # "invited by Berg as a lecturer"
    if SERVED.fullmatch(text, person.end, post.start):
        return False
    return person.start < post.end or OTHERS.match(text, post.end, person.start) is None


def fits(relation: str, head: Span, tail: Span, people: Sequence[Span], text: str) -> bool:
    """Whether a statement can be about its ends: one's own post and parents, no part in a play, none of its actors."""
    if relation == "PerformedIn":
        return not part(text[max(0, head.start - 80) : head.start]) and not text.endswith(" as ", 0, tail.start)
    if any(bracketed(end, people, text) for end in (head, tail)):
        return False
    if relation == "position":
        return holds(head, tail, people, text)
    if relation == "ChildOf":
        return child(head, tail, people, text)
    if relation == "LivesIn":
        return text[head.end : tail.start] != " of " or not PEER.search(text, max(0, head.start - 20), head.start)
    return relation != "LeaderOf" or leads(head, tail, people, text)


def part(before: str) -> bool:
    """Whether the name that follows these words is a part in a play or film, and nobody who performs in it."""
    return PART.search(before) is not None


def child(person: Span, parent: Span, people: Sequence[Span], text: str) -> bool:
    """Whether "daughter of" between two is told of the first of them, and of nobody named between."""
    said = CHILD.search(text, person.end, parent.start) if person.end < parent.start else None
    if not said:
        return True
    if any(text[p.end : parent.start] == " of " for p in people if said.end() <= p.start):
        return False  # "daughter of John Beaumont of Grace Dieu"
    nearer = [p for p in people if person.end <= p.start and p.end <= said.start()]
    return not nearer or OWN.fullmatch(text, nearer[-1].end, said.start()) is None


def aside(plain: str, head: Span, tail: Span) -> bool:
    """Whether a name ends a relative clause about another, and what comes behind is told of that other one.

    `plain` is the sentence with its names hidden; both spans are places in it.
    """
    if tail.start < head.end or not OPENED.search(plain, max(0, head.start - LONGEST), head.start):
        return False
    gap = plain[head.end : tail.start]
    return CLOSED.match(f"{gap} ") is not None and SAID.fullmatch(gap) is None
