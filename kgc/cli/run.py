"""The options of a run, defined once and reused by every verb that asks a model or plans to."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, cast

import click

from kgc.cli.call import Verb
from kgc.config import Given


@dataclass(frozen=True, slots=True)
class Run:
    """What the command line says about a run; None where it says nothing (then kgc.toml, KGC_* and defaults do)."""

    schema: str | None
    options: Given

    def all(self) -> dict[str, object]:
        """Schema and options in one mapping, as `kgc.config.load` takes them."""
        return {"schema": self.schema, **self.options}


OPTIONS: Final[tuple[click.Option, ...]] = (
    click.Option(["--schema"], metavar="FILE|NAME", help="A schema file, or a shipped one by name (default: general)."),
    click.Option(
        ["--model"], metavar="MODEL",
        help="builtin (default), spacy:NAME, openai:NAME, langchain:PROVIDER:NAME or replay:FILE.",
    ),
    click.Option(["--strategy"], metavar="NAME", help="How a model is asked; see `kgc plugins strategy`."),
    click.Option(
        ["strategy_options", "--option"], multiple=True, metavar="NAME=VALUE",
        help="An option of the strategy; repeatable.",
    ),
    click.Option(
        ["--rationale"], metavar="KIND", help="Short for --option rationale=KIND; `because` asks for a clause a fact.",
    ),
    click.Option(["--chunk-size"], type=int, metavar="N", help="Size of the passages that are asked about."),
    click.Option(["--concurrency"], type=int, metavar="N", help="Calls in flight at once."),
    click.Option(["--budget"], type=float, metavar="MONEY", help="Stop before more than this is spent (US dollars)."),
    click.Option(["--max-calls"], type=int, metavar="N", help="Stop before more calls than this are made."),
    click.Option(
        ["--rpm", "--requests-per-minute", "requests_per_minute"], type=int, metavar="N", help="Requests a minute.",
    ),
    click.Option(["--tpm", "--tokens-per-minute", "tokens_per_minute"], type=int, metavar="N", help="Tokens a minute."),
    click.Option(["--timeout"], type=float, metavar="SECONDS", help="How long one call may take."),
    click.Option(["--retries"], type=int, metavar="N", help="How often a failed call is tried again."),
    click.Option(["--key-env"], metavar="VARIABLE", help="The environment variable that holds the key."),
    click.Option(["--base-url"], metavar="URL", help="An OpenAI-compatible server (vLLM, Ollama, llama.cpp)."),
    click.Option(["--prices"], metavar="FILE", help="A price table of your own."),
    click.Option(["--min-confidence"], type=float, metavar="0..1", help="Leave out facts below this."),
    click.Option(
        ["--open/--no-open"], default=None,
        help="Add open facts, in the words of the text (built-in model, English).",
    ),
)  # fmt: skip


class RunVerb(Verb):
    """A verb with the options of a run, which reach its function as one `Run` named `run`."""

    def get_params(self, ctx: click.Context) -> list[click.Parameter]:
        own = super().get_params(ctx)
        at = next((n for n, p in enumerate(own) if "--workspace" in p.opts), len(own))
        return [*own[:at], *OPTIONS, *own[at:]]

    def invoke(self, ctx: click.Context) -> object:
        rationale = ctx.params.pop("rationale")
        options = [*ctx.params["strategy_options"], *([f"rationale={rationale}"] if rationale else [])]
        ctx.params["strategy_options"] = options or None
        given = {name: ctx.params.pop(name) for name in Given.__annotations__}
        ctx.params["run"] = Run(ctx.params.pop("schema"), cast("Given", given))
        return super().invoke(ctx)
