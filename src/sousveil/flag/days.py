"""Days between two dates, all of them or only those of work."""

from __future__ import annotations

from datetime import date, timedelta


def days_between(first: date, last: date, *, is_working: bool = False) -> int:
    """Return the days from one date to another, negative if the second is earlier; Monday to Friday if working.

    No public holiday is known here.

    >>> friday = date(2026, 5, 1)
    >>> days_between(friday, date(2026, 5, 21)), days_between(friday, date(2026, 5, 4), is_working=True)
    (20, 1)
    """
    if not is_working:
        return (last - first).days
    if last < first:
        return -days_between(last, first, is_working=True)
    weeks, rest = divmod((last - first).days, 7)
    return weeks * 5 + sum((first + timedelta(days=day)).weekday() < 5 for day in range(1, rest + 1))


def counted(number: int, *, is_working: bool = False) -> str:
    """Return a number of days for a sentence.

    >>> counted(1), counted(3, is_working=True)
    ('1 day', '3 working days')
    """
    word = "day" if abs(number) == 1 else "days"
    return f"{number} working {word}" if is_working else f"{number} {word}"
