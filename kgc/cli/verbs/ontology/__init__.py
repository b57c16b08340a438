"""`kgc ontology`: from documents to a schema, and from one schema to the next."""

from __future__ import annotations

from importlib import import_module
from keyword import iskeyword
from typing import Final

import click

VERBS: Final[tuple[str, ...]] = (
    "propose", "refine", "transcript", "questions", "import", "merge", "align", "diff", "migrate", "score",
)  # fmt: skip
"""The verbs in the order of their help. Each lives in `kgc/cli/verbs/ontology/<verb>.py`, under its own name."""


class Verbs(click.Group):
    """Imports a verb's module when it is called."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002  # click's signature
        return list(VERBS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002
        if cmd_name not in VERBS:
            return None
        name = f"{cmd_name}_" if iskeyword(cmd_name) else cmd_name
        found = getattr(import_module(f"{__name__}.{name}"), name)
        return found if isinstance(found, click.Command) else None


@click.group(cls=Verbs, context_settings={"help_option_names": ["-h", "--help"]})
def ontology() -> None:
    """Make a schema from documents or ontologies, compare schemas, and move a graph from one to the next."""
