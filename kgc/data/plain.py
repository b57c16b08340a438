"""Records as plain JSON values and back: dataclasses of texts, numbers, tuples and other dataclasses."""

from __future__ import annotations

from dataclasses import MISSING, fields, is_dataclass
from types import UnionType
from typing import Literal, TypeVar, Union, cast, get_args, get_origin, get_type_hints

T = TypeVar("T")


def record(kind: type[T], value: object) -> T:
    """The record of a dataclass `kind` that `dataclasses.asdict` and JSON made `value` of.

    What `value` lacks has its default. Raises `TypeError` or `KeyError` for keys that `kind` does not have, for those
    that it needs, and for values of another type.
    """
    if not isinstance(value, dict) or not is_dataclass(kind):
        raise TypeError(f"expected an object for {kind.__name__}, not {value!r:.60}")
    hints = get_type_hints(kind)
    known = {f.name: f for f in fields(kind)}
    if unknown := set(value) - set(known):
        raise KeyError(f"{kind.__name__} has no {', '.join(sorted(unknown))}")
    needed = {n for n, f in known.items() if f.default is MISSING and f.default_factory is MISSING}
    if missing := needed - set(value):
        raise KeyError(f"{kind.__name__} needs {', '.join(sorted(missing))}")
    return cast("T", kind(**{name: _value(hints[name], item) for name, item in value.items()}))


def _value(hint: object, value: object) -> object:
    origin, inner = get_origin(hint), get_args(hint)
    if origin is tuple:
        return _tuple(inner, value)
    if origin is Literal and value in inner:
        return value
    if origin in (Union, UnionType):
        return None if value is None else _value(next(i for i in inner if i is not type(None)), value)
    if isinstance(hint, type) and is_dataclass(hint):
        return record(hint, value)
    if hint is float and type(value) is int:
        return float(value)
    if not isinstance(hint, type) or not isinstance(value, hint):
        raise TypeError(f"expected {hint}, not {value!r:.60}")
    return value


def _tuple(inner: tuple[object, ...], value: object) -> tuple[object, ...]:
    if not isinstance(value, list):
        raise TypeError(f"expected a list, not {value!r:.60}")
    if len(inner) == 2 and inner[1] is Ellipsis:
        return tuple(_value(inner[0], item) for item in value)
    if len(inner) != len(value):
        raise TypeError(f"expected {len(inner)} values, not {len(value)}")
    return tuple(_value(hint, item) for hint, item in zip(inner, value, strict=True))
