from __future__ import annotations

import re
import sys
from pathlib import Path
from types import ModuleType

import pytest

from kgc.data import Chunk, Span
from kgc.schema import EntityType, RelationType, Schema
from kgc.testing.strategy_contract import StrategyContract

DOC = Path(__file__).resolve().parents[2] / "docs" / "reference" / "strategies.md"
TEXT = "Ann lives in Rome."


@pytest.fixture(scope="class", autouse=True)
def example(request: pytest.FixtureRequest) -> None:
    """The example of the page, as the module that a reader would make of it."""
    [source] = re.findall(r"```python\n(.*?)```", DOC.read_text(encoding="utf-8"), re.DOTALL)
    module = ModuleType("strategies_doc_example")
    sys.modules[module.__name__] = module
    exec(compile(source, str(DOC), "exec"), module.__dict__)  # our own page, not a model's text
    request.cls.strategy = module.OneTable()


class TestTheExampleOfThePage(StrategyContract):
    schema = Schema(
        "doc", (EntityType("Person"), EntityType("Location")), (RelationType("LivesIn", ("Person",), ("Location",)),)
    )
    chunk = Chunk("c", "d", "k", Span(0, len(TEXT)), TEXT)
    good = ("| Person | Location |\n|---|---|\n| Ann | Rome |",)
