"""One table of what can be chosen by name; a module is imported only when its name is asked for.

Outsiders add rows by entry points in the groups `kgc.strategy`, `kgc.format`, `kgc.store`, `kgc.loader`, `kgc.model`.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from importlib import import_module
from importlib.metadata import entry_points
from typing import Literal as OneOf

from kgc.errors import MissingPackage, UnknownName

PluginKind = OneOf["strategy", "format", "store", "loader", "model"]
KINDS: tuple[PluginKind, ...] = ("strategy", "format", "store", "loader", "model")


@dataclass(frozen=True, slots=True)
class Row:
    """Where a plug-in lives (`module:Class`), one line of what it is, and the extra that it needs, if any."""

    target: str
    what: str
    extra: str = ""


BUILT_IN: dict[PluginKind, dict[str, Row]] = {
    "strategy": {
        "codekgc": Row("kgc.extract.codekgc:CodeKGC", "the schema as classes, a compact code answer with rationale"),
        "chatie": Row("kgc.extract.chatie:ChatIE", "which relations occur, then a table of each, in one conversation"),
    },
    "format": {
        "code_class": Row("kgc.formats.code_class:CodeClass", "entities bound to variables, relations as calls"),
        "md_table": Row("kgc.formats.md_table:MarkdownTable", "a two-column table for each relation"),
        "name_list": Row("kgc.formats.name_list:NameList", "a list of names in brackets, or none"),
    },
    "store": {
        "ladybug": Row("kgc.store.ladybug:LadybugStore", "the embedded graph of a workspace"),
        "neo4j": Row("kgc.store.neo4j:Neo4jStore", "a Neo4j server", extra="neo4j"),
        "sparql": Row("kgc.store.sparql.store:SparqlStore", "a SPARQL 1.1 server"),
        "jsonl": Row("kgc.store.jsonl:JsonlFile", "one fact, entity or event a line"),
        "csv": Row("kgc.store.csv:CsvFile", "one fact a row"),
        "rdf": Row("kgc.store.rdf.file:RdfFile", "Turtle, N-Triples, N-Quads, JSON-LD, RDF/XML, with evidence"),
    },
    "loader": {
        "txt": Row("kgc.load.txt:TextLoader", "plain text, encoding detected"),
        "md": Row("kgc.load.md:MarkdownLoader", "Markdown"),
        "html": Row("kgc.load.html:HtmlLoader", "web pages, without their menus"),
        "pdf": Row("kgc.load.pdf:PdfLoader", "PDF with a text layer, pages kept"),
        "csv": Row("kgc.load.csv:CsvLoader", "comma- and tab-separated tables"),
        "json": Row("kgc.load.json:JsonLoader", "JSON, one value a file or one a line"),
        "eml": Row("kgc.load.eml:EmlLoader", "e-mail, without its attachments"),
        "epub": Row("kgc.load.epub:EpubLoader", "e-books without a lock"),
        "docx": Row("kgc.load.docx:DocxLoader", "Word documents", extra="office"),
        "xlsx": Row("kgc.load.xlsx:XlsxLoader", "spreadsheets", extra="office"),
        "pptx": Row("kgc.load.pptx:PptxLoader", "slides, with their notes"),
    },
    "model": {
        "builtin": Row("kgc.slm.builtin:BuiltIn", "our own small model; no key, no network"),
        "spacy": Row(
            "kgc.slm.spacy_model:SpacyModel", "the built-in model with the names of a spaCy pipeline: spacy:NAME"
        ),
        "openai": Row("kgc.llm.openai:OpenAIModel", "any OpenAI-compatible server (OPENAI_BASE_URL)"),
        "langchain": Row("kgc.llm.langchain:LangChainModel", "any provider of LangChain", extra="langchain"),
        "replay": Row("kgc.llm.replay:ReplayModel", "recorded answers from a file"),
    },
}


def table(kind: PluginKind) -> dict[str, Row]:
    """All plug-ins of a kind by name, kgc's own first; an outsider's cannot replace one of kgc's."""
    rows = dict(BUILT_IN[kind])
    for name, row in outsiders()[kind].items():
        rows.setdefault(name, row)
    return rows


@cache
def outsiders() -> dict[PluginKind, dict[str, Row]]:
    """What installed packages offer; looked up once, since it opens the metadata of every package there is."""
    points = entry_points()
    return {
        kind: {
            point.name: Row(point.value, f"from {point.dist.name if point.dist else 'a package'}")
            for point in points.select(group=f"kgc.{kind}")
        }
        for kind in KINDS
    }


def load(kind: PluginKind, name: str) -> type[object]:
    """The class behind a name. Raises `UnknownName` with the nearest ones, or `MissingPackage` with the extra."""
    rows = table(kind)
    if name not in rows:
        raise UnknownName(kind, name, rows, f"`kgc plugins {kind}` lists them.")
    row = rows[name]
    module, _, attribute = row.target.partition(":")
    try:
        found: type[object] = getattr(import_module(module), attribute)
    except ModuleNotFoundError as error:
        if row.extra and not (error.name or "").startswith("kgc"):
            raise MissingPackage(f"The {kind} {name!r}", row.extra) from error
        raise
    return found
