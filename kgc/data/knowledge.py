"""A knowledge base as names are linked to it: its entries, and how an entity says which of them it is."""

from __future__ import annotations

import json
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class KbEntry:
    """One thing of a knowledge base.

    `aliases` are its other names: synonyms, redirects, labels in other languages, acronyms. `types` are words or IRIs.
    `prior` says how often it is meant (a count of pages, of links; 0 where nobody told). `related` are ids of entries
    that have to do with it. `where` is where it stands in its source ("line 12"), for messages.
    """

    id: str
    name: str
    aliases: tuple[str, ...] = ()
    types: tuple[str, ...] = ()
    description: str = ""
    prior: float = 0.0
    related: tuple[str, ...] = ()
    where: str = ""


@dataclass(frozen=True, slots=True)
class Link:
    """What the payload of a decision `link` says: an entry of the knowledge base `kb`, its id and its name there.

    `iri` is the entry's address, "" where its id is none and no base makes one of it.
    """

    kb: str
    id: str
    name: str
    iri: str = ""

    @property
    def text(self) -> str:
        """The link as entities carry it: the IRI, or `kb:id`.

        >>> Link("people", "42", "Ada").text
        'people:42'
        """
        return self.iri or f"{self.kb}:{self.id}"

    def payload(self) -> str:
        """The same link gives the same text on every machine, so that its decision has the same id.

        Its `iri` is what entities carry, an IRI or not.
        """
        told = {"id": self.id, "iri": self.text, "kb": self.kb, "name": self.name}
        return json.dumps(told, ensure_ascii=False, sort_keys=True)


def read_link(payload: str) -> Link:
    """The link of a payload. Raises ValueError for what is none."""
    found = json.loads(payload)
    if not isinstance(found, dict) or not (found.get("id") or found.get("iri")):
        raise ValueError(f"{payload!r} names no entry of a knowledge base")
    kb, id_, name, iri = (str(found.get(key) or "") for key in ("kb", "id", "name", "iri"))
    return Link(kb, id_ or iri, name, iri)
