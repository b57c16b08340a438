"""What a person who read examples/documents would want to hold: the reference that proposals are scored against.

Written by hand from the texts, by who wrote the rules and had seen what they propose: a small reference, and a friendly
one. What it is good for is to see a change, and to compare with what is simpler.
"""

from kgc.schema.words import Amount, Date, Entity, Functional, Identifier, Integer, Number, Relation, String


class Person(Entity):
    """A human being: founders, officers, researchers, owners of a mine."""

    birth_date: Functional[Date]
    death_date: Functional[Date]
    position: String


class Organization(Entity):
    """A named body."""

    founded: Functional[Date]
    employees: Integer


class Company(Organization):
    """A business: maker of batteries, mine, recycler, maker of instruments."""

    revenue: Amount


class Subsidiary(Company):
    """A company that another owns."""

    share: Number
    joined: Date


class JointVenture(Company):
    """A company that two or more companies founded together."""


class Supplier(Company):
    """A company that delivers material to another."""


class ResearchInstitute(Organization):
    """An institute that does research."""

    label = "research institute"
    aliases = ("institute",)


class University(Organization):
    """A university or college."""

    aliases = ("school",)


class Authority(Organization):
    """A public body that certifies."""

    aliases = ("government body",)


class Foundation(Organization):
    """A body that gives an award."""


class StockExchange(Organization):
    """Where shares are traded."""


class Board(Entity):
    """The people who direct a company."""


class Place(Entity):
    """A place."""

    aliases = ("location",)


class City(Place):
    """A city, town or village."""


class Country(Place):
    """A country."""


class Product(Entity):
    """A thing that is made and sold."""


class Cell(Product):
    """A battery cell."""


class LithiumCell(Cell):
    """A lithium cell."""


class SodiumIonCell(Cell):
    """A sodium-ion cell."""


class BatteryPack(Product):
    """A pack of cells."""

    aliases = ("pack",)


class MeasuringInstrument(Product):
    """An instrument that measures cells."""

    aliases = ("analyser", "impedance meter")


class Material(Entity):
    """A raw material: nickel, cobalt, copper."""


class Ferry(Entity):
    """A ship that runs on batteries."""

    aliases = ("ship",)


class Plant(Entity):
    """Where cells are made."""


class Award(Entity):
    """A medal or prize."""

    aliases = ("medal", "prize")


class Contract(Entity):
    """An agreement between companies."""

    signed: Date


class Certificate(Entity):
    """The decision of an authority on a product."""

    number: Identifier
    valid_until: Date


class WorksFor(Relation):
    """A person works for an organization."""

    head: Person
    tail: Organization


class LeaderOf(Relation):
    """A person leads an organization."""

    aliases = ("head",)

    head: Person
    tail: Organization


class FounderOf(Relation):
    """A person founded an organization."""

    aliases = ("founded",)

    head: Person
    tail: Organization


class MemberOf(Relation):
    """A person is a member of a board."""

    head: Person
    tail: Board | Organization


class EducatedAt(Relation):
    """A person studied there."""

    aliases = ("studied at",)

    head: Person
    tail: University


class BornIn(Relation):
    """Place of birth."""

    head: Person
    tail: City


class MarriedTo(Relation):
    """Husband or wife."""

    aliases = ("spouse of",)
    symmetric = True

    head: Person
    tail: Person


class BasedIn(Relation):
    """Seat."""

    aliases = ("headquartered in", "seat")

    head: Organization
    tail: City


class LocatedIn(Relation):
    """A city lies in a country."""

    head: Place
    tail: Place


class SubsidiaryOf(Relation):
    """A company belongs to another."""

    aliases = ("part of",)

    head: Company
    tail: Company


class Acquired(Relation):
    """A company bought another."""

    head: Company
    tail: Company


class HoldsSharesOf(Relation):
    """A company or person owns shares."""

    aliases = ("invested in",)

    head: Company | Person
    tail: Company


class PartnerOf(Relation):
    """Companies that work together."""

    symmetric = True
    aliases = ("joint venture with", "cooperates with")

    head: Organization
    tail: Organization


class Supplies(Relation):
    """A supplier delivers a material or a product."""

    aliases = ("delivers",)

    head: Company
    tail: Material | Product


class SuppliesTo(Relation):
    """A supplier delivers to a company."""

    aliases = ("delivers to",)

    head: Company
    tail: Company


class Produces(Relation):
    """A company makes a product."""

    aliases = ("makes", "manufactures")

    head: Company
    tail: Product


class Develops(Relation):
    """A company, institute or person developed a product."""

    head: Organization | Person
    tail: Product


class Sells(Relation):
    """A company sells a product."""

    head: Company
    tail: Product


class Certifies(Relation):
    """An authority certifies a product."""

    aliases = ("certified",)

    head: Authority
    tail: Product


class Tests(Relation):
    """An institute tests a product."""

    head: Organization
    tail: Product


class Received(Relation):
    """A person received an award."""

    head: Person
    tail: Award


class GivenBy(Relation):
    """Who gives an award."""

    head: Award
    tail: Organization


class Signed(Relation):
    """A company signed a contract."""

    head: Company | Person
    tail: Contract


class ListedOn(Relation):
    """Where the shares of a company are traded."""

    head: Company
    tail: StockExchange


class CitizenOf(Relation):
    """The country of a person."""

    head: Person
    tail: Country
