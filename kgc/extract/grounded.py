"""Claims of an answer made into facts with evidence: each name looked for in the chunk's text."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from kgc.data import Chunk, EventMention, Evidence, Extraction, Literal, Mention, Problem, Role, Span, Triple
from kgc.extract.align import Aligner, Grounding
from kgc.extract.literals import literal
from kgc.formats.claims import Claim, Claims, Happening, Thing
from kgc.llm.turns import Answer
from kgc.schema import DATATYPES, Schema


@dataclass(slots=True)
class Record:
    """What was read from one chunk so far. `found` makes it an `Extraction`."""

    chunk: Chunk
    schema: Schema
    strategy: str
    aligner: Aligner
    mentions: dict[Mention, None] = field(default_factory=dict)
    triples: list[Triple] = field(default_factory=list)
    events: list[EventMention] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    answers: list[str] = field(default_factory=list)
    _missed: set[str] = field(default_factory=set)

    def add(self, said: Claims, answer: Answer) -> None:
        """Take up what an answer says. Nothing is left out: what is not in the text is kept, marked `none`."""
        for thing in said.things:
            places = self.aligner.find(thing.name).spans
            self._mention(thing, places[0] if places else None)
        for claim in said.claims:
            self._claim(claim, answer)
        for happening in said.happenings:
            self._happening(happening, answer)

    def found(self, failure: Problem | None = None) -> Extraction:
        return Extraction(
            self.chunk.key,
            tuple(self.mentions),
            tuple(self.triples),
            tuple(self.events),
            tuple(self.problems),
            failure,
            tuple(self.answers),
        )

    def _claim(self, claim: Claim, answer: Answer) -> None:
        tail = claim.tail
        ground = self._ground((claim.head.name, _surface(tail)), claim.sentences, claim.line)
        head = self._mention(claim.head, ground.places[0])
        self.triples.append(
            Triple(
                head,
                claim.relation,
                self._mention(tail, ground.places[1])
                if isinstance(tail, Thing)
                else self._attribute(claim, tail, ground.places[1]),
                self._evidence(ground, claim.because or claim.line, answer),
                negated=claim.negated,
                hedged=claim.hedged,
                qualifiers=claim.qualifiers,
            )
        )

    def _happening(self, said: Happening, answer: Answer) -> None:
        surfaces = [said.trigger] if said.trigger else []
        surfaces += [_surface(value) for _, value in said.roles]
        ground = self._ground(tuple(surfaces), said.sentences, said.line)
        places = ground.places[1:] if said.trigger else ground.places
        roles = tuple(
            Role(
                name,
                self._mention(value, place) if isinstance(value, Thing) else self._filler(said, name, value, place),
            )
            for (name, value), place in zip(said.roles, places, strict=True)
        )
        evidence = self._evidence(ground, said.because or said.line, answer)
        self.events.append(EventMention(said.type, said.trigger, roles, evidence))

    def _mention(self, thing: Thing, place: Span | None) -> Mention:
        mention = Mention(thing.name, thing.type, place)
        if place is None and thing.name not in self._missed:
            self._missed.add(thing.name)
            self.problems.append(
                Problem(
                    "not_in_text", f"{thing.name[:200]!r} is not in the text", raw=thing.name[:500], severity="warning"
                )
            )
        self.mentions.setdefault(mention)
        return mention

    def _attribute(self, claim: Claim, raw: str, place: Span | None) -> Literal:
        attribute = self.schema.attribute(claim.head.type, claim.relation)
        return self._literal(raw, attribute.datatype if attribute else "string", place)

    def _filler(self, said: Happening, role: str, raw: str, place: Span | None) -> Literal:
        kind = self.schema.event(said.type)
        types = next((r.types for r in kind.roles if r.name == role), ()) if kind else ()
        datatype = types[0].lower() if types and types[0].lower() in DATATYPES else "string"
        return self._literal(raw, datatype, place)

    def _literal(self, raw: str, datatype: str, place: Span | None) -> Literal:
        if place is None:
            self.problems.append(
                Problem("not_in_text", f"{raw[:200]!r} is not in the text", raw=raw[:500], severity="warning")
            )
        return literal(raw, datatype, place, self.chunk.lang)

    def _ground(self, surfaces: tuple[str, ...], cited: Iterable[int], line: str) -> Grounding:
        ground = self.aligner.ground(surfaces, tuple(cited))
        if ground.wrong:
            numbers = ", ".join(map(str, ground.wrong))
            last = len(self.aligner.sentences)
            message = f"it cites sentence {numbers}; the last one is {last}"
            self.problems.append(Problem("not_in_text", message, raw=line[:500], severity="warning"))
        return ground

    def _evidence(self, ground: Grounding, rationale: str, answer: Answer) -> Evidence:
        return Evidence(
            self.chunk.key,
            ground.span,
            ground.span.of(self.chunk.text),
            ground.aligned,
            rationale,
            self.strategy,
            answer.model,
            answer.key,
        )


def _surface(value: Thing | str) -> str:
    return value if isinstance(value, str) else value.name
