"""A part of SKOS, for thesauri and classifications (https://www.w3.org/TR/skos-reference/, W3C); definitions in our
own words.
"""

from kgc.schema.words import Entity, Identifier, Relation, String


class Concept(Entity):
    """An idea or notion, a unit of thought."""

    aliases = ("term", "idea")
    same_as = ("http://www.w3.org/2004/02/skos/core#Concept",)

    notation: Identifier
    """its code"""
    scope_note: String
    """how it is meant"""


class ConceptScheme(Entity):
    """A set of concepts: a thesaurus, a classification."""

    aliases = ("vocabulary", "taxonomy", "thesaurus")
    same_as = ("http://www.w3.org/2004/02/skos/core#ConceptScheme",)


class Collection(Entity):
    """Concepts put together under a heading."""

    same_as = ("http://www.w3.org/2004/02/skos/core#Collection",)


class Broader(Relation):
    """The tail is wider than the head."""

    aliases = ("narrower than",)
    same_as = ("http://www.w3.org/2004/02/skos/core#broader",)

    head: Concept
    tail: Concept


class Narrower(Relation):
    """The tail is narrower than the head."""

    aliases = ("broader than",)
    same_as = ("http://www.w3.org/2004/02/skos/core#narrower",)

    head: Concept
    tail: Concept


class Related(Relation):
    """The two have to do with each other."""

    aliases = ("related to",)
    same_as = ("http://www.w3.org/2004/02/skos/core#related",)

    head: Concept
    tail: Concept


class InScheme(Relation):
    """The concept belongs to the scheme."""

    same_as = ("http://www.w3.org/2004/02/skos/core#inScheme",)

    head: Concept
    tail: ConceptScheme


class HasTopConcept(Relation):
    """The concept stands at the top of the scheme."""

    same_as = ("http://www.w3.org/2004/02/skos/core#hasTopConcept",)

    head: ConceptScheme
    tail: Concept


class ExactMatch(Relation):
    """The two mean the same in different schemes."""

    aliases = ("same as",)
    same_as = ("http://www.w3.org/2004/02/skos/core#exactMatch",)

    head: Concept
    tail: Concept


class CloseMatch(Relation):
    """The two mean nearly the same."""

    same_as = ("http://www.w3.org/2004/02/skos/core#closeMatch",)

    head: Concept
    tail: Concept
