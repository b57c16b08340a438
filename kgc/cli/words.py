"""Numbers, times and money as people read them."""

from __future__ import annotations


def number(value: int) -> str:
    """With a comma every three digits."""
    return f"{value:,}"


def count(value: int, one: str, many: str = "") -> str:
    """A number with its noun.

    >>> count(1, "fact"), count(1200, "entity", "entities")
    ('1 fact', '1,200 entities')
    """
    return f"{value:,} {one if value == 1 else many or one + 's'}"


def money(value: float | None) -> str:
    """Dollars, with more digits where they are few; None is a model without a price.

    >>> money(0.00042), money(12.5), money(None)
    ('$0.0004', '$12.50', 'cost unknown')
    """
    if value is None:
        return "cost unknown"
    return f"${value:,.2f}" if value >= 1 or value == 0 else f"${value:.4f}"


def duration(seconds: float) -> str:
    """Seconds in the largest units that say something.

    >>> duration(0.42), duration(75), duration(7300)
    ('0.4 s', '1 min 15 s', '2 h 1 min')
    """
    if seconds < 60:
        return f"{seconds:.1f} s" if seconds < 10 else f"{seconds:.0f} s"
    minutes, rest = divmod(round(seconds), 60)
    if minutes < 60:
        return f"{minutes} min {rest} s"
    return f"{minutes // 60} h {minutes % 60} min"
