"""Bring the graph to what the ledger holds: resolve names, derive facts, project the embedded store."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from kgc.data import Decision
from kgc.ledger import Ledger
from kgc.ledger.derive import Decided, Derived
from kgc.ledger.rulings import linked
from kgc.pipeline.recipes import active_schema
from kgc.pipeline.resolving import caller, code, resolve_names
from kgc.pipeline.within import Within
from kgc.schema import Schema
from kgc.schema.fingerprint import deriving
from kgc.store.ladybug import LadybugStore

GRAPH = Path(".kgc") / "graph.lbug"
PROJECTION = "1"
"""Version of the projection: raise it when the embedded graph looks different for the same ledger."""
RESOLVER = "resolver"
"""The state that remembers by which code the graph was resolved."""


def derive(ledger: Ledger, within: Within | None = None) -> Derived:
    """Resolve and derive, all in one transaction; when nothing changed since, nothing is done.

    `within` tells what names stand for in single documents; None is what kgc reads in them itself.
    """
    state = ledger.state
    if not state.stale and state.get(RESOLVER) == code():
        entities, facts = state.graph_size()
        return Derived(entities, facts, 0, 0)
    schema = active_schema(ledger.extractions.recipes())
    with ledger.transaction():
        if state.get(RESOLVER) != code():
            state.bump()  # other code may make another graph of the same ledger
        ledger.folders.drop_other_chunkings(r.chunking for r in ledger.extractions.recipes())
        derivation = ledger.derivation(schema)
        resolution = resolve_names(ledger, derivation, schema, within)
        least = float(state.get("min_confidence", "0"))
        result = derivation.build(resolution.groups, _decided(ledger), caller(schema), least)
        state.set("entities", str(result.entities))
        state.set("facts", str(result.facts))
        state.set("derived", state.get("generation"))
        state.set(RESOLVER, code())
    return result


def fresh(ledger: Ledger) -> bool:
    """Whether the graph is what the ledger holds, made by this code."""
    return not ledger.state.stale and ledger.state.get(RESOLVER) == code()


def follow(ledger: Ledger, verdicts: Sequence[Decision], generation: int) -> bool:
    """Bring a graph that was fresh to what these verdicts (taken now, or taken back) say of single facts.

    `generation` is the ledger's number after them and nothing else. Returns False, with nothing changed, where
    anything else changed meanwhile or where the whole has to be derived.
    """
    schema = active_schema(ledger.extractions.recipes())
    state = ledger.state
    try:
        with ledger.transaction():
            if int(state.get("generation")) != generation:
                return False
            derivation = ledger.derivation(schema)
            least = float(state.get("min_confidence", "0"))
            in_force = ledger.decisions.of_kind("accept", "reject")
            if not derivation.judge(verdicts, in_force, least):
                raise _TellsNothing
            entities, facts = derivation.size()
            state.set("entities", str(entities))
            state.set("facts", str(facts))
            state.set("derived", state.get("generation"))
    except _TellsNothing:
        return False
    return True


class _TellsNothing(Exception):
    """The whole has to be derived; what was begun is rolled back."""


def _decided(ledger: Ledger) -> Decided:
    return Decided(
        ledger.decisions.of_kind("accept", "reject"),
        ledger.decisions.of_kind("reverse"),
        ledger.decisions.of_kind("rename"),
        linked(ledger.decisions.of_kind("link")),
    )


def fingerprint(ledger: Ledger, schema: Schema) -> str:
    """Changes whenever the derived graph may have: what a projection is compared by."""
    return f"{PROJECTION}:{ledger.state.get('derived')}:{deriving(schema)}"


def projected(ledger: Ledger, schema: Schema, path: Path) -> bool:
    """Whether the embedded graph at `path` is that of the ledger."""
    return ledger.state.get("projected") == fingerprint(ledger, schema) and path.is_file()


def project(ledger: Ledger, workspace: Path) -> bool:
    """Write the embedded graph afresh if it is not that of the ledger; returns whether it was written."""
    schema = active_schema(ledger.extractions.recipes())
    wanted = fingerprint(ledger, schema)
    path = workspace / GRAPH
    if projected(ledger, schema, path):
        return False
    LadybugStore().project(ledger.graph(schema, wanted), path)
    with ledger.transaction():
        ledger.state.set("projected", wanted)
    return True
