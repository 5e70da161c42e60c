"""Check points as rows, deadlines, gates and the point of no return as lines."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final

from planner.plan.wave import CheckPoint
from planner.rendering.timechart.description import Mark, Pole, PoleKind, Row
from planner.rendering.timechart.telling import Telling
from planner.units.span import Minute, Spans

WINDOW: Final = "window"
"""What gives a deadline where no system does."""
FEW: Final = 4
"""So many deadlines on one sheet are each called by their name."""


def point_rows(telling: Telling, points: Sequence[CheckPoint]) -> tuple[Row, ...]:
    """Return one row per deadline, in the order of its first check point; final check points share the last one."""
    shared: dict[Minute | None, list[CheckPoint]] = {}
    for point in points:
        shared.setdefault(point.deadline, []).append(point)
    last = sorted(shared.items(), key=lambda found: found[0] is None)
    return tuple(_row(telling, deadline, found) for deadline, found in last)


def number_of(telling: Telling, point: CheckPoint) -> int:
    """Return the number of a check point in its wave, from 1, as in the runbook."""
    return telling.wave.check_points.index(point) + 1


def poles(telling: Telling, times: Spans, points: Iterable[CheckPoint] = ()) -> tuple[Pole, ...]:
    """Return the lines of what lies on an axis: gates, the point of no return, the deadlines of the check points."""
    near = [point for point in points if point.deadline is not None and _holds(times, point.deadline)]
    found = [*_gates(telling), *_no_return(telling), *_deadlines(telling, near)]
    return tuple(pole for pole in found if _holds(times, pole.at))


def _holds(times: Spans, minute: Minute) -> bool:
    return any(part.start <= minute <= part.end for part in times)


def _row(telling: Telling, deadline: Minute | None, points: Sequence[CheckPoint]) -> Row:
    words, moments = telling.words, telling.moments
    if deadline is None:
        label = str(words["runbook"]["rollback_final"])
    else:
        label = "  ".join([f"{words['chart']['deadline']} {moments.day_and_time(deadline)}", *_why(telling, points)])
    marks = tuple(
        Mark(point.planned, number_of(telling, point), point.deadline, f"point:{point.id}") for point in points
    )
    return Row(label, marks=marks, deadlines=tuple((deadline, f"deadline:{point.id}") for point in points if deadline))


def _why(telling: Telling, points: Sequence[CheckPoint]) -> Iterable[str]:
    """Yield how long turning back takes, and which system gives the deadline, if it is not the window."""
    words, moments = telling.words, telling.moments
    takes = sorted({point.minutes for point in points if point.minutes is not None})
    if takes:
        lengths = dict.fromkeys(moments.length(minutes) for minutes in (takes[0], takes[-1]))
        yield f"{words['runbook']['takes']} {'-'.join(lengths)}"
    for bound in dict.fromkeys(point.bound_by for point in points if point.bound_by not in (None, WINDOW)):
        yield f"{words['runbook']['bound_by']}: {telling.naming.subject(str(bound))}"


def _gates(telling: Telling) -> Iterable[Pole]:
    for number, gate in enumerate(telling.wave.gates, 1):
        text = f"{telling.words.say('general', 'gate', number=number)} {telling.moments.time(gate.at)}"
        yield Pole(gate.at, text, PoleKind.GATE, f"gate:{gate.id}")


def _no_return(telling: Telling) -> Iterable[Pole]:
    step = next((step for step in telling.steps if step.id == telling.wave.point_of_no_return), None)
    if step is not None:
        no = telling.words["columns"]["no"]
        text = (
            f"{telling.words['chart']['no_return']} {no} {telling.numbers[step.id]} {telling.moments.time(step.start)}"
        )
        yield Pole(step.start, text, PoleKind.NO_RETURN, f"no_return:{step.id}")


def _deadlines(telling: Telling, points: Sequence[CheckPoint]) -> Iterable[Pole]:
    """Yield one line per instant, with the numbers of its check points; of many only time and numbers are said."""
    at: dict[Minute, list[int]] = {}
    for point in points:
        at.setdefault(point.deadline or point.planned, []).append(number_of(telling, point))
    words = telling.words
    few = len(at) <= FEW
    for deadline, numbers in sorted(at.items()):
        said = words.joined(map(str, numbers))
        time = telling.moments.time(deadline)
        text = f"{words['chart']['deadline']} {time} ({words['runbook']['check_point']} {said})"
        yield Pole(deadline, text if few else f"{time} ({said})", PoleKind.DEADLINE, f"until:{deadline}")
