"""The rules of the calendar, as data. They are expanded twice: by `planner.calendar` and by `planner.safety`.

Holidays are dates already (`Timetable.holidays`), resolved when the inventory is read; recurrence stays a rule.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from planner.units.span import Span


class DayType(StrEnum):
    """A condition on a local day. `OPEN` and `CLOSED` follow `Timetable.closed_weekdays`, holidays and year end."""

    ANY = "any"
    OPEN = "open"
    CLOSED = "closed"


@dataclass(frozen=True, slots=True)
class DaySet:
    """Which local days: all conditions that are set have to hold.

    ``weekdays``: 0 is Monday; empty is all. ``nth``: which of that weekday in the month, 1..5, -1 is the last.
    ``yearly``: inclusive ranges ((month, day), (month, day)); a range may pass the year's end. ``dates``: inclusive
    ranges of dates. ``first_open`` / ``last_open``: the first or last n opening days of a month; these two are joined
    with each other, not crossed ("last 2 opening days and first 2 of the next"). ``but`` are dates taken out, ``also``
    dates put in.
    """

    type: DayType = DayType.ANY
    weekdays: frozenset[int] = frozenset()
    nth: frozenset[int] = frozenset()
    yearly: tuple[tuple[tuple[int, int], tuple[int, int]], ...] = ()
    dates: tuple[tuple[date, date], ...] = ()
    first_open: int = 0
    last_open: int = 0
    month_days: tuple[tuple[int, int], ...] = ()
    but: frozenset[date] = frozenset()
    also: frozenset[date] = frozenset()


@dataclass(frozen=True, slots=True)
class DailyHours:
    """On the days of ``days`` from ``start`` to ``end``.

    Both are minutes after local midnight, ``end`` up to 2880 (25:30 is 1530).
    """

    days: DaySet
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Hours:
    """A named timetable: the union of its parts; empty is never."""

    id: str
    parts: tuple[DailyHours, ...]


class WindowShape(StrEnum):
    """How a window repeats."""

    DAILY = "daily"  # on each day of `days`, from start to end
    CLOSED_RUN = "closed_run"  # a run of at least `run_days` closed days, first day `start` to last day `end`


@dataclass(frozen=True, slots=True)
class WindowPattern:
    """Windows that may be used for work; they are cut by blackouts for all, and by power cuts and rooms per asset.

    CLOSED_RUN: a maximal run of closed days with ``run_days <= length`` (and ``<= run_days_max`` if set); the window
    goes from ``start`` minutes after midnight of its first day to ``end`` after midnight of its last. A ``start``
    may be negative (the evening before).
    """

    id: str
    name: str
    shape: WindowShape
    start: int
    end: int
    days: DaySet = DaySet()
    run_days: int = 1
    run_days_max: int | None = None


@dataclass(frozen=True, slots=True)
class Blackout:
    """Local days on which what carries the tag must not be touched. ``everyone``: binds every asset and system.

    ``extra`` are spans that no rule describes (an election that is called).
    """

    tag: str
    why: str
    days: tuple[DaySet, ...] = ()
    extra: tuple[Span, ...] = ()
    everyone: bool = False
    freeze: bool = False  # binds preparatory steps too


@dataclass(frozen=True, slots=True)
class PowerCut:
    """A room has no power (statutory inspection, construction)."""

    room: str
    span: Span
    why: str


@dataclass(frozen=True, slots=True)
class Phase:
    """A construction phase: the rooms are not usable during it."""

    id: str
    name: str
    rooms: tuple[str, ...]
    span: Span


@dataclass(frozen=True, slots=True)
class Timetable:
    """Everything about dates. ``closed_yearly`` is the year-end closing, as inclusive (month, day) ranges.

    ``opened`` are closed days on which the office opens by exception, ``shut`` opening days on which it closes.
    """

    closed_weekdays: frozenset[int] = frozenset({5, 6})
    holidays: Mapping[date, str] = field(default_factory=dict)
    closed_yearly: tuple[tuple[tuple[int, int], tuple[int, int]], ...] = ()
    opened: frozenset[date] = frozenset()
    shut: frozenset[date] = frozenset()
    hours: Mapping[str, Hours] = field(default_factory=dict)
    windows: tuple[WindowPattern, ...] = ()
    blackouts: tuple[Blackout, ...] = ()
    power_cuts: tuple[PowerCut, ...] = ()
    phases: tuple[Phase, ...] = ()
