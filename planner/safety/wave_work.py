"""What one wave does to whom: what it moves, and when, and which systems it touches (S19)."""

from collections.abc import Mapping
from functools import cached_property

from planner.model.asset import AssetKind
from planner.model.chain import StepKind
from planner.model.inventory import Inventory
from planner.plan.step import Step
from planner.plan.wave import Wave
from planner.safety.above import running_on
from planner.safety.preparation import Use, is_preparatory
from planner.safety.underway import Underway
from planner.safety.world import World
from planner.units.span import Span

K = StepKind
AWAY = frozenset({K.UNMOUNT, K.CARRY})
CHAIN = frozenset({K.STOP, *AWAY, K.MOUNT, K.START, K.CHECK})


class WaveWork:
    """The steps of one wave that are more than preparation, by what they are about."""

    def __init__(self, inventory: Inventory, wave: Wave, use: Use) -> None:
        self.inventory = inventory
        self.wave = wave
        self.steps = tuple(step for step in wave.steps if not is_preparatory(inventory, step, use))

    @cached_property
    def subjects(self) -> frozenset[str]:
        """All assets, systems and links that the steps are about."""
        return frozenset(id for step in self.steps for id in step.assets)

    @cached_property
    def moves(self) -> Mapping[str, Span]:
        """For each asset that leaves its place: from its first step of the chain to the end of the last."""
        own: dict[str, list[Step]] = {}
        for step in self.steps:
            for id in step.assets if step.kind in CHAIN else ():
                if id in self.inventory.assets:
                    own.setdefault(id, []).append(step)
        moving = {id: steps for id, steps in own.items() if any(step.kind in AWAY for step in steps)}
        return {id: Span(min(s.start for s in steps), max(s.end for s in steps)) for id, steps in moving.items()}

    def travels(self, id: str) -> Span | None:
        """When what the asset holds is moved: with itself, its chassis, or the storage or host of a VM."""
        return self.moves.get(carrier(self.inventory, id))

    def systems(self, world: World, out: Underway[str]) -> set[str]:
        """The systems with a step of their own, with a member that has one, or that are out during the wave."""
        if not self.steps:
            return set()
        span = Span(min(s.start for s in self.steps), max(s.end for s in self.steps))
        above = world.once(running_on)
        own = (id for id in self.subjects if id in self.inventory.systems)
        return {*out.during(span), *own, *(system for id in self.subjects for system in above.get(id, ()))}


def carrier(inventory: Inventory, id: str) -> str:
    """What has to move so that what the asset holds is moved: itself, its chassis, or the storage or host of a VM."""
    asset = inventory.assets[id]
    cluster = inventory.clusters.get(asset.cluster or "")
    held = asset.chassis if asset.kind is AssetKind.BLADE else None
    if asset.kind is AssetKind.VM:
        held = cluster.storage if cluster is not None and cluster.storage is not None else asset.host
    return held or id
