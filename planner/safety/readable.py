"""The part of a plan that can be replayed, whatever a hand edit has done to the rest."""

from collections.abc import Mapping
from dataclasses import replace

from planner.model.asset import AssetKind
from planner.model.chain import StepKind
from planner.model.inventory import Inventory
from planner.model.place import Position
from planner.plan.plan import Plan
from planner.plan.step import RollbackStep, Step
from planner.plan.wave import CheckPoint, Wave

OF_LINKS = frozenset({StepKind.TEST, StepKind.CLOSE})


def readable(inventory: Inventory, plan: Plan) -> Plan:
    """The plan without what `planner.safety.wellformed` and S21 report as unreadable.

    Left out are steps without length or subject, unknown subjects, places and hosts, links in steps that are not for
    links, and hosts that are none of a VM's cluster. The inventory is the one that the plan is judged by.
    """
    return replace(
        plan,
        inventory=inventory,
        preparation=_steps(inventory, plan.preparation),
        waves=tuple(_wave(inventory, wave) for wave in plan.waves),
        outages=tuple(o for o in plan.outages if o.system in inventory.systems),
        placements=_places(inventory, plan.placements),
    )


def is_subject(inventory: Inventory, id: str) -> bool:
    """Whether something can happen to it: an asset, a system or a link."""
    return id in inventory.assets or id in inventory.systems or id in inventory.links


def is_place(inventory: Inventory, position: Position) -> bool:
    """Whether the room exists and the rack, if one is named, stands in it."""
    rack = inventory.racks.get(position.rack or "")
    return position.room in inventory.rooms and (
        position.rack is None or (rack is not None and rack.room == position.room)
    )


def _wave(inventory: Inventory, wave: Wave) -> Wave:
    points = tuple(_point(inventory, point) for point in wave.check_points)
    return replace(wave, steps=_steps(inventory, wave.steps), check_points=points)


def _steps(inventory: Inventory, steps: tuple[Step, ...]) -> tuple[Step, ...]:
    kept = (_step(inventory, step) for step in steps if step.start < step.end)
    return tuple(step for step in kept if step.assets)


def _step(inventory: Inventory, step: Step) -> Step:
    to, hosts = _places(inventory, step.to), _hosts(inventory, step.hosts)
    return replace(step, assets=_subjects(inventory, step.kind, step.assets), to=to, hosts=hosts)


def _point(inventory: Inventory, point: CheckPoint) -> CheckPoint:
    kept = (step for step in point.rollback if in_reach(inventory, step))
    return replace(point, rollback=tuple(_rollback(inventory, step) for step in kept))


def in_reach(inventory: Inventory, step: RollbackStep) -> bool:
    """Whether a rollback step lies within a horizon's length of its check point."""
    longest = inventory.project.horizon.minutes
    return abs(step.offset) <= longest and abs(step.minutes) <= longest


def _rollback(inventory: Inventory, step: RollbackStep) -> RollbackStep:
    to, hosts = _places(inventory, step.to), _hosts(inventory, step.hosts)
    return replace(step, assets=_subjects(inventory, step.kind, step.assets), to=to, hosts=hosts)


def _subjects(inventory: Inventory, kind: StepKind, ids: tuple[str, ...]) -> tuple[str, ...]:
    known = (id for id in dict.fromkeys(ids) if is_subject(inventory, id))
    return tuple(id for id in known if kind in OF_LINKS or id not in inventory.links)


def _places(inventory: Inventory, to: Mapping[str, Position]) -> Mapping[str, Position]:
    return {id: place for id, place in to.items() if id in inventory.assets and is_place(inventory, place)}


def _hosts(inventory: Inventory, hosts: Mapping[str, str]) -> Mapping[str, str]:
    return {vm: host for vm, host in hosts.items() if _may_host(inventory, vm, host)}


def _may_host(inventory: Inventory, vm: str, host: str) -> bool:
    asset = inventory.assets.get(vm)
    cluster = inventory.clusters.get(asset.cluster or "") if asset is not None else None
    return asset is not None and asset.kind is AssetKind.VM and cluster is not None and host in cluster.hosts
