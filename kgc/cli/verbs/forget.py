"""`kgc forget`: take a root out."""

from __future__ import annotations

import click

from kgc.cli.call import Call, Verb, example


@click.command(cls=Verb, epilog=example("kgc forget docs"))
@click.argument("root")
def forget(call: Call, root: str) -> int:
    """Take an ingested folder, by its name ROOT, out of the graph.

    The files themselves are not touched, and paid answers are kept: ingesting the folder again costs nothing.
    """
    from kgc.cli.summary import tell
    from kgc.pipeline.workspace import Workspace

    with Workspace(call.workspace) as workspace:
        return tell(call, workspace.forget(root))
