"""What a person does not use is not imported."""

from __future__ import annotations

import json
import subprocess
import sys

import pytest

HEAVY = (
    "spacy", "thinc", "numpy", "streamlit", "neo4j", "rdflib", "langchain", "langchain_core", "openai", "aiohttp",
    "lxml", "pypdfium2", "ladybug", "rich", "asyncio", "sqlite3", "markdown_it", "rapidfuzz", "charset_normalizer",
    "pandas",
)  # fmt: skip


def imported(code: str) -> set[str]:
    """The top-level modules that a fresh Python holds after this code."""
    script = f"import sys, json\n{code}\nprint(json.dumps(sorted({{m.partition('.')[0] for m in sys.modules}})))"
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True, encoding="utf-8")
    return set(json.loads(done.stdout.splitlines()[-1]))


@pytest.mark.parametrize(
    "code",
    [
        "import kgc",
        "import kgc; kgc.KgcError, kgc.__version__",
        "from kgc.cli.guard import run; run(['--help'])",
        "from kgc.cli.guard import run; run(['ingest', '--help'])",
        "from kgc.cli.guard import run; run(['query', '--help'])",
        "from kgc.cli.guard import run; run(['nonsense'])",
    ],
)
def test_nothing_heavy_is_imported(code: str) -> None:
    assert imported(code) & set(HEAVY) == set()


def test_importing_kgc_brings_no_command_line_and_no_pipeline() -> None:
    script = "import sys, kgc; print([m for m in sys.modules if m.startswith('kgc.')])"
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "['kgc.errors']"


def test_help_imports_no_verb() -> None:
    script = (
        "import sys\nfrom kgc.cli.guard import run\nrun(['--help'])\n"
        "print([m for m in sys.modules if m.startswith('kgc.cli.verbs')])"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert done.stdout.splitlines()[-1] == "[]"
