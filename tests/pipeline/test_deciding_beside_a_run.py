"""What people decide while somebody else holds the lock reaches the graph, whoever brings it there."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from threading import Event, Thread

import pytest

from kgc import KgcError, Workspace
from kgc.config import Options
from kgc.ledger import Ledger
from kgc.ledger.lock import Busy, long_run
from kgc.pipeline.decide import record
from kgc.pipeline.decide_names import rename
from kgc.pipeline.live import telling
from kgc.pipeline.progress import Progress
from kgc.pipeline.workspace import LOCK
from kgc.pipeline.workspace.opened import running
from tests.pipeline.test_deciding import fill

KILLED = """
import os, signal, sys
from pathlib import Path
from kgc import Workspace
from kgc.ledger import Ledger
from kgc.pipeline.decide import record
from kgc.pipeline.decide_names import rename
workspace = Workspace(sys.argv[1])
with Ledger(Path(sys.argv[1]), writable=True) as ledger:
    record(ledger, rename(workspace.graph(), "Quorvex", "Quorvex AG", "Ann"))
    os.kill(os.getpid(), signal.SIGKILL)
"""


@pytest.fixture
def place(tmp_path: Path) -> Path:
    fill(tmp_path)
    return tmp_path


@contextmanager
def run_at_work(place: Path) -> Iterator[Ledger]:
    """A long run that has derived already, and of which others can read that it is at work."""
    with running(place) as ledger, telling(place, "ingest", "docs", Options(), None) as tell:
        tell(Progress("write"))
        yield ledger


def names(place: Path) -> set[str]:
    with Workspace(place) as workspace:
        assert not workspace.stale()
        return {e.name for e in workspace.entities()}


def test_a_decision_beside_a_run_is_in_the_graph_when_the_run_ends(place: Path) -> None:
    with Workspace(place) as workspace:
        with run_at_work(place):
            workspace.rename("Quorvex", "Quorvex AG")
            assert workspace.stale()
        assert "Quorvex AG" in names(place)


def test_a_decision_beside_a_run_that_fails_is_in_the_graph_too(place: Path) -> None:
    def fail(workspace: Workspace) -> None:
        with run_at_work(place):
            workspace.rename("Quorvex", "Quorvex AG")
            raise KgcError("the model is gone")

    with Workspace(place) as workspace, pytest.raises(KgcError, match="the model is gone"):
        fail(workspace)
    assert "Quorvex AG" in names(place)


def test_a_decision_waits_for_who_holds_the_lock_for_a_moment(place: Path) -> None:
    taken, decided = Event(), Event()

    def hold() -> None:
        with long_run(place / LOCK):
            taken.set()
            decided.wait(0.3)

    holder = Thread(target=hold)
    holder.start()
    assert taken.wait(10)
    with Workspace(place) as workspace:
        workspace.rename("Quorvex", "Quorvex AG")
        decided.set()
        assert not workspace.stale()
    holder.join()
    assert "Quorvex AG" in names(place)


def test_a_second_run_does_not_wait_but_says_who_is_at_work(place: Path) -> None:
    with run_at_work(place), Workspace(place) as workspace, pytest.raises(Busy, match="Another kgc run is at work"):
        workspace.resolve()


def test_many_who_decide_at_once_are_all_followed(place: Path) -> None:
    called = {"Quorvex": "Quorvex AG", "Halden": "Halden SE", "Bo Lind": "Bo A. Lind", "Bolt Ltd.": "Bolt Limited"}

    def decide(name: str) -> None:
        with Workspace(place) as workspace:
            workspace.rename(name, called[name])

    with ThreadPoolExecutor(len(called)) as pool:
        list(pool.map(decide, called))
    assert set(called.values()) <= names(place)


def test_a_query_derives_what_was_decided_by_somebody_who_was_killed(place: Path) -> None:
    with Workspace(place) as workspace:
        workspace.query("RETURN 1")
        killed = subprocess.run([sys.executable, "-c", KILLED, str(place)], check=False)
        assert killed.returncode == -9
        assert workspace.stale()
        found = workspace.query("MATCH (n) WHERE n.name STARTS WITH 'Quorvex' RETURN n.name").rows
        assert [list(row) for row in found] == [["Quorvex AG"]]
    assert "Quorvex AG" in names(place)


@pytest.mark.parametrize("look", ["show", "search", "export"])
def test_who_looks_sees_what_was_decided_by_somebody_who_was_killed(place: Path, look: str) -> None:
    assert subprocess.run([sys.executable, "-c", KILLED, str(place)], check=False).returncode == -9
    with Workspace(place) as workspace:
        if look == "show":
            assert [c.entity.name for c in workspace.show("Quorvex AG")] == ["Quorvex AG"]
        elif look == "search":
            assert "Quorvex AG" in {e.name for e in workspace.search("Quorvex").entities}
        else:
            workspace.export(place / "g.jsonl")
            assert "Quorvex AG" in (place / "g.jsonl").read_text(encoding="utf-8")


def test_a_decision_derives_what_was_decided_by_somebody_who_was_killed(place: Path) -> None:
    subprocess.run([sys.executable, "-c", KILLED, str(place)], check=False)
    with Workspace(place) as workspace:
        workspace.reject(next(f.id for f in workspace.facts() if f.head.name == "Bo Lind"))
    assert "Quorvex AG" in names(place)


def test_a_query_in_a_run_is_answered_by_the_graph_that_is_there(place: Path) -> None:
    with Workspace(place) as workspace:
        workspace.query("RETURN 1")
        with run_at_work(place):
            workspace.rename("Quorvex", "Quorvex AG")
            found = workspace.query("MATCH (n) WHERE n.name STARTS WITH 'Quorvex' RETURN n.name").rows
            assert [list(row) for row in found] == [["Quorvex"]]


def test_what_was_recorded_before_an_act_failed_is_in_the_graph(place: Path) -> None:
    with Workspace(place) as workspace:
        graph = workspace.graph()

        def act(ledger: Ledger) -> None:
            record(ledger, rename(graph, "Quorvex", "Quorvex AG", "Ann"))
            raise KgcError("the second cannot be decided on")

        with pytest.raises(KgcError, match="the second"):
            workspace._decide(act)  # pyright: ignore[reportPrivateUsage]
    assert "Quorvex AG" in names(place)
