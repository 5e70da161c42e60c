"""When somebody of a team may be at work at all: presence, hours, notice, contract (S15)."""

from collections.abc import Iterator
from datetime import timedelta

from planner.calendar import hours, working_spans
from planner.model.asset import Demand
from planner.model.inventory import Inventory
from planner.model.people import Person, Team
from planner.model.timetable import DaySet, DayType
from planner.units.span import Span, Spans

NIGHT = (22 * 60, 29 * 60)
"""Night work in a contract: 22:00 to 05:00."""


def able(team: Team, demand: Demand) -> list[Person]:
    """Who of the team may stand in for one of the demand's."""
    return [person for person in team.people if demand.skill is None or demand.skill in person.skills]


def attendance(inventory: Inventory, team: Team) -> Spans:
    """The minutes of the horizon in which people of the team may work, whoever is absent."""
    horizon, clock = inventory.project.horizon, inventory.clock
    free = hours(inventory.timetable, clock, team.hours, horizon)
    if team.notice_days:
        over = clock.minute(inventory.project.as_of + timedelta(days=team.notice_days))
        free = free.within(Span(over, horizon.end)) if over < horizon.end else Spans()
    return _under_contract(inventory, team, free)


def present(person: Person, attends: Spans) -> Spans:
    """The minutes of ``attends`` in which the person is not absent."""
    return attends.minus(Spans.of(person.absent))


def _under_contract(inventory: Inventory, team: Team, free: Spans) -> Spans:
    contract, horizon = team.contract, inventory.project.horizon
    if contract is None:
        return free
    if contract.covers is not None:
        free = free.within(contract.covers)
    if not contract.nights:
        free = free.minus(Spans.of(_nights(inventory)))
    if not contract.closed_days:
        closed = working_spans(inventory.timetable, inventory.clock, DaySet(type=DayType.CLOSED), horizon)
        free = free.minus(closed)
    return free


def _nights(inventory: Inventory) -> Iterator[Span]:
    clock, horizon = inventory.clock, inventory.project.horizon
    day = clock.day(horizon.start) - timedelta(days=1)
    while (night := Span(clock.minute(day, NIGHT[0]), clock.minute(day, NIGHT[1]))).start < horizon.end:
        yield night
        day += timedelta(days=1)
