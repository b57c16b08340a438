"""The other end of `kgc.store.sparql.embedded`: a process that answers one question from a store and ends.

It takes the question as JSON from standard input and writes the answer as JSON. It opens no connection: what the guard
did not see would still find no socket.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

import pyoxigraph as rdf

from kgc.store.sparql.values import first, table


def main() -> None:
    job = json.load(sys.stdin)
    json.dump(answer(Path(job["place"]), str(job["query"]), int(job["limit"]), int(job["memory"])), sys.stdout)


def answer(place: Path, query: str, limit: int, memory: int) -> dict[str, object]:
    """The columns and rows, or the store's words for why there are none."""
    store = rdf.Store.read_only(str(place))
    bound(memory + sum(f.stat().st_size for f in place.iterdir()))
    try:
        columns, rows = table(store.query(query), query)
        found, more = first(rows, limit)
    except (SyntaxError, OSError, ValueError) as error:
        return {"error": " ".join(str(error).split())}
    except MemoryError:
        return {"error": "it needs too much memory"}
    return {"columns": columns, "rows": found, "truncated": more}


def bound(memory: int) -> None:
    """No more memory than this, and no files or sockets beyond those that are open."""
    if sys.platform == "win32":
        return
    import resource  # noqa: PLC0415 - not on Windows

    for limit, most in ((resource.RLIMIT_AS, memory), (resource.RLIMIT_NOFILE, 0)):
        _, hard = resource.getrlimit(limit)
        resource.setrlimit(limit, (most if hard < 0 else min(most, hard), hard))


if __name__ == "__main__":
    main()
