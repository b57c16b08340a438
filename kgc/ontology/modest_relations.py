"""Relations and attributes of the modest proposal: what the built-in model reads, what verbs and tables say."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from typing import Final

from kgc.ontology.modest_classes import sure
from kgc.ontology.modest_map import Meaning
from kgc.ontology.modest_words import HAN_ATTRIBUTES, HAN_RELATIONS, TITLES, WEAK_VERBS, third_person
from kgc.ontology.names import attribute_name, relation_name
from kgc.ontology.records import Field, Phrase, Proposal
from kgc.schema import RelationType
from kgc.schema.naming import spaced
from kgc.slm.inventory import plain, table, words

LEAST: Final = 2
"""Times that a relation is met between known classes, at least."""
MOST_VERBS: Final = 24
"""Relations of verbs that the built-in model does not read, at most."""


def of_known(meaning: Meaning) -> Iterator[Proposal]:
    """Relations of the general schema that the built-in model reads in the sample: these it can fill."""
    verbs = verbs_by_known(meaning)
    for phrase in meaning.evidence.phrases:
        relation = meaning.general.relation(phrase.known) if phrase.known else None
        if relation is None:
            continue
        said = verbs.get(phrase.known, [])
        pairs = Counter({(h, t): c for h, t, c in phrase.pairs})
        for verb in said:
            pairs.update(
                {(h, t): c for h, t, c in verb.pairs if h in meaning.general_names and t in meaning.general_names}
            )
        if phrase.count < LEAST and not said and not meaning.goal.meets(phrase.name):
            continue
        found = ends(pairs, meaning, relation)
        if found and relation.symmetric:
            both = meaning.common(Counter((*found[0], *found[1])), least=0.0)
            found = (both, both)
        if found:
            yield known_proposal(relation, phrase, found, meaning)


def known_proposal(relation: RelationType, phrase: Phrase, found: Ends, meaning: Meaning) -> Proposal:
    name = HAN_RELATIONS.get(relation.name, relation.name) if meaning.han else relation.name
    return Proposal(
        "add",
        "relation",
        name,
        definition=relation.definition,
        head=found[0],
        tail=found[1],
        aliases=tuple(dict.fromkeys((*((relation.name,) if name != relation.name else ()), *relation.labels.aliases))),
        same_as=relation.labels.same_as,
        symmetric=relation.symmetric,
        functional=relation.functional,
        quotes=phrase.quotes,
        by="rule:built-in relation",
        score=sure(phrase.documents),
    )


Ends = tuple[tuple[str, ...], tuple[str, ...]]


def ends(pairs: Counter[tuple[str, str]], meaning: Meaning, relation: RelationType | None = None) -> Ends | None:
    """Domain and range: the classes of what was met at the ends, as general as their siblings make them."""
    heads: Counter[str] = Counter()
    tails: Counter[str] = Counter()
    for (head, tail), count in pairs.items():
        if relation and not allowed(relation, head, tail, meaning):
            continue
        first, last = meaning.resolve(head), meaning.resolve(tail)
        if first and last:
            heads[first] += count
            tails[last] += count
    return (meaning.common(heads), meaning.common(tails)) if heads else None


def allowed(relation: RelationType, head: str, tail: str, meaning: Meaning) -> bool:
    return meaning.general.is_a(head, relation.head) and meaning.general.is_a(tail, relation.tail)


def verbs_by_known(meaning: Meaning) -> dict[str, list[Phrase]]:
    """Verb phrases that say what a relation of the built-in model says."""
    found: dict[str, list[Phrase]] = {}
    for phrase in meaning.evidence.phrases:
        name = "" if phrase.known else known_for(phrase.name)
        if name:
            found.setdefault(name, []).append(phrase)
    return found


def known_for(verb: str) -> str:
    """The relation of the built-in model that a verb phrase names, as it is (not turned), or ""."""
    forms = {plain(third_person(verb)), plain(verb)}
    first, _, rest = verb.partition(" ")
    forms |= {plain(f"{first}{ending} {rest}") for ending in ("ed", "d")}
    forms.add(plain(f"{re.sub('y$', 'i', first)}ed {rest}"))
    for name, row in table()["relation"].items():
        assert isinstance(row, dict)
        if forms & {plain(w) for w in words(row["names"])}:
            return str(name)
    return ""


def of_verbs(meaning: Meaning) -> Iterator[Proposal]:
    """Relations of verbs that are met between classes of the proposal, and that the built-in model does not read."""
    found: list[tuple[bool, float, str, Proposal]] = []
    for phrase in meaning.evidence.phrases:
        made = of_verb(phrase, meaning) if not phrase.known and not known_for(phrase.name) else None
        if made:
            found.append((not meaning.goal.meets(phrase.name, made.name), -made.score, made.name, made))
    most = MOST_VERBS if not meaning.goal.stems else MOST_VERBS * 2 // 3
    yield from (item[-1] for item in sorted(found, key=lambda item: item[:3])[:most])


def of_verb(phrase: Phrase, meaning: Meaning) -> Proposal | None:
    goal = meaning.goal.meets(phrase.name)
    first = phrase.name.split(" ")[0]
    if phrase.name in WEAK_VERBS or (first in WEAK_VERBS and not goal):
        return None
    if first != phrase.name and known_for(first):  # "found with": the relation is there, and this says less
        return None
    if meaning.foreign(phrase.name) or (phrase.documents < LEAST <= meaning.evidence.sampled // 2 and not goal):
        return None
    pairs = Counter({(h, t): c for h, t, c in phrase.pairs if meaning.resolve(h) and meaning.resolve(t)})
    if pairs.total() < (1 if goal else LEAST + (phrase.documents < LEAST)):
        return None
    found = ends(pairs, meaning)
    name = relation_name(third_person(phrase.name))
    if not found or not name or (len(found[0]) > 1 < len(found[1]) and not goal):  # said of anything by anybody
        return None
    return Proposal(
        "add",
        "relation",
        name,
        definition=told(phrase, found, pairs, meaning),
        head=found[0],
        tail=found[1],
        aliases=(phrase.name,),
        quotes=phrase.quotes,
        by="rule:verb",
        score=round(sure(phrase.documents) * (0.5 + 0.5 * pairs.total() / max(1, phrase.count)), 4),
    )


def told(phrase: Phrase, found: Ends, pairs: Counter[tuple[str, str]], meaning: Meaning) -> str:
    heads, tails = " / ".join(map(spaced, found[0])), " / ".join(map(spaced, found[1]))
    if meaning.han:
        return f"{heads}{phrase.name}{tails}；见于 {pairs.total()} 处。（规则草拟）"
    words = third_person(phrase.name)
    words = f"is {words}" if phrase.name.startswith("be ") else words
    return f"The {heads} {words} the {tails}; met {pairs.total()} times. (Draft by rules.)"


def of_columns(meaning: Meaning) -> Iterator[Proposal]:
    """Relations of table columns that hold names."""
    for column in meaning.evidence.fields:
        if not column.cells or not meaning.resolve(column.cells) or not owner_of(column, meaning):
            continue
        known, turned = TITLES.get(plain(column.name), (known_for(column.name), False))
        name = known or relation_name(column.name)
        if meaning.han:
            name = HAN_RELATIONS.get(name, name)
        ways = (owner_of(column, meaning), meaning.resolve(column.cells))
        head, tail = reversed(ways) if turned else ways
        if name and (not known or allowed_column(known, column, meaning, turned=turned)):
            yield Proposal(
                "add",
                "relation",
                name,
                definition=column_text(column, meaning),
                head=(head,),
                tail=(tail,),
                aliases=(column.name,) if not known else (),
                quotes=column.quotes,
                by="rule:table column",
                score=round(sure(column.documents) * 0.9, 4),
            )


def allowed_column(known: str, column: Field, meaning: Meaning, *, turned: bool) -> bool:
    relation = meaning.general.relation(known)
    head, tail = (column.cells, column.owner) if turned else (column.owner, column.cells)
    return relation is not None and allowed(relation, head, tail, meaning)


def column_text(column: Field, meaning: Meaning) -> str:
    if meaning.han:
        return f"表格中的“{column.name}”一栏。（规则草拟）"
    return f"The column {column.name!r} of tables about {spaced(column.owner)}. (Draft by rules.)"


def owner_of(column: Field, meaning: Meaning) -> str:
    """The class of what the rows are about: that of the names, or of the noun that the first column's title is."""
    return meaning.classes.get(column.owner) or meaning.classes.get(column.owner.lower(), "")


def of_fields(meaning: Meaning) -> Iterator[Proposal]:
    """Attributes: those of the general schema with values that were read, and columns that hold values."""
    for found in meaning.evidence.fields:
        owner = owner_of(found, meaning)
        general = meaning.general.attribute(found.owner, found.name)
        if not owner or (found.cells and meaning.resolve(found.cells)) or plain(found.name) in TITLES:
            continue
        if general and found.count < LEAST and not meaning.goal.meets(found.name):
            continue
        known = found.name if general else known_attribute(found.name)
        name = HAN_ATTRIBUTES.get(known, known) if meaning.han else known
        name = name or attribute_name(found.name, owner)
        declared = meaning.general.attribute(found.owner, known) if known else None
        if name:
            yield Proposal(
                "add",
                "attribute",
                f"{owner}.{name}",
                definition=(declared.definition if declared else "")
                or ("" if general else column_text(found, meaning)),
                datatype=declared.datatype if declared else found.datatype,
                functional=bool(declared and declared.functional),
                quotes=found.quotes,
                by="rule:values" if general else "rule:table column",
                score=sure(found.documents),
            )


def known_attribute(title: str) -> str:
    """The attribute of the built-in model that a column's title names, or ""."""
    for name, names in table()["attribute"].items():
        if plain(title) in {plain(w) for w in words(names)}:
            return str(name)
    return ""
