"""A run that reads everything anew because the built-in model was updated says so, once."""

from __future__ import annotations

from pathlib import Path

from kgc import Workspace
from kgc.ledger import Ledger

TEXT = "Ingrid Dahl was born in Molde in 1961. She founded Fjordcell AS in Oslo in 1998."


def test_a_new_version_of_the_model_is_said_once(tmp_path: Path) -> None:
    (tmp_path / "docs").mkdir()
    (tmp_path / "docs" / "a.txt").write_text(TEXT)
    with Workspace(tmp_path / "ws") as workspace:
        first = workspace.ingest(tmp_path / "docs")
        assert not first.warnings
    with Ledger(tmp_path / "ws", writable=True) as ledger, ledger.transaction():
        ledger.connection.execute("UPDATE recipe SET id = 'older', model = 'builtin:older'")
    with Workspace(tmp_path / "ws") as workspace:
        [warning] = workspace.ingest(tmp_path / "docs").warnings
        assert "'builtin' has changed" in warning
        again = workspace.ingest(tmp_path / "docs")
        assert not again.warnings
        assert again.facts == first.facts > 0
