"""The graph, its classes and its rules as RDF, written line by line (docs/reference/rdf.md)."""
