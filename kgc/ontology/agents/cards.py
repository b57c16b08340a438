"""Role cards: `agents/<role>.md`, TOML between lines of `+++`, then prose that is the system prompt."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Final

from kgc import shipped
from kgc.errors import ConfigError, UnknownName
from kgc.ontology.agents.content import Content, read

FENCE: Final = "+++"
TOOLS: Final = ("search",)
LONGEST: Final = 20_000
"""The longest prose of a card, in code points."""
_KEYS: Final = ("title", "tools", "temperature", "max_tokens")


@dataclass(frozen=True, slots=True)
class RoleCard:
    """Who speaks. `prompt` is said to the model before everything else; `tools` is what the role may use."""

    name: str
    title: str
    prompt: str
    tools: tuple[str, ...] = ()
    temperature: float = 0.2
    max_tokens: int = 1000


def read_card(path: Path) -> RoleCard:
    """The card of a file; the role's name is the file's. Raises `ConfigError` with file, line and what to do."""
    text = read(path)
    lines = text.splitlines()
    fences = [n for n, line in enumerate(lines) if line.strip() == FENCE]
    if len(fences) < 2 or any(line.strip() for line in lines[: fences[0]]):
        hint = f'Begin the file with a line {FENCE}, then title = "…", then {FENCE}, then the prose.'
        raise ConfigError(f"{path}:1: a role card begins with TOML between two lines of {FENCE}.", hint)
    start, end = fences[0], fences[1]
    head = Content(path, "\n".join(lines[start + 1 : end]), start + 2)
    prose = "\n".join(lines[end + 1 :]).strip()
    if not prose:
        raise ConfigError(f"{path}:{end + 2}: the card says nothing.", "Write below the fence what the role does.")
    if len(prose) > LONGEST:
        raise ConfigError(f"{path}:{end + 2}: {len(prose):,} characters of prose; at most {LONGEST:,}.", "Shorten it.")
    return _card(path.stem, head, prose)


def _card(name: str, head: Content, prose: str) -> RoleCard:
    values = head.parsed()
    head.only(values, _KEYS)
    tools = head.names(values, "tools")
    for tool in tools:
        if tool not in TOOLS:
            raise head.mistake("tools", f"there is no tool {tool!r}.", f"There are: {', '.join(TOOLS)}.")
    temperature = head.value(values, "temperature", 0.2)
    head.within("temperature", temperature, 0, 2)
    most = head.value(values, "max_tokens", 1000)
    head.within("max_tokens", most, 1, 100_000)
    return RoleCard(name, head.value(values, "title", name), prose, tools, temperature, most)


def find_card(name: str, beside: Path | None = None) -> RoleCard:
    """The card of a role: `beside/<name>.md` (a person's own), else the shipped one."""
    folders = [*([beside] if beside else []), shipped.folder("agents")]
    for folder in folders:
        path = folder / f"{name}.md"
        if name.isidentifier() and path.is_file():
            return read_card(path)
    known = {p.stem for folder in folders for p in folder.glob("*.md")}
    hint = f"There are: {', '.join(sorted(known))}; or write {folders[0] / (name + '.md')}."
    raise UnknownName("role", name, known, hint)
