"""The evidence page beside a schema: what each class and relation rests on, who proposed it and who objected."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Final

from kgc.ontology.draft import Outcome
from kgc.ontology.draft_desk import Flag
from kgc.ontology.records import Proposal, Quote, Vote
from kgc.ontology.support import Support, support
from kgc.schema.model import EntityType, RelationType, Schema

SHOWN: Final = 5
"""So many quotes of one thing stand on the page."""
LONGEST: Final = 400
"""Code points of a quote that are shown."""
_MARKS: Final = re.compile(r"[\\`*\[\]|~$>]|(?<![^\W_])_|_(?![^\W_])")
_LEADING: Final = re.compile(r"^(?:([#+\-=])|(\d{1,9})([.)]))")
"""What makes a heading, a list or a rule, but only where a line begins."""
_HIDDEN: Final = re.compile(
    "[\x00-\x1f\x7f-\x9f\u061c\u200b\u200e\u200f\u2028-\u202e\u2060-\u2069\ufeff\ufff9-\ufffb\ud800-\udfff"
    "\U000e0000-\U000e007f]"
)


def page_path(schema_file: Path) -> Path:
    """Where the page of a schema file lies: `schemas/mine.evidence.md` beside `schemas/mine.py`."""
    return schema_file.with_name(f"{schema_file.stem}.evidence.md")


def evidence_page(outcome: Outcome, *, made: str = "") -> str:
    """The page in Markdown. `made` says in a sentence how the schema was made.

    All that documents, models and people wrote is escaped: it is neither markup nor HTML.
    """
    schema = outcome.schema
    found = support(schema, outcome.accepted)
    acts = _acts(schema, outcome.accepted)
    unsupported = frozenset(outcome.unsupported)
    parts = [
        f"# Evidence for {escaped(schema.name)}",
        *([escaped(made)] if made else []),
        *([escaped(schema.definition)] if schema.definition else []),
        _counts(outcome, found),
        *_look_at(outcome.flags),
        "## Classes",
        *(line for e in schema.entities for line in _class(schema, e, found, acts, unsupported)),
        "## Relations",
        *(line for r in schema.relations for line in _relation(r, found, acts, unsupported)),
        *_refused(outcome),
    ]
    return "\n\n".join(parts) + "\n"


def escaped(text: str) -> str:
    """Text as Markdown that shows it letter by letter, on one line; what nobody sees is written as its code.

    >>> escaped("<b>*x*</b> v1.0"), escaped("a\\u202eb"), escaped("1. x-y")
    ('&lt;b&gt;\\\\*x\\\\*&lt;/b&gt; v1.0', 'a\\\\\\\\u202eb', '1\\\\. x-y')
    """
    line = " ".join(text.split())
    line = _HIDDEN.sub(lambda m: f"\\u{ord(m.group()):04x}", line)
    line = _MARKS.sub(r"\\\g<0>", line).replace("&", "&amp;").replace("<", "&lt;").replace("\\>", "&gt;")
    line = _LEADING.sub(lambda m: f"\\{m[1]}" if m[1] else f"{m[2]}\\{m[3]}", line)
    return line.replace("://", "&#58;//").replace("@", "&#64;").replace("www.", "www&#46;")


Acts = dict[tuple[str, str], list[Proposal]]


def _acts(schema: Schema, accepted: Iterable[Proposal]) -> Acts:
    """Accepted proposals by the kind of their thing and its present name; attributes by their class."""
    found: Acts = {}
    for proposal in accepted:
        owner = proposal.name.rpartition(".")[0] if proposal.thing == "attribute" else proposal.name
        if proposal.thing == "relation":
            relation = schema.relation(owner)
            key = ("relation", relation.name if relation else owner)
        else:
            entity = schema.entity(owner)
            key = ("class", entity.name if entity else owner)
        found.setdefault(key, []).append(proposal)
    return found


def _counts(outcome: Outcome, found: Support) -> str:
    quotes = {
        q for group in (found.classes, found.relations, found.attributes) for held in group.values() for q in held
    }
    documents = {quote.source for quote in quotes}
    told = (
        f"{len(outcome.schema.entities)} classes, {len(outcome.schema.relations)} relations,"
        f" {len(quotes)} quotes from {len(documents)} documents; {len(outcome.refused)} proposals were refused."
    )
    if outcome.unsupported:
        told += f" **Unsupported:** {', '.join(map(escaped, outcome.unsupported))}."
    return told


def _look_at(flags: Sequence[Flag]) -> Iterator[str]:
    if flags:
        yield "## To look at"
        yield "\n".join(f"- {escaped(flag.name)}: {escaped(flag.message)}" for flag in flags)


def _class(schema: Schema, entity: EntityType, found: Support, acts: Acts, bare: frozenset[str]) -> Iterator[str]:
    above = f" (a kind of {escaped(entity.parent)})" if entity.parent else ""
    yield f"### {escaped(entity.name)}{above}"
    yield from _said(entity, entity.name in bare)
    yield from _history(acts.get(("class", entity.name), ()))
    yield from _quotes(found.classes.get(entity.name, ()))
    for attribute in schema.attributes(entity.name):
        if attribute in entity.attributes:
            told = f" {escaped(attribute.definition)}" if attribute.definition else ""
            yield f"Attribute {escaped(attribute.name)} ({attribute.datatype}).{told}"
            yield from _quotes(found.attributes.get(f"{entity.name}.{attribute.name}", ()))


def _relation(relation: RelationType, found: Support, acts: Acts, bare: frozenset[str]) -> Iterator[str]:
    head, tail = (" or ".join(map(escaped, end)) for end in (relation.head, relation.tail))
    yield f"### {escaped(relation.name)} ({head} → {tail})"
    yield from _said(relation, relation.name in bare)
    yield from _history(acts.get(("relation", relation.name), ()))
    yield from _quotes(found.relations.get(relation.name, ()))


def _said(item: EntityType | RelationType, unsupported: bool) -> Iterator[str]:
    if item.definition:
        yield escaped(item.definition)
    names = [n for n in (item.labels.label, *item.labels.aliases) if n]
    if names:
        yield f"Also called: {', '.join(map(escaped, names))}."
    if item.labels.was:
        yield f"Formerly: {', '.join(map(escaped, item.labels.was))}."
    if unsupported:
        yield "**Unsupported:** too few quotes of the documents show it."


def _history(acts: Sequence[Proposal]) -> Iterator[str]:
    """Who did what, who was for it and who against."""
    lines = []
    for act in acts:
        what = f"{act.action} {act.thing} {escaped(act.name)}" if act.thing == "attribute" else act.action
        by = f" by {escaped(act.by)}" if act.by else ""
        score = f", score {act.score:.2f}" if act.score else ""
        lines.append(f"- Proposed{by}: {what}{score}{_votes(act.votes)}")
        lines += [f"    - Objection: {escaped(objection)}" for objection in act.objections]
    if lines:
        yield "\n".join(lines)


def _votes(votes: Sequence[Vote]) -> str:
    told = []
    for choice in ("for", "against", "abstain"):
        voters = [
            escaped(v.role) + (f" ({escaped(v.reason)})" if v.reason else "") for v in votes if v.choice == choice
        ]
        told += [f"{choice}: {', '.join(voters)}"] if voters else []
    return f"; {'; '.join(told)}" if told else ""


def _quotes(quotes: Sequence[Quote]) -> Iterator[str]:
    for quote in quotes[:SHOWN]:
        yield f"> {_shown(quote)}\n> — {escaped(quote.source)}, {quote.start}–{quote.end}"
    if len(quotes) > SHOWN:
        yield f"And {len(quotes) - SHOWN} more."


def _shown(quote: Quote) -> str:
    """The text with its surface in bold."""
    text = quote.text if len(quote.text) <= LONGEST else f"{quote.text[:LONGEST]}…"
    before, surface, after = text.partition(quote.surface) if quote.surface else (text, "", "")
    if not surface.strip():
        return escaped(text)
    gaps = (" " if before[-1:].isspace() else "", " " if after[:1].isspace() else "")
    return f"{escaped(before)}{gaps[0]}**{escaped(surface)}**{gaps[1]}{escaped(after)}"


def _refused(outcome: Outcome) -> Iterator[str]:
    if outcome.refused:
        yield "## Refused"
        lines = []
        for refusal in outcome.refused:
            act = refusal.proposal
            by = f" by {escaped(act.by)}" if act.by else ""
            what = f"{act.action} {act.thing} {escaped(act.name[:200])}{by}"
            lines.append(f"- {what}: {escaped(refusal.reason)}{_votes(act.votes)}")
        yield "\n".join(lines)
