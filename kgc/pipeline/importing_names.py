"""Names of another graph as names that a schema can have."""

from __future__ import annotations

from keyword import iskeyword

from kgc.load.graph_rdf_subjects import local_name
from kgc.schema.naming import NAME_LIMIT, PROPERTIES, is_identifier, lower_snake, words


def identifier(foreign: str) -> str:
    """A name for a class or a relation; one that may stand as it is, does.

    >>> identifier("Live_In"), identifier("https://schema.org/worksFor"), identifier("works for"), identifier("2nd")
    ('Live_In', 'WorksFor', 'WorksFor', 'N2nd')
    """
    if is_identifier(foreign):
        return foreign
    local = local_name(foreign) if ":" in foreign else foreign
    joined = "".join(w[:1].upper() + w[1:] for w in words(local) if w.isidentifier() or f"n{w}".isidentifier())
    name = joined if joined[:1].isidentifier() else f"N{joined}"
    return name[:NAME_LIMIT]


def property_name(foreign: str) -> str:
    """A name for an attribute.

    >>> property_name("http://a.org/birthDate"), property_name("成立日期"), property_name("name")
    ('birth_date', '成立日期', 'name_value')
    """
    name = foreign if is_identifier(foreign) else lower_snake(identifier(foreign))
    return f"{name}_value" if lower_snake(name) in PROPERTIES or iskeyword(name) else name
