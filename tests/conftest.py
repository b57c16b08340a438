"""Fixtures that all tests share."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

REPOSITORY = Path(__file__).resolve().parent.parent


@pytest.fixture(scope="session")
def kgc_data() -> Path:
    """The real data sets; a test that needs them skips where they are absent, and fails under CI."""
    root = Path(os.environ.get("KGC_DATA", REPOSITORY.parent / "shared" / "data"))
    if not root.is_dir():
        message = f"no data sets at {root}; set KGC_DATA to the folder that holds ie/, ner/, documents/"
        if os.environ.get("CI"):
            pytest.fail(message)
        pytest.skip(message)
    return root


@pytest.fixture(scope="session")
def repository() -> Path:
    return REPOSITORY
