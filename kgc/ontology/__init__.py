"""Ontologies: evidence from documents, proposals and votes, the schema rendered from them, and what changes with it."""
