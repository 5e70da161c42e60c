"""In which waves each asset and system changes its place or its role, by number."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from planner.model.chain import StepKind
from planner.model.inventory import Inventory
from planner.model.need import leaves
from planner.plan.plan import Plan
from planner.plan.step import Step

ITSELF: Final = frozenset({StepKind.CARRY, StepKind.MOUNT, StepKind.SWITCH_OVER, StepKind.RENUMBER})
"""Steps that move their own subjects; a MIGRATE moves one only when the room changes."""
WEEKDAYS: Final = {"ja": "月火水木金土日", "en": ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")}


def movements(plan: Plan) -> dict[str, tuple[int, ...]]:
    """Return for everything that moves the numbers of its waves, ascending; the first wave is 1.

    What stands on a carried host or in a carried chassis moves with it. A system moves when one of its members does.
    """
    tour = _Tour(plan.inventory)
    for number, wave in enumerate(plan.waves, start=1):
        for step in wave.steps:
            tour.follow(step, number)
    found = {subject: tuple(sorted(waves)) for subject, waves in tour.waves.items()}
    return found | _systems(plan.inventory, found)


def wave_names(plan: Plan, language: str) -> tuple[str, ...]:
    """Return the name of every wave with the day on which its window begins, such as ``第1波 12/26(土)``."""
    names = []
    for number, wave in enumerate(plan.waves, start=1):
        day = plan.inventory.clock.day(wave.window.start)
        weekday = WEEKDAYS[language][day.weekday()]
        dated = f"{day.month}/{day.day}({weekday})"
        names.append(f"第{number}波 {dated}" if language == "ja" else f"wave {number}, {dated}")
    return tuple(names)


@dataclass(slots=True)
class _Tour:
    """Where everything stands while steps are followed in order."""

    inventory: Inventory
    waves: dict[str, set[int]]
    carrier: dict[str, str]
    room: dict[str, str]

    def __init__(self, inventory: Inventory) -> None:
        self.inventory = inventory
        self.waves = defaultdict(set)
        assets = inventory.assets.values()
        self.carrier = {asset.id: on for asset in assets if (on := asset.host or asset.chassis)}
        self.room = {asset.id: asset.at.room for asset in assets if asset.at}

    def follow(self, step: Step, number: int) -> None:
        for subject in step.assets:
            if step.kind in ITSELF:
                self.waves[subject].add(number)
            if step.kind is StepKind.CARRY:
                self._carry(subject, step, number)
        for guest, host in step.hosts.items():
            if self.room.get(self.carrier.get(guest, "")) != self.room.get(host):
                self.waves[guest].add(number)
            self.carrier[guest] = host

    def _carry(self, subject: str, step: Step, number: int) -> None:
        if subject in step.to:
            self.room[subject] = step.to[subject].room
        riders = [subject]
        for rider in riders:
            self.waves[rider].add(number)
            riders += [guest for guest, on in self.carrier.items() if on == rider]


def _systems(inventory: Inventory, found: Mapping[str, tuple[int, ...]]) -> dict[str, tuple[int, ...]]:
    moving: dict[str, tuple[int, ...]] = {}
    for system in inventory.systems.values():
        members = leaves(system.runs_on) if system.runs_on else ()
        waves = sorted({wave for member in members for wave in found.get(member, ())})
        if waves:
            moving[system.id] = tuple(waves)
    return moving
