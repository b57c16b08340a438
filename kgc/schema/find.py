"""From what a person names to a schema: a file, one of the workspace's, or one that ships with kgc."""

from __future__ import annotations

from pathlib import Path

from kgc import shipped
from kgc.errors import SchemaError, UnknownName
from kgc.schema.compile import compile_file
from kgc.schema.model import Schema


def find(name_or_path: str, base: Path | None = None) -> Schema:
    """The schema of a path, or of a name: `<base>/schemas/NAME.py`, else the shipped one.

    A relative path is looked for in the current directory and then in `base`. Raises `UnknownName` with the nearest
    names, or `SchemaError` for a file that is not there or has mistakes.
    """
    if looks_like_path(name_or_path):
        return compile_file(existing(name_or_path, base))
    known = files(base)
    if name_or_path not in known:
        hint = f"There are: {', '.join(sorted(known))}; or give the path of a file, as in schemas/mine.py."
        raise UnknownName("schema", name_or_path, known, hint)
    return compile_file(known[name_or_path])


def files(base: Path | None = None) -> dict[str, Path]:
    """All schemas that can be named, by name; the workspace's own come before the shipped ones of the same name."""
    known = {name: shipped.folder("schemas") / f"{name}.py" for name in shipped.names("schemas", ".py")}
    if base is not None:
        own = sorted((base / "schemas").glob("*.py"))
        known |= {path.stem: path for path in own if path.name[0] not in "_." and path.is_file()}
    return known


def looks_like_path(name: str) -> bool:
    return name.endswith(".py") or "/" in name or "\\" in name


def existing(name: str, base: Path | None) -> Path:
    """The path itself, or below `base`. Raises `SchemaError` when neither is a file."""
    given = Path(name).expanduser()
    candidates = [given] if base is None else [given, base / given]
    for path in candidates:
        if path.is_file():
            return path
    hint = f"Give a file, or one of the names: {', '.join(sorted(files(base)))}."
    raise SchemaError(f"There is no schema file {name!r}.", hint)
