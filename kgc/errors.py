"""What a person got wrong, said so that they can put it right.

KgcError                 exit 1: a mistake in what was asked for
├── UnknownName          a name that is not in a list of known ones
├── MissingPackage       a feature whose optional package is not installed
├── SchemaError          a schema file that cannot be read (file:line)
├── ConfigError          a configuration file or option
├── LedgerError          a ledger that is newer, corrupt, locked or read-only
├── StoreError           a store that cannot be opened, or refuses a query
└── ModelError           a model that cannot answer (kgc.llm.model draws its branches)
    └── BudgetError      a budget that cannot be kept or was reached (exit 4)

What a *model* or a *file* got wrong is a `Problem` (data), never an exception.
"""

from __future__ import annotations

from collections.abc import Iterable
from difflib import get_close_matches


class KgcError(Exception):
    """A mistake with what is wrong, the value, and what to do about it.

    `message` is one sentence with the value in it; `hint` says what to do. `exit_code` is what the command line
    returns (docs/reference: 1 mistake, 2 usage, 3 failures recorded, 4 budget, 130 interrupted).
    """

    exit_code = 1

    def __init__(self, message: str, hint: str = "") -> None:
        super().__init__(message, hint)  # all that it is made of, so that it can be pickled
        self.message = message
        self.hint = hint

    def __str__(self) -> str:
        return f"{self.message} {self.hint}".strip()


class UnknownName(KgcError):
    """A name that nothing answers to; says the nearest ones."""

    def __init__(self, kind: str, name: str, known: Iterable[str], hint: str = "") -> None:
        close = nearest(name, known)
        super().__init__(f"There is no {kind} named {name!r}.{did_you_mean(close)}", hint)
        self.close = close


class MissingPackage(KgcError):
    """A feature whose optional package is not installed; names the extra."""

    def __init__(self, what: str, extra: str) -> None:
        super().__init__(
            f"{what} needs packages that are not installed.", f"Install them: pip install 'kgc-toolkit[{extra}]'"
        )


class SchemaError(KgcError):
    """A schema that cannot be compiled; the message starts with file:line."""


class ConfigError(KgcError):
    """A configuration value that cannot be used."""


class LedgerError(KgcError):
    """A ledger that cannot be opened or written; it is never deleted or overwritten."""


class StoreError(KgcError):
    """A store that cannot be opened, or a query it refuses."""


class ModelError(KgcError):
    """A model that cannot answer."""


class BudgetError(ModelError):
    """A budget that cannot be kept, or one that is reached."""

    exit_code = 4


def nearest(name: str, known: Iterable[str]) -> tuple[str, ...]:
    """Up to three known names that look like `name`, best first; compared without regard to case."""
    by_fold = {k.casefold(): k for k in known}
    return tuple(by_fold[m] for m in get_close_matches(name.casefold(), by_fold, n=3, cutoff=0.6))


def did_you_mean(close: Iterable[str]) -> str:
    """A sentence that offers the nearest names, with a leading space; empty when there are none."""
    names = " or ".join(repr(c) for c in close)
    return f" Did you mean {names}?" if names else ""
