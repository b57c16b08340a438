"""The reference page says what is true: its example compiles, its lists are complete."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from kgc.errors import SchemaError
from kgc.schema.build import DATATYPE_WORDS, RELATION_SHEET
from kgc.schema.compile import compile_text
from kgc.schema.naming import LABELS, PROPERTIES, TYPES
from kgc.schema.words import Demo, Sheet


@pytest.fixture(scope="module")
def page(repository: Path) -> str:
    return (repository / "docs" / "reference" / "schema.md").read_text(encoding="utf-8")


def test_the_example_compiles(page: str) -> None:
    [example] = re.findall(r"```python\n(.*?)```", page, flags=re.DOTALL)
    schema = compile_text(example, "ships", "schema.md")
    assert list(schema.names()) == ["Ship", "Ferry", "Company", "Port", "OwnerOf", "Serves", "SisterOf", "Sale"]


def test_the_example_also_runs_as_python_for_editors(page: str) -> None:
    [example] = re.findall(r"```python\n(.*?)```", page, flags=re.DOTALL)
    names: dict[str, object] = {}
    exec(compile("from __future__ import annotations\n" + example, "schema.md", "exec"), names)
    ship, demonstrations = names["Ship"], names["demonstrations"]
    assert isinstance(ship, type)
    assert issubclass(ship, Sheet)
    assert isinstance(demonstrations, list)
    assert isinstance(demonstrations[0], Demo)


def test_every_word_setting_and_reserved_name_is_told(page: str) -> None:
    for name in (*DATATYPE_WORDS, *RELATION_SHEET, *LABELS, *TYPES, *PROPERTIES):
        assert re.search(rf"`{name}\b", page), name


def test_the_mistakes_are_told_as_the_page_says(page: str) -> None:
    said = re.findall(r"^schemas/mine.py:\d+: (.*)$", page, flags=re.MULTILINE)
    text = (
        "class Person(Entity):\n    x: Dat\nclass Company(Entity): ...\n"
        "class OwnerOf(Relation):\n    head: Compnay\n    tail: Person\n"
        "class WorksFor(Relation):\n    head: Person\n    tail: Company\n"
        "demonstrations = [Demo('A B', [('A', 'Company'), ('B', 'Person')], [('A', 'WorksFor', 'B')])]\n"
    )
    with pytest.raises(SchemaError) as caught:
        compile_text(text, "mine", "mine.py")
    assert [line.split(": ", 1)[1] for line in str(caught.value).splitlines()] == said
