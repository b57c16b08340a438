"""stand-in"""

from kgc.schema import Schema


def as_classes(schema: Schema) -> str:
    out = []
    for e in schema.entities:
        out.append(
            f"class {e.name}({e.parent or 'Entity'}): "
            + ("; ".join(f"{a.name}: {a.datatype}" for a in e.attributes) or "...")
        )
    for r in schema.relations:
        out.append(f"class {r.name}(Relation): head: {' | '.join(r.head)}; tail: {' | '.join(r.tail)}")
    for v in schema.events:
        out.append(f"class {v.name}(Event): " + "; ".join(f"{x.name}: {' | '.join(x.types)}" for x in v.roles))
    return "\n".join(out)
