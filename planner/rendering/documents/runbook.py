"""A wave of a plan as a runbook: rows in order, gates and check points between them, contacts."""

from __future__ import annotations

from collections.abc import Sequence

from planner.rendering.documents.book import Book
from planner.rendering.documents.edition import Edition
from planner.rendering.documents.moments import Moments
from planner.rendering.documents.outages import outage_row
from planner.rendering.documents.parts import parts
from planner.rendering.documents.people import callers, contacts, teams
from planner.rendering.documents.steps import in_order, step_rows
from planner.rendering.documents.view import Part, Runbook
from planner.units.span import Minute


def wave_runbook(edition: Edition, number: int, charts: Sequence[str] = (), rollback: str = "") -> Runbook:
    """The runbook of the wave with this number, from 1.

    ``charts`` are the file names of its pictures, ``rollback`` is that of its rollback paper without ending.
    """
    wave = edition.plan.waves[number - 1]
    book = Book(edition, wave)
    gates, points = book.gates(), book.check_points()
    outages = tuple(outage_row(edition, found) for found in edition.plan.outages if found.span.overlaps(wave.window))
    return Runbook(
        number=number,
        title=edition.wave_name(number),
        window=window(edition.moments, wave.window.start, wave.window.end),
        count=len(wave.steps),
        parts=parts(book, gates, points),
        gates=gates,
        check_points=points,
        point_of_no_return=book.no_return(),
        fallback=edition.words.meanwhile(wave.fallback),
        fallback_minutes="" if wave.fallback_minutes is None else edition.moments.length(wave.fallback_minutes),
        outages=outages,
        contacts=contacts(edition.naming),
        teams=teams(edition.naming, wave.steps),
        callers=callers(edition.naming),
        departments=tuple(dict.fromkeys(row.department for row in outages if row.department)),
        charts=tuple(charts),
        rollback=rollback,
    )


def preparation_runbook(edition: Edition) -> Runbook:
    """The runbook of the steps outside waves; it has neither gates nor check points."""
    steps = in_order(edition.plan.preparation)
    rows = step_rows(edition, steps, frozenset())
    days = (edition.moments.full_day(steps[0].start), edition.moments.full_day(steps[-1].end)) if steps else ("", "")
    title, calling = edition.wave_name(0), callers(edition.naming)
    return Runbook(
        number=0,
        title=title,
        window=" - ".join(dict.fromkeys(days)),
        count=len(rows),
        parts=(Part(1, title, rows, calling),),
        gates=(),
        check_points=(),
        point_of_no_return="",
        fallback="",
        fallback_minutes="",
        outages=(),
        contacts=contacts(edition.naming),
        teams=teams(edition.naming, steps),
        callers=calling,
        departments=(),
        charts=(),
        rollback="",
    )


def window(moments: Moments, start: Minute, end: Minute) -> str:
    """From when to when, the second day only where it is another one."""
    first, last = f"{moments.full_day(start)} {moments.time(start)}", moments.time(end)
    if moments.clock.day(start) != moments.clock.day(end):
        last = f"{moments.full_day(end)} {last}"
    return f"{first} - {last}"
