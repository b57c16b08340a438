"""The command line: `kgc VERB ...`. One thin file a verb in `kgc/cli/verbs`; the work is done by `kgc.pipeline`."""

from __future__ import annotations

import sys
from io import TextIOWrapper


def main() -> None:
    """Run the command line on `sys.argv` and exit. Output is UTF-8 whatever the locale says."""
    from kgc.cli.guard import run

    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")
    sys.exit(run(sys.argv[1:]))
