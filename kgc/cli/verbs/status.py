"""`kgc status`: how things stand."""

from __future__ import annotations

import click

from kgc.cli.call import Call, Verb, example


@click.command(cls=Verb, epilog=example("kgc status", "kgc status --json | jq .failures"))
def status(call: Call) -> int:
    """Tell what is done, failed, pending and skipped, and list every failure with its reason and what to do.

    May be called while a run goes on. Exit code 3 means that something failed or is pending.
    """
    from kgc.cli.summary import tell
    from kgc.pipeline.workspace import Workspace

    with Workspace(call.workspace) as workspace:
        return tell(call, workspace.status(), every=True)
