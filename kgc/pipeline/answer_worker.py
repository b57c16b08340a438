"""The other end of `kgc.pipeline.answer_pool`: a process that takes dialogues on and says what they ask or found.

It takes frames (four bytes of length, a pickle) from standard input: the strategy, the schema, then batches of (chunk,
attempt, answers so far). It writes one frame for each batch; what was found goes as the ledger's rows, which are
quicker to hand over. It ends when its input does.
"""

from __future__ import annotations

import os
import pickle
import signal
import sys
from typing import BinaryIO

from kgc.data import Chunk
from kgc.extract.contract import Strategy
from kgc.ledger.rows import Rows, rows_of
from kgc.llm.running import Ended, StrategyError, taken_on
from kgc.llm.turns import Answer, Ask
from kgc.pipeline.dialogues import again
from kgc.schema import Schema
from kgc.schema.json import from_json

History = tuple[tuple[Answer, ...], ...]


def main() -> None:
    """Serve until the input ends."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # whoever started it ends it
    out = os.fdopen(os.dup(1), "wb")
    with open(os.devnull, "wb") as nowhere:  # noqa: PTH123 - what a strategy prints must not get between
        os.dup2(nowhere.fileno(), 1)
    said = sys.stdin.buffer
    strategy: Strategy = take(said)
    schema = from_json(take(said))
    while True:
        say(answer(take(said), strategy, schema), out)


def answer(
    batch: list[tuple[Chunk, int, History]], strategy: Strategy, schema: Schema
) -> list[tuple[Ask, ...] | Ended[Rows]] | StrategyError:
    """What each dialogue of a batch says next."""
    try:
        return [say_next(strategy, schema, *told) for told in batch]
    except StrategyError as error:
        return error


def say_next(
    strategy: Strategy, schema: Schema, chunk: Chunk, attempt: int, history: History
) -> tuple[Ask, ...] | Ended[Rows]:
    turns = strategy.turns(chunk, schema)
    turn = taken_on(again(turns, attempt) if attempt else turns, chunk.key, history)
    return Ended(rows_of(turn.result)) if isinstance(turn, Ended) else tuple(turn)


def take(said: BinaryIO):  # type: ignore[no-untyped-def]
    """The next frame; ends the process where there is none."""
    size = said.read(4)
    if len(size) < 4:
        sys.exit(0)
    return pickle.loads(said.read(int.from_bytes(size)))  # noqa: S301 - written by the process that started this one


def say(what: object, out: BinaryIO) -> None:
    told = pickle.dumps(what, protocol=pickle.HIGHEST_PROTOCOL)
    out.write(len(told).to_bytes(4) + told)
    out.flush()


if __name__ == "__main__":
    main()
