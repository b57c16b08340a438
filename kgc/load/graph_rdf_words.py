"""The words of RDF vocabularies that mean the same in every graph."""

from __future__ import annotations

from typing import Final

from kgc.data.vocabulary import DCTERMS, FOAF, KGC, OA, OWL, PROV, RDF, RDFS, SHACL, SKOS

TYPE: Final = f"{RDF}type"
SUBJECT, PREDICATE, OBJECT = f"{RDF}subject", f"{RDF}predicate", f"{RDF}object"
REIFIES: Final = f"{RDF}reifies"
VALUE: Final = f"{RDF}value"
AMOUNT: Final = f"{KGC}Amount"
BELOW: Final = f"{RDFS}subClassOf"
IMPORTS: Final = f"{OWL}imports"
DERIVED: Final = f"{PROV}wasDerivedFrom"

NAMES: Final = (
    f"{SKOS}prefLabel", f"{RDFS}label", "https://schema.org/name", "http://schema.org/name", f"{FOAF}name",
    f"{DCTERMS}title", "http://purl.org/dc/elements/1.1/title", "http://www.w3.org/2008/05/skos-xl#literalForm",
)  # fmt: skip
"""Properties that name a thing, the best first."""

OTHER_NAMES: Final = (
    f"{SKOS}altLabel", f"{SKOS}hiddenLabel", "https://schema.org/alternateName", "http://schema.org/alternateName",
    f"{FOAF}nick",
)  # fmt: skip
LINKS: Final = (f"{OWL}sameAs", f"{SKOS}exactMatch", "https://schema.org/sameAs", "http://schema.org/sameAs")

SILENT: Final = (f"{DCTERMS}replaces", BELOW, f"{RDFS}isDefinedBy", f"{RDFS}domain", f"{RDFS}range")
"""Properties that say nothing of a thing itself."""

ANYTHING: Final = (f"{OWL}Thing", f"{OWL}NamedIndividual", f"{RDFS}Resource")
"""Types that everything has."""

FRAME: Final = (OA, PROV, OWL, RDFS, RDF, SHACL)
"""Vocabularies whose instances are parts of an ontology, or of what tells where a statement comes from."""

OWN_FRAME: Final = (f"{KGC}Document", AMOUNT)

KINDS: Final = {
    **dict.fromkeys(("date", "dateTime", "gYear", "gYearMonth", "dateTimeStamp"), "date"),
    **dict.fromkeys(
        (
            "integer", "int", "long", "short", "byte", "nonNegativeInteger", "positiveInteger", "negativeInteger",
            "nonPositiveInteger", "unsignedInt", "unsignedLong", "unsignedShort", "unsignedByte",
        ),
        "integer",
    ),
    **dict.fromkeys(("decimal", "double", "float"), "number"),
    "boolean": "boolean", "anyURI": "url",
}  # fmt: skip
"""The schema's datatype of each of XML Schema's, by local name; all else is a string."""
