"""Dates and times as people write them: ISO, 令和, with a weekday in brackets; never guessed."""

from __future__ import annotations

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any

from planner.sources.nodes import ScalarNode
from planner.sources.unfit import Unfit, folded, scalar
from planner.units.clock import DAY, EPOCH, Clock
from planner.units.span import Minute

LATEST_TIME = 48 * 60

_WEEKDAYS = "月火水木金土日"
_ENGLISH = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_ISO = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})")
_REIWA = re.compile(r"(?:令和|R)(\d{1,2}|元)[年.](\d{1,2})[月.](\d{1,2})日?")
_JAPANESE = re.compile(r"(\d{4})年(\d{1,2})月(\d{1,2})日")
_OTHER_ERA = re.compile(r"(?:(?:平成|昭和|大正|明治)|[HSTM](?=\d))(\d{1,2}|元)?.*")
_YEAR_FIRST = re.compile(r"(\d{4})[/.](\d{1,2})[/.](\d{1,2})")
_YEAR_LAST = re.compile(r"(\d{1,2})[/.](\d{1,2})[/.](\d{4})")
_WEEKDAY = re.compile(r"(.*?)\s*\(([月火水木金土日]|[A-Za-z]{3})[^)]*\)")
_TIME = re.compile(r"(-?)(\d{1,2}):(\d{2})")
_MOMENT = re.compile(r"(.+?)[ T](\d{1,2}:\d{2})(Z|[+-]\d{2}:?\d{2})?")


@dataclass(frozen=True, slots=True)
class Weekday:
    """A weekday that was written beside a date and is not the date's."""

    node: ScalarNode
    written: str
    right: str


def read_day(value: Any, remarks: list[Weekday] | None = None) -> date:
    """Return a date.

    Raises
    ------
    Unfit
        E404 for an era that is not 令和, E405 for a date that does not exist or that is in doubt.
    """
    node = scalar(value, "2027-01-09")
    text = folded(node)
    weekday = _WEEKDAY.fullmatch(text)
    day = day_of(weekday[1] if weekday else text, node)
    if weekday and remarks is not None:
        right = (_WEEKDAYS[day.weekday()], _ENGLISH[day.weekday()])
        if weekday[2].lower() not in right:
            remarks.append(Weekday(node, weekday[2], right[0]))
    return day


def day_of(text: str, node: ScalarNode) -> date:
    """Return the date that a piece of a value names; faults are told at ``node``."""
    found = _ISO.fullmatch(text) or _JAPANESE.fullmatch(text)
    if found:
        return _existing(int(found[1]), int(found[2]), int(found[3]), node)
    if era := _REIWA.fullmatch(text):
        return _existing(2018 + (1 if era[1] == "元" else int(era[1])), int(era[2]), int(era[3]), node)
    if _OTHER_ERA.fullmatch(text):
        raise Unfit("E404", node, found=node.text)
    raise Unfit("E405.form", node, found=node.text, suggestion=_iso_of(text))


def _existing(year: int, month: int, day: int, node: ScalarNode) -> date:
    if not 1 <= month <= 12 or not 1 <= year <= 9998:
        raise Unfit("E405.form", node, found=node.text, suggestion="2027-01-09")
    last = monthrange(year, month)[1]
    if not 1 <= day <= last:
        raise Unfit("E405", node, found=node.text, suggestion=date(year, month, last).isoformat())
    return date(year, month, day)


def _iso_of(text: str) -> str:
    """Return the ISO form of a date in another order where it can only mean one, else an example."""
    found = _YEAR_FIRST.fullmatch(text)
    parts = found and (found[1], found[2], found[3])
    if not parts and (found := _YEAR_LAST.fullmatch(text)):
        parts = (found[3], found[1], found[2]) if int(found[2]) > 12 else (found[3], found[2], found[1])
    return f"{parts[0]}-{int(parts[1]):02}-{int(parts[2]):02}" if parts else "2027-01-09"


def read_time(value: Any, _context: object = None) -> int:
    """Return minutes after local midnight; ``25:30`` is half past one on the next day.

    Raises
    ------
    Unfit
        E205 beyond ``48:00``, E203 for anything that is not a time.
    """
    node = scalar(value, "22:30")
    return time_of(folded(node), node)


def time_of(text: str, node: ScalarNode) -> int:
    """Return the minutes of a time that is a piece of a value; a sign means the day before."""
    found = _TIME.fullmatch(text)
    if not found or int(found[3]) > 59:
        raise Unfit("E203", node, found=node.text, expected="22:30, 25:30")
    minutes = int(found[2]) * 60 + int(found[3])
    if minutes > LATEST_TIME:
        raise Unfit("E205", node, found=text, low="00:00", high="48:00")
    return -minutes if found[1] else minutes


def read_moment(value: Any, clock: Clock, remarks: list[Weekday] | None = None) -> Minute:
    """Return an instant: a date and a time in the project's zone or with an offset; a date alone is its midnight.

    Raises
    ------
    Unfit
        As `read_day`; E401 for a local time that a zone has twice or never.
    """
    node = scalar(value, "2027-01-09 22:00")
    found = _MOMENT.fullmatch(folded(node))
    if not found:
        return clock.minute(read_day(node, remarks))
    day, of_day = day_of(found[1], node), time_of(found[2], node)
    if found[3]:
        return _with_offset(day, of_day, found[3])
    return _local(day, of_day, clock, node)


def _with_offset(day: date, of_day: int, offset: str) -> Minute:
    ahead = datetime.strptime(offset.replace("Z", "+0000").replace(":", ""), "%z").utcoffset() or timedelta()
    utc = datetime(day.year, day.month, day.day, tzinfo=UTC) + timedelta(minutes=of_day) - ahead
    return int((utc - EPOCH).total_seconds()) // 60


def _local(day: date, of_day: int, clock: Clock, node: ScalarNode) -> Minute:
    minute = clock.minute(day, of_day)
    later, rest = divmod(of_day, DAY)
    wall = datetime(day.year, day.month, day.day, rest // 60, rest % 60) + timedelta(days=later)  # noqa: DTZ001
    offsets = {wall.replace(tzinfo=clock.tz, fold=fold).utcoffset() for fold in (0, 1)}
    if len(offsets) > 1:
        choices = [wall.replace(tzinfo=clock.tz, fold=fold).isoformat(timespec="minutes") for fold in (0, 1)]
        raise Unfit("E401", node, found=node.text, first=choices[0], second=choices[1])
    return minute
