"""The real servers of a test session."""

from __future__ import annotations

import os
from collections.abc import Iterator

import pytest

from tests.servers import fuseki as jena
from tests.servers.neo4j import Missing, Neo4jServer, neo4j_server


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Keep the tests of one server in one worker, so that one server is started."""
    for item in items:
        for server in ("neo4j", "fuseki"):
            if server in getattr(item, "fixturenames", ()):
                item.add_marker(pytest.mark.xdist_group(server))


@pytest.fixture(scope="session")
def neo4j() -> Iterator[Neo4jServer]:
    """One server for all tests of a session; where it is missing they skip, and fail under CI."""
    try:
        with neo4j_server() as server:
            yield server
    except Missing as missing:
        if os.environ.get("CI"):
            pytest.fail(str(missing))
        pytest.skip(str(missing))


@pytest.fixture(scope="session")
def fuseki() -> Iterator[jena.FusekiServer]:
    """As `neo4j`, for SPARQL."""
    try:
        with jena.fuseki_server() as server:
            yield server
    except jena.Missing as missing:
        if os.environ.get("CI"):
            pytest.fail(str(missing))
        pytest.skip(str(missing))
