"""The built-in model as people read about it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

from kgc.cli.call import Call
from kgc.cli.screen import note, out, paint
from kgc.cli.visible import visible

if TYPE_CHECKING:
    from kgc.slm.about import About, Fills, Package


def draw(call: Call, about: About) -> None:
    """Print what the model is; --verbose shows every score and part."""
    for one in about.packages:
        out(paint(f"{one.name} {one.version}", "bold"))
        for line in card(one, every=call.verbose):
            out(line)
        out()
    for line in filled(about.fills):
        out(line)
    for lang, hint in about.missing.items():
        note(f"No model for {lang!r}. {hint}")


def card(of: Package, *, every: bool) -> Iterator[str]:
    """A package in lines."""
    yield f"  Language   {of.lang}"
    yield f"  Weights    {visible(of.weights)}"
    largest = sorted(of.parts.items(), key=lambda p: -p[1])
    yield f"  Size       {size(of.size)}: " + ", ".join(
        f"{visible(n)} {size(b)}" for n, b in largest if every or b > 50_000
    )
    if of.labels:
        yield f"  Names      {', '.join(map(visible, of.labels))}"
    yield f"  Licence    {visible(of.licence) or 'not told'}"
    yield from facts(of.facts)
    if of.scores:
        yield "  Scores     F1 when it was packed; `kgc slm eval` measures anew"
        for name, rows in of.scores.items():
            yield from scores(name, rows, every=every)
    if of.notice:
        yield "  Made from"
        for line in of.notice:
            yield f"    {visible(line)}"


def facts(of: Mapping[str, object]) -> Iterator[str]:
    """What else a package tells of itself, one a line; what is nested in one line."""
    for name, value in of.items():
        told = ", ".join(f"{k} {v}" for k, v in value.items()) if isinstance(value, dict) else str(value)
        yield f"  {visible(name.capitalize()):<10} {visible(told)}"


def scores(name: str, rows: Mapping[str, object], *, every: bool) -> Iterator[str]:
    """A data set's score: the whole, and each label with `every`."""
    found = {label: row["f1"] for label, row in rows.items() if isinstance(row, dict) and "f1" in row}
    if isinstance(rows.get("f1"), int | float):
        found["all"] = rows["f1"]
    whole = found.pop("all", found.pop("strict", None))
    rest = ", ".join(f"{visible(label)} {value}" for label, value in found.items())
    if whole is not None:
        yield f"    {visible(name):<36} {whole}" + (f"  ({rest})" if rest and every else "")
    elif rest:
        yield f"    {visible(name):<36} {rest}"


def filled(of: Fills) -> Iterator[str]:
    """What of a schema it can say something about."""
    yield paint(f"What it fills of the schema {visible(of.schema)}", "bold")
    for kind, names in (("Entities", of.entities), ("Relations", of.relations), ("Attributes", of.attributes)):
        yield f"  {kind:<10} {', '.join(map(visible, names)) or 'none'}"
    for message in of.not_filled:
        yield f"  {visible(message)}"


def size(of: int) -> str:
    """Bytes as people read them.

    >>> size(612150), size(21_800_000)
    ('612 kB', '21.8 MB')
    """
    return f"{of / 1e6:.1f} MB" if of >= 1e6 else f"{of / 1e3:.0f} kB"
