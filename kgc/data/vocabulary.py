"""The namespaces of RDF vocabularies that kgc reads and writes, and its own."""

from __future__ import annotations

from typing import Final

RDF: Final = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
RDFS: Final = "http://www.w3.org/2000/01/rdf-schema#"
OWL: Final = "http://www.w3.org/2002/07/owl#"
XSD: Final = "http://www.w3.org/2001/XMLSchema#"
SKOS: Final = "http://www.w3.org/2004/02/skos/core#"
PROV: Final = "http://www.w3.org/ns/prov#"
OA: Final = "http://www.w3.org/ns/oa#"
DCTERMS: Final = "http://purl.org/dc/terms/"
SHACL: Final = "http://www.w3.org/ns/shacl#"
FOAF: Final = "http://xmlns.com/foaf/0.1/"
KGC: Final = "https://kgc.example/ns#"
"""Our own words, the same whatever the base: `kgc:confidence`, `kgc:status` … (docs/reference/rdf.md lists them)."""
