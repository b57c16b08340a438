"""What people may say of names and facts, what is refused, and with which words."""

from __future__ import annotations

import itertools
import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest

from kgc import KgcError, Workspace
from kgc.data import Entity
from kgc.ledger import FILE, Ledger
from kgc.ledger.rulings import local_split
from kgc.pipeline.derive import derive
from kgc.pipeline.resolving import resolve_names
from tests.pipeline.test_resolution_laws import SCHEMA, put
from tests.story import exported

TEXT = (
    "Ada Byron works for Acme Corp.",
    "A. Byron works for Bolt Ltd.",
    "Bo Lind works for ACME CORP",
    "Halden owns Quorvex",
    "Acme Corp. was founded in 1998",
    "ACME CORP was founded in 2001",
)


@pytest.fixture
def acme(tmp_path: Path) -> Iterator[Workspace]:
    fill(tmp_path)
    with Workspace(tmp_path) as workspace:
        yield workspace


def fill(place: Path) -> None:
    """A document for each line, so that nothing is said of names inside one."""
    with Ledger(place, writable=True) as ledger:
        for number, line in enumerate(TEXT):
            put(ledger, f"root/{number}.txt", (line,))
        derive(ledger)


def entity(workspace: Workspace, name: str) -> Entity:
    [card] = workspace.show(name)
    return card.entity


def keys(workspace: Workspace) -> set[frozenset[str]]:
    return {frozenset(k.partition(":")[2] for k in e.keys) for e in workspace.entities()}


def test_a_merge_makes_one_entity_of_all_names_and_undo_restores_the_bytes(acme: Workspace, tmp_path: Path) -> None:
    before = exported(acme, tmp_path / "before.jsonl")
    decision = acme.merge("Acme Corp.", "Quorvex", by="Ann")
    assert frozenset({"Acme Corp.", "ACME CORP", "Quorvex"}) in keys(acme)
    assert exported(acme, tmp_path / "merged.jsonl") != before
    acme.undo(decision.id)
    assert exported(acme, tmp_path / "after.jsonl") == before


def test_what_is_one_already_or_means_two_is_refused(acme: Workspace) -> None:
    with pytest.raises(KgcError, match="one entity already"):
        acme.merge("Acme Corp.", "ACME CORP")
    with pytest.raises(KgcError, match="no entity named 'Nobody'"):
        acme.merge("Acme Corp.", "Nobody")
    acme.split("Acme Corp.", ["ACME CORP"])
    acme.rename("Bolt Ltd.", "Acme")
    acme.rename("Quorvex", "Acme")
    with pytest.raises(KgcError, match="2 entities are called 'Acme'"):
        acme.merge("Acme", "Ada Byron")


def test_a_merge_against_a_split_and_a_split_against_a_merge_name_what_to_undo(acme: Workspace) -> None:
    split = acme.split("Acme Corp.", ["ACME CORP"], by="Ann")
    assert {frozenset({"Acme Corp."}), frozenset({"ACME CORP"})} <= keys(acme)
    with pytest.raises(KgcError, match="taken apart") as refused:
        acme.merge("Acme Corp.", "ACME CORP")
    assert split.id in str(refused.value.hint)
    acme.undo(split.id)
    merge = acme.merge("Quorvex", "Bolt Ltd.")
    with pytest.raises(KgcError, match=f"People merged these names \\(decision {merge.id}"):
        acme.split("Quorvex", ["Bolt Ltd."])
    with pytest.raises(KgcError, match="Nothing of the entity would be left"):
        acme.split("Acme Corp.", ["Acme Corp.", "ACME CORP"])
    with pytest.raises(KgcError, match="one name only"):
        acme.split("Ada Byron")


def test_a_merge_by_rule_can_be_undone_and_taken_again_and_confirmed(acme: Workspace, tmp_path: Path) -> None:
    before = exported(acme, tmp_path / "before.jsonl")
    [rule] = [d for d in acme.decisions() if d.by == "rule:names"]
    acme.undo(rule.id)
    assert {frozenset({"Acme Corp."}), frozenset({"ACME CORP"})} <= keys(acme)
    again = acme.accept(rule.id, by="Ann")
    assert exported(acme, tmp_path / "again.jsonl") == before
    acme.undo(again.id)
    assert {frozenset({"Acme Corp."}), frozenset({"ACME CORP"})} <= keys(acme)
    with pytest.raises(KgcError, match="undone already"):
        acme.undo(rule.id)


def test_of_several_that_are_taken_back_the_one_that_people_confirmed_stays(acme: Workspace) -> None:
    with Ledger(acme.path, writable=True) as ledger:
        put(ledger, "root/more.txt", ("HALDEN owns Bolt Ltd.",))
        derive(ledger)
    rules = [d for d in acme.decisions() if d.by == "rule:names"]
    [confirmed] = [d for d in rules if "Organization:ACME CORP" in d.what]
    acme.accept(confirmed.id, by="Ann")
    assert (len(rules), acme.undo_all([d.id for d in rules])) == (2, 1)
    assert {frozenset({"Acme Corp.", "ACME CORP"}), frozenset({"HALDEN"})} <= keys(acme)
    assert {d.id for d in acme.decisions() if d.by == "rule:names" and not d.undone} <= {confirmed.id}
    with pytest.raises(KgcError, match="People merged these names"):
        acme.undo_all([confirmed.id])


def test_a_pair_that_is_asked_about_is_answered_with_yes_or_no(acme: Workspace) -> None:
    [asked] = [p for p in acme.proposals() if {p.a.surface, p.b.surface} == {"A. Byron", "Ada Byron"}]
    assert 0.3 <= asked.score < 0.85
    assert next(s.name for s in asked.explanation.steps) == "name"
    yes = acme.accept(asked.id[:8])
    assert frozenset({"A. Byron", "Ada Byron"}) in keys(acme)
    acme.undo(yes.id)
    no = acme.reject(asked.id)
    assert asked.id not in {p.id for p in acme.proposals()}
    with pytest.raises(KgcError, match="taken apart"):
        acme.merge("A. Byron", "Ada Byron")
    acme.undo(no.id)
    assert asked.id in {p.id for p in acme.proposals()}


def test_a_name_is_given_and_found_and_given_back(acme: Workspace) -> None:
    decision = acme.rename("Quorvex", "Quorvex Energy Group")
    assert entity(acme, "Quorvex").name == "Quorvex Energy Group"
    assert entity(acme, "quorvex energy group").id == entity(acme, "Quorvex").id
    assert [hit.name for hit in acme.search("Energy").entities] == ["Quorvex Energy Group"]
    with pytest.raises(KgcError, match="already"):
        acme.rename("Quorvex", "Quorvex  Energy Group")
    with pytest.raises(KgcError, match="has letters"):
        acme.rename("Quorvex", " ")
    acme.undo(decision.id)
    assert entity(acme, "Quorvex").name == "Quorvex"
    assert acme.search("Energy").entities == ()


def test_another_class_hides_the_facts_that_it_cannot_have(acme: Workspace) -> None:
    facts = {f.relation for f in acme.facts() if f.head.name == "Bo Lind"}
    decision = acme.retype("Bo Lind", "Location")
    assert entity(acme, "Bo Lind").type == "Location"
    assert facts == {"WorksFor"}
    assert not [f for f in acme.facts() if f.head.name == "Bo Lind"]
    assert [f for f in acme.facts(hidden=True) if f.head.name == "Bo Lind"]
    with pytest.raises(KgcError, match="no class named 'Firm'"):
        acme.retype("Bo Lind", "Firm")
    acme.undo(decision.id)
    assert {f.relation for f in acme.facts() if f.head.name == "Bo Lind"} == facts


def test_a_fact_is_turned_round_where_that_says_something(acme: Workspace) -> None:
    [owns] = [f for f in acme.facts() if f.relation == "OwnerOf"]
    acme.retype("Quorvex", "Company")
    decision = acme.reverse(owns.id)
    [turned] = [f for f in acme.facts() if f.relation == "OwnerOf"]
    assert (turned.head.name, turned.tail.name) == ("Quorvex", "Halden")  # type: ignore[union-attr]
    with pytest.raises(KgcError, match=f"The decision {decision.id} turned this fact round"):
        acme.reverse(turned.id)
    [works, *_] = [f for f in acme.facts() if f.relation == "WorksFor"]
    with pytest.raises(KgcError, match="turned round"):
        acme.reverse(works.id)
    [founded, *_] = [f for f in acme.facts() if f.relation == "founded"]
    with pytest.raises(KgcError, match="can be no head"):
        acme.reverse(founded.id)
    acme.undo(decision.id)
    assert [f.id for f in acme.facts() if f.relation == "OwnerOf"] == [owns.id]


def test_values_that_exclude_each_other_are_listed_side_by_side(acme: Workspace) -> None:
    assert [f.tail.value for f in acme.conflicts()] in (["1998", "2001"], ["2001", "1998"])  # type: ignore[union-attr]


def test_what_was_compared_is_explained_step_by_step(acme: Workspace) -> None:
    [one] = [e for e in acme.explain("Acme Corp.") if e.relation == "one"]
    assert (one.explanation.verdict, one.decision) == ("merge", next(d.id for d in acme.decisions()))
    steps = one.explanation.steps
    assert steps[0].before == 0.0
    assert all(a.after == b.before for a, b in itertools.pairwise(steps))
    assert steps[-1].after == pytest.approx(one.explanation.total)
    [two] = acme.explain("Bo Lind", "Quorvex")
    assert (two.relation, next(v.code for v in two.explanation.vetoes)) == ("two", "type")


def test_a_dry_run_changes_nothing_and_a_refit_counts_the_names(acme: Workspace, tmp_path: Path) -> None:
    before = exported(acme, tmp_path / "before.jsonl")
    assert acme.resolve(dry_run=True, refit=True).fitted == 8
    assert acme.resolve(dry_run=True).fitted == 0
    found = acme.resolve(refit=True)
    assert (found.fitted, found.names, found.grown) == (8, 8, "")
    assert exported(acme, tmp_path / "after.jsonl") == before


def test_decisions_of_every_kind_travel(acme: Workspace, tmp_path: Path) -> None:
    [owns] = [f for f in acme.facts() if f.relation == "OwnerOf"]
    acme.retype("Quorvex", "Company")
    acme.reverse(owns.id)
    acme.rename("Quorvex", "Quorvex AG")
    acme.merge("Ada Byron", "A. Byron")
    acme.undo(next(d.id for d in acme.decisions() if d.by == "rule:names"))
    count = acme.export_decisions(tmp_path / "ours.jsonl")
    assert count == 5
    fill(tmp_path / "other")
    with Workspace(tmp_path / "other") as other:
        assert other.import_decisions(tmp_path / "ours.jsonl") == 5
        assert exported(other, tmp_path / "b.jsonl") == exported(acme, tmp_path / "a.jsonl")


def test_a_name_can_mean_another_thing_in_each_document(tmp_path: Path) -> None:
    with Ledger(tmp_path, writable=True) as ledger:
        put(ledger, "root/a.txt", ("Ada Byron works for Acme", "Byron works for Bolt"))
        put(ledger, "root/b.txt", ("Ole Byron works for Quorvex", "Byron works for Halden"))
        put(ledger, "root/c.txt", ("Byron works for Nexum",))
        links = [
            ("root/a.txt", "Person:Byron", "Person:Ada Byron", 0.9, "the surname alone"),
            ("root/b.txt", "Person:Byron", "Person:Ole Byron", 0.9, "the surname alone"),
            ("root/b.txt", "Person:Nobody", "Person:Ole Byron", 0.9, "not there"),
        ]
        assert employers(ledger, links) == {
            "Ada Byron": {"Acme", "Bolt"},
            "Ole Byron": {"Quorvex", "Halden"},
            "Byron": {"Nexum"},
        }
        with ledger.transaction():
            split = ledger.decisions.put(local_split("root/b.txt", "Person:Byron", "Person:Ole Byron", "Ann"))
        assert employers(ledger, links)["Byron"] == {"Nexum", "Halden"}
        with ledger.transaction():
            ledger.decisions.undo(split)
            ledger.folders.remove("root/c.txt")
        assert employers(ledger, links) == {"Ada Byron": {"Acme", "Bolt"}, "Ole Byron": {"Quorvex", "Halden"}}
        found = ledger.graph(SCHEMA, "").find("Byron")
        assert len(found) == 2


def employers(ledger: Ledger, links: list[tuple[str, str, str, float, str]]) -> dict[str, set[str]]:
    from kgc.ledger.derive import Decided
    from kgc.pipeline.resolving import caller

    with ledger.transaction():
        derivation = ledger.derivation(SCHEMA)
        groups = resolve_names(ledger, derivation, SCHEMA, lambda _: links).groups
        derivation.build(groups, Decided(), caller(SCHEMA), 0.0)
    found: dict[str, set[str]] = {}
    for fact in ledger.graph(SCHEMA, "").facts():
        found.setdefault(fact.head.name, set()).add(fact.tail.name)  # type: ignore[union-attr]
    return found


def test_a_ledger_of_an_older_kgc_keeps_what_was_undone_in_it(acme: Workspace) -> None:
    acme.close()
    with sqlite3.connect(acme.path / FILE) as old:
        old.execute("UPDATE decision SET by = 'rule:same-name', payload = '', undone = 1")
        old.execute("UPDATE meta SET value = value + 1 WHERE key = 'generation'")
    acme.resolve()
    assert {frozenset({"Acme Corp."}), frozenset({"ACME CORP"})} <= keys(acme)
    with sqlite3.connect(acme.path / FILE) as old:
        old.execute("UPDATE decision SET undone = 0")
        old.execute("UPDATE meta SET value = value + 1 WHERE key = 'generation'")
    acme.resolve()
    assert frozenset({"Acme Corp.", "ACME CORP"}) in keys(acme)
    assert [d.by for d in acme.decisions()] == ["rule:names"]
