"""What a person names as a knowledge base, and the index of its names under `.kgc/kb`."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from hashlib import blake2b
from pathlib import Path
from typing import Final
from urllib.parse import urlsplit

from kgc.data import content_id
from kgc.data.knowledge import KbEntry
from kgc.errors import KgcError
from kgc.load.kb import read_kb
from kgc.pipeline.importing_source import Account, is_address
from kgc.resolve.linking.build import VERSION, build
from kgc.resolve.linking.index import Index, is_current

FOLDER: Final = Path(".kgc") / "kb"
"""The indexes; each can be deleted and is built anew."""


@dataclass(frozen=True, slots=True)
class KnowledgeBase:
    """Where entries come from: a file or the address of a Neo4j server.

    `name` is what links call it (the file's name, or the database's, if left out); `base` is put before ids that are no
    IRIs, to make some; `columns` says which column holds what.
    """

    source: str
    name: str = ""
    base: str = ""
    columns: Mapping[str, str] = field(default_factory=dict)
    account: Account = field(default_factory=lambda: Account("neo4j", "NEO4J_PASSWORD", ""))

    @property
    def called(self) -> str:
        """Its name. Raises `KgcError` for one that cannot stand in `name:id`."""
        return _checked(self.name or self._usual())

    def _usual(self) -> str:
        if is_address(self.source):
            return self.account.database or urlsplit(self.source).hostname or "neo4j"
        path = Path(self.source)
        return Path(path.stem).stem if path.suffix == ".gz" else path.stem


def opened(kb: KnowledgeBase, workspace: Path, watch: Callable[[int], None] | None = None) -> Index:
    """The index of a knowledge base, built if there is none of its present content.

    A file's index is kept by what the file holds; a server's is built each time. Indexes of older contents of this
    knowledge base are deleted. Raises `KgcError` for what cannot be read; nothing is left behind then.
    """
    name, folder = kb.called, workspace / FOLDER
    try:
        if is_address(kb.source):
            path = folder / f"{content_id('server', kb.source, kb.account.database)}.db"
            build(_served(kb), path, name, watch)
        else:
            path = folder / f"{_digest(kb)}.db"
            if not is_current(path):
                build(read_kb(Path(kb.source), kb.columns), path, name, watch)
        _forget_others(path, name)
    except OSError as error:
        raise KgcError(f"{str(error.filename or kb.source)!r}: {error.strerror}.", "Check the place.") from error
    return Index(path)


def _served(kb: KnowledgeBase) -> Iterator[KbEntry]:
    from kgc.pipeline.link_neo4j import read_kb_neo4j  # noqa: PLC0415 -- only where it was asked for
    from kgc.store.find import server  # noqa: PLC0415

    account = kb.account
    return read_kb_neo4j(server(kb.source, account.user, account.password_env, account.database), kb.columns)


def _digest(kb: KnowledgeBase) -> str:
    """By content, name and columns: the same file under another name is another knowledge base."""
    path = Path(kb.source)
    if not path.is_file():
        raise KgcError(f"There is no file {kb.source!r}.", "Give a file, or an address: neo4j://host:7687")
    hash_ = blake2b(digest_size=16)
    with path.open("rb") as file:
        while part := file.read(1 << 20):
            hash_.update(part)
    columns = [text for pair in sorted(kb.columns.items()) for text in pair]
    return content_id(VERSION, hash_.hexdigest(), "".join(path.suffixes[-2:]), kb.called, *columns)


def _forget_others(kept: Path, name: str) -> None:
    for path in kept.parent.glob("*.db"):
        if path != kept and (not is_current(path) or _name(path) == name):
            path.unlink(missing_ok=True)


def _name(path: Path) -> str:
    with Index(path) as index:
        return str(index.name)


def _checked(name: str) -> str:
    if not name or not name.isprintable() or any(c.isspace() or c in ":/|<>" for c in name):
        raise KgcError(f"{name!r} cannot name a knowledge base.", "Use --name with letters, digits, dots or dashes.")
    return name
