"""When somebody from outside can come: the carrier's appointments and lead time, what was accepted (S18)."""

from planner.calendar import hours
from planner.model.asset import Asset
from planner.model.inventory import Inventory
from planner.units.clock import DAY
from planner.units.span import Minute, Spans


def appointments(inventory: Inventory, line: Asset) -> Spans:
    """When the carrier of a line can come; any time where that is not known."""
    return hours(inventory.timetable, inventory.clock, line.appointments, inventory.project.horizon)


def first_visit(inventory: Inventory, line: Asset) -> Minute:
    """The first instant after the lead time of a line, from the day of its application or, without one, `as_of`."""
    clock, application = inventory.clock, line.application
    filed = clock.day(application.filed) if application and application.filed is not None else inventory.project.as_of
    return clock.minute(filed) + (line.lead_days or 0) * DAY


def accepted_from(asset: Asset) -> Minute | None:
    """The first instant of what a body outside has accepted; None is no bound."""
    return asset.application.since if asset.application else None


def accepted_until(asset: Asset) -> Minute | None:
    """The end of what a body outside has accepted; None is no bound."""
    return asset.application.until if asset.application else None
