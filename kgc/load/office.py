"""What the formats of Office (ZIP files of XML) have in common: their safe opening, and XML that cannot do harm."""

from __future__ import annotations

import re
from posixpath import dirname, join, normpath
from typing import TYPE_CHECKING

from kgc.data import Problem
from kgc.load.contract import Source
from kgc.load.draft import problem
from kgc.load.unzip import Parts, Refused

if TYPE_CHECKING:
    from lxml.etree import _Element  # type: ignore[import-untyped]

DECLARED = re.compile(rb"<!(?:DOCTYPE|ENTITY)", re.IGNORECASE)
OLD = b"\xd0\xcf\x11\xe0"
RELATION = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
INSTALL = "Install them: pip install 'kgc-toolkit[office]'"
SAVE = "Open it in its program and save it anew."


def open_parts(source: Source, needed: str) -> Parts:
    """The parts of an Office file that has a part `needed`. Raises `Refused` for one that is not to be read.

    No Office file declares entities, so one that does is refused before any parser sees it.
    """
    if source.data.startswith(OLD):
        if "EncryptedPackage".encode("utf-16-le") in source.data:
            raise Refused("encrypted", "is protected by a password", "Save a copy without its password.")
        raise Refused("unsupported", "is a file of an Office before 2007", "Save it in the present format.")
    try:
        parts = Parts(source.data)
    except Refused as why:
        if why.code != "broken":
            raise
        raise Refused("broken", "is no Office file that can be read", SAVE, why.raw) from why
    if needed not in parts:
        raise Refused("broken", f"is not what its suffix says ({needed} is missing)", SAVE)
    for name in parts.names():
        if name.endswith((".xml", ".rels", ".vml", ".opf", ".ncx")) and declares(parts.read(name)):
            raise Refused("broken", f"declares XML entities in {name}, which no Office file does", "Do not trust it.")
    return parts


def declares(data: bytes) -> bool:
    """Whether XML has a document type or entities of its own (the way to make a small file large)."""
    return DECLARED.search(data.replace(b"\0", b"")) is not None


def xml(data: bytes) -> _Element:
    """The tree of an XML part: no entities, nothing from outside. Raises `Refused` for what is no XML."""
    from lxml import etree  # type: ignore[import-untyped]  # noqa: PLC0415 - asked for only when an Office file is read

    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    try:
        root: _Element = etree.fromstring(data, parser)
    except etree.XMLSyntaxError as error:
        raise Refused("broken", "holds XML that cannot be read", SAVE, str(error)) from error
    return root


def relations(parts: Parts, part: str) -> dict[str, tuple[str, str]]:
    """Where a part's references lead inside the file: by id the kind (last word of its name) and the part."""
    folder, name = dirname(part), part.rpartition("/")[2]
    data = parts.read(join(folder, "_rels", f"{name}.rels"))
    if not data:
        return {}
    found: dict[str, tuple[str, str]] = {}
    for one in xml(data):
        target = one.get("Target") or ""
        if one.get("TargetMode") != "External" and target:
            inside = normpath(join("/", folder, target)).lstrip("/")
            found[one.get("Id") or ""] = ((one.get("Type") or "").rpartition("/")[2], inside)
    return found


def explained(source: Source, why: Refused) -> Problem:
    return problem(why.code, source, why.what, why.hint, why.raw)


def needs_extra(source: Source) -> Problem:
    """The file is skipped until the packages that read it are there."""
    what = f"cannot be read: the packages for {source.suffix} files are not installed"
    return problem("unsupported", source, what, INSTALL)


def waits_for_packages(why: Problem) -> bool:
    """Whether a file could be read once the packages of the extra are there."""
    return why.hint == INSTALL


def named(root: _Element, name: str) -> list[_Element]:
    """The elements of a name, whatever their namespace."""
    found: list[_Element] = root.xpath("//*[local-name() = $name]", name=name)
    return found


def first(root: _Element, name: str) -> str:
    found = named(root, name)
    return " ".join("".join(found[0].itertext()).split()) if found else ""
