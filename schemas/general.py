"""People, organisations, places, products, works, laws, events, and how they are connected: the default schema."""

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
    """A human being with a name, real or fictional."""

    label = "person"
    aliases = ("human", "individual", "人物", "人")
    avoid = "pronouns, titles alone, groups of people"
    examples = ("Ada Lovelace", "王小明")
    same_as = ("https://schema.org/Person", "http://www.wikidata.org/entity/Q5")

    birth_date: Functional[Date]
    death_date: Functional[Date]
    position: String
    """job title or office held"""


class Organization(Entity):
    """A company, agency, institution, party, team, band or other named body."""

    label = "organization"
    aliases = ("organisation", "institution", "group", "组织", "机构")
    avoid = "a mere place"
    examples = ("World Health Organization", "联合国")
    same_as = ("https://schema.org/Organization", "http://www.wikidata.org/entity/Q43229")

    founded: Functional[Date]
    dissolved: Functional[Date]
    employees: Integer
    revenue: Amount
    website: Url


class Company(Organization):
    """A business."""

    label = "company"
    aliases = ("business", "firm", "corporation", "enterprise", "公司", "企业")
    examples = ("Siemens AG", "华为技术有限公司")
    same_as = ("https://schema.org/Corporation", "http://www.wikidata.org/entity/Q783794")

    profit: Amount
    ticker: Identifier


class GovernmentBody(Organization):
    """A ministry, agency, court, parliament or military force."""

    label = "government body"
    aliases = ("government agency", "ministry", "authority", "政府机构", "政府部门")
    examples = ("European Commission", "国务院")
    same_as = ("https://schema.org/GovernmentOrganization", "http://www.wikidata.org/entity/Q327333")


class School(Organization):
    """A university, college, school or research institute."""

    label = "school"
    aliases = ("university", "college", "research institute", "大学", "学校", "研究所")
    examples = ("University of Oslo", "清华大学")
    same_as = ("https://schema.org/EducationalOrganization", "http://www.wikidata.org/entity/Q2385804")


class Location(Entity):
    """A place with a name: region, district, river, mountain, building, street."""

    label = "location"
    aliases = ("place", "region", "地点", "地区")
    examples = ("Lake Geneva", "长江")
    same_as = ("https://schema.org/Place", "http://www.wikidata.org/entity/Q17334923")

    population: Integer
    area: Amount


class Country(Location):
    """A state, today's or a former one."""

    label = "country"
    aliases = ("nation", "sovereign state", "国家")
    examples = ("Norway", "中国")
    same_as = ("https://schema.org/Country", "http://www.wikidata.org/entity/Q6256")


class City(Location):
    """A city, town or village."""

    label = "city"
    aliases = ("town", "village", "municipality", "城市", "城镇")
    examples = ("Bergen", "上海")
    same_as = ("https://schema.org/City", "http://www.wikidata.org/entity/Q486972")


class Product(Entity):
    """A named thing that is made, sold or used: device, vehicle, drug, software, service."""

    label = "product"
    aliases = ("device", "service", "software", "产品", "服务")
    avoid = "kinds of goods without a name of their own"
    examples = ("Boeing 747", "微信")
    same_as = ("https://schema.org/Product", "http://www.wikidata.org/entity/Q2424752")

    released: Date
    price: Amount


class CreativeWork(Entity):
    """A book, article, film, song, artwork, programme or report with a title."""

    label = "creative work"
    aliases = ("work", "publication", "book", "film", "album", "作品", "出版物")
    examples = ("War and Peace", "红楼梦")
    same_as = ("https://schema.org/CreativeWork", "http://www.wikidata.org/entity/Q17537576")

    published: Functional[Date]


class Law(Entity):
    """A law, treaty, regulation, policy, standard or contract."""

    label = "law"
    aliases = ("regulation", "treaty", "policy", "standard", "法律", "法规", "条约", "标准")
    examples = ("Treaty of Lisbon", "中华人民共和国民法典")
    same_as = ("https://schema.org/Legislation", "http://www.wikidata.org/entity/Q820655")

    enacted: Functional[Date]
    number: Identifier


class NamedEvent(Entity):
    """An event with a name: war, election, conference, competition, disaster."""

    label = "named event"
    aliases = ("occasion", "war", "conference", "事件", "会议", "战争")
    avoid = "dates and unnamed happenings"
    examples = ("World War II", "北京奥运会")
    same_as = ("https://schema.org/Event", "http://www.wikidata.org/entity/Q1656682")

    start_date: Functional[Date]
    end_date: Functional[Date]


class Award(Entity):
    """A prize, medal, title or honour."""

    label = "award"
    aliases = ("prize", "medal", "honour", "奖项", "奖")
    examples = ("Nobel Prize in Physics", "茅盾文学奖")
    same_as = ("http://www.wikidata.org/entity/Q618779",)


class Concept(Entity):
    """A named field, technology, method, substance, disease, language or religion."""

    label = "concept"
    aliases = ("topic", "field", "technology", "disease", "substance", "概念", "技术", "领域")
    avoid = "everyday words"
    examples = ("machine learning", "量子力学")
    same_as = ("https://schema.org/DefinedTerm", "http://www.wikidata.org/entity/Q151885")


class WorksFor(Relation):
    """The person has or had a job at the organization."""

    label = "works for"
    aliases = ("employed by", "employee of", "就职于", "任职于")
    templates = ("{head} works for {tail}", "{head}在{tail}工作")
    same_as = ("https://schema.org/worksFor", "http://www.wikidata.org/entity/P108")

    head: Person
    tail: Organization


class LeaderOf(Relation):
    """The person heads or headed it: chief executive, chair, president, minister, mayor, king."""

    label = "leader of"
    aliases = ("head of", "chief executive of", "president of", "领导", "负责人")
    templates = ("{head} leads {tail}", "{head}领导{tail}")

    head: Person
    tail: Organization | Location


class FounderOf(Relation):
    """The head founded the organization."""

    label = "founder of"
    aliases = ("founded", "co-founded", "established", "创立", "创办", "成立")
    templates = ("{head} founded {tail}", "{head}创立了{tail}")

    head: Person | Organization
    tail: Organization


class MemberOf(Relation):
    """The head belongs to a party, team, band, board, alliance or association."""

    label = "member of"
    aliases = ("belongs to", "plays for", "成员", "加入")
    avoid = "jobs (WorksFor), subsidiaries (PartOf)"
    templates = ("{head} is a member of {tail}", "{head}是{tail}的成员")
    same_as = ("https://schema.org/memberOf", "http://www.wikidata.org/entity/P463")

    head: Person | Organization | Country
    tail: Organization


class EducatedAt(Relation):
    """The person studied there."""

    label = "educated at"
    aliases = ("studied at", "alumnus of", "graduated from", "毕业于", "就读于")
    templates = ("{head} studied at {tail}", "{head}毕业于{tail}")
    same_as = ("https://schema.org/alumniOf", "http://www.wikidata.org/entity/P69")

    head: Person
    tail: Organization


class BornIn(Relation):
    """Place of birth."""

    label = "born in"
    aliases = ("place of birth", "native of", "出生于", "出生地")
    functional = True
    templates = ("{head} was born in {tail}", "{head}出生于{tail}")
    same_as = ("https://schema.org/birthPlace", "http://www.wikidata.org/entity/P19")

    head: Person
    tail: Location


class DiedIn(Relation):
    """Place of death."""

    label = "died in"
    aliases = ("place of death", "逝世于", "去世地")
    functional = True
    templates = ("{head} died in {tail}", "{head}在{tail}逝世")
    same_as = ("https://schema.org/deathPlace", "http://www.wikidata.org/entity/P20")

    head: Person
    tail: Location


class LivesIn(Relation):
    """The person lives or lived there."""

    label = "lives in"
    aliases = ("resident of", "residence", "居住于", "居住在")
    templates = ("{head} lives in {tail}", "{head}居住在{tail}")
    same_as = ("http://www.wikidata.org/entity/P551",)

    head: Person
    tail: Location


class CitizenOf(Relation):
    """The person's country, also as in "the Danish painter"."""

    label = "citizen of"
    aliases = ("nationality", "country of citizenship", "国籍")
    templates = ("{head} is a citizen of {tail}", "{head}的国籍是{tail}")
    same_as = ("https://schema.org/nationality", "http://www.wikidata.org/entity/P27")

    head: Person
    tail: Location


class SpouseOf(Relation):
    """Husband, wife or partner, also a former one."""

    label = "spouse of"
    aliases = ("married to", "husband of", "wife of", "配偶", "丈夫", "妻子")
    symmetric = True
    templates = ("{head} is married to {tail}", "{head}与{tail}结婚")
    same_as = ("https://schema.org/spouse", "http://www.wikidata.org/entity/P26")

    head: Person
    tail: Person


class ChildOf(Relation):
    """The head is a son or daughter of the tail."""

    label = "child of"
    aliases = ("son of", "daughter of", "子女", "儿子", "女儿")
    templates = ("{head} is a child of {tail}", "{head}是{tail}的孩子")
    same_as = ("https://schema.org/parent",)

    head: Person
    tail: Person


class SiblingOf(Relation):
    """Brother or sister."""

    label = "sibling of"
    aliases = ("brother of", "sister of", "兄弟姐妹")
    symmetric = True
    templates = ("{head} is a sibling of {tail}", "{head}与{tail}是兄弟姐妹")
    same_as = ("https://schema.org/sibling", "http://www.wikidata.org/entity/P3373")

    head: Person
    tail: Person


class BasedIn(Relation):
    """The organization has its seat or a site there."""

    label = "based in"
    aliases = ("headquartered in", "seat", "总部位于", "总部")
    templates = ("{head} is based in {tail}", "{head}总部位于{tail}")
    same_as = ("https://schema.org/location", "http://www.wikidata.org/entity/P159")

    head: Organization
    tail: Location


class LocatedIn(Relation):
    """The place lies in the larger place."""

    label = "located in"
    aliases = ("in", "situated in", "位于", "地处")
    avoid = "organizations (BasedIn)"
    templates = ("{head} is in {tail}", "{head}位于{tail}")
    same_as = ("https://schema.org/containedInPlace", "http://www.wikidata.org/entity/P131")

    head: Location
    tail: Location


class PartOf(Relation):
    """The head is a subsidiary, division or department of the tail."""

    label = "part of"
    aliases = ("subsidiary of", "division of", "owned by", "子公司", "隶属于")
    templates = ("{head} is part of {tail}", "{head}隶属于{tail}")
    same_as = ("https://schema.org/parentOrganization", "http://www.wikidata.org/entity/P749")

    head: Organization
    tail: Organization


class Acquired(Relation):
    """The head bought the tail or a majority of it."""

    label = "acquired"
    aliases = ("bought", "took over", "merged with", "收购", "并购")
    templates = ("{head} acquired {tail}", "{head}收购了{tail}")

    head: Person | Organization
    tail: Organization


class InvestedIn(Relation):
    """The head holds shares of the tail or gave it money."""

    label = "invested in"
    aliases = ("shareholder of", "funded", "投资", "入股", "持股")
    avoid = "whole purchases (Acquired)"
    templates = ("{head} invested in {tail}", "{head}投资了{tail}")

    head: Person | Organization
    tail: Organization


class PartnerOf(Relation):
    """The two work together by contract, alliance or joint venture."""

    label = "partner of"
    aliases = ("cooperates with", "allied with", "合作", "签约")
    symmetric = True
    templates = ("{head} works together with {tail}", "{head}与{tail}合作")

    head: Organization
    tail: Organization


class Produces(Relation):
    """The organization makes, sells or runs the product."""

    label = "produces"
    aliases = ("manufactures", "makes", "sells", "develops", "生产", "推出", "制造")
    templates = ("{head} produces {tail}", "{head}生产{tail}")

    head: Organization
    tail: Product


class CreatorOf(Relation):
    """Author, composer, director, publisher, designer or inventor of it."""

    label = "creator of"
    aliases = ("wrote", "author of", "directed", "composed", "invented", "作者", "导演", "创作")
    templates = ("{head} created {tail}", "{head}创作了{tail}")

    head: Person | Organization
    tail: CreativeWork | Product


class PerformedIn(Relation):
    """Actor, musician, presenter or character in the work."""

    label = "performed in"
    aliases = ("starred in", "cast member of", "sang", "主演", "出演", "演唱")
    templates = ("{head} performed in {tail}", "{head}出演了{tail}")

    head: Person | Organization
    tail: CreativeWork


class ParticipatedIn(Relation):
    """The head took part in the event, or fought in it."""

    label = "participated in"
    aliases = ("took part in", "fought in", "attended", "参加", "出席")
    templates = ("{head} took part in {tail}", "{head}参加了{tail}")
    same_as = ("http://www.wikidata.org/entity/P1344",)

    head: Person | Organization | Location
    tail: NamedEvent


class HappenedIn(Relation):
    """Where the event took place."""

    label = "happened in"
    aliases = ("took place in", "held in", "举办地", "发生于")
    templates = ("{head} took place in {tail}", "{head}在{tail}举行")
    same_as = ("https://schema.org/location", "http://www.wikidata.org/entity/P276")

    head: NamedEvent
    tail: Location


class Received(Relation):
    """The head was given the award."""

    label = "received"
    aliases = ("awarded", "won", "获得", "荣获")
    templates = ("{head} received {tail}", "{head}获得{tail}")
    same_as = ("https://schema.org/award", "http://www.wikidata.org/entity/P166")

    head: Person | Organization | CreativeWork | Product
    tail: Award


class IssuedBy(Relation):
    """Who passed, signed or published the law."""

    label = "issued by"
    aliases = ("passed by", "signed by", "adopted by", "颁布", "制定", "发布")
    templates = ("{head} was issued by {tail}", "{tail}颁布了{head}")
    same_as = ("https://schema.org/legislationPassedBy",)

    head: Law
    tail: Person | Organization | Country


class WorksOn(Relation):
    """The head studies, develops or practises it."""

    label = "works on"
    aliases = ("field of work", "researches", "specializes in", "研究", "从事")
    templates = ("{head} works on {tail}", "{head}研究{tail}")
    same_as = ("https://schema.org/knowsAbout", "http://www.wikidata.org/entity/P101")

    head: Person | Organization
    tail: Concept


class Acquisition(Event):
    """One buys a company or a share of it."""

    label = "acquisition"
    aliases = ("takeover", "purchase", "merger", "收购", "并购")
    examples = ("acquired", "takeover", "收购")

    buyer: Person | Organization
    target: Organization
    price: Amount | None
    date: Date | None


class Appointment(Event):
    """A person is named, elected or hired to a post."""

    label = "appointment"
    aliases = ("election", "nomination", "任命", "当选")
    examples = ("appointed", "elected", "任命")

    appointee: Person
    employer: Organization
    post: String | None
    date: Date | None


demonstrations = [
    Demo(
        "Ingrid Dahl, born in Molde in 1961, has led the Norwegian battery maker Fjordcell since 2014.",
        entities=[
            ("Ingrid Dahl", "Person"),
            ("Molde", "City"),
            ("Fjordcell", "Company"),
        ],
        triples=[
            ("Ingrid Dahl", "BornIn", "Molde"),
            ("Ingrid Dahl", "birth_date", "1961"),
            ("Ingrid Dahl", "LeaderOf", "Fjordcell"),
        ],
    ),
]
