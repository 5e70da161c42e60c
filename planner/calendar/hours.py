"""Hours that recur (of services, teams, batches) and blackouts, expanded into instants."""

from collections.abc import Iterable

from planner.calendar.daybook import ONE_DAY, daybook_of, span_of
from planner.calendar.memory import remembered
from planner.model.timetable import Blackout, DailyHours, DaySet, Timetable
from planner.units.clock import DAY, Clock
from planner.units.span import Span, Spans


@remembered
def hours(timetable: Timetable, clock: Clock, hours_id: str | None, span: Span) -> Spans:
    """Return the minutes of ``span`` in the hours called ``hours_id``; None is always.

    Raises
    ------
    KeyError
        If the timetable has no such hours.
    """
    if hours_id is None:
        return Spans((span,))
    return _daily(timetable, clock, timetable.hours[hours_id].parts, span)


@remembered
def working_spans(timetable: Timetable, clock: Clock, days: DaySet, span: Span) -> Spans:
    """Return the whole local days of ``days``, cut to ``span``."""
    return _daily(timetable, clock, (DailyHours(days, 0, DAY),), span)


@remembered
def blackout_spans(timetable: Timetable, clock: Clock, blackout: Blackout, span: Span) -> Spans:
    """Return the minutes of ``span`` in which what carries the blackout's tag must not be touched."""
    rules = _daily(timetable, clock, [DailyHours(days, 0, DAY) for days in blackout.days], span)
    return rules.union(Spans.of(blackout.extra).within(span))


def _daily(timetable: Timetable, clock: Clock, parts: Iterable[DailyHours], span: Span) -> Spans:
    """The union of the parts; a part that ends at 25:30 reaches into the day after, so one more day is looked at."""
    book = daybook_of(timetable)
    first, last = clock.day(span.start) - ONE_DAY, clock.day(span.end)
    found = (span_of(clock, day, p.start, day, p.end) for p in parts for day in book.days(p.days, first, last))
    return Spans.of(one for one in found if one).within(span)
