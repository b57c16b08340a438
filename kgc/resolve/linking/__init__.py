"""Names of the graph to entries of a knowledge base: an index of names on disk, and a ranking that says why."""
