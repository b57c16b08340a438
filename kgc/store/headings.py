"""The heads of an answer's columns, as they were asked for: what Neo4j gives, and the embedded database does not."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from kgc.store.tokens import Token, tokens

_ENDS = ("ORDER", "SKIP", "OFFSET", "LIMIT", "UNION")


def headings(text: str, columns: Sequence[str]) -> tuple[str, ...]:
    """For each column its alias, or its expression as written; the database's own names where the text tells none.

    >>> headings("MATCH (n) RETURN count(*), n.name AS who", ["COUNT_STAR()", "who"])
    ('count(*)', 'who')
    """
    asked = [_heading(item) for item in _items(tokens(text))]
    return tuple(asked) if len(asked) == len(columns) and "*" not in asked else tuple(columns)


def _items(found: Sequence[Token]) -> Iterator[list[Token]]:
    """The expressions of the first RETURN that stands in no bracket."""
    depth, item, inside = 0, list[Token](), False
    for token in found:
        depth += token.is_sign("(", "[", "{") - token.is_sign(")", "]", "}")
        if not inside:
            inside = depth == 0 and token.says("RETURN")
        elif depth == 0 and token.says(*_ENDS):
            break
        elif depth == 0 and token.is_sign(","):
            yield item
            item = []
        elif not token.says("DISTINCT") or any(t.kind != "space" for t in item):
            item.append(token)
    if inside:
        yield item


def _heading(item: Sequence[Token]) -> str:
    depth = 0
    for at, token in enumerate(item):
        depth += token.is_sign("(", "[", "{") - token.is_sign(")", "]", "}")
        if depth == 0 and token.says("AS"):
            return "".join(t.value for t in item[at + 1 :]).strip()
    return "".join(t.raw for t in item).strip().rstrip(";").strip()
