"""Where each asset stands at each step of a plan, so that a row can say where it is done."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from planner.model.chain import StepKind
from planner.model.inventory import Inventory
from planner.model.place import Position
from planner.plan.plan import Plan
from planner.plan.step import Step


@dataclass(frozen=True, slots=True)
class Stand:
    """Where the subjects of a step stand before it and after it, per asset; hosts of VMs likewise."""

    before: dict[str, Position | None]
    after: dict[str, Position | None]
    hosts: dict[str, str | None]


def stands(plan: Plan) -> dict[str, Stand]:
    """Where the subjects of every step stand, by the step's id, following the steps in order."""
    tour = _Tour(plan.inventory)
    return {step.id: tour.follow(step) for step in plan.steps()}


class _Tour:
    def __init__(self, inventory: Inventory) -> None:
        self.at = {asset.id: asset.at for asset in inventory.assets.values()}
        self.on = {asset.id: asset.host or asset.chassis for asset in inventory.assets.values()}

    def follow(self, step: Step) -> Stand:
        before = {id: self.place(id) for id in step.assets}
        hosts = {id: self.on.get(id) for id in step.assets}
        if step.kind in (StepKind.CARRY, StepKind.MOUNT, StepKind.SWITCH_OVER):
            self.at.update(step.to)
        self.on.update(step.hosts)
        return Stand(before, {id: step.to.get(id) or self.place(id) for id in step.assets}, hosts)

    def place(self, id: str) -> Position | None:
        """Where an asset stands, or what it runs on does; None where that is unknown or it is no asset."""
        passed = {id}
        while self.at.get(id) is None and (carrier := self.on.get(id)) and carrier not in passed:
            passed.add(carrier)
            id = carrier
        return self.at.get(id)


def rooms_of(places: Iterable[Position | None]) -> tuple[str, ...]:
    """The rooms of these places, each once, in order."""
    return tuple(dict.fromkeys(place.room for place in places if place))
