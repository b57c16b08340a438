"""What research papers tell: who did it, what was studied, with what methods and materials, and what came out."""

from kgc.schema.words import Amount, Date, Demo, Entity, Event, Functional, Identifier, Relation, String


class Person(Entity):
    """A researcher or another person with a name."""

    label = "person"
    aliases = ("researcher", "author", "scientist", "研究人员", "作者")
    same_as = ("https://schema.org/Person", "http://www.wikidata.org/entity/Q5")


class Organization(Entity):
    """A university, institute, laboratory, company or funding body."""

    label = "organization"
    aliases = ("institution", "university", "funder", "机构", "大学")
    same_as = ("https://schema.org/Organization", "http://www.wikidata.org/entity/Q43229")


class Location(Entity):
    """A place, also one where samples were taken."""

    label = "location"
    aliases = ("place", "site", "地点")
    same_as = ("https://schema.org/Place",)


class Publication(Entity):
    """A paper, book, patent or journal."""

    label = "publication"
    aliases = ("paper", "article", "journal", "论文", "期刊")
    same_as = ("https://schema.org/ScholarlyArticle", "http://www.wikidata.org/entity/Q13442814")

    published: Functional[Date]
    doi: Identifier


class Task(Entity):
    """A problem to be solved or a question to be answered."""

    label = "task"
    aliases = ("problem", "application", "任务", "问题")
    examples = ("image segmentation", "carbon capture")
    avoid = "bare words such as 'problem'"


class Method(Entity):
    """A technique, algorithm, model, procedure or theory."""

    label = "method"
    aliases = ("algorithm", "model", "technique", "方法", "算法", "模型")
    examples = ("random forest", "X-ray diffraction")
    same_as = ("http://www.wikidata.org/entity/Q1799072",)


class Dataset(Entity):
    """A named collection of data, corpus, cohort or benchmark."""

    label = "dataset"
    aliases = ("corpus", "benchmark", "cohort", "数据集")
    examples = ("ImageNet",)
    same_as = ("https://schema.org/Dataset", "http://www.wikidata.org/entity/Q1172284")


class Metric(Entity):
    """What is measured: a quantity, property or score."""

    label = "metric"
    aliases = ("measure", "property", "score", "指标", "性质")
    examples = ("F1", "tensile strength")


class Instrument(Entity):
    """A device or software used in the work."""

    label = "instrument"
    aliases = ("device", "software", "equipment", "仪器", "软件")
    examples = ("mass spectrometer",)


class Material(Entity):
    """A substance, compound, alloy, component or structure made of it."""

    label = "material"
    aliases = ("substance", "compound", "chemical", "材料", "物质")
    examples = ("hard carbon", "LiFePO4")
    same_as = ("http://www.wikidata.org/entity/Q214609",)


class Biomolecule(Material):
    """A gene, protein, enzyme or hormone."""

    label = "biomolecule"
    aliases = ("gene", "protein", "enzyme", "基因", "蛋白质")
    examples = ("BRCA1", "insulin")


class Organism(Entity):
    """A species, strain, cell line or other living thing."""

    label = "organism"
    aliases = ("species", "strain", "cell line", "物种", "生物")
    examples = ("Escherichia coli", "HeLa")
    same_as = ("http://www.wikidata.org/entity/Q7239",)


class Disease(Entity):
    """A disease, disorder or symptom."""

    label = "disease"
    aliases = ("disorder", "condition", "疾病")
    examples = ("type 2 diabetes",)
    same_as = ("https://schema.org/MedicalCondition", "http://www.wikidata.org/entity/Q12136")


class AuthorOf(Relation):
    """The person wrote the publication."""

    label = "author of"
    aliases = ("wrote", "作者")
    templates = ("{head} wrote {tail}",)

    head: Person
    tail: Publication


class AffiliatedWith(Relation):
    """The person works or studies at the organization."""

    label = "affiliated with"
    aliases = ("works at", "employee of", "任职于")
    templates = ("{head} is at {tail}",)
    same_as = ("https://schema.org/affiliation", "http://www.wikidata.org/entity/P1416")

    head: Person
    tail: Organization


class BasedIn(Relation):
    """The organization is there."""

    label = "based in"
    aliases = ("located in", "位于")
    templates = ("{head} is in {tail}",)
    same_as = ("https://schema.org/location",)

    head: Organization
    tail: Location


class Funded(Relation):
    """The head paid for the work of the tail."""

    label = "funded"
    aliases = ("supported", "sponsored", "资助")
    templates = ("{head} funded {tail}",)

    head: Organization
    tail: Person | Organization | Publication


class Proposes(Relation):
    """The head introduces, invents or first describes the tail."""

    label = "proposes"
    aliases = ("introduces", "invented", "developed", "提出")
    templates = ("{head} proposes {tail}",)

    head: Person | Organization | Publication
    tail: Method | Dataset | Material | Instrument | Task


class Studies(Relation):
    """The head examines the tail."""

    label = "studies"
    aliases = ("investigates", "examines", "研究")
    templates = ("{head} studies {tail}",)

    head: Person | Organization | Publication
    tail: Task | Method | Material | Organism | Disease


class UsedFor(Relation):
    """The head serves to do, treat, measure or make the tail."""

    label = "used for"
    aliases = ("applied to", "solves", "用于")
    templates = ("{head} is used for {tail}",)
    same_as = ("http://www.wikidata.org/entity/P366",)

    head: Method | Material | Instrument | Dataset
    tail: Task | Method | Metric | Material


class EvaluatedOn(Relation):
    """The method was tried on the data, material or organism."""

    label = "evaluated on"
    aliases = ("tested on", "trained on", "评测于")
    templates = ("{head} was evaluated on {tail}",)

    head: Method | Instrument
    tail: Dataset | Material | Organism


class MeasuredBy(Relation):
    """The head is judged or determined by the tail."""

    label = "measured by"
    aliases = ("evaluated by", "determined with", "度量")
    templates = ("{head} is measured by {tail}",)

    head: Task | Method | Material | Metric
    tail: Metric | Instrument


class BasedOn(Relation):
    """The head builds on, extends or is a kind of the tail."""

    label = "based on"
    aliases = ("extends", "variant of", "is a kind of", "基于")
    templates = ("{head} is based on {tail}",)
    same_as = ("http://www.wikidata.org/entity/P144",)

    head: Method | Dataset | Task
    tail: Method | Dataset | Task


class ComparedWith(Relation):
    """The two are set side by side, whichever did better."""

    label = "compared with"
    aliases = ("versus", "对比")
    symmetric = True
    templates = ("{head} is compared with {tail}",)

    head: Method | Material | Instrument
    tail: Method | Material | Instrument


class Outperforms(Relation):
    """The head did better than the tail."""

    label = "outperforms"
    aliases = ("better than", "beats", "优于")
    templates = ("{head} outperforms {tail}",)

    head: Method | Material | Instrument
    tail: Method | Material | Instrument


class ComponentOf(Relation):
    """The head is contained in the tail."""

    label = "component of"
    aliases = ("part of", "contained in", "组成部分")
    templates = ("{head} is a component of {tail}",)
    same_as = ("http://www.wikidata.org/entity/P361",)

    head: Material | Method | Instrument
    tail: Material | Method | Instrument | Organism


class Affects(Relation):
    """The head causes, raises, lowers or blocks the tail."""

    label = "affects"
    aliases = ("causes", "inhibits", "activates", "limits", "影响", "抑制")
    templates = ("{head} affects {tail}",)

    head: Material | Organism | Disease | Metric
    tail: Material | Organism | Disease | Metric


class Treats(Relation):
    """The head cures, eases or prevents the disease."""

    label = "treats"
    aliases = ("cures", "prevents", "治疗")
    templates = ("{head} treats {tail}",)
    same_as = ("http://www.wikidata.org/entity/P2175",)

    head: Material | Method
    tail: Disease


class FoundIn(Relation):
    """The head lives, grows or was sampled there."""

    label = "found in"
    aliases = ("native to", "isolated from", "分布于")
    templates = ("{head} is found in {tail}",)

    head: Organism | Material
    tail: Location | Organism


class Cites(Relation):
    """The head refers to the tail."""

    label = "cites"
    aliases = ("refers to", "引用")
    templates = ("{head} cites {tail}",)
    same_as = ("https://schema.org/citation", "http://www.wikidata.org/entity/P2860")

    head: Publication
    tail: Publication


class Measurement(Event):
    """A value that was measured."""

    label = "measurement"
    aliases = ("result", "测量", "结果")
    examples = ("reached", "was measured at")

    measured: Method | Material | Organism
    quantity: Metric
    value: Amount
    condition: String | None
    """as in: at 300 K, after 2,000 cycles"""


demonstrations = [
    Demo(
        "We present TerraNet, a graph network for landslide prediction. On SlopeBench it outperforms random forests. "
        "The work was carried out by Mei Hoshino at the University of Ghent.",
        entities=[
            ("TerraNet", "Method"),
            ("graph network", "Method"),
            ("landslide prediction", "Task"),
            ("SlopeBench", "Dataset"),
            ("random forests", "Method"),
            ("Mei Hoshino", "Person"),
            ("University of Ghent", "Organization"),
        ],
        triples=[
            ("TerraNet", "BasedOn", "graph network"),
            ("TerraNet", "UsedFor", "landslide prediction"),
            ("TerraNet", "EvaluatedOn", "SlopeBench"),
            ("TerraNet", "Outperforms", "random forests"),
            ("Mei Hoshino", "AffiliatedWith", "University of Ghent"),
        ],
    ),
    Demo(
        "Extracts of Salix alba, collected near Lake Onega, contain salicin, which inhibits COX-2.",
        entities=[
            ("Salix alba", "Organism"),
            ("Lake Onega", "Location"),
            ("salicin", "Material"),
            ("COX-2", "Biomolecule"),
        ],
        triples=[
            ("Salix alba", "FoundIn", "Lake Onega"),
            ("salicin", "ComponentOf", "Salix alba"),
            ("salicin", "Affects", "COX-2"),
        ],
    ),
]
