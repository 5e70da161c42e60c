"""The fixed phrases of the calendar: which days, and from when to when on them."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta

from planner.model.timetable import DailyHours, DaySet, DayType
from planner.sources.dates import day_of, time_of
from planner.sources.nodes import ScalarNode
from planner.sources.unfit import Unfit, folded

WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
DAY_FORMS = (
    "every day, weekdays, closed days, saturday, 2nd sunday, last friday, first 2 opening days, last 2 opening days, "
    "days 15..21, 2026-12-01..2026-12-18, 12-29..01-03"
)
HOUR_FORMS = "weekdays 08:30-17:15, every day 06:30-23:00 except 12-29..01-03, 2nd sunday 08:30-17:15"

_NTH = {"1st": 1, "2nd": 2, "3rd": 3, "4th": 4, "5th": 5, "first": 1, "second": 2, "third": 3, "fourth": 4, "last": -1}
_WEEKDAY = rf"({'|'.join(f'{name[:3]}(?:{name[3:]}s?)?' for name in WEEKDAYS)})"
_YEARLY = r"(\d{1,2})-(\d{1,2})(?:\.\.(\d{1,2})-(\d{1,2}))?"
_DATES = r"(\d{4}-\d{1,2}-\d{1,2}|令和.+?日)(?:\.\.(\d{4}-\d{1,2}-\d{1,2}|令和.+?日))?"
_HOURS = re.compile(r"(.+?) +(\d{1,2}:\d{2})-(\d{1,2}:\d{2})((?: +(?:except|also) .+)?)")
_EXCEPTION = re.compile(r" +(except|also) +((?:(?! (?:except|also) ).)+)")

Range = tuple[tuple[int, int], tuple[int, int]]


@dataclass(frozen=True, slots=True)
class Years:
    """The years of the project; yearly exceptions are written out over them."""

    first: int
    last: int

    def days(self, low: tuple[int, int], high: tuple[int, int]) -> Iterator[date]:
        """Yield the dates of an inclusive yearly range, which may pass the year's end."""
        day = date(self.first - 1, 1, 1)
        while day.year <= self.last + 1:
            here = (day.month, day.day)
            if low <= here <= high if low <= high else here >= low or here <= high:
                yield day
            day += timedelta(days=1)


def days_of(node: ScalarNode, years: Years) -> DaySet:
    """Return the days that a phrase names.

    Raises
    ------
    Unfit
        E410 for a phrase that is not one of `DAY_FORMS`.
    """
    text = _lower(node)
    cut = _EXCEPTION.search(text)
    return _with_exceptions(
        _days(text[: cut.start()] if cut else text, node), text[cut.start() :] if cut else "", node, years
    )


def hours_of(node: ScalarNode, years: Years) -> DailyHours:
    """Return the days and times that a phrase names.

    Raises
    ------
    Unfit
        E410 for a phrase that is not one of `HOUR_FORMS`, E402 where it ends before it begins.
    """
    text = _lower(node)
    if text in ("always", "24h"):
        return DailyHours(DaySet(), 0, 24 * 60)
    found = _HOURS.fullmatch(text)
    if not found:
        raise Unfit("E410", node, found=node.text, forms=HOUR_FORMS)
    start, end = time_of(found[2], node), time_of(found[3], node)
    if end <= start:
        raise Unfit("E402.time", node, start=found[2], end=found[3], suggestion=next_day(end))
    return DailyHours(_with_exceptions(_days(found[1], node), found[4], node, years), start, end)


def next_day(minutes: int) -> str:
    """Return the time on the day after, as ``29:00``."""
    return f"{minutes // 60 + 24}:{minutes % 60:02}"


def yearly_of(text: str, node: ScalarNode) -> Range | None:
    """Return an inclusive yearly range such as ``12-29..01-03``, or None where the text is none."""
    found = re.fullmatch(_YEARLY, text)
    return _yearly(found, node)[0] if found else None


def weekday_of(text: str) -> int | None:
    """Return the number of a weekday from Monday, 0, or None where the text is none."""
    found = re.fullmatch(_WEEKDAY, text)
    return _weekday(found[1]) if found else None


def dates_of(text: str, node: ScalarNode) -> tuple[date, date] | None:
    """Return an inclusive range of dates, or None where the text is none."""
    found = re.fullmatch(_DATES, text)
    return _dates(found, node)[0] if found else None


def _lower(node: ScalarNode) -> str:
    return re.sub(r"\s+", " ", folded(node).lower())


def _days(text: str, node: ScalarNode) -> DaySet:
    for pattern, make in _PHRASES:
        if found := re.fullmatch(pattern, text):
            return make(found, node)
    raise Unfit("E410", node, found=node.text, forms=DAY_FORMS)


def _with_exceptions(days: DaySet, text: str, node: ScalarNode, years: Years) -> DaySet:
    for word, phrase in _EXCEPTION.findall(text):
        listed = frozenset(_listed(phrase.split(","), node, years))
        days = replace(days, but=days.but | listed) if word == "except" else replace(days, also=days.also | listed)
    return days


def _listed(phrases: Iterable[str], node: ScalarNode, years: Years) -> Iterator[date]:
    for phrase in phrases:
        if yearly := yearly_of(phrase.strip(), node):
            yield from years.days(*yearly)
        elif dates := dates_of(phrase.strip(), node):
            yield from (dates[0] + timedelta(days=n) for n in range((dates[1] - dates[0]).days + 1))
        else:
            raise Unfit("E410", node, found=phrase.strip(), forms="except 12-29..01-03, except 2027-01-10")


def _weekday(name: str) -> int:
    return next(n for n, full in enumerate(WEEKDAYS) if full.startswith(name[:3]))


def _yearly(found: re.Match[str], node: ScalarNode) -> tuple[Range]:
    low = (int(found[1]), int(found[2]))
    high = (int(found[3]), int(found[4])) if found[3] else low
    for month, day in (low, high):
        day_of(f"2028-{month}-{day}", node)  # a leap year, so that 02-29 is a day of some years
    return ((low, high),)


def _month_days(found: re.Match[str], node: ScalarNode) -> tuple[tuple[int, int]]:
    low, high = int(found[1]), int(found[2] or found[1])
    if not 1 <= low <= high <= 31:
        raise Unfit("E205", node, found=node.text, low="1", high="31")
    return ((low, high),)


def _dates(found: re.Match[str], node: ScalarNode) -> tuple[tuple[date, date]]:
    first = day_of(found[1], node)
    last = day_of(found[2], node) if found[2] else first
    if last < first:
        raise Unfit("E402", node, start=found[1], end=found[2])
    return ((first, last),)


_PHRASES: tuple[tuple[str, Callable[[re.Match[str], ScalarNode], DaySet]], ...] = (
    (r"every day|daily|any day|毎日", lambda _found, _node: DaySet()),
    (r"weekdays|opening days?|開庁日|平日", lambda _found, _node: DaySet(DayType.OPEN)),
    (r"closed days?|閉庁日", lambda _found, _node: DaySet(DayType.CLOSED)),
    (_WEEKDAY, lambda found, _node: DaySet(weekdays=frozenset({_weekday(found[1])}))),
    (
        rf"({'|'.join(_NTH)}) {_WEEKDAY}",
        lambda found, _node: DaySet(weekdays=frozenset({_weekday(found[2])}), nth=frozenset({_NTH[found[1]]})),
    ),
    (r"first (\d{1,2}) opening days", lambda found, _node: DaySet(first_open=int(found[1]))),
    (r"last (\d{1,2}) opening days", lambda found, _node: DaySet(last_open=int(found[1]))),
    (
        r"days? (\d{1,2})(?:\.\.(\d{1,2}))?",
        lambda found, node: DaySet(month_days=_month_days(found, node)),
    ),
    (_DATES, lambda found, node: DaySet(dates=_dates(found, node))),
    (_YEARLY, lambda found, node: DaySet(yearly=_yearly(found, node))),
)
