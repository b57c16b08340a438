"""The fenced blocks of a page of the documentation: finding them, running their commands, writing their output anew."""

from __future__ import annotations

import fcntl
import os
import pty
import re
import shlex
import struct
import subprocess
import termios
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

BLOCK = re.compile(
    r"(?:^<!-- (?P<mark>(?:exit|not run|output).*?) -->\n)?^```(?P<kind>console|bash|sh|python)\n(?P<body>.*?)^```$",
    re.MULTILINE | re.DOTALL,
)
COLUMNS = 110


@dataclass(frozen=True)
class Block:
    """A fenced block: `mark` is the comment before it; `line` is where it begins; `start`, `end` are its body's."""

    kind: str
    mark: str
    body: str
    line: int
    start: int
    end: int

    @property
    def typed(self) -> list[str]:
        """The lines that are typed, as they stand: a command each, with the lines it goes on in."""
        return re.findall(r"^\$ .*(?:(?<=\\)\n.*)*$", self.body, re.MULTILINE)

    @property
    def commands(self) -> list[str]:
        return [line[2:].replace("\\\n", "").strip() for line in self.typed]

    @property
    def exit(self) -> int:
        return int(self.mark.removeprefix("exit ")) if self.mark.startswith("exit ") else 0

    @property
    def shown(self) -> int:
        """How many lines of output the block shows of each command, 0 where it is not written anew."""
        return int(self.mark.removeprefix("output ")) if self.mark.startswith("output ") else 0

    @property
    def runs(self) -> bool:
        return self.kind == "console" and not self.mark.startswith("not run")


def blocks(page: Path, *kinds: str) -> list[Block]:
    text = page.read_text(encoding="utf-8")
    found = (
        Block(m["kind"], m["mark"] or "", m["body"], text.count("\n", 0, m.start("body")), *m.span("body"))
        for m in BLOCK.finditer(text)
    )
    return [b for b in found if b.kind in kinds]


def calls(command: str) -> Iterator[list[str]]:
    """The calls of `kgc` in a command line, as argument lists."""
    part: list[str] = []
    for word in [*shlex.split(command, comments=True), ";"]:
        if word not in ("|", "&&", ";", "||"):
            part.append(word)
            continue
        part = part[: part.index(">")] if ">" in part else part
        if part and part[0] == "kgc":
            yield part[1:]
        part = []


def run(command: str, place: Path, environment: dict[str, str]) -> tuple[int, str, str]:
    """Run a command as somebody at a plain terminal of COLUMNS columns; exit code, stdout, stderr."""
    mine, its = pty.openpty()
    fcntl.ioctl(its, termios.TIOCSWINSZ, struct.pack("HHHH", 50, COLUMNS, 0, 0))
    errors = place / ".stderr"
    with errors.open("wb") as stderr:
        process = subprocess.Popen(
            ["bash", "-euo", "pipefail", "-c", command], cwd=place, env=environment, stdin=subprocess.DEVNULL,
            stdout=its, stderr=stderr,
        )  # fmt: skip
        os.close(its)
        out = b"".join(read_terminal(mine))
        code = process.wait(timeout=300)
    os.close(mine)
    return (
        code,
        out.decode("utf-8", "replace").replace("\r\n", "\n"),
        errors.read_text(encoding="utf-8", errors="replace"),
    )


def read_terminal(terminal: int) -> Iterator[bytes]:
    """What comes out of a terminal until its last writer is gone (Linux says that with an error)."""
    while True:
        try:
            data = os.read(terminal, 65536)
        except OSError:
            return
        if not data:
            return
        yield data


def with_output(block: Block, outputs: list[str]) -> str:
    """The block's body with these outputs below its commands, cut to what it shows."""
    parts: list[str] = []
    for typed, output in zip(block.typed, outputs, strict=True):
        lines = [line.rstrip() for line in output.rstrip("\n").split("\n")]
        more = ["..."] if len(lines) > block.shown else []
        parts += [typed, *lines[: block.shown], *more]
    return "\n".join(parts) + "\n"
