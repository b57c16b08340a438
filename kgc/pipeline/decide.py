"""People's decisions on facts, and taking decisions back; the graph follows at once, or when the run ends."""

from __future__ import annotations

from collections.abc import Iterable

from kgc.data import Decision, DecisionKind, Fact, Literal, Node
from kgc.errors import KgcError, UnknownName
from kgc.ledger import Ledger
from kgc.ledger.decisions import RULE, decision_id
from kgc.ledger.graph import LedgerGraph
from kgc.ledger.proposals import StoredPair
from kgc.ledger.verdicts import LITERAL, payload
from kgc.pipeline.decide_names import must_be_free, reject_pair, take_together

KNOWN = "`kgc show NAME --json` gives the ids of facts, `kgc merges` those of proposals, `kgc decisions list` the rest."


def record(ledger: Ledger, decision: Decision) -> Decision:
    """Put a decision in force; the graph is older than the decisions then. What is in force already is refused."""
    if decision.kind in ("merge", "split"):
        for same in ledger.decisions.get(decision.id):
            if not same.undone:
                raise KgcError(f"This was decided already ({same.id}).", f"`kgc undo {same.id}` takes it back.")
    with ledger.transaction():
        stored = ledger.decisions.put(decision)
        ledger.state.bump()
    return stored


def undo(ledger: Ledger, prefix: str) -> Decision:
    """Take a decision back, by its id or the unambiguous beginning of it. Raises `KgcError` when it cannot be."""
    return _take_back(ledger, _one(ledger, prefix))


def _take_back(ledger: Ledger, decision: Decision) -> Decision:
    if decision.undone:
        raise KgcError(f"The decision {decision.id} is undone already.", f"`kgc accept {decision.id}` takes it again.")
    if decision.kind == "merge" and decision.by.startswith(RULE):
        must_be_free(ledger, decision.what[:1], decision.what[1:])
    with ledger.transaction():
        undone = ledger.decisions.undo(decision)
        ledger.state.bump()
    return undone


def accept(ledger: Ledger, graph: LedgerGraph, id_: str, by: str) -> Decision:
    """Say yes: to a fact, to a pair that was proposed, to a merge; or take again a decision that was undone.

    A fact is named by its whole id, the others by how their ids begin.
    """
    if fact := graph.fact(id_):
        return judge(ledger, graph, fact, "accept", by)
    found = _target(ledger, id_)
    if isinstance(found, StoredPair):
        return record(ledger, take_together(ledger, graph, found.a, found.b, by))
    if found.kind == "merge" and found.by.startswith(RULE):
        return record(ledger, take_together(ledger, graph, found.what[0], found.what[1], by, again=True))
    if not found.undone:
        raise KgcError(f"The decision {found.id} is in force already.", "`kgc undo` takes it back.")
    return record(
        ledger, Decision(found.id, found.kind, found.what, found.payload, found.score, found.reason, found.by)
    )


def reject(ledger: Ledger, graph: LedgerGraph, id_: str, by: str) -> Decision:
    """Say no: to a fact, to a pair that was proposed; or take a decision back."""
    if fact := graph.fact(id_):
        return judge(ledger, graph, fact, "reject", by)
    found = _target(ledger, id_)
    if isinstance(found, StoredPair):
        return record(ledger, reject_pair(ledger, graph, found.a, found.b, by))
    return _take_back(ledger, found)


def judge(ledger: Ledger, graph: LedgerGraph, fact: Fact, kind: DecisionKind, by: str) -> Decision:
    """Accept or reject a fact. Of several verdicts the last one in force counts, so that undoing it restores."""
    what = _keys(graph, fact)
    unit = fact.tail.unit if isinstance(fact.tail, Literal) else ""
    said = payload(fact.qualifiers, negated=fact.negated, unit=unit)
    decision = Decision(decision_id(kind, what, said), kind, what, said, reason=f"{kind}ed by {by}", by=by)
    older = decision_id(kind, what)  # of a ledger where a verdict spoke of all facts of its keys
    same = [d for id_ in (decision.id, older) for d in ledger.decisions.get(id_)]
    already = [d for d in same if not d.undone and not d.by.startswith(RULE)]
    if already and fact.status == f"{kind}ed":
        return already[0]
    return record(ledger, decision)


def reverse(ledger: Ledger, graph: LedgerGraph, fact_id: str, by: str) -> Decision:
    """Turn a fact round: what was its head is its tail. Raises `KgcError` where that says nothing, or cannot be."""
    fact = graph.fact(fact_id)
    if fact is None:
        raise KgcError(f"There is no fact with the id {fact_id!r}.", "`kgc show NAME --json` gives the ids of facts.")
    if not isinstance(fact.tail, Node):
        raise KgcError(f"The tail of this {fact.relation} is a value, which can be no head.", "`kgc reject` hides it.")
    relation = graph.schema.relation(fact.relation)
    if relation and relation.symmetric:
        raise KgcError(f"{fact.relation} says the same both ways round.", "`kgc reject` hides a fact.")
    is_a = graph.schema.is_a
    if relation and not (is_a(fact.tail.type, relation.head) and is_a(fact.head.type, relation.tail)):
        raise KgcError(
            f"A {fact.relation} leads from {' or '.join(relation.head)} to {' or '.join(relation.tail)}; turned round,"
            f" this one would lead from {fact.tail.type} to {fact.head.type}.",
            f"`kgc reject {fact_id}` hides it.",
        )
    heads, tails = (_all_keys(graph, end.id) for end in (fact.head, fact.tail))
    for known in ledger.decisions.of_kind("reverse"):
        if known.what[1] == fact.relation and known.what[0] in tails and known.what[2] in heads:
            raise KgcError(f"The decision {known.id} turned this fact round.", f"`kgc undo {known.id}` turns it back.")
    what = (heads[0], fact.relation, tails[0])
    return record(ledger, Decision(decision_id("reverse", what), "reverse", what, reason=f"turned by {by}", by=by))


def _keys(graph: LedgerGraph, fact: Fact) -> tuple[str, str, str]:
    """(head key, relation, tail key): the content keys that outlive every re-run."""
    head = _all_keys(graph, fact.head.id)[0]
    if isinstance(fact.tail, Literal):
        return head, fact.relation, f"{LITERAL}{fact.tail.datatype}:{fact.tail.value}"
    return head, fact.relation, _all_keys(graph, fact.tail.id)[0]


def _all_keys(graph: LedgerGraph, entity: str) -> tuple[str, ...]:
    found = graph.entity(entity)
    assert found is not None
    return found.keys


def _one(ledger: Ledger, prefix: str) -> Decision:
    found = list(ledger.decisions.get(prefix)) if prefix else []
    if not found:
        ids = [d.id for d in ledger.decisions.all()]
        raise UnknownName("decision", prefix, ids, "`kgc decisions list` shows them.")
    _only(found, "decisions", prefix)
    return found[0]


def _target(ledger: Ledger, prefix: str) -> Decision | StoredPair:
    """The pair or the decision whose id begins so."""
    pairs = ledger.proposals.find(prefix) if prefix else ()
    decisions = ledger.decisions.get(prefix) if prefix else ()
    found: list[Decision | StoredPair] = [*pairs, *decisions]
    if not found:
        raise KgcError(f"There is no fact, proposal or decision with the id {prefix!r}.", KNOWN)
    _only(found, "proposals and decisions", prefix)
    return found[0]


def _only(found: Iterable[object], what: str, prefix: str) -> None:
    if (count := len(list(found))) > 1:
        raise KgcError(f"{count} {what} begin with {prefix!r}.", "Give more of the id.")
