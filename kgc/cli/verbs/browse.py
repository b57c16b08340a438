"""`kgc browse`: the graph in a web browser."""

from __future__ import annotations

import os
from importlib.util import find_spec

import click

from kgc.cli.call import Call, Verb, example


@click.command(cls=Verb, epilog=example("kgc browse", "kgc browse --port 8600 --no-open"))
@click.option("--port", type=click.IntRange(1, 65535), default=8501, show_default=True, help="Port on this machine.")
@click.option("--no-open", is_flag=True, help="Do not open a browser; print the address.")
def browse(call: Call, port: int, no_open: bool) -> int:
    """Serve a page on 127.0.0.1 to search the graph, look at entities and read the evidence in its text.

    Only this machine can reach it, and nothing is reported to anybody. Ctrl-C ends it.
    """
    from kgc.errors import KgcError, MissingPackage
    from kgc.pipeline.workspace import Workspace
    from kgc.view.serve import command

    if call.json:
        raise KgcError("`kgc browse` has no JSON to print.", "Leave --json out.")
    if find_spec("streamlit") is None:
        raise MissingPackage("`kgc browse`", "browser")
    with Workspace(call.workspace) as workspace:
        workspace.status()
    argv = command(call.workspace.resolve(), port=port, opens=not no_open)
    # Becomes the server, so that whoever stops this process stops the server.
    os.execv(argv[0], argv)  # noqa: S606
