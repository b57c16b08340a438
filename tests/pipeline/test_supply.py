"""What is open is handed out longest first, once, also while another thread still brings more."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from pathlib import Path
from threading import Thread

import pytest

from kgc.config import Options
from kgc.ledger import Ledger
from kgc.pipeline.recipes import Preparation, prepare
from kgc.pipeline.scan import Place
from kgc.pipeline.supply import Supply, waiting
from kgc.pipeline.sync import Stage, look, take_in
from tests.story import write_story

TEXTS = {f"{n}.txt": f"Ada Byron works for Acme Corp. {'And so on. ' * n}\n" for n in range(90)}
SIZE = 640


@pytest.fixture
def ledger(tmp_path: Path) -> Iterator[Ledger]:
    with Ledger(tmp_path / "ws", writable=True) as opened:
        yield opened


@pytest.fixture
def prepared(ledger: Ledger, tmp_path: Path, schema: str) -> Preparation:
    found = prepare(Options(schema=schema, model="openai:any"), tmp_path)
    with ledger.transaction():
        ledger.extractions.use(found.recipe, alone=True)
    return found


def read(ledger: Ledger, folder: Path, stage: Stage) -> None:
    place = Place("docs", folder)
    take_in(ledger, place, look(ledger, folder.parent, place, prune=False), SIZE, stage)


def test_the_longest_come_first_and_equal_ones_once(ledger: Ledger, prepared: Preparation, tmp_path: Path) -> None:
    read(ledger, write_story(tmp_path / "docs", {**TEXTS, "twin.txt": TEXTS["7.txt"]}), Stage())
    supply = waiting(ledger, ledger.extractions.open_rows(prepared.recipe))
    lengths = [len(work.chunk.text) for work in supply.now()]
    assert len(lengths) == supply.total == len(TEXTS)
    assert lengths == sorted(lengths, reverse=True)


def test_what_a_thread_brings_meanwhile_is_handed_out_too(
    ledger: Ledger, prepared: Preparation, tmp_path: Path
) -> None:
    folder = write_story(tmp_path / "docs", TEXTS)
    supply = Supply(ledger)

    def bring() -> None:
        with Ledger(tmp_path / "ws", writable=True) as own:

            def stored(sources: object) -> bool:
                assert isinstance(sources, list)
                supply.add(own.extractions.open_rows(prepared.recipe, sources))
                return True

            read(own, folder, Stage(stored=stored))
        supply.close()

    async def take() -> list[str]:
        thread = Thread(target=bring)
        thread.start()
        keys = [work.chunk.key async for work in supply.works()]
        thread.join()
        return keys

    keys = asyncio.run(take())
    assert (len(keys), len(set(keys))) == (len(TEXTS), len(TEXTS))


def test_reading_that_is_ended_midway_goes_on_in_the_next_run(
    ledger: Ledger, prepared: Preparation, tmp_path: Path
) -> None:
    folder = write_story(tmp_path / "docs", TEXTS)
    read(ledger, folder, Stage(stored=lambda _: False))
    partly = len(ledger.folders.sources())
    assert 0 < partly < len(TEXTS)
    read(ledger, folder, Stage())
    assert len(ledger.extractions.open_rows(prepared.recipe)) == len(TEXTS)
