"""Stores are projections of the ledger: the embedded graph, servers and files, each written by difference or afresh."""
