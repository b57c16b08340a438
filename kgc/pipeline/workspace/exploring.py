"""Walk through the graph: what is beside an entity, what lies between several, what a name that is typed may mean."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kgc.errors import UnknownName
from kgc.pipeline.workspace.opened import Opened

if TYPE_CHECKING:
    from kgc.ledger.neighbourhood import Neighbourhood
    from kgc.ledger.suggest import Suggestion
    from kgc.ledger.wanted import Wanted
    from kgc.pipeline.looks import Card


class Exploring(Opened):
    """Reads that cost the same in a small graph and in one of a million facts."""

    def neighbourhood(self) -> Neighbourhood:
        """Neighbours of entities, facts between them, by what is wanted (`kgc.ledger.neighbourhood`)."""
        from kgc.ledger.neighbourhood import Neighbourhood  # noqa: PLC0415

        return Neighbourhood(self._ledger().connection)

    def suggest(self, text: str, limit: int = 12) -> tuple[Suggestion, ...]:
        """Entities that somebody who has typed so much may mean, best first."""
        from kgc.ledger.suggest import suggest  # noqa: PLC0415

        return suggest(self._ledger().connection, text, self.neighbourhood().types(), limit)

    def card(self, entity_id: str, limit: int = 50) -> Card:
        """An entity with its best supported facts, as fast for one that takes part in a hundred thousand.

        Raises `UnknownName` where the graph holds no such id.
        """
        from kgc.pipeline.looks import Card  # noqa: PLC0415

        graph = self.graph()
        entity = graph.entity(entity_id)
        if entity is None:
            raise UnknownName("entity", entity_id, (), "It may have been merged, or its document have gone.")
        ids, total = self.neighbourhood().strongest(entity_id, limit)
        facts = tuple(found for id_ in ids if (found := graph.fact(id_)))
        return Card(entity, facts, max(0, total - len(facts)))

    def way(self, start: str, end: str, wanted: Wanted | None = None) -> tuple[str, ...]:
        """Ids of the entities on a shortest way between two, ends included; () where there is none."""
        from kgc.ledger.path import shortest_path  # noqa: PLC0415
        from kgc.ledger.wanted import ALL  # noqa: PLC0415

        return shortest_path(self._ledger().connection, start, end, wanted or ALL)
