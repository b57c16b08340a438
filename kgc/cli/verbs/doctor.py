"""`kgc doctor`: what may stand in the way."""

from __future__ import annotations

import click

from kgc.cli.call import Call, Verb, example


@click.command(cls=Verb, epilog=example("kgc doctor", "kgc doctor -w my-graph --json"))
def doctor(call: Call) -> int:
    """Check the installation, the workspace's kgc.toml, its schema and its ledger. Changes nothing, asks nobody.

    Exit code 1 means that something needs to be put right.
    """
    from kgc.cli.screen import emit, out, paint
    from kgc.cli.visible import visible
    from kgc.pipeline.doctor import examine

    findings = examine(call.workspace)
    bad = [f for f in findings if not f.ok]
    if call.json:
        emit({"ok": not bad, "findings": findings})
        return 1 if bad else 0
    for finding in bad if call.quiet else findings:
        mark = "ok " if finding.ok else paint("BAD", "red")
        out(f"{mark}  {finding.what:<16} {visible(finding.message)}")
        if finding.hint and not finding.ok:
            out(f"     {'':<16} {visible(finding.hint)}")
    return 1 if bad else 0
