"""What every verb has: where the workspace is, and how to speak."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Final, TypeVar

import click

C = TypeVar("C", bound=click.Command)


@dataclass(frozen=True, slots=True)
class Call:
    """How a verb was called. `json` means that stdout holds one JSON value and nothing else."""

    workspace: Path = Path()
    json: bool = False
    quiet: bool = False
    verbose: bool = False


COMMON: tuple[click.Option, ...] = (
    click.Option(
        ["-w", "--workspace"], type=click.Path(file_okay=False, path_type=Path), default=".", metavar="DIR",
        help="The directory with kgc.toml and .kgc/; the current one if left out.",
    ),
    click.Option(["--json"], is_flag=True, help="Print one JSON value on stdout; words go to stderr."),
    click.Option(["--quiet"], is_flag=True, help="Print only what was asked for, and errors."),
    click.Option(["--verbose"], is_flag=True, help="Print more, and where in kgc an unexpected error arose."),
)  # fmt: skip


HELP: Final = ("-h", "--help")


class Verb(click.Command):
    """A command with the common options, which reach its function as one `Call` named `call`."""

    def get_help_option_names(self, ctx: click.Context) -> list[str]:  # noqa: ARG002  # click's signature
        """Both names, wherever the command is called from: click would remember those of the first call."""
        return list(HELP)

    def get_params(self, ctx: click.Context) -> list[click.Parameter]:
        own = super().get_params(ctx)
        return [*own[:-1], *COMMON, *own[-1:]]

    def invoke(self, ctx: click.Context) -> object:
        ctx.params["call"] = Call(*(ctx.params.pop(name) for name in ("workspace", "json", "quiet", "verbose")))
        return super().invoke(ctx)


def example(*lines: str) -> str:
    """The epilog of a verb: lines to try, shown as they are."""
    return "\b\nExamples:\n" + "\n".join(f"  {line}" for line in lines)
