"""People's decisions: short transactions beside any run; the graph follows at once, or when the run ends."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import asdict, replace
from pathlib import Path

from kgc.data import Decision, DecisionKind, Fact, Literal
from kgc.errors import KgcError, UnknownName
from kgc.ledger import Ledger
from kgc.ledger.decisions import RULE, decision_id
from kgc.ledger.derive import LITERAL
from kgc.ledger.graph import LedgerGraph

OPPOSITE: dict[str, DecisionKind] = {"accept": "reject", "reject": "accept"}


def undo(ledger: Ledger, prefix: str) -> Decision:
    """Take a decision back, by its id or the unambiguous beginning of it. Raises `KgcError` when it cannot be."""
    found = list(ledger.decisions.get(prefix)) if prefix else []
    if not found:
        ids = [d.id for d in ledger.decisions.all()]
        raise UnknownName("decision", prefix, ids, "`kgc decisions list` shows them.")
    decision, *others = found
    if others:
        raise KgcError(f"{len(found)} decisions begin with {prefix!r}.", "Give more of the id.")
    if decision.undone:
        raise KgcError(f"The decision {decision.id} is undone already.", "Take it anew if you want it back.")
    with ledger.transaction():
        undone = ledger.decisions.undo(decision)
        ledger.state.bump()
    return undone


def judge(ledger: Ledger, graph: LedgerGraph, fact_id: str, kind: DecisionKind, by: str) -> Decision:
    """Accept or reject a fact; the opposite decision on it, if there is one, is undone."""
    fact = graph.fact(fact_id)
    if fact is None:
        raise KgcError(f"There is no fact with the id {fact_id!r}.", "`kgc show NAME --json` gives the ids of facts.")
    what = _keys(graph, fact)
    decision = Decision(decision_id(kind, what), kind, what, reason=f"{kind}ed by {by}", by=by)
    opposite = ledger.decisions.get(decision_id(OPPOSITE[kind], what))
    with ledger.transaction():
        for other in opposite:
            ledger.decisions.undo(other)
        stored = ledger.decisions.put(decision)
        ledger.state.bump()
    return stored


def _keys(graph: LedgerGraph, fact: Fact) -> tuple[str, str, str]:
    """(head key, relation, tail key): the content keys that outlive every re-run."""
    head = graph.entity(fact.head.id)
    assert head is not None
    if isinstance(fact.tail, Literal):
        return head.keys[0], fact.relation, f"{LITERAL}{fact.tail.datatype}:{fact.tail.value}"
    tail = graph.entity(fact.tail.id)
    assert tail is not None
    return head.keys[0], fact.relation, tail.keys[0]


def export_decisions(ledger: Ledger, path: Path) -> int:
    """Write people's decisions, and the merges they took back, one JSON object a line; returns how many."""
    rows = [asdict(d) for d in ledger.decisions.all() if d.undone or not d.by.startswith(RULE)]
    text = "".join(json.dumps(r, ensure_ascii=False) + "\n" for r in sorted(rows, key=lambda r: str(r["id"])))
    try:
        path.write_text(text, encoding="utf-8")
    except OSError as error:
        raise KgcError(f"{path} cannot be written: {error.strerror}.", "Choose another place.") from error
    return len(rows)


def import_decisions(ledger: Ledger, path: Path) -> int:
    """Take decisions over from another workspace; those about things that are not here sleep. Returns how many."""
    decisions = list(_read(path))
    with ledger.transaction():
        for decision in decisions:
            ledger.decisions.put(decision)
        if decisions:
            ledger.state.bump()
    return len(decisions)


def _read(path: Path) -> Iterator[Decision]:
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise KgcError(f"{path} cannot be read: {error}.", "It has to be a file of `kgc decisions export`.") from error
    for number, line in enumerate(lines, 1):
        if line.strip():
            yield _decision(line, f"{path}:{number}")


def _decision(line: str, where: str) -> Decision:
    try:
        row = json.loads(line)
        decision = Decision(**{**row, "what": tuple(row["what"])})
    except (json.JSONDecodeError, TypeError, KeyError) as error:
        raise KgcError(
            f"{where}: this is no decision ({error}).", "It has to be a line of `kgc decisions export`."
        ) from error
    known = ("merge", "accept", "reject")
    sizes = {"merge": 2, "accept": 3, "reject": 3}
    if decision.kind not in known or len(decision.what) != sizes[decision.kind]:
        raise KgcError(f"{where}: a decision of the kind {decision.kind!r} cannot be taken over.", f"Known: {known}.")
    if not all(isinstance(key, str) for key in decision.what):
        raise KgcError(f"{where}: the keys of a decision are texts.", "It has to be a line of `kgc decisions export`.")
    return replace(decision, id=decision_id(decision.kind, decision.what, decision.payload))
