"""The sheets of a rollback paper: the steps of turning back with their times, and when each system is back."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from planner.plan.step import RollbackStep
from planner.plan.wave import CheckPoint, Wave
from planner.rendering.documents.edition import Edition
from planner.rendering.documents.rollback_view import BackRow, BackTime, Sheet, TurningRow, UndoRow, UndoTime
from planner.rendering.documents.sharing import shared
from planner.rendering.documents.steps import people, targets
from planner.units.span import Minute, Span


def sheets(edition: Edition, wave: Wave, rows: Sequence[TurningRow]) -> tuple[Sheet, ...]:
    """One sheet per way back, in the order of its first check point; ``rows`` are all check points of the wave."""
    return tuple(
        _sheet(edition, [wave.check_points[number - 1] for number in numbers], [rows[n - 1] for n in numbers])
        for numbers in shared(wave)
    )


def _sheet(edition: Edition, points: Sequence[CheckPoint], rows: Sequence[TurningRow]) -> Sheet:
    return Sheet(
        label=rows[0].sheet, points=tuple(rows), rows=tuple(_undo_rows(edition, points)), systems=_back(edition, points)
    )


def _undo_rows(edition: Edition, points: Sequence[CheckPoint]) -> list[UndoRow]:
    found, days = [], [edition.moments.day(point.planned) for point in points]
    for number, steps in enumerate(zip(*(point.rollback for point in points), strict=True), 1):
        starts = [point.planned + step.offset for point, step in zip(points, steps, strict=True)]
        today = [edition.moments.day(start) for start in starts]
        shown = ["" if new == old else new for new, old in zip(today, days, strict=True)]
        times = tuple(_time(edition, *facts) for facts in zip(steps, starts, shown, strict=True))
        found.append(_undo_row(edition, number, steps[0], times))
        days = today
    return found


def _time(edition: Edition, step: RollbackStep, start: Minute, day: str) -> UndoTime:
    moments = edition.moments
    return UndoTime(_after(edition, step.offset), day, moments.time(start), moments.time(start + step.minutes))


def _undo_row(edition: Edition, number: int, step: RollbackStep, times: tuple[UndoTime, ...]) -> UndoRow:
    offsets = {time.offset for time in times}
    return UndoRow(
        number=number,
        offset=times[0].offset if len(offsets) == 1 else "",
        times=times,
        length=edition.moments.length(step.minutes),
        kind=edition.describing.kind(step.kind),
        targets=targets(edition.naming, step.assets),
        action=edition.describing.undoing(step),
        who=people(edition, step.people),
        witness=edition.naming.person(step.witness),
    )


def _back(edition: Edition, points: Sequence[CheckPoint]) -> tuple[BackRow, ...]:
    """Every system that is out at one of these check points, the one that is back first above."""
    ways = [(point.planned, edition.ways_back[point.id].out) for point in points]
    last = {id: max(_length(at, out[id]) for at, out in ways if id in out) for _, out in ways for id in out}
    return tuple(_back_row(edition, id, ways) for id in sorted(last, key=lambda id: (last[id], id)))


def _length(at: Minute, out: Span) -> int:
    return out.end - at


def _back_row(edition: Edition, id: str, ways: Sequence[tuple[Minute, Mapping[str, Span]]]) -> BackRow:
    system = edition.plan.inventory.systems[id]
    times = tuple(_back_time(edition, at, out.get(id)) for at, out in ways)
    return BackRow(system.name, id, edition.naming.department(system.department or system.owner), times)


def _back_time(edition: Edition, at: Minute, out: Span | None) -> BackTime:
    if out is None:
        return BackTime("", "", "")
    begins = _after(edition, out.start - at) if out.start > at else ""
    return BackTime(begins, _after(edition, out.end - at), edition.moments.after(at, out.end))


def _after(edition: Edition, minutes: int) -> str:
    return f"+{edition.moments.length(minutes)}"
