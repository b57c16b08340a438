"""Every mistake of a schema file: its line, what is wrong, the nearest right name, what to do."""

from __future__ import annotations

import pytest

from kgc.errors import SchemaError
from kgc.schema.compile import compile_text

PEOPLE = """\
class Person(Entity):
    born: Date
class Company(Entity): ...
class WorksFor(Relation):
    head: Person
    tail: Company
"""
"""Six lines that are right; what follows begins on line 7."""

MISTAKES = [
    # the file
    ("x = 1", "7: `x = 1` has no place here. A schema file holds"),
    ("print('hello')", "7: `print('hello')` has no place here."),
    ("def f(): ...", "7: `def f(): ...` has no place here."),
    ("if True:\n    class A(Entity): ...", "7: `if True: class A(Entity): ...` has no place here."),
    ("demonstration = []", "7: There is no 'demonstration' in a schema file. Did you mean 'demonstrations'?"),
    ("demonstrations = []\ndemonstrations = []", "8: `demonstrations` is written twice."),
    ("import os", "7: `import os`: only kgc.schema.words can be imported. A schema is read, never run."),
    ("from os import path", "7: `from os import path`: only kgc.schema.words can be imported."),
    ("from . import words", "7: `from . import words`: only kgc.schema.words can be imported."),
    ("import kgc.schema.words", "7: `import kgc.schema.words`: only"),
    ("from kgc.schema.words import Dates", "7: There is no word named 'Dates'. Did you mean 'Date'? The words are: "),
    ("from kgc.schema.words import Entity as E", "7: 'Entity' cannot be called 'E'. Leave `as` out."),
    # classes
    ("class A: ...", "7: A must have one base: Entity, Relation, Event or another entity class."),
    ("class A(Entity, Person): ...", "7: A must have one base:"),
    ("class A(words.Entity): ...", "7: A must have one base:"),
    ("class A(Entity, metaclass=M): ...", "7: A must have one base:"),
    ("@final\nclass A(Entity): ...", "8: A has a decorator."),
    ("class A(Entiti): ...", "7: There is no class named 'Entiti'. Did you mean 'Entity'?"),
    ("class A(Persn): ...", "7: There is no class named 'Persn'. Did you mean 'Person'?"),
    ("class Person(Entity): ...", "7: Person is written twice, first on line 1."),
    ("class WorksFor(Entity): ...", "7: WorksFor is written twice, first on line 4."),
    ("class A(B): ...\nclass B(A): ...", "7: A is its own ancestor."),
    ("class A(A): ...", "7: A is its own ancestor."),
    (
        "class A(WorksFor):\n    head: Person\n    tail: Person",
        "7: A is a subclass of WorksFor. Write `class A(Relation)`",
    ),
    ("class A(Entity):\n    def f(self): ...", "8: `def f(self): ...` has no place in A."),
    ("class A(Entity):\n    class B(Entity): ...", "8: `class B(Entity): ...` has no place in A."),
    ("class A(Entity):\n    label = 'a'\n    'stray'", "9: `'stray'` has no place in A."),
    ("class A(Entity):\n    a, b = 1, 2", "8: `a, b = (1, 2)` has no place in A."),
    ("class A(Entity):\n    a.b: Date", "8: `a.b: Date` has no place in A."),
    # the label sheet
    (
        "class A(Entity):\n    lable = 'a'",
        "8: There is no setting of A named 'lable'. Did you mean 'label'? It can be: label,",
    ),
    ("class A(Entity):\n    symmetric = True", "8: There is no setting of A named 'symmetric'."),
    ("class A(Entity):\n    label = 'a'\n    label = 'b'", "9: A.label is written twice."),
    (
        "class A(Entity):\n    label = f'{x}'",
        "8: A.label must be a text in quotes, not `f'{x}'`. A schema is read, never run",
    ),
    ("class A(Entity):\n    label = str(1)", "8: A.label must be a text in quotes, not `str(1)`."),
    ("class A(Entity):\n    label = 'a' + 'b'", "8: A.label must be a text in quotes, not `'a' + 'b'`."),
    (
        "class A(Entity):\n    aliases = ('a')",
        "8: A.aliases must be a tuple of texts, not one text. Write (`'a'`,) with a comma.",
    ),
    (
        "class A(Entity):\n    aliases = [x for x in 'ab']",
        "8: A.aliases must be a tuple of texts, not `[x for x in 'ab']`.",
    ),
    ("class A(Entity):\n    aliases = ('a', 1)", "8: Each of A.aliases must be a text in quotes, not `1`."),
    ("class A(Entity):\n    same_as = ('Person',)", "8: 'Person' in A.same_as is no IRI. Write all of it"),
    ("class A(Entity):\n    same_as = ('http://a b',)", "8: 'http://a b' in A.same_as is no IRI."),
    ("class A(Entity):\n    was = ('Person',)", "8: A.was says 'Person', which is a class of this file."),
    (
        "class A(Entity):\n    was = ('Old',)\nclass B(Entity):\n    was = ('Old',)",
        "10: B.was says 'Old', and so does A.was. Leave it to one.",
    ),
    # attributes
    (
        "class A(Entity):\n    x: Dat",
        "8: There is no datatype named 'Dat'. Did you mean 'Date'? The datatypes are: String,",
    ),
    ("class A(Entity):\n    x: str", "8: There is no datatype named 'str'."),
    ("class A(Entity):\n    x: Date = None", "8: A.x has a value. Leave out what follows `=`."),
    ("class A(Entity):\n    x: Date | None", "8: A.x is always optional. Leave out `| None`."),
    ("class A(Entity):\n    x: Date | String", "8: A.x has 2 datatypes (Date, String). Choose one."),
    ("class A(Entity):\n    x: list[Date]", "8: A.x is annotated `list[Date]`. Write names, joined by `|`."),
    ("class A(Entity):\n    x: f(Date)", "8: A.x is annotated `f(Date)`."),
    ("class A(Entity):\n    x: '1 +'", "8: A.x is annotated `'1 +'`."),
    (
        "class A(Entity):\n    x: Company",
        "8: A.x is a Company, which is a class. Write a Relation with head: A and tail: Company.",
    ),
    ("class A(Entity):\n    x: Date\n    x: Date", "9: A.x is written twice."),
    ("class A(Person):\n    born: String", "8: A.born is a String but a Date in Person. Use one datatype."),
    ("class A(Entity):\n    WorksFor: Date", "8: A.WorksFor has the name of a relation."),
    ("class A(Entity):\n    name: String", "8: The property 'name' is written by kgc itself."),
    ("class A(Entity):\n    Id: String", "8: The property 'id' is written by kgc itself."),
    ("class A(Entity):\n    aDate: Date\n    a_date: Date", "9: A.a_date and A.aDate are both stored as 'a_date'."),
    ("class A(Entity):\n    _x: Date", "8: The name '_x' cannot be used. Names begin with a letter"),
    # relations
    ("class R(Relation):\n    head: Person", "7: R has no tail. Add `tail: Person`"),
    (
        "class R(Relation):\n    head: Person\n    tail: Compnay",
        "9: There is no entity class named 'Compnay'. Did you mean 'Company'?",
    ),
    ("class R(Relation):\n    head: Person\n    tail: WorksFor", "9: There is no entity class named 'WorksFor'."),
    ("class R(Relation):\n    head: Person\n    tail: Date", "9: R.tail is a Date, which is a value and no class."),
    (
        "class R(Relation):\n    head: Person\n    tail: Person | None",
        "9: R.tail is always one thing. Leave out `| None`",
    ),
    (
        "class R(Relation):\n    head: Person\n    tail: Person\n    since: Date",
        "10: There is no field of R named 'since'.",
    ),
    (
        "class R(Relation):\n    symmetric = 1\n    head: Person\n    tail: Person",
        "8: R.symmetric must be True or False, not `1`.",
    ),
    (
        "class R(Relation):\n    symetric = True\n    head: Person\n    tail: Person",
        "8: There is no setting of R named 'symetric'. Did you mean 'symmetric'",
    ),
    (
        "class R(Relation):\n    templates = ('{head} is',)\n    head: Person\n    tail: Person",
        "8: '{head} is' in R.templates is incomplete. Write {head} and {tail} once each.",
    ),
    (
        "class R(Relation):\n    inverse = 'Company'\n    head: Person\n    tail: Person",
        "8: Company in R.inverse is no relation. Name a relation.",
    ),
    (
        "class R(Relation):\n    inverse = 'WorksFor'\n    head: Person\n    tail: Company",
        "8: WorksFor cannot be the inverse of R. The head of R must be a tail of WorksFor",
    ),
    (
        "class R(Relation):\n    inverse = 'S'\n    symmetric = True\n    head: Person\n    tail: Person",
        "8: R is symmetric, so that it is its own inverse.",
    ),
    ("class R(Relation):\n    inverse = 'a b'\n    head: Person\n    tail: Person", "8: 'a b' in R.inverse is no name"),
    # names that stores cannot keep apart
    (
        "class Works_For(Relation):\n    head: Person\n    tail: Person",
        "7: The relation Works_For (WORKS_FOR) clashes with the relation WorksFor",
    ),
    ("class PERSON(Entity): ...", "7: The class PERSON clashes with the class Person: stores do not regard case."),
    (
        "class COMPANY(Relation):\n    head: Person\n    tail: Person",
        "7: The relation COMPANY (COMPANY) clashes with the class Company",
    ),
    ("class Chunk(Entity): ...", "7: The class Chunk clashes with the Chunk that kgc writes itself"),
    (
        "class Mentions(Relation):\n    head: Person\n    tail: Person",
        "7: The relation Mentions (MENTIONS) clashes with the MENTIONS",
    ),
    ("class FromDocument(Relation):\n    head: Person\n    tail: Person", "(FROM_DOCUMENT) clashes with"),
    ("class Amount(Entity): ...", "7: Amount is a word of schema files."),
    ("class E(Event):\n    company: Company", "8: The role COMPANY clashes with the class Company"),
    ("class E(Event):\n    works_for: Company", "8: The role WORKS_FOR clashes with the relation WorksFor"),
    (f"class {'A' * 101}(Entity): ...", "7: The name 'AAAA"),
    # events
    ("class E(Event): ...", "7: E has no roles."),
    ("class E(Event):\n    who: Persom", "8: There is no entity class named 'Persom'. Did you mean 'Person'?"),
    ("class E(Event):\n    who: Person | Date", "8: E.who is Person | Date. Choose entity classes, or one datatype."),
    ("class E(Event):\n    day: Functional[Date]", "8: E.day is a role. Leave out `Functional`."),
    ("class E(Event):\n    quote: String", "8: The property 'quote' is written by kgc itself."),
    ("class F(E): ...\nclass E(Event):\n    who: Person", "7: F is a subclass of E. Write `class F(Event)`"),
    # demonstrations
    ("demonstrations = 'x'", "7: demonstrations must be a list, not `'x'`."),
    ("demonstrations = [d for d in x]", "7: demonstrations must be a list, not"),
    ("demonstrations = ['x']", "7: `'x'` is no demonstration. Write Demo("),
    ("demonstrations = [Demo()]", "7: `Demo()` is no demonstration."),
    ("demonstrations = [Demo(*x)]", "7: The text of a Demo must be in quotes and not empty."),
    ("demonstrations = [Demo(text())]", "7: The text of a Demo must be in quotes and not empty."),
    ("demonstrations = [Demo(' ')]", "7: The text of a Demo must be in quotes and not empty."),
    ("demonstrations = [Demo('Ada', entites=[])]", "7: Demo has no 'entites' here."),
    ("demonstrations = [Demo('Ada', **x)]", "7: Demo has no None here."),
    ("demonstrations = [Demo('Ada', entities=x)]", "7: `x` must be a list."),
    ("demonstrations = [Demo('Ada', entities=[('Ada',)])]", "7: `('Ada',)` must be 2 texts in brackets."),
    (
        "demonstrations = [Demo('Ada', entities=[('Eva', 'Person')])]",
        "7: 'Eva' does not stand in the demonstration's text.",
    ),
    ("demonstrations = [Demo('Ada', entities=[('', 'Person')])]", "7: '' does not stand in the demonstration's text."),
    (
        "demonstrations = [Demo('Ada', entities=[('Ada', 'Persn')])]",
        "7: There is no entity class named 'Persn'. Did you mean 'Person'?",
    ),
    (
        "demonstrations = [Demo('Ada', entities=[('Ada', 'Person'),\n('Ada', 'Person')])]",
        "8: The demonstration says 'Ada' as Person twice.",
    ),
]


@pytest.mark.parametrize(("text", "said"), MISTAKES)
def test_a_mistake_is_told_with_its_line(text: str, said: str) -> None:
    with pytest.raises(SchemaError) as caught:
        compile_text(f"{PEOPLE}{text}\n", "mine", "mine.py")
    lines = str(caught.value).splitlines()
    assert all(line.startswith("mine.py:") for line in lines)
    assert any(said in line.removeprefix("mine.py:") for line in lines), str(caught.value)


ADA = "Demo('Ada works for Acme.', entities=[('Ada', 'Person'), ('Acme', 'Company')], triples=[\n{}])"


@pytest.mark.parametrize(
    ("triple", "said"),
    [
        ("('Acme', 'WorksFor', 'Ada')", "8: WorksFor does not go from Company to Person. Swap head and tail."),
        ("('Ada', 'WorksFor', 'Ada')", "8: WorksFor does not go from Person to Person. Correct the classes"),
        (
            "('Ada', 'WorkFor', 'Acme')",
            "8: There is no relation or attribute named 'WorkFor'. Did you mean 'WorksFor'?",
        ),
        ("('Acme', 'born', 'Ada')", "8: There is no relation or attribute named 'born'."),
        ("('Ada', 'born', '1815')", "8: '1815' does not stand in the demonstration's text."),
        ("('Ida', 'WorksFor', 'Acme')", "8: 'Ida' is no entity of the demonstration. Did you mean 'Ada'?"),
        ("('Ada', 'WorksFor', 'Acm')", "8: 'Acm' is no entity of the demonstration. Did you mean 'Acme'?"),
        ("('Ada', 'WorksFor')", "8: `('Ada', 'WorksFor')` must be 3 texts in brackets."),
        ("*['Ada', 'WorksFor', 'Acme']", "must be 3 texts in brackets."),
        (
            "('Ada', 'WorksFor', 'Acme'),\n('Ada', 'WorksFor', 'Acme')",
            "9: The demonstration says ('Ada', 'WorksFor', 'Acme') twice.",
        ),
    ],
)
def test_a_wrong_triple_of_a_demonstration_is_told(triple: str, said: str) -> None:
    with pytest.raises(SchemaError) as caught:
        compile_text(f"{PEOPLE}demonstrations = [{ADA.format(triple)}]", "mine", "mine.py")
    assert said in str(caught.value)
    assert len(str(caught.value).splitlines()) == 1


def test_all_mistakes_of_a_file_are_told_at_once_in_the_order_of_their_lines() -> None:
    text = "import os\nclass A(Enity):\n    x: Dat\n    x: Date\nclass R(Relation):\n    head: B\n"
    with pytest.raises(SchemaError) as caught:
        compile_text(text, "mine", "mine.py")
    assert [line.split(":")[1] for line in str(caught.value).splitlines()] == ["1", "2", "3", "4", "5", "6"]


def test_a_name_with_two_classes_fits_a_relation_when_one_of_them_does() -> None:
    demo = "Demo('Acme works for Acme.', [('Acme', 'Person'), ('Acme', 'Company')], [('Acme', 'WorksFor', 'Acme')])"
    assert compile_text(f"{PEOPLE}demonstrations = [{demo}]", "mine", "mine.py").demonstrations
