"""A modest proposal: a schema from the evidence alone, by rules, without any model that costs money.

It is a draft, and says so: classes of the names that were found, of nouns that gather names or longer terms, is-a from
what the documents call what; relations that the built-in model reads, and verbs met between such classes; attributes
from values and tables. Each has its quotes, the rule that made it, and a score of how widely it is supported.
"""

from __future__ import annotations

from collections.abc import Iterator

from kgc.ontology import modest_classes as classes
from kgc.ontology import modest_relations as relations
from kgc.ontology.modest_map import Goal, Meaning
from kgc.ontology.records import Evidence, Proposal
from kgc.schema import Schema
from kgc.schema.find import find

LABEL = "Draft by rules from {sampled} of {documents} documents; no language model was asked."


def propose(evidence: Evidence, goal: str = "", schema: Schema | None = None) -> tuple[Proposal, ...]:
    """Proposals in the order class, relation, attribute; none twice. With a `schema`, only what it has not yet.

    `goal` biases what is kept: what it names needs less support and comes first. No evidence gives no proposal.
    Raises nothing.
    """
    meaning = Meaning(evidence, find("general"), Goal.of(goal), mostly_han(evidence))
    found = (
        *classes.of_names(meaning),
        *classes.of_nouns(meaning),
        *relations.of_known(meaning),
        *relations.of_verbs(meaning),
        *relations.of_columns(meaning),
        *relations.of_fields(meaning),
    )
    return tuple(fresh(found, schema))


def mostly_han(evidence: Evidence) -> bool:
    counts = dict(evidence.languages)
    return counts.get("zh", 0) > counts.get("en", 0)


def fresh(found: tuple[Proposal, ...], schema: Schema | None) -> Iterator[Proposal]:
    """Each thing once, the first of its name; what the schema has under that name is left out."""
    seen: set[tuple[str, str]] = set()
    for proposal in found:
        key = (proposal.thing, proposal.name.casefold())
        if key not in seen and not (schema and there(proposal, schema)):
            seen.add(key)
            yield proposal


def there(proposal: Proposal, schema: Schema) -> bool:
    if proposal.thing == "class":
        return schema.entity(proposal.name) is not None
    if proposal.thing == "relation":
        return schema.relation(proposal.name) is not None
    owner, _, name = proposal.name.partition(".")
    return schema.attribute(owner, name) is not None
