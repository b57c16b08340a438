"""`kgc plugins`: what can be chosen by name."""

from __future__ import annotations

import click

from kgc.cli.call import Call, Verb, example


@click.command(cls=Verb, epilog=example("kgc plugins", "kgc plugins strategy"))
@click.argument("kind", required=False)
def plugins(call: Call, kind: str | None) -> int:
    """List what can be chosen by name: strategies, formats, stores, loaders and models, or only one KIND of them."""
    from kgc import plugins as known
    from kgc.cli.screen import emit, out, paint
    from kgc.cli.visible import visible
    from kgc.errors import UnknownName

    if kind is not None and kind not in known.KINDS:
        raise UnknownName("kind of plug-in", kind, known.KINDS, f"There are: {', '.join(known.KINDS)}.")
    kinds = (kind,) if kind else known.KINDS
    tables = {k: known.table(k) for k in kinds}
    if call.json:
        emit(tables)
        return 0
    for title, rows in tables.items():
        out(paint(title, "bold"))
        for name, row in rows.items():
            extra = f"  (pip install 'kgc-toolkit[{row.extra}]')" if row.extra else ""
            out(f"  {visible(name):<12} {visible(row.what)}{extra}")
    return 0
