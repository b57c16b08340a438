"""A part of schema.org (https://schema.org, terms CC BY-SA 3.0); definitions in our own words."""

from kgc.schema.words import Amount, Date, Entity, Integer, Relation, String


class Person(Entity):
    """A human being, alive, dead or made up."""

    aliases = ("human", "individual")
    same_as = ("https://schema.org/Person",)

    birth_date: Date
    """day of birth"""
    death_date: Date
    """day of death"""
    job_title: String
    """what a person is called at work"""


class Organization(Entity):
    """A body of people: a company, a school, a club."""

    aliases = ("organisation", "institution")
    same_as = ("https://schema.org/Organization",)

    founding_date: Date
    """when it was founded"""
    number_of_employees: Integer
    """how many work there"""


class Corporation(Organization):
    """A business."""

    aliases = ("company", "firm", "business")
    same_as = ("https://schema.org/Corporation",)


class EducationalOrganization(Organization):
    """A school or university."""

    aliases = ("school", "university", "college")
    same_as = ("https://schema.org/EducationalOrganization",)


class GovernmentOrganization(Organization):
    """An office of a state or city."""

    aliases = ("authority", "agency", "ministry")
    same_as = ("https://schema.org/GovernmentOrganization",)


class NGO(Organization):
    """An organization apart from states and profit."""

    aliases = ("charity", "non-profit")
    same_as = ("https://schema.org/NGO",)


class ResearchOrganization(Organization):
    """A body that does research."""

    aliases = ("research institute", "laboratory")
    same_as = ("https://schema.org/ResearchOrganization",)


class Place(Entity):
    """Somewhere with an extent."""

    aliases = ("location", "site")
    same_as = ("https://schema.org/Place",)

    address: String
    """where it is"""


class City(Place):
    """A town or city."""

    aliases = ("town",)
    same_as = ("https://schema.org/City",)


class Country(Place):
    """A state with its land."""

    aliases = ("nation",)
    same_as = ("https://schema.org/Country",)


class AdministrativeArea(Place):
    """A region under one administration."""

    aliases = ("region", "province", "state")
    same_as = ("https://schema.org/AdministrativeArea",)


class LandmarksOrHistoricalBuildings(Place):
    """A building or a place that is known."""

    aliases = ("building", "facility")
    same_as = ("https://schema.org/LandmarksOrHistoricalBuildings",)


class Product(Entity):
    """What is offered or made."""

    aliases = ("good", "item")
    same_as = ("https://schema.org/Product",)

    model: String
    """which kind of it"""


class Service(Entity):
    """What somebody does for others."""

    same_as = ("https://schema.org/Service",)


class Offer(Entity):
    """An offer to sell or lend."""

    same_as = ("https://schema.org/Offer",)

    price: Amount
    """what it costs"""


class Brand(Entity):
    """A name that goods or a business go by."""

    aliases = ("trademark",)
    same_as = ("https://schema.org/Brand",)


class CreativeWork(Entity):
    """A work of the mind: a book, a song, a film, software."""

    aliases = ("work",)
    same_as = ("https://schema.org/CreativeWork",)

    date_published: Date
    """when it came out"""
    in_language: String
    """language"""


class Book(CreativeWork):
    """A book."""

    same_as = ("https://schema.org/Book",)


class Article(CreativeWork):
    """An article or a report."""

    aliases = ("report", "paper")
    same_as = ("https://schema.org/Article",)


class ScholarlyArticle(Article):
    """A work of research."""

    aliases = ("research paper", "publication")
    same_as = ("https://schema.org/ScholarlyArticle",)


class Dataset(CreativeWork):
    """Data that belong together."""

    aliases = ("data set",)
    same_as = ("https://schema.org/Dataset",)


class SoftwareApplication(CreativeWork):
    """A program."""

    aliases = ("software", "application", "program")
    same_as = ("https://schema.org/SoftwareApplication",)


class SoftwareSourceCode(CreativeWork):
    """The text of a program."""

    aliases = ("source code",)
    same_as = ("https://schema.org/SoftwareSourceCode",)


class Movie(CreativeWork):
    """A film."""

    aliases = ("film",)
    same_as = ("https://schema.org/Movie",)


class MusicRecording(CreativeWork):
    """A piece of music as recorded."""

    aliases = ("song", "track")
    same_as = ("https://schema.org/MusicRecording",)


class Project(Organization):
    """What is done together to reach a goal."""

    same_as = ("https://schema.org/Project",)


class JobPosting(Entity):
    """A post that is to be filled."""

    aliases = ("job", "vacancy")
    same_as = ("https://schema.org/JobPosting",)


class Occupation(Entity):
    """A profession."""

    aliases = ("profession", "trade")
    same_as = ("https://schema.org/Occupation",)


class MedicalCondition(Entity):
    """An illness, injury or other state of health."""

    aliases = ("disease", "disorder", "illness")
    same_as = ("https://schema.org/MedicalCondition",)


class Drug(Product):
    """A medicine."""

    aliases = ("medicine", "medication")
    same_as = ("https://schema.org/Drug",)


class Vehicle(Product):
    """What carries people or goods."""

    aliases = ("car", "ship")
    same_as = ("https://schema.org/Vehicle",)


class Taxon(Entity):
    """A group of living things, such as a species."""

    aliases = ("species", "genus")
    same_as = ("https://schema.org/Taxon",)


class ChemicalSubstance(Entity):
    """A matter of its own composition."""

    aliases = ("chemical", "substance", "compound")
    same_as = ("https://schema.org/ChemicalSubstance",)


class WorksFor(Relation):
    """The person has a job there."""

    aliases = ("employed by", "employee of", "works at")
    same_as = ("https://schema.org/worksFor",)

    head: Person
    tail: Organization


class MemberOf(Relation):
    """The head belongs to it."""

    aliases = ("member of",)
    same_as = ("https://schema.org/memberOf",)

    head: Person | Organization
    tail: Organization


class AlumniOf(Relation):
    """The person studied there."""

    aliases = ("studied at", "graduated from")
    same_as = ("https://schema.org/alumniOf",)

    head: Person
    tail: EducationalOrganization


class Affiliation(Relation):
    """The person has to do with it, as a member of staff or otherwise."""

    aliases = ("affiliated with",)
    same_as = ("https://schema.org/affiliation",)

    head: Person
    tail: Organization


class Founder(Relation):
    """The tail founded it."""

    aliases = ("founded by",)
    same_as = ("https://schema.org/founder",)

    head: Organization
    tail: Person | Organization


class Employee(Relation):
    """The person works there."""

    aliases = ("employs",)
    same_as = ("https://schema.org/employee",)

    head: Organization
    tail: Person


class ParentOrganization(Relation):
    """The tail is the larger one."""

    aliases = ("subsidiary of", "part of", "owned by")
    same_as = ("https://schema.org/parentOrganization",)

    head: Organization
    tail: Organization


class SubOrganization(Relation):
    """The tail is a part of it."""

    aliases = ("has subsidiary",)
    same_as = ("https://schema.org/subOrganization",)

    head: Organization
    tail: Organization


class Location(Relation):
    """Where it is."""

    aliases = ("located in", "based in", "located at")
    same_as = ("https://schema.org/location",)

    head: Organization
    tail: Place


class ContainedInPlace(Relation):
    """The head lies in the tail."""

    aliases = ("part of", "located within")
    same_as = ("https://schema.org/containedInPlace",)

    head: Place
    tail: Place


class BirthPlace(Relation):
    """The person was born there."""

    aliases = ("born in",)
    same_as = ("https://schema.org/birthPlace",)

    head: Person
    tail: Place


class DeathPlace(Relation):
    """The person died there."""

    aliases = ("died in",)
    same_as = ("https://schema.org/deathPlace",)

    head: Person
    tail: Place


class HomeLocation(Relation):
    """The person lives there."""

    aliases = ("lives in",)
    same_as = ("https://schema.org/homeLocation",)

    head: Person
    tail: Place


class Nationality(Relation):
    """The state that the person belongs to."""

    aliases = ("citizen of",)
    same_as = ("https://schema.org/nationality",)

    head: Person
    tail: Country


class Spouse(Relation):
    """The two are married."""

    aliases = ("married to",)
    same_as = ("https://schema.org/spouse",)

    head: Person
    tail: Person


class HasParent(Relation):
    """The tail is mother or father."""

    aliases = ("child of",)
    same_as = ("https://schema.org/parent",)

    head: Person
    tail: Person


class Children(Relation):
    """The tail is a child."""

    aliases = ("parent of",)
    same_as = ("https://schema.org/children",)

    head: Person
    tail: Person


class Sibling(Relation):
    """The two are brothers or sisters."""

    aliases = ("brother of", "sister of")
    same_as = ("https://schema.org/sibling",)

    head: Person
    tail: Person


class Knows(Relation):
    """The two have met."""

    same_as = ("https://schema.org/knows",)

    head: Person
    tail: Person


class Author(Relation):
    """The tail wrote it."""

    aliases = ("written by",)
    same_as = ("https://schema.org/author",)

    head: CreativeWork
    tail: Person | Organization


class Publisher(Relation):
    """The tail brought it out."""

    aliases = ("published by",)
    same_as = ("https://schema.org/publisher",)

    head: CreativeWork
    tail: Organization | Person


class Funder(Relation):
    """The tail paid for it."""

    aliases = ("funded by", "financed by")
    same_as = ("https://schema.org/funder",)

    head: CreativeWork | Organization | Person
    tail: Organization | Person


class Sponsor(Relation):
    """The tail supports it."""

    aliases = ("sponsored by",)
    same_as = ("https://schema.org/sponsor",)

    head: Organization | Person
    tail: Organization | Person


class Manufacturer(Relation):
    """The tail makes it."""

    aliases = ("made by", "produced by")
    same_as = ("https://schema.org/manufacturer",)

    head: Product
    tail: Organization


class Seller(Relation):
    """The tail sells it."""

    aliases = ("sold by",)
    same_as = ("https://schema.org/seller",)

    head: Offer
    tail: Organization | Person


class Provider(Relation):
    """The tail offers it."""

    aliases = ("provided by",)
    same_as = ("https://schema.org/provider",)

    head: Service
    tail: Organization | Person


class MakesOffer(Relation):
    """The head offers it."""

    aliases = ("offers",)
    same_as = ("https://schema.org/makesOffer",)

    head: Organization | Person
    tail: Offer


class Owns(Relation):
    """It belongs to the head."""

    aliases = ("owner of",)
    same_as = ("https://schema.org/owns",)

    head: Organization | Person
    tail: Product


class About(Relation):
    """What it tells of."""

    aliases = ("topic",)
    same_as = ("https://schema.org/about",)

    head: CreativeWork
    tail: Entity


class Citation(Relation):
    """The head refers to the tail."""

    aliases = ("cites",)
    same_as = ("https://schema.org/citation",)

    head: CreativeWork
    tail: CreativeWork


class IsBasedOn(Relation):
    """The head was made from the tail."""

    aliases = ("based on",)
    same_as = ("https://schema.org/isBasedOn",)

    head: CreativeWork
    tail: CreativeWork


class IsPartOf(Relation):
    """The head is in the tail."""

    aliases = ("part of",)
    same_as = ("https://schema.org/isPartOf",)

    head: CreativeWork
    tail: CreativeWork


class HasPart(Relation):
    """The tail is in the head."""

    aliases = ("contains",)
    same_as = ("https://schema.org/hasPart",)

    head: CreativeWork
    tail: CreativeWork


class HasOccupation(Relation):
    """What the person does for a living."""

    aliases = ("works as",)
    same_as = ("https://schema.org/hasOccupation",)

    head: Person
    tail: Occupation
