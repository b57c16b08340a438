"""The wheel works away from the repository and brings its content along."""

from __future__ import annotations

import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest


@pytest.fixture(scope="module")
def installed(repository: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What an installation would put into site-packages."""
    out = tmp_path_factory.mktemp("wheel")
    command = [sys.executable, "-m", "uv", "build", "--quiet", "--wheel", "--out-dir", str(out), str(repository)]
    subprocess.run(command, check=True)
    [wheel] = out.glob("kgc_toolkit-*.whl")
    zipfile.ZipFile(wheel).extractall(out / "site")
    return out / "site"


def run(installed: Path, code: str) -> str:
    environment = {**os.environ, "PYTHONPATH": str(installed)}
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=installed.parent, env=environment, check=True, capture_output=True, text=True
    )
    return done.stdout.strip()


def test_the_shipped_content_is_found_inside_the_wheel(installed: Path) -> None:
    code = "from kgc import shipped; print(*(shipped.folder(k) for k in ('schemas', 'dashboards', 'examples')))"
    found = [f"{installed}/kgc/_shipped/{kind}" for kind in ("schemas", "dashboards", "examples")]
    assert run(installed, code) == " ".join(found)
    assert (installed / "kgc/_shipped/examples/documents/zh").is_dir()


def test_a_file_is_read_and_asked_about_away_from_the_repository(installed: Path) -> None:
    (installed.parent / "note.md").write_text("# Staff\n\nAda Byron works for Acme Corp.\n", encoding="utf-8")
    code = "import sys; from kgc.cli import main; sys.argv[1:] = ['prompt', 'note.md', '--strategy', 'chatie']; main()"
    told = run(installed, code)
    assert "Ada Byron works for Acme Corp." in told
    assert "WorksFor" in told


def test_nothing_but_kgc_is_installed(installed: Path) -> None:
    assert sorted(p.name for p in installed.iterdir() if not p.name.endswith(".dist-info")) == ["kgc"]
    assert not list(installed.rglob("tests"))


def test_what_the_browser_runs_is_where_streamlit_looks_for_it(installed: Path) -> None:
    import tomllib

    told = tomllib.loads((installed / "kgc" / "pyproject.toml").read_text(encoding="utf-8"))
    for component in told["tool"]["streamlit"]["component"]["components"]:
        assets = installed / "kgc" / component["asset_dir"]
        assert (assets / f"{component['name']}.js").stat().st_size > 1_000
        assert (assets / f"{component['name']}.css").is_file()
    config = (installed / "kgc" / "_shipped" / "dashboards" / ".streamlit" / "config.toml").read_text(encoding="utf-8")
    assert tomllib.loads(config)["browser"]["gatherUsageStats"] is False
    assert (installed / "kgc" / "_shipped" / "dashboards" / "views" / "explore.py").is_file()
