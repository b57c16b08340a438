"""The graph on any SPARQL 1.1 server, and questions in SPARQL, with or without one (docs/reference/sparql.md)."""
