"""Bring the graph to what the ledger holds: resolve names, derive facts, project the embedded store."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain
from pathlib import Path
from typing import Final

from kgc.data import Decision
from kgc.ledger import Ledger
from kgc.ledger.decisions import decision_id
from kgc.ledger.derive import Derivation, Derived
from kgc.pipeline.recipes import active_schema
from kgc.resolve.clusters import roots
from kgc.resolve.same_name import Name, propose
from kgc.schema import Schema
from kgc.schema.fingerprint import deriving
from kgc.store.ladybug import LadybugStore

GRAPH = Path(".kgc") / "graph.lbug"
PROJECTION = "1"
"""Version of the projection: raise it when the embedded graph looks different for the same ledger."""
ALSO: Final = "rule:import"
"""Who merges the names that an imported graph gives to one thing."""
_ORGANIZATIONS = ("organization", "organisation", "org", "company", "公司", "组织", "机构", "企业")


def derive(ledger: Ledger) -> Derived:
    """Resolve and derive, all in one transaction; when nothing changed since, nothing is done."""
    state = ledger.state
    if not state.stale:
        entities, facts = state.graph_size()
        return Derived(entities, facts, 0, 0)
    schema = active_schema(ledger.extractions.recipes())
    with ledger.transaction():
        ledger.folders.drop_other_chunkings(r.chunking for r in ledger.extractions.recipes())
        derivation = ledger.derivation(schema)
        names = (Name(n.key, n.type, n.surface, n.norm, n.suffix) for n in derivation.alive())
        organizations = _organizations(schema)
        same = propose(names, ledger.decisions.apart(), organizations.__contains__, decision_id)
        ledger.decisions.replace_rules(chain(same, _also(derivation)))
        merges = ((d.what[0], d.what[1]) for d in ledger.decisions.of_kind("merge"))
        clusters = roots(derivation.awake(merges))
        verdicts = ledger.decisions.of_kind("accept", "reject")
        result = derivation.build(clusters, verdicts, float(state.get("min_confidence", "0")))
        state.set("entities", str(result.entities))
        state.set("facts", str(result.facts))
        state.set("derived", state.get("generation"))
    return result


def _also(derivation: Derivation) -> Iterator[Decision]:
    """Merges of the names that an imported graph gives to one thing; undone, they stay so."""
    for first, other, source in derivation.also():
        what = (first, other)
        yield Decision(decision_id("merge", what), "merge", what, reason=f"two names of one thing in {source}", by=ALSO)


def _organizations(schema: Schema) -> frozenset[str]:
    """Types whose names may carry a corporate suffix: organizations by name, label, alias or IRI, and all below."""
    roots_ = [
        e.name
        for e in schema.entities
        if any(
            word.casefold().rsplit("/", 1)[-1] in _ORGANIZATIONS
            for word in (e.name, e.labels.label, *e.labels.aliases, *e.labels.same_as)
        )
    ]
    return frozenset(roots_) | {d for r in roots_ for d in schema.descendants(r)}


def fingerprint(ledger: Ledger, schema: Schema) -> str:
    """Changes whenever the derived graph may have: what a projection is compared by."""
    return f"{PROJECTION}:{ledger.state.get('derived')}:{deriving(schema)}"


def project(ledger: Ledger, workspace: Path) -> bool:
    """Write the embedded graph afresh if it is not that of the ledger; returns whether it was written."""
    schema = active_schema(ledger.extractions.recipes())
    wanted = fingerprint(ledger, schema)
    path = workspace / GRAPH
    if ledger.state.get("projected") == wanted and path.is_file():
        return False
    LadybugStore().project(ledger.graph(schema, wanted), path)
    with ledger.transaction():
        ledger.state.set("projected", wanted)
    return True
