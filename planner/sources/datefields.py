"""Readers of the calendar's values: days, hours, closed days, runs, years, zones, countries, rules."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import Any
from zoneinfo import ZoneInfo, available_timezones

from planner.model.timetable import DailyHours, DaySet
from planner.sources.index import Context
from planner.sources.phrases import Range, dates_of, days_of, hours_of, weekday_of, yearly_of
from planner.sources.unfit import Unfit, choices, folded, scalar

RULES = tuple(f"S{number:02}" for number in range(1, 24))

_RUN = re.compile(r"(\d{1,2}) ?(?:d|days?|日)?(?:\+|\.\.(\d{1,2}) ?(?:d|days?|日)?)?")
_COUNTRY = re.compile(r"[A-Z]{2}")


class Language(StrEnum):
    """The languages that documents come in."""

    JA = "ja"
    EN = "en"


@dataclass(frozen=True, slots=True)
class Closed:
    """On which days the office is closed, apart from the dates of the holidays."""

    weekdays: frozenset[int]
    holidays: bool
    yearly: tuple[Range, ...]
    dates: frozenset[date]


def read_days(value: Any, context: Context) -> DaySet:
    """Return the days of one phrase."""
    return days_of(scalar(value, "weekdays, 2nd sunday, 2026-12-01..2026-12-18"), context.years)


def read_hours(value: Any, context: Context) -> DailyHours:
    """Return the days and times of one phrase."""
    return hours_of(scalar(value, "weekdays 08:30-17:15"), context.years)


def read_dates(value: Any, _context: Context) -> frozenset[date]:
    """Return single dates and ranges of dates as dates."""
    found: set[date] = set()
    for part in value if isinstance(value, list) else [value]:
        node = scalar(part, "2027-01-09, 2026-12-01..2026-12-18")
        dates = dates_of(folded(node), node)
        if dates is None:
            raise Unfit("E405.form", node, found=node.text, suggestion="2027-01-09")
        found |= set(_each(*dates))
    return frozenset(found)


def _each(first: date, last: date) -> Iterable[date]:
    return (first + timedelta(days=number) for number in range((last - first).days + 1))


def read_closed(value: Any, _context: Context) -> Closed:
    """Return the closed days: weekdays, ``holidays``, yearly ranges and dates."""
    weekdays: set[int] = set()
    yearly: list[Range] = []
    dates: set[date] = set()
    holidays = False
    for part in value if isinstance(value, list) else [value]:
        node = scalar(part, "saturday, holidays, 12-29..01-03")
        text = folded(node).lower()
        weekday, year, range_ = weekday_of(text), yearly_of(text, node), dates_of(text, node)
        if text == "holidays":
            holidays = True
        elif weekday is not None:
            weekdays.add(weekday)
        elif year:
            yearly.append(year)
        elif range_:
            dates |= set(_each(*range_))
        else:
            raise Unfit("E410", node, found=node.text, forms="saturday, holidays, 12-29..01-03, 2027-01-09")
    return Closed(frozenset(weekdays), holidays, tuple(yearly), frozenset(dates))


def read_run(value: Any, _context: Context) -> tuple[int, int | None]:
    """Return the least and the largest number of closed days in a row."""
    node = scalar(value, "2d, 2d..4d")
    found = _RUN.fullmatch(folded(node).lower())
    least, most = (int(found[1]), int(found[2]) if found[2] else None) if found else (0, None)
    if not least or (most is not None and most < least):
        raise Unfit("E203", node, found=node.text, expected="2d, 2d..4d")
    return least, most


def read_zone(value: Any, _context: Context) -> str:
    """Return the name of a time zone."""
    node = scalar(value, "Asia/Tokyo")
    try:
        ZoneInfo(node.text)
    except (ValueError, OSError, LookupError):
        raise Unfit("E204", node, found=node.text, **choices(node.text, _zones())) from None
    return node.text


def _zones() -> list[str]:
    return ["Asia/Tokyo", *sorted(zone for zone in available_timezones() if "/" in zone and not zone.startswith("Etc"))]


def read_country(value: Any, _context: Context) -> str:
    """Return a country's code of two letters."""
    node = scalar(value, "JP")
    if not _COUNTRY.fullmatch(node.text):
        raise Unfit("E203", node, found=node.text, expected="JP")
    return node.text


def read_rule(value: Any, _context: Context) -> str:
    """Return the id of a safety rule."""
    node = scalar(value, "S01")
    if node.text not in RULES:
        raise Unfit("E204", node, found=node.text, **choices(node.text, RULES))
    return node.text
