"""The places that facts stand on: a document, a span of its text, the quote, and what read it.

A place is an `oa:SpecificResource` of the Web Annotation model with a position and a quote selector, generated (PROV-O)
by an activity: a strategy with a model. Positions count code points of the document's text, as that model has it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from kgc.data import Support
from kgc.data.vocabulary import OA, PROV, RDFS
from kgc.store.rdf.blocks import Block, Pair
from kgc.store.rdf.names import Names, kgc
from kgc.store.rdf.terms import TYPE, Term, decimal, integer, literal

SPECIFIC: Final = f"<{OA}SpecificResource>"
POSITION: Final = f"<{OA}TextPositionSelector>"
QUOTE: Final = f"<{OA}TextQuoteSelector>"
SOURCE, SELECTOR = f"<{OA}hasSource>", f"<{OA}hasSelector>"
START, END, EXACT = f"<{OA}start>", f"<{OA}end>", f"<{OA}exact>"
GENERATED: Final = f"<{PROV}wasGeneratedBy>"
ACTIVITY, AGENT = f"<{PROV}Activity>", f"<{PROV}SoftwareAgent>"
ASSOCIATED: Final = f"<{PROV}wasAssociatedWith>"
LABEL: Final = f"<{RDFS}label>"
ALIGNED, PAGE, RATIONALE, CONFIDENCE = kgc("aligned"), kgc("page"), kgc("rationale"), kgc("confidence")


class Places:
    """Evidence as blocks; keeps which strategies and models there are, a handful, to tell of them at the end.

    `apart` puts the evidence into the named graph of its document.
    """

    def __init__(self, names: Names, apart: bool) -> None:
        self.names = names
        self.apart = apart
        self._readers: dict[tuple[str, str], Term] = {}

    def graph(self, document_id: str) -> Term:
        """The graph of what a document says."""
        return self.names.document(document_id) if self.apart else ""

    def graphs(self, evidence: Sequence[Support]) -> Sequence[Term]:
        """The graphs that a statement with this evidence stands in, each once."""
        if not self.apart or not evidence:
            return ("",)
        return tuple(dict.fromkeys(self.names.document(e.document_id) for e in evidence))

    def names_of(self, owner: str, evidence: Sequence[Support]) -> list[str]:
        """A name for each place, without its `>`: by where it is, and numbered where two are at one place."""
        seen: dict[tuple[str, int, int], int] = {}
        found = []
        for e in evidence:
            where = (e.document_id, e.start, e.end)
            again = seen.get(where, 0)
            seen[where] = again + 1
            found.append(self.names.evidence(owner, *where, again))
        return found

    def blocks(self, opened: Sequence[str], evidence: Sequence[Support]) -> Iterator[Block]:
        """Each place with its two selectors; `opened` are their names from `names_of`."""
        for name, e in zip(opened, evidence, strict=True):
            graph = self.graph(e.document_id)
            position, quote = f"{name}.position>", f"{name}.quote>"
            pairs: list[Pair] = [
                (TYPE, SPECIFIC), (SOURCE, self.names.document(e.document_id)), (SELECTOR, position),
                (SELECTOR, quote), (GENERATED, self._activity(e.strategy, e.model)),
                (ALIGNED, f'"{e.aligned}"'), (CONFIDENCE, decimal(e.confidence)),
            ]  # fmt: skip
            if e.page:
                pairs.append((PAGE, integer(e.page)))
            if e.rationale:
                pairs.append((RATIONALE, literal(e.rationale)))
            yield Block(f"{name}>", pairs, graph)
            yield Block(position, ((TYPE, POSITION), (START, integer(e.start)), (END, integer(e.end))), graph)
            yield Block(quote, ((TYPE, QUOTE), (EXACT, literal(e.quote))), graph)

    def note(self, evidence: Sequence[Support]) -> None:
        """Remember who read it."""
        for e in evidence:
            if (e.strategy, e.model) not in self._readers:
                self._activity(e.strategy, e.model)

    def activities(self) -> Iterator[Block]:
        """The readings that the evidence came from, and the models that did them."""
        for (strategy, model), activity in sorted(self._readers.items()):
            label = literal(f"{strategy} with {model}" if model else strategy)
            pairs: list[Pair] = [(TYPE, ACTIVITY), (LABEL, label), (kgc("strategy"), literal(strategy))]
            if model:
                pairs.append((ASSOCIATED, self.names.agent(model)))
            yield Block(activity, pairs)
        for model in sorted({model for _, model in self._readers if model}):
            yield Block(self.names.agent(model), ((TYPE, AGENT), (LABEL, literal(model))))

    def _activity(self, strategy: str, model: str) -> Term:
        found = self._readers.get((strategy, model))
        if found is None:
            found = self._readers[strategy, model] = self.names.activity(strategy, model)
        return found
