"""Whole runs against a server that fails: nothing is lost in silence, nothing is paid twice, and retry mends it.

The documents are those of the benchmarks (bench/corpus.py): what each says is known, so that the graph is checked fact
by fact.
"""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

import pytest

from bench import corpus
from kgc import Workspace
from kgc.data import Node
from kgc.pipeline.report import Report
from kgc.testing.script import Faults, Script, Turn
from kgc.testing.server import Server

pytestmark = pytest.mark.server

STORM = (("429", 0.05), ("500", 0.02), ("cut", 0.02), ("malformed", 0.02))
GARBLED_OF = 25
"""One document of so many is answered with something that is no code, again and again."""


def garbled(text: str) -> bool:
    number = text.rsplit("This is number ", 1)[-1].split(" ", 1)[0]
    return hashlib.sha256(number.encode()).digest()[0] % GARBLED_OF == 0


def moody(turns: Sequence[Turn]) -> str:
    said = "\n".join(turn.content for turn in turns)
    return "The sea was calm, and so was she." if garbled(said) else corpus.answer(turns)


def ingest(workspace: Workspace, folder: Path, schema: str, server: Server, **options: object) -> Report:
    given = {"concurrency": 32, "model": "openai:gpt-5-mini", **options}
    return workspace.ingest(folder, schema=schema, base_url=server.url, **given)  # type: ignore[arg-type]


def graph(workspace: Workspace) -> set[tuple[str, str, str]]:
    found = set()
    for fact in workspace.facts():
        tail = fact.tail.name if isinstance(fact.tail, Node) else fact.tail.raw
        found.add(corpus.key_of(fact.relation, fact.head.name, tail))
    return found


def answers_given(server: Server) -> Counter[str]:
    return Counter(json.dumps(r.body, sort_keys=True) for r in server.requests if r.fault == "ok")


@pytest.fixture
def schema(repository: Path) -> str:
    return str(repository / "schemas" / "company.py")


def weather(tmp_path: Path, schema: str, documents: int, seed: int) -> None:
    """A storm, a calm run that asks nothing, and a retry that mends what was garbled."""
    folder = corpus.write(tmp_path / "docs", documents, seed)
    texts = {str(p): p.read_text(encoding="utf-8") for p in folder.rglob("*.txt")}
    bad = {path for path, text in texts.items() if garbled(text)}
    assert bad, "the seed gives the retry something to mend"
    script = Script(reply=moody, faults=Faults(shares=STORM, seed=seed), retry_after=0.02, latency=0.01)
    with Server(script) as server, Workspace(tmp_path / "ws") as workspace:
        report = ingest(workspace, folder, schema, server)
        assert all(server.counts[fault] for fault in ("429", "cut", "malformed")), "there was a storm"
        assert (report.chunks.done, report.chunks.failed, report.chunks.pending) == (
            documents - len(bad), len(bad), 0,
        )  # fmt: skip
        assert report.exit_code == 3
        assert {f.document for f in report.failures} == {f"docs/{Path(p).relative_to(folder)}" for p in bad}
        assert all(f.code == "unparsable" and f.message and f.hint for f in report.failures)
        assert workspace.status().failures == report.failures
        said = {
            corpus.key_of(f.relation, f.head, f.tail)
            for path, text in texts.items()
            if path not in bad
            for f in corpus.read_text(text)
        }
        assert graph(workspace) == said, "the graph is what the readable answers hold, no more and no less"
        assert max(answers_given(server).values()) == 1, "no answer is paid twice"
        asked = server.counts["asked"]
        assert ingest(workspace, folder, schema, server).exit_code == 3
        assert server.counts["asked"] == asked, "what failed is left to retry"
        server.script = Script(reply=corpus.answer, faults=script.faults, retry_after=0.02)
        server.requests.clear()
        mended = workspace.retry()
        assert (mended.exit_code, mended.chunks.done, mended.failures) == (0, documents, ())
        assert graph(workspace) == corpus.facts_of_corpus(folder)
        assert sum(answers_given(server).values()) == len(bad)


def test_a_storm_of_faults_is_accounted_for_and_mended(tmp_path: Path, schema: str) -> None:
    weather(tmp_path, schema, 100, seed=1)


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(2, 6))
def test_every_storm_is_accounted_for_and_mended(tmp_path: Path, schema: str, seed: int) -> None:
    weather(tmp_path, schema, 400, seed)


@pytest.mark.slow
def test_a_server_that_goes_down_midway_leaves_the_rest_pending(tmp_path: Path, schema: str) -> None:
    folder = corpus.write(tmp_path / "docs", 150)
    calls = 0

    def answer(turns: Sequence[Turn]) -> str:
        nonlocal calls
        calls += 1
        if calls == 60:
            server.script = Script(faults=Faults(shares=(("503", 1.0),)))
        return corpus.answer(turns)

    with Server(Script(reply=answer, latency=0.02)) as server, Workspace(tmp_path / "ws") as workspace:
        report = ingest(workspace, folder, schema, server, concurrency=8)
        assert (report.exit_code, report.chunks.failed) == (3, 0)
        assert 60 <= report.chunks.done < 70
        assert report.chunks.done + report.chunks.pending == 150
        assert "503" in report.stopped
        assert server.counts["503"] < 40, "a server that is down is tried now and then, not stormed"
        server.script = Script(reply=corpus.answer)
        assert ingest(workspace, folder, schema, server).exit_code == 0
        assert graph(workspace) == corpus.facts_of_corpus(folder)
        assert max(answers_given(server).values()) == 1


def test_a_rate_limited_server_is_not_stormed(tmp_path: Path, schema: str) -> None:
    folder = corpus.write(tmp_path / "docs", 60)
    faults = Faults(first=("429",) * 5, shares=(("429", 0.1),))
    with (
        Server(Script(reply=corpus.answer, faults=faults, retry_after=0.1)) as server,
        Workspace(tmp_path / "ws") as workspace,
    ):
        assert ingest(workspace, folder, schema, server).exit_code == 0
        assert server.counts["answered"] == 60
        assert server.counts["asked"] <= 2 * 60


def test_a_budget_of_money_is_never_passed_with_many_in_flight(tmp_path: Path, schema: str) -> None:
    folder = corpus.write(tmp_path / "docs", 120)
    budget = 0.12
    with (
        Server(Script(reply=corpus.answer, latency=0.02)) as server,
        Workspace(tmp_path / "ws") as workspace,
    ):
        report = ingest(workspace, folder, schema, server, concurrency=64, budget=budget)
        assert report.exit_code == 4
        assert report.cost is not None
        assert 0.5 * budget < report.cost <= budget
        assert report.usage.completion == server.counts["completion_tokens"], "every answer that was paid is counted"
        assert ingest(workspace, folder, schema, server).exit_code == 0
        assert max(answers_given(server).values()) == 1


def test_many_chunks_are_recorded_while_more_are_fetched(tmp_path: Path, schema: str) -> None:
    """The ledger is read and written by two connections at once for the length of a run."""
    folder = tmp_path / "docs"
    folder.mkdir()
    for n in range(600):
        (folder / f"{n}.txt").write_text(corpus.LAST.format(n), encoding="utf-8")
    with Server(Script(reply="# relations: none")) as server, Workspace(tmp_path / "ws") as workspace:
        report = ingest(workspace, folder, schema, server, concurrency=8)
        assert (report.exit_code, report.chunks.done) == (0, 600)
