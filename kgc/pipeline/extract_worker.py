"""The other end of `kgc.pipeline.extract_pool`: a process that reads batches of chunks with an extractor of its own.

It takes frames (four bytes of length, a pickle) from standard input: the options and the schema, then batches of
chunks. It writes one frame for each batch, the ledger's rows of each chunk. It ends when its input does, and at any
error: whoever started it reads the batch again, and so meets the error itself.
"""

from __future__ import annotations

from collections.abc import Sequence

from kgc.config import Options
from kgc.data import Chunk
from kgc.ledger.rows import rows_of
from kgc.pipeline.frames import hear, served, tell
from kgc.pipeline.recipes import extractor_of
from kgc.schema.json import from_json


def main() -> None:
    """Serve until the input ends."""
    with served() as (said, out):
        told: tuple[Options, str] = hear(said)
        extractor, schema = extractor_of(told[0]), from_json(told[1])
        while True:
            chunks: Sequence[Chunk] = hear(said)
            tell([rows_of(found) for found in extractor.extract(chunks, schema)], out)


if __name__ == "__main__":
    main()
