"""From a folder of documents to a knowledge graph that can be queried and trusted.

>>> import kgc
>>> workspace = kgc.Workspace("my-graph")           # doctest: +SKIP
>>> workspace.ingest("docs/").facts                 # doctest: +SKIP
840
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from kgc.errors import KgcError

if TYPE_CHECKING:
    from kgc.pipeline.workspace import Workspace

__version__ = "0.1.0"
__all__ = ["KgcError", "Workspace", "__version__"]


def __getattr__(name: str) -> object:
    """Import the workspace only when it is asked for, so that `import kgc` costs nothing."""
    if name == "Workspace":
        from kgc.pipeline.workspace import Workspace  # noqa: PLC0415

        return Workspace
    raise AttributeError(f"module 'kgc' has no attribute {name!r}")
