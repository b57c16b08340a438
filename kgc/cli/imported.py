"""What an import of an ontology made, and what it left out."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from kgc.cli.call import Call
from kgc.cli.screen import emit, note, out
from kgc.cli.visible import visible

if TYPE_CHECKING:
    from kgc.pipeline.ontologies import Imported
    from kgc.schema import Schema


def tell_imported(call: Call, made: Imported, target: Path | None) -> int:
    """The schema on stdout where it was not written to a file, and what is different in it on stderr."""
    if call.json:
        emit({**sizes(made.schema), "path": target, "text": made.text, "notes": made.notes})
        return 0
    if target is None:
        out(made.text.rstrip("\n"))
    if not call.quiet:
        for line in made.notes:
            note(visible(line))
        if target:
            note(f"Wrote {target}. `kgc schema check {target}` reads it.")
    return 0


def sizes(found: Schema) -> dict[str, object]:
    """Name, source and numbers of a schema, as `--json` gives them."""
    return {
        "name": found.name,
        "source": found.source,
        "entities": len(found.entities),
        "relations": len(found.relations),
        "events": len(found.events),
        "demonstrations": len(found.demonstrations),
    }
