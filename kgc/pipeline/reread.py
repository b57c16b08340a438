"""After an edit of the schema: read the answers that are there again, without asking anybody."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from kgc.data import Chunk, Extraction
from kgc.ledger import Ledger
from kgc.ledger.extractions import Stored
from kgc.pipeline.dialogues import replay
from kgc.pipeline.progress import Meter, Watch
from kgc.pipeline.recipes import Preparation

BATCH = 64


def reread_answers(ledger: Ledger, prepared: Preparation, watch: Watch | None) -> int:
    """Bring every extraction of an older form of the schema to its present one; returns how many there were.

    The built-in model reads the chunks again, which costs nothing; of a model that is asked, the recorded answers are
    read again under the present schema.
    """
    stale = list(ledger.extractions.settled(prepared.recipe, "done", other_than=prepared.deriving))
    meter = Meter("read", watch, total=len(stale))
    for at in range(0, len(stale), BATCH):
        part = stale[at : at + BATCH]
        extractions = _read(ledger, prepared, part)
        with ledger.transaction():
            for (_, stored), found in zip(part, extractions, strict=True):
                _put(ledger, prepared, stored, found)
                meter.step()
            ledger.state.bump()
    return len(stale)


def _read(ledger: Ledger, prepared: Preparation, part: Sequence[tuple[Chunk, Stored]]) -> list[Extraction]:
    if prepared.extractor:
        return list(prepared.extractor.extract((chunk for chunk, _ in part), prepared.schema))
    strategy = prepared.strategy
    assert strategy is not None
    found = []
    for chunk, stored in part:
        known = ledger.answers.get(stored.answers)
        answers = iter([known[k] for k in stored.answers if k in known])
        found.append(replace(replay(strategy.turns(chunk, prepared.schema), answers), answers=stored.answers))
    return found


def _put(ledger: Ledger, prepared: Preparation, stored: Stored, found: Extraction) -> None:
    """An extraction that the new schema cannot read any more keeps what it had."""
    if found.failure:
        ledger.extractions.reread(prepared.recipe, stored.chunk_key, prepared.deriving)
        return
    ledger.extractions.put(
        prepared.recipe, found, asking=stored.asking, deriving=prepared.deriving, attempt=stored.attempt
    )
