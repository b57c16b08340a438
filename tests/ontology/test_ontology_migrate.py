"""From one schema to the next: what a graph keeps, what it would cost to ask again, and that nothing is asked."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from kgc import KgcError, Workspace
from kgc.cli.guard import run
from kgc.data import Decision, Node
from kgc.ledger import Ledger
from kgc.ledger.decisions import decision_id
from kgc.ledger.rulings import IN_DOCUMENT
from kgc.ontology.effects import effects
from kgc.ontology.migrate import migrate, plan_migration
from kgc.pipeline.carrying import carry_decisions
from kgc.pipeline.migrating import give_name, succession
from kgc.pipeline.recipes import prepare
from kgc.schema import Schema
from kgc.schema.compile import compile_file
from kgc.schema.json import from_json
from kgc.testing.script import Script
from kgc.testing.server import Server
from tests.story import SCHEMA, exported, read_aloud, write_story

RENAMED = SCHEMA.replace("Organization", "Company").replace(
    '"""A company, agency or institute."""', '"""A company, agency or institute."""\n    was = ("Organization",)'
)


@pytest.fixture
def server() -> Iterator[Server]:
    with Server(Script(reply=read_aloud)) as running:
        yield running


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return write_story(tmp_path / "docs")


@pytest.fixture
def workspace(tmp_path: Path, folder: Path, server: Server) -> Iterator[Workspace]:
    """One that was read with `staff`."""
    with Workspace(tmp_path / "ws") as opened:
        ingest(opened, folder, schema(tmp_path, SCHEMA), server)
        yield opened


def schema(place: Path, text: str, name: str = "staff") -> Schema:
    path = place / f"{name}.py"
    path.write_text(text, encoding="utf-8")
    return compile_file(path)


def ingest(workspace: Workspace, folder: Path, with_: Schema, server: Server, *, reask: bool = False) -> int:
    """How many calls a run made."""
    report = workspace.ingest(folder, schema=with_.source, model="openai:any", base_url=server.url, reask=reask)
    assert report.exit_code == 0
    return report.calls.made


def told(workspace: Workspace) -> set[tuple[str, str, str, str]]:
    with Workspace(workspace.path) as fresh:
        return {
            (f.head.type, f.head.name, f.relation, f.tail.type if isinstance(f.tail, Node) else f.tail.value)
            for f in fresh.facts()
        }


def test_a_rename_keeps_every_fact_and_asks_nobody(
    workspace: Workspace, folder: Path, server: Server, tmp_path: Path
) -> None:
    new = schema(tmp_path, RENAMED)
    found = migrate(workspace.path, new)
    assert ("Company", "Acme Corp", "founded", "1998") in told(workspace)
    assert len(told(workspace)) == 5
    fates = {(e.sort, e.name, e.fate, e.count) for e in found.effects if e.sort != "relation"}
    assert fates == {("class", "Person", "kept", 4), ("class", "Organization", "renamed", 3),
                     ("attribute", "founded", "kept", 1)}  # fmt: skip
    assert (found.asking.to_ask_again, found.asking.calls, server.counts["asked"]) == (0, 0, 4)
    assert ingest(workspace, folder, new, server) == 0


def test_a_schema_of_another_name_takes_the_place_and_all_answers(
    workspace: Workspace, folder: Path, server: Server, tmp_path: Path
) -> None:
    new = schema(tmp_path, RENAMED, "people")
    migrate(workspace.path, new)
    assert len(told(workspace)) == 5
    assert ingest(workspace, folder, new, server) == 0


def test_what_goes_is_foretold(workspace: Workspace, tmp_path: Path) -> None:
    new = schema(tmp_path, SCHEMA.replace("    founded: Date\n", "").replace("head: Person", "head: Organization"))
    planned = plan_migration(workspace.path, new)
    dropped = {(e.name, e.count, e.why) for e in planned.effects if e.fate == "dropped"}
    assert dropped == {
        ("founded", 1, "Organization has no such attribute"),
        ("WorksFor", 4, "it does not go from Person to Organization"),
    }
    assert len(told(workspace)) == 5
    done = migrate(workspace.path, new)
    assert told(workspace) == set()
    assert done.report is not None
    assert done.report.changes.facts_withdrawn == 5


def test_what_is_foretold_is_what_building_from_scratch_gives(
    workspace: Workspace, folder: Path, server: Server, tmp_path: Path
) -> None:
    new = schema(tmp_path, RENAMED.replace("    founded: Date\n", ""))
    before = effects(workspace.graph(), new)
    migrate(workspace.path, new)
    with Workspace(tmp_path / "other") as other:
        ingest(other, folder, new, server)
        rebuilt = exported(other, tmp_path / "other.jsonl")
    with Workspace(workspace.path) as migrated:
        assert exported(migrated, tmp_path / "migrated.jsonl") == rebuilt
        after = effects(migrated.graph(), new)
    assert {e.fate for e in after} == {"kept"}
    assert sum(e.count for e in before if e.fate != "dropped") == sum(e.count for e in after)


def test_a_new_class_tells_what_asking_again_would_cost_and_leaves_it_to_ingest(
    workspace: Workspace, folder: Path, server: Server, tmp_path: Path
) -> None:
    new = schema(tmp_path, SCHEMA + '\nclass City(Entity):\n    """A town."""\n')
    found = migrate(workspace.path, new)
    assert found.diff.asks
    assert (found.asking.to_ask_again, found.asking.calls) == (4, 4)
    assert found.asking.usage.prompt > 100
    assert server.counts["asked"] == 4
    assert ingest(workspace, folder, new, server) == 0
    assert ingest(workspace, folder, new, server, reask=True) == 4


def test_decisions_of_people_follow_a_rename(workspace: Workspace, tmp_path: Path) -> None:
    wrong = next(f for f in workspace.facts() if f.head.name == "Ada Byron")
    workspace.reject(wrong.id)
    workspace.merge("Acme Corp", "Northwind")
    text = RENAMED.replace("WorksFor", "EmployedBy").replace(
        "    head: Person", '    was = ("WorksFor",)\n\n    head: Person'
    )
    found = migrate(workspace.path, schema(tmp_path, text))
    assert {e.now for e in found.effects if e.name == "WorksFor"} == {"EmployedBy"}
    with Workspace(workspace.path) as fresh:
        assert "Ada Byron" not in {f.head.name for f in fresh.facts()}
        companies = [{a.name for a in e.aliases} for e in fresh.entities() if e.type == "Company"]
    assert {"Acme Corp", "Northwind"} in companies


def test_decisions_on_three_names_and_on_a_renamed_class_follow_it(workspace: Workspace, tmp_path: Path) -> None:
    for one, other in (("Acme Corp", "Northwind"), ("Acme Corp", "远山公司")):
        workspace.merge(one, other)
    workspace.retype("Acme Corp", "Person")
    workspace.undo_all([d.id for d in workspace.decisions() if d.kind == "merge"])
    three = next(d for d in workspace.decisions() if d.kind == "retype")
    assert len(three.what) == 3
    workspace.retype("Ada Byron", "Organization")
    migrate(workspace.path, schema(tmp_path, RENAMED))
    with Workspace(workspace.path) as fresh:
        assert {e.type for e in fresh.entities() if e.name == "Ada Byron"} == {"Company"}
        carried = {(d.what, d.payload): d.undone for d in fresh.decisions() if d.kind == "retype"}
    companies = tuple(key.replace("Organization:", "Company:") for key in three.what)
    assert carried == {
        (("Person:Ada Byron",), '{"type":"Organization"}'): True,
        (("Person:Ada Byron",), '{"type":"Company"}'): False,
        (three.what, '{"type":"Person"}'): False,
        (companies, '{"type":"Person"}'): False,
    }


def test_what_rules_said_and_people_took_back_stays_so_under_the_new_name(
    workspace: Workspace, folder: Path, server: Server, tmp_path: Path
) -> None:
    (folder / "more.txt").write_text("Dan Hale works for ACME Corporation.\n")
    ingest(workspace, folder, schema(tmp_path, SCHEMA), server)
    [rule] = [d for d in workspace.decisions() if d.by == "rule:names"]
    workspace.undo(rule.id)
    before = {e.name for e in workspace.entities()}
    migrate(workspace.path, schema(tmp_path, RENAMED))
    with Workspace(workspace.path) as fresh:
        assert {e.name for e in fresh.entities()} == before
        [carried] = [d for d in fresh.decisions() if d.what[0].startswith("Company:")]
        assert carried.undone
        fresh.accept(carried.id)
        assert len(tuple(fresh.entities())) == len(before) - 1


def test_what_a_model_judged_keeps_its_id_under_the_new_name(workspace: Workspace, tmp_path: Path) -> None:
    by, split = "rule:judge:any", Decision("", "split", ("root/Organization", "Organization:A", "Organization:B"))
    split = replace(split, payload=IN_DOCUMENT, id=decision_id("split", split.what, IN_DOCUMENT))
    merge = Decision("", "merge", ("Organization:A", "Organization:B"), '{"by":"rule:judge:any"}', by=by)
    merge = replace(merge, id=decision_id("merge", merge.what, by))
    fact = Decision("", "reject", ("Person:A", "WorksFor", "literal:text:Organization:A"), '{"negated":true}')
    fact = replace(fact, id=decision_id("reject", fact.what, fact.payload), what=fact.what)
    with Ledger(workspace.path, writable=True) as ledger, ledger.transaction():
        for decision in (split, merge, fact):
            ledger.decisions.put(decision)
        found = from_json(ledger.extractions.recipes()[0].schema)
        text = RENAMED.replace("class WorksFor", "class EmployedBy").replace(
            "    head: Person", '    was = ("WorksFor",)\n\n    head: Person'
        )
        assert carry_decisions(ledger, found, schema(tmp_path, text)) == 3
        carried = {d.id: d.what for d in ledger.decisions.all()}
    pair = ("Company:A", "Company:B")
    assert carried[decision_id("merge", pair, by)] == pair
    assert ("root/Organization", *pair) in carried.values()
    assert ("Person:A", "EmployedBy", "literal:text:Organization:A") in carried.values()


def test_a_migration_that_was_killed_midway_goes_on(
    workspace: Workspace, folder: Path, server: Server, tmp_path: Path
) -> None:
    """Killed after the recipe got its new name and before the graph was derived."""
    new = schema(tmp_path, RENAMED, "people")
    with Ledger(workspace.path, writable=True) as ledger:
        found = succession(ledger, workspace.path, new)
        prepared = prepare(found.prepared.options, workspace.path, new)
        with ledger.transaction():
            give_name(ledger, found, prepared)
    migrate(workspace.path, new)
    assert len(told(workspace)) == 5
    assert ingest(workspace, folder, new, server) == 0


def test_a_dry_run_changes_nothing(workspace: Workspace, tmp_path: Path) -> None:
    before = exported(workspace, tmp_path / "one.jsonl")
    new = schema(tmp_path, RENAMED)
    assert plan_migration(workspace.path, new).report is None
    assert plan_migration(workspace.path, new).diff.changes
    assert exported(workspace, tmp_path / "two.jsonl") == before


def test_migrating_twice_changes_nothing_more(workspace: Workspace, tmp_path: Path) -> None:
    new = schema(tmp_path, RENAMED)
    migrate(workspace.path, new)
    again = migrate(workspace.path, new)
    assert again.diff.changes == ()
    assert again.report is not None
    assert (again.report.changes.facts_added, again.report.changes.facts_withdrawn) == (0, 0)


def test_where_several_schemas_are_active_one_has_to_be_named(
    workspace: Workspace, folder: Path, server: Server, tmp_path: Path
) -> None:
    other = schema(tmp_path, SCHEMA, "other")
    workspace.ingest(folder, schema=other.source, model="openai:any", base_url=server.url, add=True)
    new = schema(tmp_path, RENAMED, "people")
    with pytest.raises(KgcError, match="--from NAME"):
        plan_migration(workspace.path, new)
    assert plan_migration(workspace.path, new, "other").diff.changes
    with pytest.raises(KgcError, match="no schema named 'none'"):
        plan_migration(workspace.path, new, "none")


def test_the_verbs_tell_what_changes_and_do_it(
    workspace: Workspace, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    old, new = schema(tmp_path, SCHEMA), schema(tmp_path, RENAMED, "people")
    at = ["-w", str(workspace.path)]
    assert run(["ontology", "diff", old.source, new.source, "--graph", *at]) == 0
    assert "class Company renamed from Organization" in capsys.readouterr().out
    assert run(["ontology", "migrate", new.source, "--dry-run", *at]) == 0
    assert "renamed 3 entities Organization → Company" in capsys.readouterr().out
    assert run(["ontology", "migrate", new.source, "--json", *at]) == 0
    found = json.loads(capsys.readouterr().out)
    assert (found["asks"], found["to_ask"]["to_ask_again"], found["report"]["facts"]) == (False, 0, 5)


def test_without_a_workspace_the_verb_says_so(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["ontology", "migrate", "general", "-w", str(tmp_path)]) == 1
    assert "There is no workspace" in capsys.readouterr().err
