"""The model packages `kgc-model-en` and `kgc-model-zh`: found, checked against their checksums, loaded."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass, field
from importlib import resources
from importlib.util import find_spec
from pathlib import Path
from typing import Final

from kgc.data import content_id
from kgc.errors import KgcError
from kgc.slm.found import NameReader
from kgc.slm.han_names import read_script
from kgc.slm.han_read import HanReader
from kgc.slm.lexicon import Lexicon, read_lexicon

LANGUAGES: Final = ("en", "zh")


@dataclass(frozen=True, slots=True)
class Weights:
    """A loaded language: who reads names in it, and its name lists. `strategy` and `version` go into the evidence.

    `script` changes characters, one for one, before a text is read (traditional Chinese).
    """

    lang: str
    version: str
    reader: NameReader
    lexicon: Lexicon
    strategy: str = "builtin"
    script: dict[int, int] = field(default_factory=dict)


def folder(lang: str) -> Path:
    """Where a language's files lie. Raises `KgcError` with what to install."""
    name = f"kgc_model_{lang}"
    found = find_spec(name)
    if found is None or not found.submodule_search_locations:
        package = name.replace("_", "-")
        raise KgcError(
            f"The built-in model for {lang!r} is not installed.",
            f"Install it: pip install {package}. Without it, choose a model by --model; exploring and"
            f" exporting work as before.",
        )
    return Path(next(iter(found.submodule_search_locations)))


def version(lang: str) -> str:
    """The package's version of its weights, or "missing". Reads one small file."""
    try:
        return str(meta(folder(lang))["version"])
    except KgcError:
        return "missing"


def rules_hash() -> str:
    """A hash of the rule tables and of the code that reads them."""
    here = resources.files("kgc.slm")
    parts = sorted(f.name for f in here.iterdir() if f.name.endswith((".toml", ".py")))
    return content_id(*((here / name).read_text(encoding="utf-8") for name in parts))


def meta(path: Path) -> dict[str, object]:
    try:
        found: dict[str, object] = json.loads((path / "meta.json").read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise KgcError(f"The model package at {path} has no readable meta.json.", "Install it again.") from error
    return found


def load(lang: str) -> Weights:
    """Check and load a language. Raises `KgcError` when a file is not the one that was packed."""
    path = folder(lang)
    about = meta(path)
    check(path, about)
    lexicon = read_lexicon(path / "lexicon.tsv", lang)
    script = read_script(path / "script.tsv") if lang == "zh" else {}
    return Weights(lang, f"builtin:{about['version']}", reader(path, lexicon), lexicon, script=script)


def reader(path: Path, lexicon: Lexicon) -> NameReader:
    """Who reads names with what a package holds. Raises `KgcError` for an older package."""
    if (path / "encoder").is_dir():
        from kgc.slm.english import EncoderReader  # noqa: PLC0415  needs onnxruntime and tokenizers

        return EncoderReader.load(path / "encoder", lexicon)
    if (path / "crf.npz").is_file() and (path / "pairs.npz").is_file():
        return HanReader.load(path, lexicon)
    package = path.name.replace("_", "-")
    raise KgcError(f"The model package at {path} is of an older kgc.", f"Install it again: pip install -U {package}.")


def check(path: Path, about: dict[str, object]) -> None:
    sums = about.get("files")
    for name, wanted in sums.items() if isinstance(sums, dict) else ():
        file = path / str(name)
        if not file.is_file() or hashlib.sha256(file.read_bytes()).hexdigest() != wanted:
            raise KgcError(f"{file} is not the file that was packed.", f"Install kgc-model-{about.get('lang')} again.")
