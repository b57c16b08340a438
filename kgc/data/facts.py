"""What was found in a chunk: mentions, triples, events, and what could not be read.

Spans in these records are relative to the chunk's text. They become document offsets when facts are derived.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Final
from typing import Literal as OneOf

from kgc.data.documents import Span

OPEN: Final = "open:"
"""How the relation of an open fact begins: `open:acquire` is what the text says, no word of a schema.

Names of a schema are identifiers, so that none begins like this.
"""

ALSO: Final = "also:"
"""The relation that says, in an imported graph, that two names are of one thing; it merges them, and is no fact."""

LINK: Final = "link:"
"""The relation between a thing of an imported graph and its IRI elsewhere; it becomes one of the entity's links."""

Aligned = OneOf["exact", "fuzzy", "none"]
"""How a quote and its names were found in the text: letter by letter, with small differences, or not at all."""

ProblemCode = OneOf[
    # an answer (every reject of a format)
    "unparsable",
    "unknown_label",
    "not_in_text",
    "type_violation",
    "duplicate",
    "refusal",
    "truncated",
    # a file
    "empty",
    "encrypted",
    "broken",
    "no_text_layer",
    "too_large",
    "unreadable",
    "unsupported",
    "too_slow",
    # a call
    "rate_limited",
    "unavailable",
    "bad_request",
    "context_overflow",
    # a run that was stopped before this was asked
    "budget",
    "interrupted",
]


@dataclass(frozen=True, slots=True)
class Problem:
    """What could not be read, kept with its raw text so that nothing is lost in silence.

    `where` points into the raw thing (a line number, a path); `hint` says what a person can do.
    """

    code: ProblemCode
    message: str
    where: str = ""
    raw: str = ""
    hint: str = ""
    severity: OneOf["error", "warning"] = "error"


@dataclass(frozen=True, slots=True)
class Mention:
    """A name of a thing in the text. `span` is None when the surface was not found in the chunk.

    `confidence` is the probability that it is one, of this type and with these borders; None where nobody told. It is
    no part of what the mention is: two that differ in it alone are equal, and the ledger does not keep it.
    """

    surface: str
    type: str
    span: Span | None = None
    confidence: float | None = field(default=None, compare=False)


@dataclass(frozen=True, slots=True)
class Literal:
    """A value in the text: `raw` as written, `value` normalised (ISO 8601 dates, plain decimal numbers).

    `datatype` is one of the schema's: "string", "integer", "number", "boolean", "date", "amount", "identifier", "url".
    """

    raw: str
    value: str
    datatype: str = "string"
    unit: str = ""
    lang: str = ""
    span: Span | None = None


@dataclass(frozen=True, slots=True)
class Evidence:
    """Why a fact is believed: the quoted text, where it stands, and who says so.

    `chunk` is the chunk's key; `span` is relative to the chunk's text and `text[span.start:span.end] == quote`. With
    `aligned` "none" the quote is whatever the answer pointed at (possibly the whole chunk). `rationale` is the fact's
    line in the answer, the model's clause, or the rule that fired; "" means explicitly absent. `prompt` is a hash of
    the request that was answered, "" for the built-in model.
    """

    chunk: str
    span: Span
    quote: str
    aligned: Aligned
    rationale: str
    strategy: str
    model: str
    prompt: str = ""


@dataclass(frozen=True, slots=True)
class Qualifier:
    """A time, place or amount that narrows a fact: `start`, `end`, `time`, `place`, `amount`, or a schema's own."""

    name: str
    value: str


@dataclass(frozen=True, slots=True)
class Triple:
    """One statement of one chunk. `relation` is a relation's name in the schema, or an attribute's for a `Literal`.

    Of an open fact it is `OPEN` and the words of the text. `confidence` is a fraction in [0, 1].
    """

    head: Mention
    relation: str
    tail: Mention | Literal
    evidence: Evidence
    confidence: float = 1.0
    negated: bool = False
    hedged: bool = False
    qualifiers: tuple[Qualifier, ...] = ()


@dataclass(frozen=True, slots=True)
class Role:
    """One filled role of an event."""

    name: str
    value: Mention | Literal


@dataclass(frozen=True, slots=True)
class EventMention:
    """An event of one chunk: its type, the word that tells of it, and who played which role."""

    type: str
    trigger: str
    roles: tuple[Role, ...]
    evidence: Evidence
    confidence: float = 1.0


@dataclass(frozen=True, slots=True)
class Extraction:
    """All that one strategy read from one chunk, and all that it could not.

    `failure` is set when the chunk as a whole could not be read (nothing of the answer was usable): the chunk is then
    recorded as failed with this reason. An answer that truthfully finds nothing is no failure. `answers` are the keys
    of the paid answers it was read from, in the order asked.
    """

    chunk: str
    mentions: tuple[Mention, ...] = ()
    triples: tuple[Triple, ...] = ()
    events: tuple[EventMention, ...] = ()
    problems: tuple[Problem, ...] = ()
    failure: Problem | None = None
    answers: tuple[str, ...] = ()
