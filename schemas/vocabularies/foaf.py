"""A part of FOAF, for people and what they make (http://xmlns.com/foaf/spec/, terms CC BY 1.0); definitions in our
own words.
"""

from kgc.schema.words import Date, Entity, Integer, Relation, String, Url


class Agent(Entity):
    """Whoever acts: a person, a group or an organization."""

    aliases = ("actor",)
    same_as = ("http://xmlns.com/foaf/0.1/Agent",)

    mbox: Url
    """address for mail"""
    homepage: Url
    """page of one's own"""
    age: Integer
    """years"""
    birthday: Date
    """day of birth"""


class Person(Agent):
    """A human being."""

    aliases = ("human",)
    same_as = ("http://xmlns.com/foaf/0.1/Person",)

    given_name: String
    """first name"""
    family_name: String
    """last name"""
    gender: String


class Group(Agent):
    """Several agents taken together."""

    aliases = ("team",)
    same_as = ("http://xmlns.com/foaf/0.1/Group",)


class Organization(Agent):
    """A company, institution or society."""

    aliases = ("organisation", "institution")
    same_as = ("http://xmlns.com/foaf/0.1/Organization",)


class Work(Entity):
    """A piece of writing or another work that can be read."""

    label = "document"
    aliases = ("text", "publication")
    same_as = ("http://xmlns.com/foaf/0.1/Document",)

    title: String
    """what it is called"""


class Image(Work):
    """A picture."""

    aliases = ("picture", "photo")
    same_as = ("http://xmlns.com/foaf/0.1/Image",)


class Project(Entity):
    """What several work on towards a goal."""

    same_as = ("http://xmlns.com/foaf/0.1/Project",)


class OnlineAccount(Entity):
    """An account of an agent at a service on the web."""

    aliases = ("user account",)
    same_as = ("http://xmlns.com/foaf/0.1/OnlineAccount",)


class Knows(Relation):
    """The head has met the tail or is in touch with them."""

    aliases = ("acquainted with",)
    same_as = ("http://xmlns.com/foaf/0.1/knows",)

    head: Person
    tail: Person


class Member(Relation):
    """The tail belongs to the group."""

    aliases = ("has member",)
    same_as = ("http://xmlns.com/foaf/0.1/member",)

    head: Group
    tail: Agent


class Maker(Relation):
    """The tail made it."""

    aliases = ("made by", "created by", "author")
    same_as = ("http://xmlns.com/foaf/0.1/maker",)

    head: Entity
    tail: Agent


class Made(Relation):
    """The head made it."""

    aliases = ("created",)
    same_as = ("http://xmlns.com/foaf/0.1/made",)

    head: Agent
    tail: Entity


class Interest(Relation):
    """The page is about what the head cares for."""

    aliases = ("interested in",)
    same_as = ("http://xmlns.com/foaf/0.1/interest",)

    head: Agent
    tail: Work


class CurrentProject(Relation):
    """The head works on the project now."""

    aliases = ("works on",)
    same_as = ("http://xmlns.com/foaf/0.1/currentProject",)

    head: Person
    tail: Project


class PastProject(Relation):
    """The head worked on the project before."""

    same_as = ("http://xmlns.com/foaf/0.1/pastProject",)

    head: Person
    tail: Project


class Based_near(Relation):
    """Both are near each other."""

    aliases = ("located near",)
    same_as = ("http://xmlns.com/foaf/0.1/based_near",)

    head: Entity
    tail: Entity


class Account(Relation):
    """The account is the head's."""

    same_as = ("http://xmlns.com/foaf/0.1/account",)

    head: Agent
    tail: OnlineAccount


class Depiction(Relation):
    """The image shows it."""

    aliases = ("depicted by",)
    same_as = ("http://xmlns.com/foaf/0.1/depiction",)

    head: Entity
    tail: Image


class Depicts(Relation):
    """The image shows the tail."""

    aliases = ("shows",)
    same_as = ("http://xmlns.com/foaf/0.1/depicts",)

    head: Image
    tail: Entity


class Topic(Relation):
    """The document is about the tail."""

    aliases = ("about",)
    same_as = ("http://xmlns.com/foaf/0.1/topic",)

    head: Work
    tail: Entity


class WorkplaceHomepage(Relation):
    """The page of where the head works."""

    same_as = ("http://xmlns.com/foaf/0.1/workplaceHomepage",)

    head: Person
    tail: Work
