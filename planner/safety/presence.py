"""Whether a person can be where a step needs them: one place, team hours, notice, contract (S15)."""

from collections.abc import Iterator
from datetime import date, timedelta

from planner.model.inventory import Inventory
from planner.model.people import Contract, Person, Team
from planner.model.policy import Severity
from planner.plan.finding import Finding
from planner.safety import complaint
from planner.safety.duty import Duty
from planner.safety.timetable import Almanac, is_open
from planner.units.span import Span

NIGHT = (22 * 60, 29 * 60)
"""Night work in a contract: 22:00 to 05:00, as the labour law has it."""


def one_place_faults(held: list[Duty]) -> Iterator[Finding]:
    """No two duties of one person overlap."""
    for i, one in enumerate(held):
        for other in held[i + 1 :]:
            common = one.span.intersection(other.span)
            if common is None:
                break  # sorted by start: no later one overlaps either
            subjects = tuple(dict.fromkeys((one.person, *one.step.assets, *other.step.assets)))
            steps = (one.step.id, other.step.id)
            yield Finding("S15", Severity.ERROR, "s15.two_places", subjects, common, steps, (one.person,))


def presence_faults(almanac: Almanac, held: Duty, team: Team, person: Person) -> Iterator[Finding]:
    """The person is not absent, the team works at that hour, and its notice is over."""
    where, span = f"teams.{team.id}", held.span
    if any(span.overlaps(away) for away in person.absent):
        yield complaint.of_step("s15.absent", (person.id,), held.step, facts=(f"{where}.people",))
    if team.hours is not None and not almanac.hours(team.hours).covers(span):
        values = {"team": team.id, "hours": team.hours}
        yield complaint.of_step("s15.outside_team_hours", (person.id,), held.step, values, (f"{where}.hours",))
    if team.notice_days and span.start < almanac.notice_over(team.notice_days):
        values = {"team": team.id, "days": str(team.notice_days)}
        yield complaint.of_step(
            "s15.notice", (person.id,), held.step, values, (f"{where}.notice_days", "project.as_of")
        )


def contract_faults(inventory: Inventory, held: Duty, team: Team, contract: Contract) -> Iterator[Finding]:
    """A vendor's step lies inside a contract that covers its date, its kind, and night or closed-day work."""
    kind, values = held.step.kind.value, {"team": team.id, "kind": held.step.kind.value}
    closed = any(not is_open(inventory.timetable, day) for day in _days(inventory, held.span))
    broken = {
        "s15.contract_dates": contract.covers is not None and not contract.covers.covers(held.span),
        "s15.contract_kind": bool(contract.kinds) and kind not in contract.kinds,
        "s15.contract_night": not contract.nights and _is_night(inventory, held.span),
        "s15.contract_closed_day": not contract.closed_days and closed,
    }
    for key in (key for key, holds in broken.items() if holds):
        yield complaint.of_step(key, (held.person,), held.step, values, (f"teams.{team.id}.contract",))


def _is_night(inventory: Inventory, span: Span) -> bool:
    clock = inventory.clock
    days = [day - timedelta(days=1) for day in _days(inventory, span)] + _days(inventory, span)
    return any(span.overlaps(Span(clock.minute(day, NIGHT[0]), clock.minute(day, NIGHT[1]))) for day in days)


def _days(inventory: Inventory, span: Span) -> list[date]:
    """The local days that ``span`` touches."""
    first, last = inventory.clock.day(span.start), inventory.clock.day(span.end - 1)
    return [first + timedelta(days=n) for n in range((last - first).days + 1)]
