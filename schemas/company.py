"""Companies and the people, deals, products and places that make their story."""

from kgc.schema.words import (
    Amount,
    Date,
    Demo,
    Entity,
    Event,
    Functional,
    Identifier,
    Integer,
    Relation,
    String,
    Url,
)


class Person(Entity):
    """A human being with a name."""

    label = "person"
    aliases = ("human", "executive", "人物", "人")
    avoid = "pronouns, titles alone"
    examples = ("Ada Lovelace", "Mr. Tanaka")
    same_as = ("https://schema.org/Person", "http://www.wikidata.org/entity/Q5")

    birth_date: Functional[Date]
    position: String
    """job title or office held"""


class Organization(Entity):
    """A company, agency, university, bank, fund, union or other named body."""

    label = "organization"
    aliases = ("organisation", "institution", "组织", "机构")
    avoid = "generic words such as 'the company'"
    examples = ("World Bank", "Acme Corp.")
    same_as = ("https://schema.org/Organization", "http://www.wikidata.org/entity/Q43229")

    founded: Functional[Date]
    employees: Integer
    website: Url


class Company(Organization):
    """A business, with or without shareholders."""

    label = "company"
    aliases = ("business", "firm", "corporation", "公司", "企业")
    examples = ("Siemens AG", "Toyota")
    same_as = ("https://schema.org/Corporation", "http://www.wikidata.org/entity/Q783794")

    revenue: Amount
    profit: Amount
    market_value: Amount
    ticker: Identifier
    """stock exchange symbol"""


class Investor(Organization):
    """A bank, fund or holding that gives money to companies."""

    label = "investor"
    aliases = ("fund", "venture capital firm", "bank", "投资方", "基金")
    examples = ("Nordic Growth Fund II",)


class Authority(Organization):
    """A regulator, court, ministry or standards body."""

    label = "authority"
    aliases = ("regulator", "agency", "ministry", "监管机构", "政府机构")
    examples = ("European Commission",)
    same_as = ("https://schema.org/GovernmentOrganization",)


class Location(Entity):
    """A country, region, city, site or address."""

    label = "location"
    aliases = ("place", "city", "country", "地点")
    examples = ("Rotterdam", "Bavaria")
    same_as = ("https://schema.org/Place", "http://www.wikidata.org/entity/Q17334923")


class Product(Entity):
    """A product, service, brand or model with a name of its own."""

    label = "product"
    aliases = ("brand", "service", "产品", "品牌")
    avoid = "kinds of goods, such as 'batteries'"
    examples = ("Boeing 747",)
    same_as = ("https://schema.org/Product", "http://www.wikidata.org/entity/Q2424752")

    released: Date
    price: Amount


class Industry(Entity):
    """A line of business."""

    label = "industry"
    aliases = ("sector", "market", "行业")
    examples = ("shipbuilding", "retail banking")
    same_as = ("http://www.wikidata.org/entity/Q268592",)


class WorksFor(Relation):
    """The person has or had a job at the organization."""

    label = "works for"
    aliases = ("employed by", "employee of", "就职于", "任职于")
    templates = ("{head} works for {tail}",)
    same_as = ("https://schema.org/worksFor", "http://www.wikidata.org/entity/P108")

    head: Person
    tail: Organization


class LeaderOf(Relation):
    """The person heads or headed it, alone or with others: CEO, CFO, chair, president, managing director."""

    label = "leader of"
    aliases = ("chief executive of", "chairs", "runs", "领导", "负责人")
    avoid = "heads of departments (WorksFor)"
    templates = ("{head} leads {tail}",)

    head: Person
    tail: Organization


class BoardMemberOf(Relation):
    """The person sits on the board of directors or supervisors."""

    label = "board member of"
    aliases = ("director of", "sits on the board of", "董事")
    templates = ("{head} is on the board of {tail}",)
    same_as = ("http://www.wikidata.org/entity/P3320",)

    head: Person
    tail: Organization


class FounderOf(Relation):
    """The head founded it, alone or with others."""

    label = "founder of"
    aliases = ("founded", "co-founded", "established", "创立", "创办")
    templates = ("{head} founded {tail}",)

    head: Person | Organization
    tail: Organization


class BasedIn(Relation):
    """The organization has its headquarters, an office or a plant there."""

    label = "based in"
    aliases = ("headquartered in", "has a plant in", "总部位于")
    templates = ("{head} is based in {tail}",)
    same_as = ("https://schema.org/location", "http://www.wikidata.org/entity/P159")

    head: Organization
    tail: Location


class LocatedIn(Relation):
    """The place lies in the larger place."""

    label = "located in"
    aliases = ("in", "situated in", "位于")
    avoid = "organizations (BasedIn)"
    templates = ("{head} is in {tail}",)
    same_as = ("https://schema.org/containedInPlace", "http://www.wikidata.org/entity/P131")

    head: Location
    tail: Location


class PartOf(Relation):
    """The head is a subsidiary, division or brand company of the tail."""

    label = "part of"
    aliases = ("subsidiary of", "division of", "owned by", "子公司", "隶属于")
    templates = ("{head} is part of {tail}",)
    same_as = ("https://schema.org/parentOrganization", "http://www.wikidata.org/entity/P749")

    head: Organization
    tail: Organization


class Acquired(Relation):
    """The head bought the tail or a majority of it; not when the deal is only planned."""

    label = "acquired"
    aliases = ("bought", "took over", "merged with", "收购", "并购")
    templates = ("{head} acquired {tail}",)

    head: Person | Organization
    tail: Organization


class InvestedIn(Relation):
    """The head holds a share of the tail or gave it money."""

    label = "invested in"
    aliases = ("shareholder of", "backed", "funded", "投资", "入股", "持股")
    avoid = "whole purchases (Acquired)"
    templates = ("{head} invested in {tail}",)

    head: Person | Organization
    tail: Organization


class PartnerOf(Relation):
    """The two work together by contract, alliance or joint venture."""

    label = "partner of"
    aliases = ("cooperates with", "joint venture with", "合作", "签约")
    symmetric = True
    templates = ("{head} works together with {tail}",)

    head: Organization
    tail: Organization


class CompetesWith(Relation):
    """The two are rivals in a market."""

    label = "competes with"
    aliases = ("rival of", "competitor of", "竞争")
    symmetric = True
    templates = ("{head} competes with {tail}",)

    head: Organization
    tail: Organization


class Supplies(Relation):
    """The head sells goods or services to the tail."""

    label = "supplies"
    aliases = ("supplier of", "delivers to", "供应", "供货")
    inverse = "CustomerOf"
    templates = ("{head} supplies {tail}",)

    head: Organization
    tail: Organization


class Produces(Relation):
    """The organization makes, sells or runs the product."""

    label = "produces"
    aliases = ("manufactures", "makes", "sells", "生产", "推出")
    templates = ("{head} produces {tail}",)

    head: Organization
    tail: Product


class ActiveIn(Relation):
    """The organization does business in that line."""

    label = "active in"
    aliases = ("operates in", "industry", "从事", "所属行业")
    templates = ("{head} is active in {tail}",)
    same_as = ("http://www.wikidata.org/entity/P452",)

    head: Organization
    tail: Industry


class Sued(Relation):
    """The head took the tail to court, fined it or opened a case against it."""

    label = "sued"
    aliases = ("filed a lawsuit against", "fined", "起诉", "处罚")
    templates = ("{head} sued {tail}",)

    head: Person | Organization
    tail: Person | Organization


class Acquisition(Event):
    """One buys a company or a share of it, or agrees to."""

    label = "acquisition"
    aliases = ("takeover", "purchase", "merger", "收购", "并购")
    examples = ("acquired", "takeover")

    buyer: Person | Organization
    target: Organization
    seller: Person | Organization | None
    price: Amount | None
    share: Amount | None
    """how much of the target, as in 51%"""
    date: Date | None


class FundingRound(Event):
    """A company raises money."""

    label = "funding round"
    aliases = ("financing", "capital increase", "融资")
    examples = ("raised", "Series A")

    raiser: Organization
    backer: Person | Organization | None
    amount: Amount | None
    date: Date | None


class Appointment(Event):
    """A person takes up a post."""

    label = "appointment"
    aliases = ("hire", "election", "任命")
    examples = ("appointed", "named", "joins as")

    appointee: Person
    employer: Organization
    post: String | None
    date: Date | None


class Departure(Event):
    """A person leaves a post."""

    label = "departure"
    aliases = ("resignation", "dismissal", "辞职", "离任")
    examples = ("resigned", "stepped down")

    leaver: Person
    employer: Organization
    post: String | None
    date: Date | None


demonstrations = [
    Demo(
        "Tomas Reiner, who joined Lindqvist Optics as finance chief in 2016, said the Malmö company had bought "
        "Pixelhaus GmbH for 40 million euros.",
        entities=[
            ("Tomas Reiner", "Person"),
            ("Lindqvist Optics", "Company"),
            ("Malmö", "Location"),
            ("Pixelhaus GmbH", "Company"),
        ],
        triples=[
            ("Tomas Reiner", "WorksFor", "Lindqvist Optics"),
            ("Tomas Reiner", "LeaderOf", "Lindqvist Optics"),
            ("Tomas Reiner", "position", "finance chief"),
            ("Lindqvist Optics", "BasedIn", "Malmö"),
            ("Lindqvist Optics", "Acquired", "Pixelhaus GmbH"),
        ],
    ),
    Demo(
        "The Calder Fund holds 12% of Brightwater, maker of the HydroCell pump, which had sales of $310 million.",
        entities=[
            ("Calder Fund", "Investor"),
            ("Brightwater", "Company"),
            ("HydroCell", "Product"),
        ],
        triples=[
            ("Calder Fund", "InvestedIn", "Brightwater"),
            ("Brightwater", "Produces", "HydroCell"),
            ("Brightwater", "revenue", "$310 million"),
        ],
    ),
]
