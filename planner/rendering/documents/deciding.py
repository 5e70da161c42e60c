"""Until when turning back has to be decided at a check point, and why then: in words."""

from __future__ import annotations

from planner.plan.wave import CheckPoint
from planner.plan.way_back import WayBack
from planner.rendering.documents.edition import Edition
from planner.rendering.documents.rollback_view import TurningRow
from planner.rendering.documents.sharing import has_way_back
from planner.rendering.documents.view import CheckPointRow
from planner.units.span import Minute


def turning_row(edition: Edition, point: CheckPoint, row: CheckPointRow, *, beyond: bool) -> TurningRow:
    """A check point with what turning back there comes to; ``row`` is how the runbook shows it."""
    if not has_way_back(point):
        return _nothing(point, row, beyond=beyond)
    way, deadline, moments = edition.ways_back[point.id], point.deadline, edition.moments
    length = max(step.offset + step.minutes for step in point.rollback)
    return TurningRow(
        number=row.number,
        at=row.at,
        after=row.after,
        deadline=row.deadline,
        takes=moments.length(length),
        planned_end=moments.after(point.planned, point.planned + length),
        ends="" if deadline is None else moments.day_and_time(deadline + length),
        latest=moments.day_and_time(way.latest),
        bound_by=_bound_by(edition, way.bound_by),
        returns_to=row.returns_to,
        final=False,
        beyond=beyond,
        sheet=row.sheet,
        says="" if deadline is None else _says(edition, way, deadline, length),
    )


def _nothing(point: CheckPoint, row: CheckPointRow, *, beyond: bool) -> TurningRow:
    """A check point at which nothing is undone: a final one, or one before anything was done."""
    return TurningRow(
        number=row.number,
        at=row.at,
        after=row.after,
        deadline=row.deadline,
        takes="",
        planned_end="",
        ends="",
        latest="",
        bound_by=row.bound_by,
        returns_to=row.returns_to,
        final=point.final,
        beyond=beyond,
        sheet="",
        says="",
    )


def _says(edition: Edition, way: WayBack, deadline: Minute, length: int) -> str:
    """``deadline + R = ends``, and ``ends + margin = latest``.

    The margin is what is left there: that of the policy, or more where somebody put the deadline earlier.
    """
    moments, ends = edition.moments, deadline + length
    return edition.words.say(
        "rollback",
        "decide_for_window" if way.bound_by == "window" else "decide_for_system",
        deadline=moments.day_and_time(deadline),
        takes=moments.length(length),
        ends=moments.after(deadline, ends),
        margin=moments.length(max(0, way.latest - ends)),
        latest=moments.after(deadline, way.latest),
        system=_bound_by(edition, way.bound_by),
    )


def _bound_by(edition: Edition, bound: str) -> str:
    window = str(edition.words["runbook"]["bound_by_window"])
    return window if bound == "window" else edition.naming.subject(bound)
