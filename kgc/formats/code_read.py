"""Statements of a code answer taken up as claims, and a `Problem` for each that cannot be."""

from __future__ import annotations

import ast
from dataclasses import replace

from kgc.data import Problem, ProblemCode, Qualifier
from kgc.errors import did_you_mean, nearest
from kgc.formats.claims import Claim, Claims, Happening, Thing
from kgc.formats.code_text import Broken, Statement
from kgc.formats.code_values import DEEPEST, Unread, callee, elements, flag, literal, sentence_numbers
from kgc.formats.labels import Vocabulary
from kgc.schema import RelationType, RoleType
from kgc.schema.check import signature

QUALIFIERS = ("start", "end", "time", "place", "amount")
HEAD = ("head", "subject", "arg1", "source")
TAIL = ("tail", "object", "arg2", "target", "value")
SENTENCE = ("sentence", "sentences", "sent")
BECAUSE = ("because", "reason", "rationale")
SECTIONS = ("relations", "entities", "triples", "events", "attributes", "facts")
TRIPLE = ("Triple", "Fact")
RATIONALE = ("Rel", "Relation")
LONGEST_RAW = 500

Arguments = dict[str, ast.expr]


class Reader:
    """Takes up statements one by one; holds what was said so far. One for each answer."""

    def __init__(self, vocabulary: Vocabulary, repair_direction: bool = False) -> None:
        self.vocabulary = vocabulary
        self.repair_direction = repair_direction
        self.things: dict[Thing, None] = {}
        self.claims: dict[Claim, None] = {}
        self.happenings: dict[Happening, None] = {}
        self.rejects: list[Problem] = []
        self.variables: dict[str, Thing | str] = {}
        self.repeated: dict[Claim | Happening, tuple[int, int]] = {}
        self.spoke = False
        self._line, self._raw = 0, ""
        self._section = False

    def take(self, statement: Statement | Broken) -> None:
        """Take up one statement; what cannot be taken up becomes a reject. Never raises."""
        self._line, self._raw = statement.line, statement.raw
        if isinstance(statement, Broken):
            self._broken(statement)
            return
        try:
            self._statement(statement.tree)
        except Unread as error:
            self._reject(error.code, error.message)

    def _broken(self, statement: Broken) -> None:
        if statement.how == "broken":
            self._reject("unparsable", "this is no valid line")
            return
        last = statement.raw.rstrip()
        self._line += last.count("\n")
        self._raw = last.rpartition("\n")[2][-LONGEST_RAW:]
        self._reject("truncated", "the answer ends in the middle of a statement")

    def said(self) -> Claims:
        return Claims(tuple(self.things), tuple(self.claims), tuple(self.happenings))

    def problems(self) -> tuple[Problem, ...]:
        """All rejects, with one for each claim that was repeated, however often."""
        twice = [
            Problem("duplicate", f"said {count + 1} times", f"line {line}", said.line, severity="warning")
            for said, (count, line) in self.repeated.items()
        ]
        return (*self.rejects, *twice)

    # statements

    def _statement(self, tree: ast.stmt) -> None:
        match tree:
            case ast.Expr(value=node):
                self._value_statement(node, "")
            case ast.Assign(targets=[ast.Name(id=name)], value=node):
                self._value_statement(node, name)
            case ast.AnnAssign(target=ast.Name(id=name), value=ast.expr() as node):
                self._value_statement(node, name)
            case ast.Pass():
                self.spoke = True
            case ast.AnnAssign(value=None):
                return
            case _:
                raise Unread("unparsable", "this is neither a name nor a relation")

    def _value_statement(self, node: ast.expr, target: str) -> None:
        text = literal(node)
        if isinstance(node, ast.Call) or elements(node) is not None:
            self.spoke = True
            self._take_all(node, target, 0)
        elif target and text is not None:
            self.variables[target] = text
        elif target and isinstance(node, ast.Name) and node.id in self.variables:
            self.variables[target] = self.variables[node.id]
        elif target or any(isinstance(part, ast.Call) for part in ast.walk(node)):
            raise Unread("unparsable", "this is neither a name nor a relation")
        elif isinstance(node, ast.Constant) and node.value is None:
            self.spoke = True

    def _take_all(self, node: ast.expr, target: str, depth: int) -> None:
        """A call, or the calls in a list; each that fails is rejected by itself."""
        if depth > DEEPEST:
            raise Unread("unparsable", "nested too deeply")
        parts = elements(node)
        if parts is None:
            if isinstance(node, ast.Call):
                self._call(node, target, depth)
            return
        for part in parts:
            try:
                self._take_all(part, "", depth + 1)
            except Unread as error:
                self._reject(error.code, error.message, part)

    def _call(self, node: ast.Call, target: str, depth: int) -> None:
        name = callee(node)
        kind = self.vocabulary.kind(name)
        if kind == "entity":
            self._thing(node, target)
        elif kind in {"relation", "attribute"}:
            self._add_claim(self._claim(name, self._arguments(node, (HEAD[0], TAIL[0]))))
        elif kind == "event":
            self._add_happening(node, name)
        elif name in TRIPLE and not _is_container(node):
            self._triple(node)
        elif _is_container(node):
            for part in (*node.args, *(k.value for k in node.keywords)):
                self._take_all(part, "", depth + 1)
        elif name not in RATIONALE:
            raise self._unknown(name)

    # things

    def _thing(self, node: ast.Call, target: str = "", inline: bool = False) -> Thing:
        """A thing from its constructor; further keywords are its attributes."""
        kind = self.vocabulary.resolve("entity", callee(node))
        if kind is None:
            raise self._unknown(callee(node))
        given = {k.arg: k.value for k in node.keywords if k.arg}
        first = node.args[0] if node.args else given.pop("name", None)
        name = self._text(first) if first is not None else None
        if name is None or not name.strip():
            raise Unread("unparsable", f"{kind} is given no name")
        thing = Thing(name, kind)
        if inline and self._section and thing not in self.things:
            self._warn(f"{name!r} is not among the entities that the answer listed", node)
        self.things.setdefault(thing)
        self._section = self._section or not inline
        if target:
            self.variables[target] = thing
        for key, value in given.items():
            if self.vocabulary.schema.attribute(kind, key):
                self._add_claim(self._claim(key, {HEAD[0]: node, TAIL[0]: value}, head=thing))
        return thing

    def _text(self, node: ast.expr) -> str | None:
        if isinstance(node, ast.Name):
            known = self.variables.get(node.id)
            return known.name if isinstance(known, Thing) else known
        return literal(node)

    def _filler(self, node: ast.expr, allowed: tuple[str, ...]) -> Thing:
        """The thing that an argument stands for: a variable, a constructor, or a name that was listed."""
        value: Thing | str | None = literal(node)
        if isinstance(node, ast.Name):
            if node.id not in self.variables:
                close = did_you_mean(nearest(node.id, self.variables))
                raise Unread("unparsable", f"undefined variable {node.id!r}.{close}")
            value = self.variables[node.id]
        elif isinstance(node, ast.Call):
            return self._thing(node, inline=True)
        if isinstance(value, str):
            value = self._named(value, allowed)
        if value is None:
            raise Unread("unparsable", "an argument is neither a variable nor a name")
        return value

    def _named(self, name: str, allowed: tuple[str, ...]) -> Thing:
        """The thing of this name: one that was listed, best of an allowed type, else new where only one type can be."""
        same = [t for t in self.things if t.name == name]
        fitting = [t for t in same if self.vocabulary.schema.is_a(t.type, allowed)]
        if len(fitting) == 1 or len(same) == 1:
            return (fitting or same)[0]
        if len(allowed) == 1 and self.vocabulary.kind(allowed[0]) == "entity" and name.strip():
            if self._section:
                self._warn(f"{name!r} is not among the entities that the answer listed")
            self.things.setdefault(Thing(name, allowed[0]))
            return Thing(name, allowed[0])
        raise Unread("unparsable", f"{name!r} is given no class")

    # claims

    def _arguments(self, node: ast.Call, positions: tuple[str, ...], own: frozenset[str] = frozenset()) -> Arguments:
        """Arguments by name; those beyond the positions are sentence numbers (`sentence 1`, `sentence 2` ...).

        Names in `own` (an event's roles) stay as they are; others get one spelling (`subject` is `head`)."""
        found: Arguments = {}
        for index, value in enumerate(node.args):
            found[positions[index] if index < len(positions) else f"{SENTENCE[0]} {index}"] = value
        for keyword in node.keywords:
            if keyword.arg is None:
                raise Unread("unparsable", "** stands for no argument")
            found[keyword.arg if keyword.arg in own else _canonical(keyword.arg)] = keyword.value
        return found

    def _triple(self, node: ast.Call) -> None:
        """`Triple(Person("A"), Rel("works for"), Organization("B"))`: the reference's own way of writing."""
        given = self._arguments(node, ("head", "relation", "tail"))
        said = given.pop("relation", None)
        if isinstance(said, ast.Call):
            said = said.args[0] if said.args else ast.Constant(value=callee(said))
        elif isinstance(said, ast.Name):
            said = ast.Constant(value=said.id)
        name = literal(said) if said is not None else None
        if name is None:
            raise Unread("unparsable", "a triple without a relation")
        if self.vocabulary.kind(name) not in {"relation", "attribute"}:
            raise self._unknown(name)
        self._add_claim(self._claim(name, given))

    def _claim(self, name: str, given: Arguments, head: Thing | None = None) -> Claim:
        relation = self.vocabulary.relation(name)
        if HEAD[0] not in given or TAIL[0] not in given:
            raise Unread("unparsable", f"{name} needs a head and a tail")
        head = head or self._filler(given.pop(HEAD[0]), relation.head if relation else ())
        given.pop(HEAD[0], None)
        last = given.pop(TAIL[0])
        if relation is None:
            claim = self._attribute(head, name, last)
        else:
            claim = self._directed(relation, head, self._filler(last, relation.tail))
        return self._qualified(claim, given)

    def _attribute(self, head: Thing, written: str, node: ast.expr) -> Claim:
        name = self.vocabulary.resolve("attribute", written) or written
        if self.vocabulary.schema.attribute(head.type, name) is None:
            raise Unread("type_violation", f"{head.type} has no attribute {name}")
        value = self._text(node)
        if value is None or not value.strip():
            raise Unread("unparsable", f"{name} is given no value")
        return Claim(head, name, value)

    def _directed(self, relation: RelationType, head: Thing, tail: Thing) -> Claim:
        """Checked against the schema's types; a swap is said, and put right only where the option says so."""
        verdict = signature(self.vocabulary.schema, relation.name, head.type, tail.type)
        if verdict == "ok":
            return Claim(head, relation.name, tail)
        want = f"{relation.name} goes from {' | '.join(relation.head)} to {' | '.join(relation.tail)}"
        if verdict == "violation":
            raise Unread("type_violation", f"{want}, not from {head.type} to {tail.type}")
        if not self.repair_direction:
            raise Unread("type_violation", f"{want}: head and tail are swapped")
        self._warn(f"{want}: head and tail were swapped and are put right", code="type_violation")
        return Claim(tail, relation.name, head)

    def _qualified(self, claim: Claim, given: Arguments) -> Claim:
        sentences: dict[int, None] = {}
        qualifiers: list[Qualifier] = []
        because = ""
        for key, node in given.items():
            if key.startswith(SENTENCE[0]):
                sentences.update(dict.fromkeys(sentence_numbers(node)))
            elif key in QUALIFIERS and (value := self._text(node)) is not None:
                qualifiers.append(Qualifier(key, value))
            elif key == BECAUSE[0]:
                because = self._text(node) or ""
            elif key not in {"negated", "hedged"}:
                close = did_you_mean(nearest(key, QUALIFIERS))
                self._warn(f"no qualifier {key!r} with a plain value.{close}", code="unknown_label")
        return replace(
            claim,
            sentences=tuple(sentences),
            negated="negated" in given and flag(given["negated"]),
            hedged="hedged" in given and flag(given["hedged"]),
            qualifiers=tuple(qualifiers),
            because=because,
            line=self._raw,
        )

    def _add_claim(self, claim: Claim) -> None:
        if claim in self.claims:
            count, line = self.repeated.get(claim, (0, self._line))
            self.repeated[claim] = (count + 1, line)
        self.claims.setdefault(claim)

    # events

    def _add_happening(self, node: ast.Call, name: str) -> None:
        kind = self.vocabulary.event(name)
        if kind is None:
            raise self._unknown(name)
        names = frozenset(role.name for role in kind.roles)
        given = self._arguments(node, ("trigger",), names)
        trigger = self._text(given.pop("trigger")) if "trigger" in given else ""
        if trigger is None:
            raise Unread("unparsable", f"{name} needs the word that tells of it")
        roles: list[tuple[str, Thing | str]] = []
        for role in kind.roles:
            value = given.pop(role.name, None)
            parts = [] if value is None else elements(value) or [value]
            roles += [(role.name, self._role_filler(role, part)) for part in parts]
        for key in [k for k in given if k != BECAUSE[0] and not k.startswith(SENTENCE[0])]:
            close = did_you_mean(nearest(key, names))
            self._warn(f"{kind.name} has no role {key!r}.{close}", given.pop(key), "unknown_label")
        rest = self._qualified(Claim(Thing("", ""), "", ""), given)
        said = Happening(kind.name, trigger, tuple(roles), rest.sentences, rest.because, self._raw)
        if said in self.happenings:
            count, line = self.repeated.get(said, (0, self._line))
            self.repeated[said] = (count + 1, line)
        self.happenings.setdefault(said)

    def _role_filler(self, role: RoleType, node: ast.expr) -> Thing | str:
        if self.vocabulary.is_literal(role):
            value = self._text(node)
            if value is None or not value.strip():
                raise Unread("unparsable", f"{role.name} is given no value")
            return value
        thing = self._filler(node, role.types)
        if not self.vocabulary.schema.is_a(thing.type, role.types):
            raise Unread("type_violation", f"{role.name} is {' | '.join(role.types)}, not {thing.type}")
        return thing

    # rejects

    def _unknown(self, name: str) -> Unread:
        close = did_you_mean(nearest(name, self.vocabulary.names()))
        return Unread("unknown_label", f"the schema has no class {name[:80]!r}.{close}")

    def _reject(self, code: ProblemCode, message: str, node: ast.expr | None = None) -> None:
        self.rejects.append(Problem(code, message, f"line {self._line}", self._source(node)))

    def _warn(self, message: str, node: ast.expr | None = None, code: ProblemCode = "unparsable") -> None:
        problem = Problem(code, message, f"line {self._line}", self._source(node), severity="warning")
        self.rejects.append(problem)

    def _source(self, node: ast.expr | None) -> str:
        """The text of a part, on one line of its own; the whole statement where the part spans several."""
        raw = self._raw
        if node is not None and node.lineno == node.end_lineno and "\n" in raw:
            raw = ast.get_source_segment(raw, node) or raw
        return raw[:LONGEST_RAW]


def _canonical(keyword: str) -> str:
    """One name for each argument, however it was written (`subject` is `head`)."""
    for names in (HEAD, TAIL, SENTENCE, BECAUSE):
        if keyword in names:
            return names[0]
    return keyword


def _is_container(node: ast.Call) -> bool:
    """Whether a call only holds others: `Extraction([...])`, `Extraction(relations=[...], triples=[...])`."""
    return any(k.arg in SECTIONS for k in node.keywords) or (
        bool(node.args) and all(isinstance(a, (ast.List, ast.Tuple)) for a in node.args)
    )
