"""The verifier's own expansion of the calendar rules into instants; the planner has another, written apart."""

from __future__ import annotations

import calendar
from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from functools import cached_property

from planner.model.inventory import Inventory
from planner.model.timetable import Blackout, DaySet, DayType, Timetable, WindowPattern, WindowShape
from planner.safety.world import World
from planner.units.span import Minute, Span, Spans

MonthDay = tuple[int, int]
LONGEST_RUN = 62
"""How many days before and after the horizon are looked at, so that runs and months are seen whole."""


def almanac_of(world: World) -> Almanac:
    """The calendar of a world's inventory."""
    return Almanac(world.inventory)


def is_open(timetable: Timetable, day: date) -> bool:
    """Whether the office opens on a local day; dated exceptions win over weekdays, holidays and the year end."""
    if day in timetable.shut:
        return False
    if day in timetable.opened:
        return True
    year_end = _in_yearly(timetable.closed_yearly, day)
    return day.weekday() not in timetable.closed_weekdays and day not in timetable.holidays and not year_end


def matches(timetable: Timetable, days: DaySet, day: date) -> bool:
    """Whether a local day belongs to a set: put in by ``also``, or not taken out and every set condition holds."""
    if day in days.also:
        return True
    return day not in days.but and all(_conditions(timetable, days, day))


def _conditions(timetable: Timetable, days: DaySet, day: date) -> Iterator[bool]:
    yield days.type is DayType.ANY or is_open(timetable, day) is (days.type is DayType.OPEN)
    yield not days.weekdays or day.weekday() in days.weekdays
    yield not days.nth or _is_nth(days.nth, day)
    yield not days.yearly or _in_yearly(days.yearly, day)
    yield not days.dates or any(first <= day <= last for first, last in days.dates)
    yield not days.month_days or any(_in_month(first, last, day) for first, last in days.month_days)
    yield not (days.first_open or days.last_open) or _at_month_edge(timetable, days, day)


def _in_yearly(ranges: tuple[tuple[MonthDay, MonthDay], ...], day: date) -> bool:
    here = (day.month, day.day)
    return any(a <= here <= b if a <= b else here >= a or here <= b for a, b in ranges)


def _is_nth(nth: frozenset[int], day: date) -> bool:
    from_start = (day.day - 1) // 7 + 1
    from_end = -((_month_length(day) - day.day) // 7 + 1)
    return from_start in nth or from_end in nth


def _in_month(first: int, last: int, day: date) -> bool:
    """Days of the month, inclusive; -1 is the last day; a range may pass the month's end (25 to 5)."""
    length = _month_length(day)
    a, b = (n if n > 0 else length + 1 + n for n in (first, last))
    return a <= day.day <= b if a <= b else day.day >= a or day.day <= b


def _at_month_edge(timetable: Timetable, days: DaySet, day: date) -> bool:
    opening = [d for d in _month_of(day) if is_open(timetable, d)]
    late = opening[-days.last_open :] if days.last_open else []
    return day in opening[: days.first_open] or day in late


def _month_of(day: date) -> list[date]:
    return [day.replace(day=n) for n in range(1, _month_length(day) + 1)]


def _month_length(day: date) -> int:
    return calendar.monthrange(day.year, day.month)[1]


def hours(inventory: Inventory, hours_id: str | None, span: Span) -> Spans:
    """The minutes of a named timetable inside ``span``; None is the whole of it.

    Raises
    ------
    KeyError
        If the inventory has no such timetable.
    """
    if hours_id is None:
        return Spans((span,))
    clock, timetable = inventory.clock, inventory.timetable
    first = clock.day(span.start) - timedelta(days=2)  # 48:00 of the day before yesterday is today's midnight
    found = [
        Span(clock.minute(day, part.start), clock.minute(day, part.end))
        for day in _days(first, clock.day(span.end))
        for part in timetable.hours[hours_id].parts
        if part.start < part.end and matches(timetable, part.days, day)
    ]
    return Spans.of(found).within(span)


def opening(inventory: Inventory, span: Span) -> tuple[date, ...]:
    """The local days that ``span`` touches and on which the office opens, in order."""
    clock = inventory.clock
    days = _days(clock.day(span.start), clock.day(span.end - 1))
    return tuple(day for day in days if is_open(inventory.timetable, day))


def _days(first: date, last: date) -> Iterator[date]:
    for offset in range((last - first).days + 1):
        yield first + timedelta(days=offset)


class Almanac:
    """The calendar of one inventory over its horizon, each part expanded once when it is first asked for.

    Parameters
    ----------
    inventory : Inventory
        Holidays in it are dates already; everything else is a rule.
    """

    def __init__(self, inventory: Inventory) -> None:
        self.inventory = inventory
        self.horizon = inventory.project.horizon
        self._hours: dict[str | None, Spans] = {}
        self._usable: dict[tuple[str, bool], Spans] = {}
        self._blackouts: dict[frozenset[str], Spans] = {}
        self._freezes: dict[frozenset[str], Spans] = {}

    def hours(self, hours_id: str | None) -> Spans:
        """The minutes of a named timetable inside the horizon; None is always."""
        if hours_id not in self._hours:
            self._hours[hours_id] = hours(self.inventory, hours_id, self.horizon)
        return self._hours[hours_id]

    def blackout(self, tags: frozenset[str]) -> Spans:
        """When what carries one of the tags must not be touched."""
        if tags not in self._blackouts:
            self._blackouts[tags] = self._joined(b for b in self.inventory.timetable.blackouts if b.tag in tags)
        return self._blackouts[tags]

    @cached_property
    def blackout_for_everyone(self) -> Spans:
        """When nothing at all may be touched."""
        return self._joined(b for b in self.inventory.timetable.blackouts if b.everyone)

    def freeze(self, tags: frozenset[str]) -> Spans:
        """When not even preparation is allowed for what carries one of the tags."""
        if tags not in self._freezes:
            frozen = (b for b in self.inventory.timetable.blackouts if b.freeze and (b.everyone or b.tag in tags))
            self._freezes[tags] = self._joined(frozen)
        return self._freezes[tags]

    @cached_property
    def windows(self) -> Mapping[str, Spans]:
        """Every candidate window by its id (``weekend/2027-01-09``), without the blackouts for everyone.

        The id is the pattern's with the local date of the day (of the run's first day) that it belongs to. A window
        that a blackout cuts has several parts; one that it covers is left out. Nothing lies before the project's
        ``as_of``.
        """
        found: dict[str, Spans] = {}
        for pattern in self.inventory.timetable.windows:
            for day, span in self._candidates(pattern):
                parts = Spans((span,)).minus(self.blackout_for_everyone).intersection(self.plannable)
                if parts:
                    found[f"{pattern.id}/{day.isoformat()}"] = parts
        return found

    def window(self, id: str) -> Spans:
        """The parts of a candidate window; a part that a blackout has cut off may also be named ``id/2``."""
        base, _, number = id.rpartition("/")
        if base in self.windows and number.isdecimal():
            return Spans(self.windows[base].parts[int(number) - 1 : int(number)])
        return self.windows.get(id, Spans())

    @cached_property
    def plannable(self) -> Spans:
        """The horizon from the first minute of ``as_of`` on."""
        start = max(self.horizon.start, self.inventory.clock.minute(self.inventory.project.as_of))
        return Spans((Span(start, self.horizon.end),)) if start < self.horizon.end else Spans()

    def usable(self, room_id: str, *, powered: bool = True) -> Spans:
        """When a room is open and no construction phase closes it; with ``powered``, also outside its power cuts."""
        key = (room_id, powered)
        if key not in self._usable:
            self._usable[key] = self._open_room(room_id).minus(self.power_cuts(room_id) if powered else Spans())
        return self._usable[key]

    def power_cuts(self, room_id: str) -> Spans:
        return Spans.of(cut.span for cut in self.inventory.timetable.power_cuts if cut.room == room_id)

    def notice_over(self, days: int) -> Minute:
        """The first instant after ``days`` days of notice, counted from the project's ``as_of``."""
        return self.inventory.clock.minute(self.inventory.project.as_of + timedelta(days=days))

    def _open_room(self, room_id: str) -> Spans:
        room = self.inventory.rooms[room_id]
        start = max(self.horizon.start, self.horizon.start if room.opens is None else room.opens)
        end = min(self.horizon.end, self.horizon.end if room.closes is None else room.closes)
        phases = Spans.of(phase.span for phase in self.inventory.timetable.phases if room_id in phase.rooms)
        return Spans((Span(start, end),)).minus(phases) if start < end else Spans()

    def _joined(self, blackouts: Iterator[Blackout]) -> Spans:
        clock, timetable = self.inventory.clock, self.inventory.timetable
        spans: list[Span] = []
        for blackout in blackouts:
            spans += blackout.extra
            spans += [clock.day_span(d) for d in self._dates if any(matches(timetable, s, d) for s in blackout.days)]
        return Spans.of(spans).within(self.horizon)

    @cached_property
    def _dates(self) -> tuple[date, ...]:
        clock, margin = self.inventory.clock, timedelta(days=LONGEST_RUN)
        return tuple(_days(clock.day(self.horizon.start) - margin, clock.day(self.horizon.end) + margin))

    def _candidates(self, pattern: WindowPattern) -> Iterator[tuple[date, Span]]:
        clock = self.inventory.clock
        for first, last in self._runs(pattern):
            start, end = clock.minute(first, pattern.start), clock.minute(last, pattern.end)
            if start < end and self.horizon.overlaps(Span(start, end)):
                yield first, Span(start, end)

    def _runs(self, pattern: WindowPattern) -> Iterator[tuple[date, date]]:
        """The first and last local day of each window of the pattern."""
        timetable = self.inventory.timetable
        if pattern.shape is WindowShape.DAILY:
            yield from ((day, day) for day in self._dates if matches(timetable, pattern.days, day))
            return
        longest = pattern.run_days_max or len(self._dates)
        for run in self._closed_runs():
            if pattern.run_days <= len(run) <= longest and matches(timetable, pattern.days, run[0]):
                yield run[0], run[-1]

    def _closed_runs(self) -> Iterator[list[date]]:
        run: list[date] = []
        for day in self._dates:
            if not is_open(self.inventory.timetable, day):
                run.append(day)
            elif run:
                yield run
                run = []
        if run:
            yield run
