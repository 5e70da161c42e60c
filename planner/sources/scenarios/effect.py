"""What of an inventory has an effect on any plan: two with the same effect have the same plans."""

from __future__ import annotations

from dataclasses import replace

from planner.calendar.hours import blackout_spans
from planner.model import canonical
from planner.model.inventory import Inventory
from planner.model.people import Person


def effect(inventory: Inventory) -> str:
    """Return the digest of what is compared, without blackouts and absences that lie outside the horizon."""
    table, horizon = inventory.timetable, inventory.project.horizon
    inside = tuple(b for b in table.blackouts if blackout_spans(table, inventory.clock, b, horizon))
    teams = {
        id: replace(team, people=tuple(_during(inventory, person) for person in team.people))
        for id, team in inventory.teams.items()
    }
    return canonical.digest(replace(inventory, timetable=replace(table, blackouts=inside), teams=teams))


def _during(inventory: Inventory, person: Person) -> Person:
    horizon = inventory.project.horizon
    return replace(person, absent=tuple(span for span in person.absent if span.overlaps(horizon)))
