"""The main job with a model that is asked over real HTTP: nothing lost, nothing paid twice, nothing left behind."""

from __future__ import annotations

import asyncio
import signal
from pathlib import Path

import pytest

from kgc import KgcError, Workspace
from kgc.pipeline.ask import INTERRUPTED
from kgc.pipeline.progress import Progress
from kgc.pipeline.report import Report
from kgc.testing.script import Fault, Faults, Script
from kgc.testing.server import Server
from tests.story import SCHEMA, STORY, exported, read_aloud, write_story


def ingest(workspace: Workspace, folder: Path, schema: str, server: Server, **options: object) -> Report:
    merged = {"model": "openai:any", "base_url": server.url, "retries": 2, **options}
    return workspace.ingest(folder, schema=schema, **merged)  # type: ignore[arg-type]


def told(workspace: Workspace) -> set[tuple[str, str, str]]:
    return {
        (f.head.name, f.relation, getattr(f.tail, "name", "") or getattr(f.tail, "value", ""))
        for f in workspace.facts()
    }


EVERYTHING = {
    ("Ada Byron", "WorksFor", "Acme Corp"),
    ("Bo Lind", "WorksFor", "Northwind"),
    ("Cleo Marsh", "WorksFor", "Acme Corp"),
    ("Acme Corp", "founded", "1998"),
    ("王小明", "WorksFor", "远山公司"),
}


def test_the_graph_holds_just_the_facts_of_the_answers_each_with_its_place(
    workspace: Workspace, folder: Path, schema: str, server: Server
) -> None:
    report = ingest(workspace, folder, schema, server)
    assert (report.exit_code, report.documents.done, report.chunks.done, report.facts) == (0, 4, 4, 5)
    assert told(workspace) == EVERYTHING
    for fact in workspace.facts():
        for place in fact.evidence:
            assert workspace.document(place.document).text[place.start : place.end] == place.quote
            assert fact.head.name.split()[0] in place.quote
            assert (place.aligned, place.strategy, place.model) == ("exact", "codekgc", "openai:any")
            assert place.rationale


def test_the_second_run_asks_nothing_changes_nothing_and_exports_the_same_bytes(
    workspace: Workspace, folder: Path, schema: str, server: Server, tmp_path: Path
) -> None:
    first = ingest(workspace, folder, schema, server)
    before = exported(workspace, tmp_path / "one.jsonl")
    graph = (workspace.path / ".kgc" / "graph.lbug").stat().st_mtime_ns
    second = ingest(workspace, folder, schema, server)
    assert (first.calls.made, second.calls.made, server.counts["asked"]) == (4, 0, 4)
    assert (second.changes.documents_added, second.changes.facts_added, second.changes.facts_withdrawn) == (0, 0, 0)
    assert exported(workspace, tmp_path / "two.jsonl") == before
    assert (workspace.path / ".kgc" / "graph.lbug").stat().st_mtime_ns == graph


def test_two_machines_get_the_same_bytes(folder: Path, schema: str, server: Server, tmp_path: Path) -> None:
    bytes_ = []
    for name in ("one", "two"):
        with Workspace(tmp_path / name) as workspace:
            ingest(workspace, folder, schema, server)
            bytes_.append(exported(workspace, tmp_path / f"{name}.jsonl"))
    assert bytes_[0] == bytes_[1]


def test_edits_moves_and_deletions_reach_the_graph_as_a_rebuild_would(
    workspace: Workspace, folder: Path, schema: str, server: Server, tmp_path: Path
) -> None:
    ingest(workspace, folder, schema, server)
    (folder / "a.txt").write_text("Ada Byron works for Northwind. The weather was fine that day.\n")
    (folder / "sub" / "c.txt").rename(folder / "moved.txt")
    (folder / "zh.txt").unlink()
    report = ingest(workspace, folder, schema, server)
    changes = report.changes
    assert (changes.documents_edited, changes.documents_moved, changes.documents_removed) == (1, 1, 1)
    assert (report.calls.made, changes.facts_added, changes.facts_withdrawn) == (1, 1, 2)
    assert ("Ada Byron", "WorksFor", "Northwind") in told(workspace)
    with Workspace(tmp_path / "scratch") as scratch:
        ingest(scratch, folder, schema, server)
        assert exported(scratch, tmp_path / "s.jsonl") == exported(workspace, tmp_path / "w.jsonl")


def test_a_share_that_is_not_mounted_takes_nothing_away(
    workspace: Workspace, folder: Path, schema: str, server: Server
) -> None:
    ingest(workspace, folder, schema, server)
    for name in ("a.txt", "b.md", "zh.txt"):
        (folder / name).unlink()
    with pytest.raises(KgcError, match=r"3 of the 4 files[^|]*--prune"):
        ingest(workspace, folder, schema, server)
    assert told(workspace) == EVERYTHING
    report = ingest(workspace, folder, schema, server, prune=True)
    assert (report.changes.documents_removed, told(workspace)) == (3, {("Cleo Marsh", "WorksFor", "Acme Corp")})


def test_a_part_of_a_root_is_synced_alone(workspace: Workspace, folder: Path, schema: str, server: Server) -> None:
    ingest(workspace, folder, schema, server)
    (folder / "sub" / "c.txt").write_text("Cleo Marsh works for Northwind.\n")
    (folder / "a.txt").write_text("Nobody works here.\n")
    ingest(workspace, folder / "sub", schema, server)
    assert {("Cleo Marsh", "WorksFor", "Northwind"), ("Ada Byron", "WorksFor", "Acme Corp")} <= told(workspace)


def test_what_cannot_be_read_fails_with_its_reason_and_retry_mends_it(
    workspace: Workspace, folder: Path, schema: str, server: Server
) -> None:
    server.script = Script(
        reply=lambda turns: "I am a teapot." if "Bo Lind" in turns[-1].content else read_aloud(turns)
    )
    report = ingest(workspace, folder, schema, server, strategy_options=("mend=false",))
    assert (report.exit_code, report.chunks.failed, report.documents.failed) == (3, 1, 1)
    [failure] = report.failures
    assert (failure.document, failure.code) == ("docs/b.md", "unparsable")
    asked = server.counts["asked"]
    assert ingest(workspace, folder, schema, server, strategy_options=("mend=false",)).chunks.failed == 1
    assert server.counts["asked"] == asked, "what failed is asked again only by retry"
    server.script = Script(reply=read_aloud)
    mended = workspace.retry()
    assert (mended.exit_code, mended.chunks.failed, mended.calls.made) == (0, 0, 1)
    assert told(workspace) == EVERYTHING


def test_a_server_that_is_down_leaves_everything_pending_and_the_next_run_asks_it(
    workspace: Workspace, folder: Path, schema: str, server: Server
) -> None:
    server.script = Script(faults=Faults(shares=(("500", 1.0),)))
    report = ingest(workspace, folder, schema, server, retries=0)
    assert (report.exit_code, report.chunks.pending, report.chunks.done) == (3, 4, 0)
    server.script = Script(reply=read_aloud)
    assert ingest(workspace, folder, schema, server).exit_code == 0
    assert told(workspace) == EVERYTHING


@pytest.mark.parametrize("fault", ["quota", "402"])
def test_credit_that_runs_out_leaves_what_was_read_in_the_graph(
    workspace: Workspace, folder: Path, schema: str, server: Server, fault: Fault
) -> None:
    server.script = Script(reply=read_aloud, faults=Faults(first=("ok", "ok", fault)))
    with pytest.raises(KgcError, match="no credit left"):
        ingest(workspace, folder, schema, server, concurrency=1)
    status = workspace.status()
    assert (status.chunks.done, status.chunks.pending, status.chunks.failed) == (2, 2, 0)
    assert 0 < status.facts == len(told(workspace)) < len(EVERYTHING)
    assert ingest(workspace, folder, schema, server).exit_code == 0
    assert (told(workspace), server.counts["asked"]) == (EVERYTHING, 5)


def test_a_retry_that_ends_for_want_of_credit_leaves_what_it_read_in_the_graph(
    workspace: Workspace, folder: Path, schema: str, server: Server
) -> None:
    server.script = Script(reply="I am a teapot.")
    ingest(workspace, folder, schema, server, strategy_options=("mend=false",))
    assert server.counts["asked"] == 4
    server.script = Script(reply=read_aloud, faults=Faults(first=("ok",) * 5 + ("quota",)))
    with pytest.raises(KgcError, match="no credit left"):
        workspace.retry(concurrency=1)
    assert workspace.status().chunks.done == 1
    assert 0 < workspace.status().facts < len(EVERYTHING)


def test_a_passage_that_a_filter_refuses_fails_alone_and_the_others_are_in_the_graph(
    workspace: Workspace, folder: Path, schema: str, server: Server
) -> None:
    server.script = Script(reply=read_aloud, faults=Faults(first=("ok", "403")))
    report = ingest(workspace, folder, schema, server, concurrency=1)
    assert (report.exit_code, report.chunks.done, report.chunks.failed) == (3, 3, 1)
    assert "403" in report.failures[0].message
    assert ingest(workspace, folder, schema, server).chunks.failed == 1
    assert workspace.retry().exit_code == 0
    assert told(workspace) == EVERYTHING


def test_half_a_character_in_an_answer_does_not_block_the_workspace(
    workspace: Workspace, folder: Path, schema: str, server: Server
) -> None:
    server.script = Script(reply=lambda turns: read_aloud(turns[:2]) if len(turns) > 2 else "(((\ud800")
    report = ingest(workspace, folder, schema, server)
    assert (report.exit_code, report.calls.made, told(workspace)) == (0, 8, EVERYTHING)


def test_an_empty_answer_leaves_the_chunk_pending(
    workspace: Workspace, folder: Path, schema: str, server: Server
) -> None:
    server.script = Script(reply=lambda turns: "" if "Bo Lind" in turns[-1].content else read_aloud(turns))
    report = ingest(workspace, folder, schema, server, retries=0)
    assert (report.exit_code, report.chunks.pending, report.failures[0].code) == (3, 1, "unavailable")
    server.script = Script(reply=read_aloud)
    assert ingest(workspace, folder, schema, server).exit_code == 0
    assert told(workspace) == EVERYTHING


def test_a_budget_of_calls_stops_the_run_and_the_next_goes_on(
    workspace: Workspace, folder: Path, schema: str, server: Server
) -> None:
    report = ingest(workspace, folder, schema, server, max_calls=2)
    assert (report.exit_code, server.counts["asked"], report.chunks.done, report.chunks.pending) == (4, 2, 2, 2)
    assert "2 calls" in report.stopped
    assert ingest(workspace, folder, schema, server).exit_code == 0
    assert server.counts["asked"] == 4


def test_a_budget_of_money_needs_a_price(workspace: Workspace, folder: Path, schema: str, server: Server) -> None:
    with pytest.raises(KgcError, match="no price") as refused:
        ingest(workspace, folder, schema, server, budget=1.0)
    assert refused.value.exit_code == 4
    assert server.counts["asked"] == 0


def test_a_run_works_where_an_event_loop_is_running(
    workspace: Workspace, folder: Path, schema: str, server: Server
) -> None:
    async def notebook() -> Report:
        return ingest(workspace, folder, schema, server)

    assert asyncio.run(notebook()).facts == 5


def test_another_recipe_replaces_the_first_and_switching_back_costs_nothing(
    workspace: Workspace, folder: Path, schema: str, server: Server
) -> None:
    ingest(workspace, folder, schema, server)
    ingest(workspace, folder, schema, server, model="openai:other")
    assert {e.model for f in workspace.facts() for e in f.evidence} == {"openai:other"}
    asked = server.counts["asked"]
    ingest(workspace, folder, schema, server)
    assert server.counts["asked"] == asked
    ingest(workspace, folder, schema, server, model="openai:other", add=True)
    assert {e.model for f in workspace.facts() for e in f.evidence} == {"openai:any", "openai:other"}


def test_a_renamed_class_only_derives_and_a_new_one_offers_to_ask(
    workspace: Workspace, folder: Path, schema: str, server: Server
) -> None:
    ingest(workspace, folder, schema, server)
    renamed = SCHEMA.replace("class WorksFor(Relation):", "class EmployedBy(Relation):").replace(
        "    head: Person\n    tail", '    was = ("WorksFor",)\n    head: Person\n    tail'
    )
    Path(schema).write_text(renamed, encoding="utf-8")
    report = ingest(workspace, folder, schema, server)
    assert (report.calls.made, {f.relation for f in workspace.facts()}) == (0, {"EmployedBy", "founded"})
    assert report.warnings == ()
    Path(schema).write_text(SCHEMA + '\nclass City(Entity):\n    """A town."""\n', encoding="utf-8")
    report = ingest(workspace, folder, schema, server)
    assert report.calls.made == 0
    assert any("--reask" in w for w in report.warnings)
    assert workspace.plan(folder, schema=schema, model="openai:any").to_ask_again == 4
    assert ingest(workspace, folder, schema, server, reask=True).calls.made == 4


def in_vain(report: Report) -> list[str]:
    return [w for w in report.warnings if "asked again in vain" in w]


@pytest.mark.parametrize(
    ("script", "words"),
    [
        (Script(faults=Faults(shares=(("400", 1.0),))), "400"),
        (Script(faults=Faults(shares=(("500", 1.0),))), "500"),
        (Script(reply="I am a teapot."), ""),
    ],
)
def test_asking_again_in_vain_takes_nothing_away(
    workspace: Workspace, folder: Path, schema: str, server: Server, script: Script, words: str
) -> None:
    options: dict[str, object] = {"retries": 0, "strategy_options": ("mend=false",)}
    ingest(workspace, folder, schema, server, **options)
    Path(schema).write_text(SCHEMA + '\nclass City(Entity):\n    """A town."""\n', encoding="utf-8")
    server.script = script
    report = ingest(workspace, folder, schema, server, reask=True, **options)
    assert (report.chunks.done, report.chunks.failed, told(workspace)) == (4, 0, EVERYTHING)
    [warning] = in_vain(report)
    assert warning.startswith("4 chunks were asked again in vain")
    assert words in warning
    again = ingest(workspace, folder, schema, server, **options)
    assert any("--reask" in w for w in again.warnings), "they still count as asked under the older form"
    if words:  # an answer that was paid for is not asked for twice
        server.script = Script(reply=read_aloud)
        mended = ingest(workspace, folder, schema, server, reask=True, **options)
        assert (mended.calls.made, in_vain(mended), mended.exit_code) == (4, [], 0)


def two_recipes_that_failed(workspace: Workspace, folder: Path, schema: str, server: Server) -> None:
    server.script = Script(faults=Faults(shares=(("400", 1.0),)))
    for model, add in (("openai:any", False), ("openai:other", True)):
        assert ingest(workspace, folder, schema, server, model=model, add=add).exit_code == 3
    assert workspace.status().chunks.failed == 8
    server.script = Script(reply=read_aloud)


def test_a_retry_of_two_recipes_tells_of_both(workspace: Workspace, folder: Path, schema: str, server: Server) -> None:
    two_recipes_that_failed(workspace, folder, schema, server)
    report = workspace.retry()
    assert (report.exit_code, report.calls.made, report.chunks.done) == (0, 8, 8)
    assert (report.changes.facts_added, report.facts) == (5, 5)
    assert report.usage.prompt > 0


def test_a_retry_of_two_recipes_keeps_to_one_ceiling(
    workspace: Workspace, folder: Path, schema: str, server: Server
) -> None:
    two_recipes_that_failed(workspace, folder, schema, server)
    before = server.counts["asked"]
    report = workspace.retry(max_calls=6)
    assert (report.exit_code, report.calls.made, server.counts["asked"] - before) == (4, 6, 6)
    assert report.stopped
    report = workspace.retry(max_calls=1)
    assert (report.exit_code, server.counts["asked"] - before) == (4, 7)


def test_ctrl_c_ends_a_retry_of_two_recipes(workspace: Workspace, folder: Path, schema: str, server: Server) -> None:
    two_recipes_that_failed(workspace, folder, schema, server)
    before = server.counts["asked"]

    def stop(progress: Progress) -> None:
        if progress.stage == "ask" and progress.done:
            signal.raise_signal(signal.SIGINT)

    report = workspace.retry(concurrency=1, watch=stop)
    assert (report.exit_code, report.stopped) == (130, INTERRUPTED)
    assert server.counts["asked"] - before <= 4, "the second recipe is not begun"


def test_equal_text_in_two_files_is_asked_once_and_supported_twice(
    workspace: Workspace, schema: str, server: Server, tmp_path: Path
) -> None:
    folder = write_story(tmp_path / "twins", {"a.txt": STORY["a.txt"], "b.txt": STORY["a.txt"]})
    report = ingest(workspace, folder, schema, server)
    [fact] = workspace.facts()
    assert (report.calls.made, [e.document for e in fact.evidence]) == (1, ["twins/a.txt", "twins/b.txt"])


def test_the_plan_spends_nothing_and_tells_what_the_run_then_uses(
    workspace: Workspace, folder: Path, schema: str, server: Server
) -> None:
    plan = workspace.plan(folder, schema=schema, model="openai:gpt-5-mini")
    assert (plan.documents, plan.chunks, plan.calls, server.counts["asked"]) == (4, 4, 4, 0)
    assert plan.cost is not None
    assert plan.cost > 0
    report = ingest(workspace, folder, schema, server)
    assert abs(plan.usage.prompt - report.usage.prompt) <= 0.1 * report.usage.prompt
