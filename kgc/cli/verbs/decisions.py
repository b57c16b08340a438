"""`kgc decisions`: list them, move them between workspaces."""

from __future__ import annotations

from pathlib import Path

import click

from kgc.cli.call import Call, Verb, example


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
def decisions() -> None:
    """List what was decided about the graph, by people and by the resolver; move people's work between workspaces."""


@decisions.command("list", cls=Verb, epilog=example("kgc decisions list", "kgc decisions list --by person"))
@click.option("--by", default="", help="Only those of this person, or of `rule:NAME`.")
def listed(call: Call, by: str) -> int:
    """List decisions with their ids, targets, reasons and authors; `kgc undo ID` takes one back."""
    from kgc.cli.judge import line
    from kgc.cli.screen import emit, out
    from kgc.pipeline.workspace import Workspace

    with Workspace(call.workspace) as workspace:
        found = [d for d in workspace.decisions() if not by or d.by == by]
    if call.json:
        emit(found)
        return 0
    for decision in found:
        out(line(decision))
    return 0


@decisions.command("export", cls=Verb, epilog=example("kgc decisions export ours.jsonl"))
@click.argument("path", type=click.Path(path_type=Path))
def exported(call: Call, path: Path) -> int:
    """Write people's decisions to PATH, one JSON object a line."""
    from kgc.pipeline.workspace import Workspace

    with Workspace(call.workspace) as workspace:
        return _tell(call, path, workspace.export_decisions(path), "Wrote")


@decisions.command("import", cls=Verb, epilog=example("kgc decisions import ours.jsonl"))
@click.argument("path", type=click.Path(path_type=Path))
def imported(call: Call, path: Path) -> int:
    """Take over the decisions in PATH. Those about things that are not in this graph wait until they are."""
    from kgc.cli.judge import tell_later
    from kgc.pipeline.workspace import Workspace

    with Workspace(call.workspace) as workspace:
        rows = workspace.import_decisions(path)
        tell_later(call, workspace)
    return _tell(call, path, rows, "Took over")


def _tell(call: Call, path: Path, rows: int, did: str) -> int:
    from kgc.cli.screen import emit, note
    from kgc.cli.words import count

    if call.json:
        emit({"path": path, "decisions": rows})
    elif not call.quiet:
        note(f"{did} {count(rows, 'decision')}: {path}")
    return 0
