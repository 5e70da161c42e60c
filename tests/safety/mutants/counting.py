"""Counting by hand, for proofs: minutes of service, people, places and loads, straight from inventory and plan."""

from planner.model.inventory import Inventory
from planner.units.clock import Clock
from planner.units.span import Minute, Span

CLOCK = Clock("Asia/Tokyo")
DAILY = (6 * 60 + 30, 23 * 60)
OFFICE = (8 * 60 + 30, 17 * 60 + 15)


def is_open(inventory: Inventory, hours: str | None, minute: Minute) -> bool:
    """Whether a service is open in a minute, by the clock on the wall and a look at the calendar."""
    day, of_day = CLOCK.day(minute), CLOCK.of_day(minute)
    if hours == "daily":
        return DAILY[0] <= of_day < DAILY[1]
    works = day.weekday() < 5 and day not in inventory.timetable.holidays
    return hours is None or (works and OFFICE[0] <= of_day < OFFICE[1])


def open_minutes(inventory: Inventory, system: str, span: Span) -> int:
    hours = inventory.systems[system].hours
    return sum(is_open(inventory, hours, minute) for minute in range(span.start, span.end))


def last_return(inventory: Inventory, system: str, since: Minute) -> Minute:
    """Minute by minute, until the budget, the longest outage, or that on the clock would be exceeded."""
    facts = inventory.systems[system]
    used, minute = 0, since
    while True:
        used += is_open(inventory, facts.hours, minute)
        long = facts.longest is not None and used > facts.longest
        if used > facts.budget or long or minute + 1 - since > (facts.longest_elapsed or 10**9):
            return minute
        minute += 1
