"""The command line: `kgc VERB ...`. One thin file a verb in `kgc/cli/verbs`; the work is done by `kgc.pipeline`."""

from __future__ import annotations

import os
import sys
from io import TextIOWrapper


def main() -> None:
    """Run the command line on `sys.argv` and exit. Arguments, file names and output are UTF-8 whatever the locale."""
    if not sys.flags.utf8_mode and sys.getfilesystemencoding() != "utf-8":
        os.execv(sys.executable, [sys.executable, "-X", "utf8", *sys.orig_argv[1:]])  # noqa: S606  # itself again
    from kgc.cli.guard import run

    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")
    sys.exit(run(sys.argv[1:]))
