"""`kgc ontology diff`: what is different between two schemas."""

from __future__ import annotations

import click

from kgc.cli.call import Call, Verb, example

EPILOG = example(
    "kgc ontology diff schemas/old.py schemas/new.py",
    "kgc ontology diff general company --json",
    "kgc ontology diff schemas/old.py schemas/new.py --graph",
)


@click.command("diff", cls=Verb, epilog=EPILOG)
@click.argument("old")
@click.argument("new")
@click.option("graph", "--graph", is_flag=True, help="Also tell what changes in the workspace's graph.")
def diff(call: Call, old: str, new: str, graph: bool) -> int:
    """Tell what changes from the schema OLD to the schema NEW (paths, or names of schemas).

    A ● marks what models have to be asked about again to find all of it; everything else derives the graph again from
    what was answered. Renames are seen by `was`.
    """
    from kgc.cli.changes import diff_json, diff_lines, effect_lines, effects_json
    from kgc.cli.screen import emit, out
    from kgc.ontology.diff import diff as differences
    from kgc.ontology.effects import effects
    from kgc.pipeline.workspace import Workspace
    from kgc.schema.find import find

    before, after = find(old, call.workspace), find(new, call.workspace)
    found = differences(before, after)
    changed = None
    if graph:
        with Workspace(call.workspace) as workspace:
            changed = effects(workspace.graph(), after)
    if call.json:
        emit({**diff_json(found), **({"graph": effects_json(changed)} if changed else {})})
        return 0
    for line in diff_lines(found):
        out(line)
    for line in effect_lines(changed) if changed else ():
        out(line)
    return 0
