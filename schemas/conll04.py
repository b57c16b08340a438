"""People, places and organizations in news, with five relations: the classes of the CoNLL04 data set."""

from kgc.schema.words import Demo, Entity, Relation


class Peop(Entity):
    """A person, by name; also a family name or a nickname that stands for one."""

    label = "person"
    aliases = ("people", "per", "human")
    avoid = "titles, professions"
    same_as = ("https://schema.org/Person", "http://www.wikidata.org/entity/Q5")


class Loc(Entity):
    """A place: country, state, city, building, river, region."""

    label = "location"
    aliases = ("place",)
    same_as = ("https://schema.org/Place", "http://www.wikidata.org/entity/Q17334923")


class Org(Entity):
    """An organization: company, agency, party, team, university, newspaper."""

    label = "organization"
    aliases = ("organisation", "company", "institution")
    same_as = ("https://schema.org/Organization", "http://www.wikidata.org/entity/Q43229")


class Other(Entity):
    """Another name: a nationality, product, event, law, date or title of a work."""

    label = "other name"
    aliases = ("misc", "miscellaneous")


class Live_In(Relation):
    """The person lives, lived, was born or holds office there."""

    label = "lives in"
    aliases = ("resident of", "born in", "native of", "from")
    templates = ("{head} lives in {tail}",)
    same_as = ("http://www.wikidata.org/entity/P551",)

    head: Peop
    tail: Loc


class Located_In(Relation):
    """The place lies in the larger place."""

    label = "located in"
    aliases = ("in", "situated in")
    avoid = "organizations (OrgBased_In)"
    templates = ("{head} is located in {tail}",)
    same_as = ("https://schema.org/containedInPlace", "http://www.wikidata.org/entity/P131")

    head: Loc
    tail: Loc


class OrgBased_In(Relation):
    """The organization has its seat or an office there."""

    label = "organization based in"
    aliases = ("based in", "headquartered in")
    templates = ("{head} is based in {tail}",)
    same_as = ("https://schema.org/location", "http://www.wikidata.org/entity/P159")

    head: Org
    tail: Loc


class Work_For(Relation):
    """The person works or worked for the organization, leads it or belongs to it."""

    label = "works for"
    aliases = ("employed by", "member of", "leader of")
    templates = ("{head} works for {tail}",)
    same_as = ("https://schema.org/worksFor", "http://www.wikidata.org/entity/P108")

    head: Peop
    tail: Org


class Kill(Relation):
    """The head killed the tail, or is said to have."""

    label = "killed"
    aliases = ("murdered", "assassinated", "shot")
    templates = ("{head} killed {tail}",)

    head: Peop
    tail: Peop


demonstrations = [
    Demo(
        "Ruth Calloway , a lawyer for the Harbor Trust in Duluth , Minn. , grew up in Oslo .",
        entities=[
            ("Ruth Calloway", "Peop"),
            ("Harbor Trust", "Org"),
            ("Duluth", "Loc"),
            ("Minn.", "Loc"),
            ("Oslo", "Loc"),
        ],
        triples=[
            ("Ruth Calloway", "Work_For", "Harbor Trust"),
            ("Harbor Trust", "OrgBased_In", "Duluth"),
            ("Harbor Trust", "OrgBased_In", "Minn."),
            ("Duluth", "Located_In", "Minn."),
            ("Ruth Calloway", "Live_In", "Oslo"),
        ],
    ),
    Demo(
        "The jury found that Emil Varga shot Count Lazar in 1911 .",
        entities=[
            ("Emil Varga", "Peop"),
            ("Count Lazar", "Peop"),
            ("1911", "Other"),
        ],
        triples=[
            ("Emil Varga", "Kill", "Count Lazar"),
        ],
    ),
]
