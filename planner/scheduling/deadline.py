"""The latest permitted return of a stopped system (S13)."""

from planner.calendar import hours
from planner.model.inventory import Inventory
from planner.units.span import Minute, Span


def latest_return(inventory: Inventory, system: str, since: Minute, spent: int) -> Minute | None:
    """The instant at which an outage from ``since`` on would exceed budget, longest outage or ``longest_elapsed``.

    ``spent`` are minutes of the budget used before. None: never inside the horizon.

    The budget counts minutes inside service hours only, so with service from 06:30, nothing left and an outage from
    23:00 on the answer is 06:30.
    """
    facts = inventory.systems[system]
    left = facts.budget - spent
    if facts.longest is not None:
        left = min(left, facts.longest)
    limits = [_after_service_minutes(inventory, facts.hours, since, max(0, left))]
    if facts.longest_elapsed is not None:
        limits.append(since + facts.longest_elapsed)
    return min((limit for limit in limits if limit is not None), default=None)


def _after_service_minutes(inventory: Inventory, hours_id: str | None, since: Minute, minutes: int) -> Minute | None:
    """The instant after which more than ``minutes`` of service have passed since ``since``."""
    horizon = inventory.project.horizon
    if since >= horizon.end:
        return None
    for span in hours(inventory.timetable, inventory.clock, hours_id, horizon).within(Span(since, horizon.end)):
        if minutes < span.minutes:
            return span.start + minutes
        minutes -= span.minutes
    return None


def service_minutes(inventory: Inventory, system: str, span: Span) -> int:
    """Minutes of ``span`` inside the system's service hours."""
    project, facts = inventory.project, inventory.systems[system]
    return hours(inventory.timetable, inventory.clock, facts.hours, project.horizon).within(span).minutes
