"""Drugs and the harm they did, as told in medical case reports (the task of the ADE corpus)."""

from kgc.schema.words import Demo, Entity, Relation


class Drug(Entity):
    """A medicine, active substance or vaccine that was given."""

    label = "drug"
    aliases = ("medication", "medicine", "treatment", "药物")
    avoid = "doses, and words such as 'therapy' without a drug's name"
    examples = ("ibuprofen", "interferon alpha")
    same_as = ("https://schema.org/Drug", "http://www.wikidata.org/entity/Q12140")


class AdverseEffect(Entity):
    """A sign, symptom, disease or finding that came from a drug, in the text's own full wording."""

    label = "adverse effect"
    aliases = ("side effect", "adverse reaction", "toxicity", "不良反应", "副作用")
    avoid = "the illness that the drug was given for"
    examples = ("acute liver failure", "skin rash")
    same_as = ("http://www.wikidata.org/entity/Q2047938",)


class AdverseEffectOf(Relation):
    """The effect was caused by the drug, or the report suspects so."""

    label = "adverse effect of"
    aliases = ("Adverse-Effect", "caused by", "induced by", "引起")
    templates = ("{head} was caused by {tail}", "{head} is an adverse effect of {tail}")

    head: AdverseEffect
    tail: Drug


demonstrations = [
    Demo(
        "Two weeks after starting varolimab for psoriasis, the patient developed a blistering rash and mild hepatitis.",
        entities=[
            ("varolimab", "Drug"),
            ("blistering rash", "AdverseEffect"),
            ("hepatitis", "AdverseEffect"),
        ],
        triples=[
            ("blistering rash", "AdverseEffectOf", "varolimab"),
            ("hepatitis", "AdverseEffectOf", "varolimab"),
        ],
    ),
    Demo(
        "Quintapril-induced cough is reported.",
        entities=[
            ("Quintapril", "Drug"),
            ("cough", "AdverseEffect"),
        ],
        triples=[
            ("cough", "AdverseEffectOf", "Quintapril"),
        ],
    ),
]
