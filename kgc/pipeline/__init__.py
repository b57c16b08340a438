"""The stages in a row: read a folder, ask, derive the graph, write it; and what people call on a workspace."""
