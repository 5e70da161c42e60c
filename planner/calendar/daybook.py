"""Local days: which are open, and which belong to a set of days."""

from calendar import monthrange
from collections.abc import Iterator
from datetime import date, timedelta
from typing import TypeVar

from planner.calendar.memory import remembered
from planner.model.timetable import DaySet, DayType, Timetable
from planner.units.clock import Clock
from planner.units.span import Span

ONE_DAY = timedelta(days=1)
LONGEST_RUN = 400
"""Days after which a run of closed days is taken as endless (an office that is never open)."""

Place = TypeVar("Place", int, tuple[int, int])
Yearly = tuple[tuple[tuple[int, int], tuple[int, int]], ...]


class Daybook:
    """The days of one timetable; what was found about a day or month is kept."""

    def __init__(self, timetable: Timetable) -> None:
        self._timetable = timetable
        self._open: dict[date, bool] = {}
        self._opening_days: dict[tuple[int, int], tuple[date, ...]] = {}

    def is_open(self, day: date) -> bool:
        """Whether the office opens on ``day``; exceptions first, then weekdays, holidays and the yearly closing."""
        if day not in self._open:
            self._open[day] = self._decide(day)
        return self._open[day]

    def _decide(self, day: date) -> bool:
        rules = self._timetable
        if day in rules.shut:
            return False
        if day in rules.opened:
            return True
        closed = day.weekday() in rules.closed_weekdays or day in rules.holidays
        return not closed and not in_yearly(rules.closed_yearly, day)

    def opening_days(self, year: int, month: int) -> tuple[date, ...]:
        """The opening days of one month, in order."""
        if (year, month) not in self._opening_days:
            days = (date(year, month, number) for number in range(1, monthrange(year, month)[1] + 1))
            self._opening_days[year, month] = tuple(day for day in days if self.is_open(day))
        return self._opening_days[year, month]

    def contains(self, days: DaySet, day: date) -> bool:
        """Whether ``day`` belongs to ``days``: every condition that is set holds, or it is put in by name."""
        if day in days.also:
            return True
        return day not in days.but and self._meets(days, day)

    def _meets(self, days: DaySet, day: date) -> bool:
        return (
            (days.type is DayType.ANY or self.is_open(day) == (days.type is DayType.OPEN))
            and (not days.weekdays or day.weekday() in days.weekdays)
            and (not days.nth or not days.nth.isdisjoint(_places_in_month(day)))
            and (not days.month_days or any(_within(day.day, first, last) for first, last in days.month_days))
            and (not days.yearly or in_yearly(days.yearly, day))
            and (not days.dates or any(first <= day <= last for first, last in days.dates))
            and (not (days.first_open or days.last_open) or self._at_edge(days, day))
        )

    def _at_edge(self, days: DaySet, day: date) -> bool:
        month = self.opening_days(day.year, day.month)
        last = month[-days.last_open :] if days.last_open else ()
        return day in month[: days.first_open] or day in last

    def days(self, days: DaySet, first: date, last: date) -> Iterator[date]:
        """The days of ``days`` from ``first`` to ``last``, both included."""
        return (day for day in each_day(first, last) if self.contains(days, day))

    def closed_runs(self, first: date, last: date) -> Iterator[tuple[date, date]]:
        """The maximal runs of closed days that touch ``first`` to ``last``, as (first day, last day)."""
        day = first
        while day <= last:
            if self.is_open(day):
                day += ONE_DAY
                continue
            run = self._edge(day, -ONE_DAY), self._edge(day, ONE_DAY)
            yield run
            day = run[1] + ONE_DAY

    def _edge(self, day: date, step: timedelta) -> date:
        for _ in range(LONGEST_RUN):
            if self.is_open(day + step):
                break
            day += step
        return day


@remembered
def daybook_of(timetable: Timetable) -> Daybook:
    """The daybook of a timetable, one per timetable."""
    return Daybook(timetable)


def each_day(first: date, last: date) -> Iterator[date]:
    """Every day from ``first`` to ``last``, both included."""
    return (first + timedelta(days=number) for number in range((last - first).days + 1))


def in_yearly(ranges: Yearly, day: date) -> bool:
    """Whether the day's (month, day) lies in one of the inclusive ranges, which may pass the year's end."""
    return any(_within((day.month, day.day), first, last) for first, last in ranges)


def span_of(clock: Clock, first: date, start: int, last: date, end: int) -> Span | None:
    """From ``start`` minutes after midnight of ``first`` to ``end`` after that of ``last``; None where nothing is left.

    Nothing is left only where a clock is put forward over all of it.
    """
    begins, ends = clock.minute(first, start), clock.minute(last, end)
    return Span(begins, ends) if begins < ends else None


def _places_in_month(day: date) -> frozenset[int]:
    """Which of its weekday in the month the day is: from the front 1..5, and -1 if it is the last."""
    place = (day.day - 1) // 7 + 1
    return frozenset({place, -1} if day.day + 7 > monthrange(day.year, day.month)[1] else {place})


def _within(value: Place, first: Place, last: Place) -> bool:
    """Whether ``value`` lies in the inclusive range ``first`` to ``last``, which wraps where ``last < first``."""
    return first <= value <= last if first <= last else (value >= first or value <= last)
