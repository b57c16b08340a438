"""The other end of `kgc.pipeline.answer_pool`: a process that takes dialogues on and says what they ask or found.

It takes frames (four bytes of length, a pickle) from standard input: the strategy, the schema, then batches of (chunk,
attempt, answers so far). It writes one frame for each batch; what was found goes as the ledger's rows, which are
quicker to hand over. It ends when its input does.
"""

from __future__ import annotations

from kgc.data import Chunk
from kgc.extract.contract import Strategy
from kgc.ledger.rows import Rows, rows_of
from kgc.llm.running import Ended, StrategyError, taken_on
from kgc.llm.turns import Answer, Ask
from kgc.pipeline.dialogues import again
from kgc.pipeline.frames import hear, served, tell
from kgc.schema import Schema
from kgc.schema.json import from_json

History = tuple[tuple[Answer, ...], ...]


def main() -> None:
    """Serve until the input ends."""
    with served() as (said, out):
        strategy: Strategy = hear(said)
        schema = from_json(hear(said))
        while True:
            tell(answer(hear(said), strategy, schema), out)


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


if __name__ == "__main__":
    main()
