"""Training from the command line: what is missing is named first, then each line of progress as it comes."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from typing import Final, Protocol, cast

from kgc.cli.call import Call
from kgc.errors import KgcError, MissingPackage

RECIPES: Final = "kgc.slm.train.recipe"
NEEDED: Final = ("torch", "onnxruntime", "tokenizers")


class Recipe(Protocol):
    """A recipe as it was read; what it holds is training's own."""


class Recipes(Protocol):
    """What training offers (`kgc.slm.train.recipe`)."""

    def read_recipe(self, path: Path) -> Recipe:
        """Raises `KgcError` with file:line for a recipe with mistakes."""
        ...

    def train(
        self, recipe: Recipe, *, data: Path, extra: Sequence[Path], out: Path, resume: bool, say: Callable[[str], None]
    ) -> Path:
        """Train, write checkpoints and the package below `out`, return the package's folder."""
        ...


def train(call: Call, path: Path, extra: Sequence[Path], resume: bool, out: Path) -> int:
    """Run a recipe; returns the exit code. Raises `KgcError` for what is missing or wrong before any work is done."""
    from kgc.cli.screen import emit, note
    from kgc.cli.screen import out as line
    from kgc.cli.visible import visible
    from kgc.evaluate.sets import data_root

    for file in (path, *extra):
        if not file.is_file():
            raise KgcError(f"There is no file {str(file)!r}.", "Give the path of a recipe, and of data for --data.")
    recipes = offered()
    recipe = recipes.read_recipe(path)
    root = data_root()
    try:
        with saying(call) as say:
            package = recipes.train(recipe, data=root, extra=extra, out=out, resume=resume, say=say)
    except KeyboardInterrupt:
        note(f"Stopped. The last checkpoint is kept in {visible(str(out))}; the same command with --resume goes on.")
        raise
    if call.json:
        emit({"package": str(package)})
    else:
        line(f"The package is in {visible(str(package))}")
    return 0


def offered() -> Recipes:
    """The training module. Raises `MissingPackage` where its packages are not installed."""
    if any(find_spec(name) is None for name in NEEDED):
        raise MissingPackage("Training the built-in model", "train")
    return cast("Recipes", import_module(RECIPES))


@contextmanager
def saying(call: Call) -> Iterator[Callable[[str], None]]:
    """What to hand to training as `say`: the last line behind a spinner on a terminal, else line by line on stderr."""
    from kgc.cli.screen import console, note
    from kgc.cli.visible import visible

    if call.quiet:
        yield lambda _: None
    elif not sys.stderr.isatty() or call.verbose:
        yield lambda told: note(visible(told))
    else:
        with console(sys.stderr).status("Training") as status:
            yield lambda told: status.update(visible(told))
