"""Answers in a file, one JSON object a line: what `replay:FILE` reads.

A line has `texts`, and says which request it answers: by `key` (with the `model` that the key was made for), by
`messages` (role and content of each), or by `tag` alone (used in turn). `finish` and `usage` may be left out.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from pathlib import Path

from kgc.errors import ModelError
from kgc.llm.turns import Answer, Ask, Finish, Message, Usage

_FINISHES: tuple[Finish, ...] = ("stop", "length", "refusal", "other")


@dataclass(frozen=True, slots=True)
class Recorded:
    """One line of a recording."""

    answer: Answer
    key: str = ""
    messages: tuple[Message, ...] = ()
    tag: str = ""
    attempt: int = 0


def record(path: Path, rows: Iterable[tuple[Ask, Answer]]) -> int:
    """Write requests and their answers, sorted by key so that equal content gives an equal file; how many."""
    lines = sorted((answer.key, _line(ask, answer)) for ask, answer in rows)
    with path.open("w", encoding="utf-8") as file:
        for _, line in lines:
            file.write(line + "\n")
    return len(lines)


def read_recording(path: Path) -> list[Recorded]:
    """The lines of a recording. Raises `ModelError` with file and line."""
    try:
        with path.open(encoding="utf-8") as file:
            return [_read(line, f"{path}:{number}") for number, line in enumerate(file, 1) if line.strip()]
    except (OSError, UnicodeDecodeError) as error:
        raise ModelError(f"The recording {path} cannot be read: {error}.", "Check the path: replay:FILE.") from error


def _line(ask: Ask, answer: Answer) -> str:
    row = {
        "key": answer.key,
        "model": answer.model,
        "tag": ask.tag,
        "attempt": ask.attempt,
        "messages": [[m.role, m.content] for m in ask.messages],
        "texts": list(answer.texts),
        "finish": answer.finish,
        "usage": asdict(answer.usage),
    }
    return json.dumps(row, ensure_ascii=False)


def _read(line: str, where: str) -> Recorded:
    try:
        row = json.loads(line)
        texts = tuple(str(text) for text in row["texts"])
        messages = tuple(Message(role, str(content)) for role, content in row.get("messages", ()))
        usage = Usage(**{key: int(value) for key, value in row.get("usage", {}).items()})
        finish = row.get("finish", "stop")
        key, tag = str(row.get("key", "")), str(row.get("tag", ""))
        attempt = int(row.get("attempt", 0))
        model = str(row.get("model", ""))
    except (ValueError, TypeError, KeyError, AttributeError) as error:
        raise ModelError(f"{where}: no recorded answer ({type(error).__name__}: {error}).", _FORM) from error
    if finish not in _FINISHES or not (key or messages or tag):
        raise ModelError(f"{where}: no request or no known finish ({finish!r}).", _FORM)
    return Recorded(Answer(texts, finish, usage, model, key=key), key, messages, tag, attempt)


_FORM = 'A line is {"key" or "messages" or "tag": …, "texts": […], "finish"?, "usage"?}.'
