"""The public Python API: a directory with `kgc.toml` (optional) and `.kgc/` (the ledger, the embedded graph)."""

from __future__ import annotations

from kgc.pipeline.workspace.deciding import Deciding
from kgc.pipeline.workspace.exploring import Exploring
from kgc.pipeline.workspace.looking import Looking
from kgc.pipeline.workspace.opened import LOCK
from kgc.pipeline.workspace.publishing import Publishing
from kgc.pipeline.workspace.runs import Runs

__all__ = ["LOCK", "Workspace"]


class Workspace(Runs, Looking, Exploring, Publishing, Deciding):
    """A workspace; making one does not touch the disk.

    Options that are None come from `kgc.toml`, then `KGC_*` variables, then the defaults (docs/reference/config.md).
    Methods that run take the workspace's lock; all others may be called at any time, also while a run goes on.
    """
