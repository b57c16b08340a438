"""`kgc export`: the graph as a file."""

from __future__ import annotations

from pathlib import Path

import click

from kgc.cli.call import Call, Verb, example


@click.command(cls=Verb, epilog=example("kgc export graph.jsonl", "kgc export facts.csv", "kgc export all.jsonl --all"))
@click.argument("path", type=click.Path(path_type=Path))
@click.option("hidden", "--all", is_flag=True, help="Add what stores leave out: negated, rejected, not aligned.")
@click.option("--what", type=click.Choice(["graph", "decisions"]), default="graph", show_default=True, help="Content.")
def export(call: Call, path: Path, hidden: bool, what: str) -> int:
    """Write the graph to PATH; the suffix names the format (.jsonl, .csv).

    Rows are sorted by id: the same graph gives the same bytes.
    """
    from kgc.cli.screen import emit, note
    from kgc.cli.words import count
    from kgc.pipeline.workspace import Workspace

    with Workspace(call.workspace) as workspace:
        rows = workspace.export(path, hidden=hidden, what=what)
    if call.json:
        emit({"path": path, "what": what, "rows": rows})
    elif not call.quiet:
        note(f"Wrote {count(rows, 'row')} to {path}.")
    return 0
