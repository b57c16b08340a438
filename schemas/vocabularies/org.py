"""A part of the W3C Organization Ontology (https://www.w3.org/TR/vocab-org/, W3C); definitions in our own words."""

from kgc.schema.words import Entity, Identifier, Relation, String


class Organization(Entity):
    """People organized for a purpose, beyond any one of them."""

    aliases = ("organisation", "institution", "body")
    same_as = ("http://www.w3.org/ns/org#Organization",)

    purpose: String
    """what it is there for"""
    registration_number: Identifier
    """its number in a register"""


class FormalOrganization(Organization):
    """One that the law or the public knows as such: a company, a charity, a government."""

    aliases = ("legal entity", "company")
    same_as = ("http://www.w3.org/ns/org#FormalOrganization",)


class OrganizationalUnit(Organization):
    """A department or other part that means nothing without the whole."""

    aliases = ("department", "division", "unit")
    same_as = ("http://www.w3.org/ns/org#OrganizationalUnit",)


class OrganizationalCollaboration(Organization):
    """Several organizations that work together."""

    aliases = ("consortium", "partnership")
    same_as = ("http://www.w3.org/ns/org#OrganizationalCollaboration",)


class Agent(Entity):
    """A person or an organization."""

    same_as = ("http://xmlns.com/foaf/0.1/Agent",)


class Membership(Entity):
    """That an agent belongs to an organization, in some role."""

    same_as = ("http://www.w3.org/ns/org#Membership",)


class Role(Entity):
    """What a member is in an organization."""

    aliases = ("function",)
    same_as = ("http://www.w3.org/ns/org#Role",)


class Post(Entity):
    """A position that exists whether or not somebody fills it."""

    aliases = ("position", "job")
    same_as = ("http://www.w3.org/ns/org#Post",)


class Site(Entity):
    """A place where an organization is."""

    aliases = ("office", "plant", "premises")
    same_as = ("http://www.w3.org/ns/org#Site",)


class ChangeEvent(Entity):
    """What made organizations into others: a merger, a split."""

    aliases = ("reorganization", "merger")
    same_as = ("http://www.w3.org/ns/org#ChangeEvent",)


class MemberOf(Relation):
    """The head belongs to the organization."""

    aliases = ("member of",)
    same_as = ("http://www.w3.org/ns/org#memberOf",)

    head: Agent
    tail: Organization


class HasMember(Relation):
    """The tail belongs to the organization."""

    same_as = ("http://www.w3.org/ns/org#hasMember",)

    head: Organization
    tail: Agent


class HeadOf(Relation):
    """The head leads the organization."""

    aliases = ("leads", "leader of")
    same_as = ("http://www.w3.org/ns/org#headOf",)

    head: Agent
    tail: Organization


class Holds(Relation):
    """The head fills the post."""

    same_as = ("http://www.w3.org/ns/org#holds",)

    head: Agent
    tail: Post


class PostIn(Relation):
    """The post is one of the organization."""

    same_as = ("http://www.w3.org/ns/org#postIn",)

    head: Post
    tail: Organization


class SubOrganizationOf(Relation):
    """The head is a part of the tail."""

    aliases = ("part of", "subsidiary of")
    same_as = ("http://www.w3.org/ns/org#subOrganizationOf",)

    head: Organization
    tail: Organization


class HasSubOrganization(Relation):
    """The tail is a part of the head."""

    aliases = ("has subsidiary",)
    same_as = ("http://www.w3.org/ns/org#hasSubOrganization",)

    head: Organization
    tail: Organization


class UnitOf(Relation):
    """The unit is a part of the organization."""

    aliases = ("department of",)
    same_as = ("http://www.w3.org/ns/org#unitOf",)

    head: OrganizationalUnit
    tail: FormalOrganization


class HasUnit(Relation):
    """The unit is a part of the organization."""

    same_as = ("http://www.w3.org/ns/org#hasUnit",)

    head: FormalOrganization
    tail: OrganizationalUnit


class LinkedTo(Relation):
    """The two have to do with each other."""

    aliases = ("related to",)
    same_as = ("http://www.w3.org/ns/org#linkedTo",)

    head: Organization
    tail: Organization


class HasSite(Relation):
    """The organization has the place."""

    aliases = ("located at",)
    same_as = ("http://www.w3.org/ns/org#hasSite",)

    head: Organization
    tail: Site


class HasPrimarySite(Relation):
    """The main place of the organization."""

    aliases = ("headquartered at",)
    same_as = ("http://www.w3.org/ns/org#hasPrimarySite",)

    head: Organization
    tail: Site


class HasRegisteredSite(Relation):
    """The place that the register has."""

    aliases = ("registered at",)
    same_as = ("http://www.w3.org/ns/org#hasRegisteredSite",)

    head: Organization
    tail: Site


class ReportsTo(Relation):
    """The head answers to the tail."""

    same_as = ("http://www.w3.org/ns/org#reportsTo",)

    head: Agent
    tail: Agent


class OriginalOrganization(Relation):
    """The organization was there before the change."""

    same_as = ("http://www.w3.org/ns/org#originalOrganization",)

    head: ChangeEvent
    tail: Organization


class ResultingOrganization(Relation):
    """The organization came out of the change."""

    same_as = ("http://www.w3.org/ns/org#resultingOrganization",)

    head: ChangeEvent
    tail: Organization
