"""What every plan has to do to an asset, and when each step of it may lie in any plan that S12 and S21 permit.

Only what is certain binds here: a system's blackouts bind an asset while the system runs on it, and VMs may have left a
host, roles may have gone to another asset. Of rooms only the two between which something is carried are certain.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from planner.calendar import windows
from planner.calendar.memory import remembered
from planner.calendar.presence import room_spans, rooms_by_stage
from planner.calendar.usability import tagged_blackouts, window_spans
from planner.model.asset import Asset, Stage, Work
from planner.model.chain import CHAINS, PREPARATORY, Method, StepKind
from planner.model.inventory import Inventory
from planner.model.need import leaves
from planner.scheduling.inevitable import Due, between_dates, must_change
from planner.units.span import Minute, Spans

K = StepKind


@dataclass(frozen=True, slots=True)
class Errand:
    """One change of one asset: the steps that lie in windows in every plan, in their order."""

    asset: Asset
    steps: tuple[Due, ...]

    @property
    def key(self) -> Due:
        """The step that is asked where the change is: the carrying, else the longest."""
        return max(self.steps, key=lambda step: (step.kind is K.CARRY, step.minutes))

    @property
    def earliest(self) -> Minute | None:
        """The first instant at which all steps can be done one after the other; None if there is none."""
        now: Minute | None = min((part.start for part in self.steps[0].free), default=None)
        for step in self.steps:
            now = None if now is None else step.finished(now)
        return now

    def windows(self, inventory: Inventory) -> frozenset[str]:
        """The windows in which the key step fits."""
        key = self.key
        return frozenset(
            window.id
            for window in windows(inventory)
            if any(p.minutes >= key.minutes for p in key.free.within(window.span))
        )


def errands(inventory: Inventory) -> Iterator[Errand]:
    """What has to be done, stage by stage; nothing of what may stay until it leaves for the cloud."""
    for asset in inventory.assets.values():
        works = dict(_works(asset))
        if not works or asset.method is Method.INSTALL or not must_change(inventory, asset):
            continue
        for rooms, stage in _changes(inventory, asset):
            steps = (
                Due(asset.id, kind, work, _free(inventory, asset, kind, rooms, stage)) for kind, work in works.items()
            )
            yield Errand(asset, tuple(steps))


def _changes(inventory: Inventory, asset: Asset) -> tuple[tuple[tuple[str, ...], Stage | None], ...]:
    """The rooms and the dates of each stage of what changes place stage by stage; else of the change alone."""
    found = rooms_by_stage(inventory, asset.id)
    return found if found and asset.method in (Method.CARRY, Method.RELAY) else (((), None),)


def _works(asset: Asset) -> Iterator[tuple[StepKind, Work]]:
    """The works with a length that have to lie in windows."""
    for kind in CHAINS[asset.method]:
        work = asset.works.get(kind)
        if work and work.duration.likely and kind not in PREPARATORY:
            yield kind, work


def _free(inventory: Inventory, asset: Asset, kind: StepKind, rooms: tuple[str, ...], stage: Stage | None) -> Spans:
    free = window_spans(inventory).minus(tagged_blackouts(inventory, certain_tags(inventory, asset)))
    for room in rooms if kind is K.CARRY else ():
        free = free.intersection(room_spans(inventory, room))
    return free.intersection(between_dates(inventory, [(stage.not_before, stage.not_after)])) if stage else free


def certain_tags(inventory: Inventory, asset: Asset) -> frozenset[str]:
    """The tags of the blackouts that bind steps on an asset in every plan."""
    return asset.blackouts.union(*(inventory.systems[id].blackouts for id in _certain(inventory).get(asset.id, ())))


@remembered
def _certain(inventory: Inventory) -> Mapping[str, tuple[str, ...]]:
    """For each asset the systems that run on it throughout: by name, by other systems, with disks on a storage."""
    passing = {asset.replaces for asset in inventory.assets.values()}
    found: dict[str, list[str]] = defaultdict(list)
    for system in inventory.systems.values():
        seen, waiting = {system.id}, [system.id] if system.leaves is None else []
        while waiting:
            subject = waiting.pop()
            found[subject].append(system.id)
            beneath = [id for id in _beneath(inventory, subject) if id not in seen and id not in passing]
            seen.update(beneath)
            waiting += beneath
    return {subject: tuple(systems) for subject, systems in found.items()}


def _beneath(inventory: Inventory, subject: str) -> Iterator[str]:
    if subject in inventory.systems:
        tree = inventory.systems[subject].runs_on
        yield from leaves(tree) if tree else ()
        return
    asset = inventory.assets[subject]
    cluster = inventory.clusters.get(asset.cluster or "")
    if cluster is not None and cluster.storage is not None and asset.host in cluster.hosts:
        yield cluster.storage
