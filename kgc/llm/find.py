"""A model by its name on the command line: `openai:NAME`, `langchain:PROVIDER:NAME`, `replay:FILE`, or a plug-in's."""

from __future__ import annotations

from typing import cast

from kgc.errors import ModelError
from kgc.llm.model import Model
from kgc.plugins import load


def find(
    spec: str,
    *,
    key_env: str = "OPENAI_API_KEY",
    base_url: str | None = None,
    timeout: float = 600.0,
    connections: int = 1024,
) -> Model:
    """The model that a name stands for; an option that a kind of model has no use for is left out.

    Raises `UnknownName` with the nearest kinds, `MissingPackage` with the extra, and `ModelError` for a name without
    its second part, a missing key, or for `builtin` and `spacy`, which are not asked but read by themselves.
    """
    kind, _, name = spec.partition(":")
    if kind in ("builtin", "spacy"):
        raise ModelError(
            f"The {'built-in' if kind == 'builtin' else 'spaCy'} model answers no questions: it extracts by itself.",
            "Leave --strategy out, or choose another --model (openai:NAME).",
        )
    made = load("model", kind)
    if not name:
        raise ModelError(f"{spec!r} names no model.", f"Write {_FORMS.get(kind, kind + ':NAME')}.")
    if kind == "openai":
        from kgc.llm.openai import OpenAIModel  # noqa: PLC0415  # heavy; imported only when asked for

        return OpenAIModel(name, base_url or None, key_env, timeout, connections)
    if kind == "langchain":
        from kgc.llm.langchain import LangChainModel  # noqa: PLC0415

        return LangChainModel(name, base_url or None, timeout)
    return cast("Model", made(name))  # type: ignore[call-arg]  # a plug-in's class takes the rest of the name


_FORMS = {
    "openai": "openai:NAME, as openai:gpt-5-mini",
    "langchain": "langchain:PROVIDER:NAME, as langchain:anthropic:claude-haiku-4-5",
    "replay": "replay:FILE, as replay:answers.jsonl",
}
