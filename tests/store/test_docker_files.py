"""Dockerfile and docker-compose.yml, held against what they name: no Docker is needed to see that it is there."""

from __future__ import annotations

import json
import os
import re
import shutil
import signal
import subprocess
import tomllib
from pathlib import Path
from typing import Any

import pytest
import yaml
from click.testing import CliRunner

from kgc.cli.app import app
from kgc.errors import StoreError
from kgc.store.sparql.http import Access
from kgc.store.sparql.store import SparqlStore
from kgc.testing.store_contract import small_graph
from tests.servers import fuseki as jena
from tests.servers.neo4j import CONFIGURATION

REPOSITORY = Path(__file__).resolve().parents[2]
DOCKERFILE = (REPOSITORY / "Dockerfile").read_text(encoding="utf-8")
SERVICES: dict[str, dict[str, Any]] = yaml.safe_load((REPOSITORY / "docker-compose.yml").read_text("utf-8"))["services"]
INLINE = str(SERVICES["fuseki"]["build"]["dockerfile_inline"]).replace("$$", "$")
PROJECT = tomllib.loads((REPOSITORY / "pyproject.toml").read_text(encoding="utf-8"))


def instructions(text: str, word: str) -> list[str]:
    return re.findall(rf"^{word} (.*)$", text, re.MULTILINE)


def copied() -> set[str]:
    return {source for line in instructions(DOCKERFILE, "COPY") for source in line.split()[:-1]}


def test_what_is_copied_is_there_and_not_ignored() -> None:
    ignored = (REPOSITORY / ".dockerignore").read_text(encoding="utf-8").split("\n")
    for source in copied():
        assert (REPOSITORY / source).exists(), source
        assert source not in ignored


def test_all_that_the_wheel_is_made_of_is_copied() -> None:
    wheel = PROJECT["tool"]["hatch"]["build"]["targets"]["wheel"]
    hooks = ["hatch_build.py"] if "custom" in PROJECT["tool"]["hatch"]["build"].get("hooks", {}) else []
    files = [PROJECT["project"]["readme"], *PROJECT["project"].get("license-files", ["LICENSE"])]
    needed = {*wheel["packages"], *wheel["force-include"], *files, *hooks, "pyproject.toml"}
    assert needed <= copied()


def test_what_pip_is_told_to_install_is_there() -> None:
    [line] = [run for run in instructions(DOCKERFILE, "RUN") if run.startswith("pip ")]
    names = line.split("--constraint ")[1].split()
    assert names[0] in copied()
    *models, itself = names[1:]
    for model in models:
        assert (REPOSITORY / model / "pyproject.toml").is_file()
    assert set(re.findall(r"\w+", itself)) <= set(PROJECT["project"]["optional-dependencies"])
    assert "kgc" in PROJECT["project"]["scripts"]


def test_nobody_is_root_and_every_image_names_its_version() -> None:
    for text in (DOCKERFILE, INLINE):
        [user] = instructions(text, "USER")
        assert user not in ("root", "0")
        assert any(f" {user}" in run and "useradd" in run for run in instructions(text, "RUN"))
    images = [*instructions(DOCKERFILE, "FROM"), *instructions(INLINE, "FROM")]
    images += [str(service["image"]) for service in SERVICES.values() if "image" in service]
    for image in images:
        assert re.fullmatch(r"[a-z0-9./-]+:[0-9][\w.-]*", image), image


def test_ports_are_those_of_loopback_alone() -> None:
    for name, service in SERVICES.items():
        ports = [str(port) for port in service.get("ports", ())]
        assert ports or service.get("network_mode") == "host", name
        assert all(re.fullmatch(r"127\.0\.0\.1:\d+:\d+", port) for port in ports), name
        if service.get("network_mode") == "host":
            assert "--host" not in service["command"], "it would listen beyond this machine"


def test_passwords_come_from_the_environment_and_are_asked_for() -> None:
    for service in SERVICES.values():
        for name, value in service.get("environment", {}).items():
            if re.search("PASSWORD|AUTH", name):
                assert re.fullmatch(r"(neo4j/)?\$\{[A-Z0-9_]+:\?[^}]+\}", str(value)), name


def test_the_settings_of_neo4j_are_those_that_the_test_server_has() -> None:
    known = {line.partition("=")[0] for line in CONFIGURATION.splitlines()}
    for name in SERVICES["neo4j"]["environment"]:
        if name != "NEO4J_AUTH":
            setting = name.removeprefix("NEO4J_").replace("__", "\0").replace("_", ".").replace("\0", "_")
            assert setting in known


def test_what_the_browser_is_started_with_is_a_call_of_kgc() -> None:
    found = CliRunner().invoke(app, [*SERVICES["browser"]["command"], "--help"])
    assert (found.exit_code, "browse [OPTIONS]" in found.output) == (0, True)


def test_fuseki_is_the_version_that_is_tested() -> None:
    [address] = re.findall(r"https://\S+", INLINE)
    version = jena.VERSION
    assert address.endswith(f"/org/apache/jena/jena-fuseki-server/{version}/jena-fuseki-server-{version}.jar")


@pytest.mark.server
@pytest.mark.usefixtures("fuseki")  # it is there, or the test is skipped as all are that need it
def test_fuseki_starts_as_it_is_told_to_and_asks_for_the_password(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shell, flag, script = json.loads(instructions(INLINE, "ENTRYPOINT")[0])
    port = jena._free_port()
    script = script.replace("/fuseki.jar", str(jena.JAR)).replace("-Xmx2g", "-Xmx256m -XX:TieredStopAtLevel=1")
    script = script.replace("--passwd", f"--localhost --port={port} --passwd")
    environment = {"PATH": os.environ["PATH"], "FUSEKI_PASSWORD": "a word of ours"}
    with (tmp_path / "log").open("wb") as log:
        server = subprocess.Popen(
            [shutil.which(shell) or shell, flag, script], cwd=tmp_path, env=environment, stdout=log, stderr=log,
            start_new_session=True,
        )  # fmt: skip
    try:
        jena._wait(server, f"http://127.0.0.1:{port}/kg", tmp_path / "log")
        monkeypatch.setenv("FUSEKI_PASSWORD", "a word of ours")
        address = f"http://127.0.0.1:{port}/kg"
        store = SparqlStore(address, Access("kg", "FUSEKI_PASSWORD"), memory=tmp_path / "targets")
        assert store.write(small_graph(("Ada",))).sent > 0
        assert store.write(small_graph(("Ada",))).sent == 0
        monkeypatch.setenv("WRONG", "another")
        with pytest.raises(StoreError, match="refuses the user or the password"):
            SparqlStore(address, Access("kg", "WRONG")).write(small_graph(("Ada",)))
        with pytest.raises(StoreError, match="refuses the user or the password"):
            SparqlStore(address).query("ASK { ?s ?p ?o }")
    finally:
        os.killpg(server.pid, signal.SIGKILL)
        server.wait()
