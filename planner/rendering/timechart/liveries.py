"""Letter, colour and hatch of every team: the same in all waves of a plan, and told apart in black and white."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Final

from planner.model.inventory import Inventory
from planner.plan.plan import Plan
from planner.plan.step import Step
from planner.rendering import palette
from planner.rendering.timechart.description import Livery

COLOURS: Final = (
    "#8FC5EC", "#F2E07A", "#C5B2E6", "#8CCB9B", "#BFC6CD", "#9DA9E8",
    "#CBDD8A", "#D2BBAA", "#84C9C4", "#DCD0F2", "#B9B36B", "#C4E6F2",
)  # fmt: skip
"""No orange and no magenta; all light, so that a black border and black digits stand out."""
HATCHES: Final = 4
"""None, rising, falling, both."""


def liveries(inventory: Inventory, plan: Plan) -> Mapping[str, Livery]:
    """Return the livery of every team that has work in the plan, by the team's id, in the order of the inventory."""
    member = {person.id: team.id for team, person in inventory.people()}
    busy = {member[id] for step in plan.steps() for id in step.people if id in member}
    teams = [team for team in inventory.teams.values() if team.id in busy]
    return {team.id: _livery(team.name or team.id, place) for place, team in enumerate(teams)}


def nobody(name: str) -> Livery:
    """Return the livery of work that nobody's hands do."""
    return Livery(name, "-", palette.PAPER)


def teams_of(inventory: Inventory, steps: Iterable[Step]) -> Mapping[str, tuple[str, ...]]:
    """Return the ids of the teams of each step, by the step's id."""
    member = {person.id: team.id for team, person in inventory.people()}
    return {step.id: tuple(dict.fromkeys(member[id] for id in step.people if id in member)) for step in steps}


def _livery(name: str, place: int) -> Livery:
    turn, letter = divmod(place, 26)
    sign = chr(ord("A") + letter) + (str(turn + 1) if turn else "")
    return Livery(name, sign, COLOURS[place % len(COLOURS)], place // len(COLOURS) % HATCHES)
