"""The outermost frame of the command line: what was raised becomes words and an exit code."""

from __future__ import annotations

import os
import sys
import traceback
from collections.abc import Sequence
from typing import Final

import click

from kgc.cli.app import app
from kgc.cli.screen import colours, emit, note
from kgc.cli.visible import visible_lines
from kgc.errors import KgcError

MISTAKE: Final = 1
USAGE: Final = 2
INTERRUPTED: Final = 130
REPORT: Final = "Run it again with --verbose and send what it prints to the project's issues."


def run(args: Sequence[str]) -> int:
    """Run one command and return its exit code (docs/reference/cli.md). Raises nothing."""
    if "_KGC_COMPLETE" in os.environ:
        app.main(list(args), prog_name="kgc", complete_var="_KGC_COMPLETE")
    try:
        code = _invoke(args)
        sys.stdout.flush()
    except BrokenPipeError:
        _forget_stdout()
        return 0
    except (KeyboardInterrupt, click.Abort):
        return _tell(args, "Interrupted.", "What was done is kept; run the same command again to go on.", INTERRUPTED)
    except Exception as error:  # noqa: BLE001  # the last frame: nobody above could say it better
        return _explain(args, error)
    return code


def _explain(args: Sequence[str], error: Exception) -> int:
    """What went wrong in words; where in kgc it did only with --verbose, and never for a mistake of the user's."""
    match error:
        case KgcError():
            return _tell(args, error.message, error.hint, error.exit_code)
        case click.UsageError():
            return _tell_usage(args, error)
        case click.ClickException():
            return _tell(args, error.format_message(), "", MISTAKE)
        case UnicodeEncodeError() if any("\udc80" <= c <= "\udcff" for a in args for c in a):
            return _tell(args, "An argument is not valid UTF-8.", "Type it in UTF-8.", MISTAKE)
    if "--verbose" in args:
        traceback.print_exception(error)
    if isinstance(error, OSError):
        where = f": {error.filename}" if error.filename else ""
        return _tell(args, f"{error.strerror or error}{where}", "Run it again with --verbose to see where.", MISTAKE)
    return _tell(args, f"kgc met what it did not expect: {type(error).__name__}: {error}", REPORT, MISTAKE)


def _invoke(args: Sequence[str]) -> int:
    """What `app.main` does, without its own handling of errors, pipes and interrupts."""
    try:
        with app.make_context("kgc", list(args)) as context:
            result = app.invoke(context)
    except click.exceptions.Exit as done:
        return int(done.exit_code)
    return result if isinstance(result, int) else 0


def _forget_stdout() -> None:
    """Whoever read our output has had enough: what is still in the buffer goes nowhere, without a complaint."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, sys.stdout.fileno())
    os.close(nowhere)


def _tell(args: Sequence[str], message: str, hint: str, code: int) -> int:
    """The message and the hint on stderr, and with --json as the one value of stdout."""
    painted = colours(sys.stderr)
    first = click.style("Error:", fg="red", bold=True) if painted else "Error:"
    if code == INTERRUPTED:
        first = ""
    note(f"{first} {visible_lines(message)}".strip())
    if hint:
        note(visible_lines(hint))
    if "--json" in args:
        emit({"error": message, "hint": hint})
    return code


def _tell_usage(args: Sequence[str], error: click.UsageError) -> int:
    if isinstance(error, click.exceptions.NoArgsIsHelpError):
        error.show()
        return USAGE
    context = error.ctx
    hint = f"{context.get_usage()}\nTry `{context.command_path} --help`." if context else ""
    return _tell(args, error.format_message(), hint, USAGE)
