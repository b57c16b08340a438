"""The table of verbs, and the group that imports a verb only when it is used."""

from __future__ import annotations

from importlib import import_module
from keyword import iskeyword
from typing import Final

import click

import kgc

VERBS: Final[dict[str, dict[str, str]]] = {
    "Make a graph": {
        "ingest": "Read a folder into the graph.",
        "import": "Read an existing graph into the graph.",
        "plan": "Estimate calls, tokens, money and time; spend nothing.",
        "status": "Tell what is done, what failed and why.",
        "retry": "Try again what failed.",
        "forget": "Take an ingested folder out of the graph.",
    },
    "Read it": {
        "query": "Ask the graph in Cypher.",
        "show": "Show an entity with its facts and their evidence.",
        "search": "Find entities and passages by words.",
        "browse": "Explore the graph in a web browser.",
        "export": "Write the graph to a file.",
        "validate": "Hold the graph against the rules of its schema.",
        "write": "Write the graph to a Neo4j server.",
    },
    "Put it right": {
        "resolve": "Merge names of one thing, and explain why.",
        "merges": "List what was merged, what to ask, what conflicts.",
        "merge": "Say that two entities are one.",
        "split": "Take names out of an entity.",
        "accept": "Say that facts are true, or pairs one thing.",
        "reject": "Say that facts are wrong, or pairs two things.",
        "rename": "Say what an entity is called.",
        "retype": "Say of which class an entity is.",
        "reverse": "Turn facts round.",
        "undo": "Take decisions back.",
        "link": "Link names to a knowledge base.",
        "decisions": "List, export and import decisions.",
    },
    "Say what is looked for": {
        "ontology": "Make a schema from documents or ontologies, compare schemas.",
        "schema": "Check a schema, or show what is made of it.",
    },
    "Measure it": {
        "eval": "Score a model on annotated text.",
        "slm": "Look at the built-in model, score it, train it.",
    },
    "Look inside": {
        "text": "Print a file as kgc reads it.",
        "prompt": "Print exactly what would be sent to a model.",
        "plugins": "List strategies, formats, stores, loaders and models.",
        "doctor": "Check the installation, the workspace and its options.",
    },
}
"""Verb -> one line, in the groups and the order that the help shows. Each verb lives in `kgc/cli/verbs/<verb>.py`."""


class Verbs(click.Group):
    """Imports a verb's module when it is called; lists all verbs without importing any."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002  # click's signature
        return [verb for group in VERBS.values() for verb in group]

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in self.list_commands(ctx):
            return None
        name = f"{cmd_name}_" if iskeyword(cmd_name) else cmd_name
        found = getattr(import_module(f"kgc.cli.verbs.{name}"), name)
        return found if isinstance(found, click.Command) else None

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:  # noqa: ARG002
        for title, verbs in VERBS.items():
            with formatter.section(title):
                formatter.write_dl(list(verbs.items()), col_max=12)

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """As click does it, but an unknown verb gets the nearest one."""
        from kgc.errors import did_you_mean, nearest

        known = self.list_commands(ctx)
        if args[0] not in known and not args[0].startswith("-"):
            close = did_you_mean(nearest(args[0], known))
            ctx.fail(f"There is no verb {args[0]!r}.{close} `kgc --help` lists them.")
        return super().resolve_command(ctx, args)


@click.group(cls=Verbs, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(kgc.__version__, prog_name="kgc")
def app() -> None:
    """From a folder of documents to a knowledge graph that can be queried and trusted.

    \b
    kgc ingest docs/                 read a folder (no key, no server)
    kgc show "Ada Lovelace"          what is known, and where it is said
    kgc VERB --help                  options and an example of each verb
    """
