"""Windows: the intervals in which work may happen, computed from patterns."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from planner.calendar.daybook import Daybook, daybook_of, span_of
from planner.calendar.hours import blackout_spans
from planner.calendar.memory import remembered
from planner.model.inventory import Inventory
from planner.model.timetable import Timetable, WindowPattern, WindowShape
from planner.units.clock import Clock
from planner.units.span import Span, Spans


@dataclass(frozen=True, slots=True)
class Window:
    """One interval for work. ``id`` is the pattern's id and the local date of the first day: ``weekend/2027-01-09``.

    A closed run's first day is its first closed day, also where the window begins on the evening before. Where
    a blackout for everyone splits a window, the later parts have ``/2``, ``/3`` after that.
    """

    id: str
    name: str
    span: Span


@remembered
def pattern_windows(timetable: Timetable, clock: Clock, span: Span) -> tuple[Window, ...]:
    """Return what the patterns give that overlaps ``span``, not cut by anything, by (start, end, id)."""
    book = daybook_of(timetable)
    found = (window for pattern in timetable.windows for window in _expand(pattern, book, clock, span))
    return tuple(sorted(found, key=lambda window: (window.span, window.id)))


@remembered
def windows(inventory: Inventory) -> tuple[Window, ...]:
    """Return the candidate windows: patterns minus the blackouts for everyone, from `as_of` on, in the horizon."""
    plannable = plannable_span(inventory)
    if plannable is None:
        return ()
    barred = everyones_blackouts(inventory)
    raw = pattern_windows(inventory.timetable, inventory.clock, plannable)
    return tuple(part for window in raw for part in _parts(window, barred, plannable))


def plannable_span(inventory: Inventory) -> Span | None:
    """The horizon from the first minute of `as_of` on; None if `as_of` lies after it."""
    project = inventory.project
    start = max(project.horizon.start, inventory.clock.minute(project.as_of))
    return Span(start, project.horizon.end) if start < project.horizon.end else None


@remembered
def everyones_blackouts(inventory: Inventory) -> Spans:
    """The minutes of the horizon in which nothing may be touched."""
    timetable, clock, horizon = inventory.timetable, inventory.clock, inventory.project.horizon
    every = (blackout_spans(timetable, clock, b, horizon) for b in timetable.blackouts if b.everyone)
    return Spans.of(part for spans in every for part in spans)


def _parts(window: Window, barred: Spans, plannable: Span) -> Iterator[Window]:
    left = Spans((window.span,)).minus(barred).within(plannable)
    for number, part in enumerate(left, start=1):
        yield Window(window.id if number == 1 else f"{window.id}/{number}", window.name, part)


def _expand(pattern: WindowPattern, book: Daybook, clock: Clock, span: Span) -> Iterator[Window]:
    around = timedelta(days=2)  # a start may lie on the evening before, an end up to two days after midnight
    first, last = clock.day(span.start) - around, clock.day(span.end) + around
    for begins, ends in _runs(pattern, book, first, last):
        found = span_of(clock, begins, pattern.start, ends, pattern.end)
        if found and found.overlaps(span):
            yield Window(f"{pattern.id}/{begins.isoformat()}", pattern.name, found)


def _runs(pattern: WindowPattern, book: Daybook, first: date, last: date) -> Iterator[tuple[date, date]]:
    """The first and the last day of each window of the pattern."""
    if pattern.shape is WindowShape.DAILY:
        return ((day, day) for day in book.days(pattern.days, first, last))
    longest = pattern.run_days_max
    runs = ((run, (run[1] - run[0]).days + 1) for run in book.closed_runs(first, last))
    return (run for run, days in runs if pattern.run_days <= days and (longest is None or days <= longest))
