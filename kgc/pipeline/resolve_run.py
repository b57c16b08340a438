"""`kgc resolve`: resolve the names now, or tell what that would change."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from kgc.data import Decision
from kgc.ledger import Ledger
from kgc.ledger.decisions import RULE
from kgc.pipeline.derive import derive, project
from kgc.pipeline.proposed import Merge, listed
from kgc.pipeline.recipes import active_schema
from kgc.pipeline.resolving import REFUSED, Names, gather, refit, resolve_names, statistics_state


@dataclass(frozen=True, slots=True)
class TypeTally:
    """Of one class: names that are alive, merges by rule or person, pairs that people are asked about."""

    type: str
    names: int
    merged: int
    pending: int


@dataclass(frozen=True, slots=True)
class Resolved:
    """How the names stand after a resolution, and what it changed (or would change: `dry_run`).

    `added` and `withdrawn` are merges by rule. `fitted` is how many names the statistics were counted on, 0 where the
    shipped ones stand in. `pending` are the surest of the pairs that people are asked about.
    """

    names: int
    entities: int
    types: tuple[TypeTally, ...]
    added: tuple[Decision, ...]
    withdrawn: tuple[Decision, ...]
    pending: tuple[Merge, ...]
    refused: int
    fitted: int
    grown: str = ""
    dry_run: bool = False


def resolve(ledger: Ledger, workspace: Path, *, dry_run: bool, anew: bool, limit: int) -> Resolved:
    """Resolve and derive; with `anew` the statistics are counted again first. A dry run changes nothing."""
    before = _merges(ledger)
    if not dry_run:
        if anew:
            with ledger.transaction():
                _refit(ledger)
                ledger.state.bump()
        derive(ledger)
        project(ledger, workspace)
        return _report(ledger, before, limit)
    with ledger.trial():
        if anew:
            _refit(ledger)
        schema = active_schema(ledger.extractions.recipes())
        derivation = ledger.derivation(schema)
        derivation.members(resolve_names(ledger, derivation, schema).groups)
        return _report(ledger, before, limit, dry_run=True)


def _refit(ledger: Ledger) -> Names:
    schema = active_schema(ledger.extractions.recipes())
    names = gather(ledger, ledger.derivation(schema), schema)
    refit(ledger, schema, names.items)
    return names


def _merges(ledger: Ledger) -> dict[str, Decision]:
    return {d.id: d for d in ledger.decisions.of_kind("merge") if d.by.startswith(RULE)}


def _report(ledger: Ledger, before: dict[str, Decision], limit: int, *, dry_run: bool = False) -> Resolved:
    now = _merges(ledger)
    pending = listed(ledger, "pending", limit)
    fitted, grown = statistics_state(ledger)
    names, entities = ledger.proposals.sizes()
    return Resolved(
        names,
        entities,
        tuple(TypeTally(*row) for row in ledger.proposals.tallies()),
        _sorted(d for id_, d in now.items() if id_ not in before),
        _sorted(d for id_, d in before.items() if id_ not in now and not _undone(ledger, id_)),
        pending,
        int(ledger.state.get(REFUSED, "0")),
        fitted,
        grown,
        dry_run,
    )


def _undone(ledger: Ledger, id_: str) -> bool:
    return any(d.undone for d in ledger.decisions.get(id_))


def _sorted(decisions: Iterable[Decision]) -> tuple[Decision, ...]:
    return tuple(sorted(decisions, key=lambda d: d.what))
