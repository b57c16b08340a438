"""From merges to clusters: connected keys, each cluster known by its smallest key."""

from __future__ import annotations

from collections.abc import Iterable


def roots(merges: Iterable[tuple[str, str]]) -> dict[str, str]:
    """For every key that is merged with another, its cluster's smallest key (union-find with path halving)."""
    parent: dict[str, str] = {}

    def find(key: str) -> str:
        parent.setdefault(key, key)
        while parent[key] != key:
            parent[key] = parent[parent[key]]
            key = parent[key]
        return key

    for a, b in merges:
        one, two = find(a), find(b)
        if one != two:
            parent[max(one, two)] = min(one, two)
    return {key: find(key) for key in parent}
