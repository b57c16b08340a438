"""The quotes that stand behind each class, relation and attribute of a schema."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from kgc.ontology.records import Proposal, Quote
from kgc.schema.model import Schema

Quotes = dict[str, tuple[Quote, ...]]


@dataclass(frozen=True, slots=True)
class Support:
    """Quotes by the present name of what they show; attributes by `Class.attribute`."""

    classes: Quotes = field(default_factory=dict)
    relations: Quotes = field(default_factory=dict)
    attributes: Quotes = field(default_factory=dict)


def support(schema: Schema, accepted: Iterable[Proposal]) -> Support:
    """What accepted proposals quote, under the names that things have now; of what is gone nothing."""
    found = Support()
    for proposal in accepted:
        group, name = _place(schema, found, proposal)
        if name and proposal.action != "retire":
            group[name] = tuple(dict.fromkeys((*group.get(name, ()), *proposal.quotes)))
    return Support(_sorted(found.classes), _sorted(found.relations), _sorted(found.attributes))


def _place(schema: Schema, found: Support, proposal: Proposal) -> tuple[Quotes, str]:
    match proposal.thing:
        case "class":
            entity = schema.entity(proposal.name)
            return found.classes, entity.name if entity else ""
        case "relation":
            relation = schema.relation(proposal.name)
            return found.relations, relation.name if relation else ""
        case "attribute":
            owner, _, name = proposal.name.rpartition(".")
            holder = schema.entity(owner)
            return found.attributes, f"{holder.name}.{name}" if holder and schema.attribute(holder.name, name) else ""


def _sorted(quotes: Quotes) -> Quotes:
    """Each thing's quotes in the order of the documents, so that no order of proposals shows."""
    return {n: tuple(sorted(q, key=lambda q: (q.source, q.start, q.end, q.text, q.surface))) for n, q in quotes.items()}
