"""The vocabularies that ontologies are written in, and what their datatypes are in a schema."""

from __future__ import annotations

from typing import Final

from kgc.data.vocabulary import DCTERMS, KGC, OWL, RDF, RDFS, SHACL, SKOS, XSD

SCHEMA_ORG: Final = ("https://schema.org/", "http://schema.org/")
OBO: Final = "http://purl.obolibrary.org/obo/"
OBO_IN_OWL: Final = "http://www.geneontology.org/formats/oboInOwl#"

CLASSES: Final = (OWL + "Class", RDFS + "Class")
OBJECT_KINDS: Final = tuple(
    f"{OWL}{kind}Property" for kind in ("Object", "Symmetric", "Transitive", "InverseFunctional", "Asymmetric")
)
DATA_KINDS: Final = (OWL + "DatatypeProperty",)
PROPERTIES: Final = (*OBJECT_KINDS, *DATA_KINDS, RDF + "Property", OWL + "FunctionalProperty")

LABELS: Final = (RDFS + "label", SKOS + "prefLabel")
ALIASES: Final = (SKOS + "altLabel", OBO_IN_OWL + "hasExactSynonym")
DEFINITIONS: Final = (
    SKOS + "definition", OBO + "IAO_0000115", RDFS + "comment", DCTERMS + "description", SHACL + "description",
    *(f"{space}description" for space in SCHEMA_ORG),
)  # fmt: skip
DOMAINS: Final = (RDFS + "domain", *(f"{space}domainIncludes" for space in SCHEMA_ORG))
RANGES: Final = (RDFS + "range", *(f"{space}rangeIncludes" for space in SCHEMA_ORG))
TOP: Final = frozenset((OWL + "Thing", RDFS + "Resource", KGC + "Entity", *(f"{space}Thing" for space in SCHEMA_ORG)))
BUILT_IN: Final = (RDF, RDFS, OWL, XSD, SHACL, KGC)

_INTEGERS: Final = (
    "integer int long short byte nonNegativeInteger positiveInteger nonPositiveInteger negativeInteger unsignedInt"
    " unsignedLong unsignedShort unsignedByte"
)
_TEXTS: Final = (
    "string normalizedString token language Name NCName NMTOKEN time duration gDay gMonth gMonthDay anySimpleType"
    " anyAtomicType base64Binary hexBinary"
)
_DATES: Final = "date dateTime dateTimeStamp gYear gYearMonth"
_OF_SCHEMA_ORG: Final = {
    "Text": "string", "Date": "date", "DateTime": "date", "Time": "string", "Number": "number", "Float": "number",
    "Integer": "integer", "Boolean": "boolean", "URL": "url", "QuantitativeValue": "amount",
    "MonetaryAmount": "amount", "DataType": "string",
}  # fmt: skip

DATATYPES: Final[dict[str, str]] = {
    **{XSD + name: "integer" for name in _INTEGERS.split()},
    **{XSD + name: "number" for name in ("decimal", "float", "double")},
    **{XSD + name: "date" for name in _DATES.split()},
    **{XSD + name: "string" for name in _TEXTS.split()},
    **{RDF + name: "string" for name in ("PlainLiteral", "langString", "XMLLiteral", "HTML")},
    **{space + name: kind for space in SCHEMA_ORG for name, kind in _OF_SCHEMA_ORG.items()},
    RDFS + "Literal": "string", OWL + "real": "number", OWL + "rational": "number", XSD + "boolean": "boolean",
    XSD + "anyURI": "url", KGC + "date": "date", KGC + "identifier": "identifier", KGC + "Amount": "amount",
    "http://qudt.org/schema/qudt/QuantityValue": "amount",
}  # fmt: skip
"""Datatypes of RDF, and classes that stand for one, as datatypes of a schema."""
