"""Words and marks that tell what kind of name stands beside them."""

from __future__ import annotations

from typing import Final

from kgc.slm.lexicon import listed_words

ORGANISATIONS: Final = frozenset(
    listed_words(
        "inc ltd llc plc corp gmbh ag sa nv co company corporation group holdings bank university college "
        "institute school academy ministry department agency committee commission council association society "
        "foundation union party club team league court parliament senate congress assembly bureau office "
        "museum library hospital church orchestra band records airlines airways motors systems technologies "
        "laboratories partners press times news radio network fund trust board authority service services "
        "federation organization organisation army navy force police f.c. fc"
    )
)
TITLES: Final = frozenset(
    listed_words(
        "mr mrs ms miss dr prof professor sir lord lady president minister senator governor general colonel "
        "captain king queen prince princess pope bishop saint st judge justice chairman mayor secretary "
        "director major sergeant lieutenant admiral commander ceo chancellor ambassador count duke emperor "
        "rep sen gov gen"
    )
)
ENDS: Final = frozenset(".!?。！？；\n")
