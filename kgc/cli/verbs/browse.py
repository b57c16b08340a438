"""`kgc browse`: the graph in a web browser."""

from __future__ import annotations

import os
from importlib.util import find_spec

import click

from kgc.cli.call import Call, Verb, example


@click.command(
    cls=Verb,
    epilog=example(
        "kgc browse", "kgc browse --port 8600 --no-open", "kgc browse --no-open --host 0.0.0.0 --allow-host my.server"
    ),
)
@click.option("--port", type=click.IntRange(1, 65535), default=8501, show_default=True, help="Port on this machine.")
@click.option("--no-open", is_flag=True, help="Do not open a browser; print the address.")
@click.option("--host", default="127.0.0.1", show_default=True, help="Address to listen on; 0.0.0.0 in a container.")
@click.option("--allow-host", multiple=True, help="Name by which a browser may call the server. May be repeated.")
def browse(call: Call, port: int, no_open: bool, host: str, allow_host: tuple[str, ...]) -> int:
    """Serve pages on 127.0.0.1: explore the graph, read the evidence in its text, decide, ask.

    Only this machine can reach them, and nothing is reported to anybody. There is no password: with --host, whoever
    reaches the port reads the graph and decides in it. Ctrl-C ends it.
    """
    from kgc.cli.screen import note
    from kgc.errors import KgcError, MissingPackage
    from kgc.pipeline.workspace import Workspace
    from kgc.view.serve import command, is_open

    if call.json:
        raise KgcError("`kgc browse` has no JSON to print.", "Leave --json out.")
    if find_spec("streamlit") is None:
        raise MissingPackage("`kgc browse`", "browser")
    argv = command(call.workspace.resolve(), port=port, opens=not no_open, host=host, allowed=allow_host)
    with Workspace(call.workspace) as workspace:
        workspace.schema()  # a ledger that cannot be opened is said here
    if is_open(host):
        note(
            f"Other machines can reach {host}:{port}, and there is no password: whoever does reads the graph and"
            " decides in it. Publish the port on 127.0.0.1 alone (docker run -p 127.0.0.1:8501:8501)."
        )
    # Becomes the server, so that whoever stops this process stops the server.
    os.execv(argv[0], argv)  # noqa: S606
