"""The graph of a workspace on a SPARQL server, and questions in SPARQL with and without one."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from kgc.errors import MissingPackage
from kgc.pipeline.exporting import Export
from kgc.pipeline.owner import known_owner
from kgc.store.find import sparql_server
from kgc.store.rdf.graph import Form

if TYPE_CHECKING:
    from kgc.store.answer import Rows
    from kgc.store.contract import Graph
    from kgc.store.sparql.store import SparqlStore
    from kgc.store.sparql.writer import Written

FOLDER = Path(".kgc")


@dataclass(frozen=True, slots=True)
class Place:
    """A SPARQL server. `graph` is the IRI of the graph that is written or asked, "" for the workspace's own.

    `password_env` names the variable that holds the password of `user`, or, without a user, a bearer token.
    `update_url` and `query_url` are for servers whose addresses are not those usual for their kind.
    """

    uri: str
    user: str = ""
    password_env: str = ""
    graph: str = ""
    update_url: str = ""
    query_url: str = ""

    def store(self, owner: str, workspace: Path, form: Form) -> SparqlStore:
        return sparql_server(
            self.uri, self.user, self.password_env, self.graph, owner, workspace / FOLDER / "targets", form,
            self.update_url, self.query_url,
        )  # fmt: skip


@dataclass(frozen=True, slots=True)
class Manner:
    """How a graph is written: how RDF tells it, and what is allowed."""

    told: Export = field(default_factory=Export)
    dry_run: bool = False
    prune: bool = False
    anew: bool = False
    watch: Callable[[int], None] | None = None


def write(graph: Graph, place: Place, owner: str, workspace: Path, manner: Manner) -> Written:
    """Publish the graph; a second time sends the difference alone (`kgc.store.sparql.store`)."""
    store = place.store(owner, workspace, manner.told.form())
    if manner.dry_run:
        return store.plan(graph)
    return store.write(graph, prune=manner.prune, anew=manner.anew, watch=manner.watch)


def ask(text: str, of: Place | Callable[[], Graph], workspace: Path, limit: int, timeout: float) -> Rows:
    """Ask a server, whoever wrote what is there (the graph of this workspace, where it has one), or a graph itself.

    A graph is asked through a store beside the ledger that is made when it is first needed.
    """
    if isinstance(of, Place):
        return of.store(known_owner(workspace), workspace, Form()).query(text, limit, timeout)
    try:
        from kgc.store.sparql.embedded import query  # noqa: PLC0415 -- an optional package
    except ModuleNotFoundError as error:
        if (error.name or "").startswith("kgc"):
            raise
        raise MissingPackage("Asking in SPARQL", "rdf") from error
    return query(workspace / FOLDER, of(), Form(), text, limit, timeout)
