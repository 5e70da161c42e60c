"""Whether everything ends where the inventory says, and the plan's placements agree with its steps (S21)."""

from collections.abc import Iterator, Mapping

from planner.model.asset import Asset, AssetKind
from planner.model.chain import Method, StepKind
from planner.model.inventory import Inventory
from planner.model.place import Position
from planner.plan.finding import Finding
from planner.plan.plan import Plan
from planner.plan.step import Step
from planner.safety import complaint
from planner.safety.completeness import chained, stages_of

PLACING = frozenset({StepKind.CARRY, StepKind.MOUNT, StepKind.SWITCH_OVER})


def destination_faults(inventory: Inventory, plan: Plan, steps: Mapping[str, list[Step]]) -> Iterator[Finding]:
    """Each stage ends at its position; a rack and a unit that the inventory leaves open are chosen."""
    for asset in inventory.assets.values():
        last: Position | None = None
        own = chained(steps.get(asset.id, []))
        yield from _silent_faults(asset, own)
        for number, chain in enumerate(stages_of(asset, own)):
            row = [step for step in chain if step.kind in PLACING and asset.id in step.to]
            if row:
                last = row[-1].to[asset.id]
                yield from _stage_faults(inventory, asset, number, row)
        yield from _placement_faults(plan, asset, last)


def _silent_faults(asset: Asset, own: list[Step]) -> Iterator[Finding]:
    """Whoever carries or mounts something is told where to; what is contained goes where its host or chassis goes."""
    for step in own:
        if _places(asset, step) and asset.id not in step.to and not (asset.host or asset.chassis):
            yield complaint.of_step("s21.place_open", (asset.id,), step, {"found": "-"}, (f"assets.{asset.id}.stages",))


def _places(asset: Asset, step: Step) -> bool:
    """Whether the step gives the asset a place; a role that is switched over has none of its own."""
    return step.kind in PLACING and (step.kind is not StepKind.SWITCH_OVER or asset.kind is AssetKind.LINE)


def _stage_faults(inventory: Inventory, asset: Asset, number: int, row: list[Step]) -> Iterator[Finding]:
    target, found, step = asset.stages[number].position, row[-1].to[asset.id], row[-1]
    values = {"due": _shown(target), "found": _shown(found)}
    facts = (f"assets.{asset.id}.stages.{number}.position",)
    wrong = found.room != target.room or (target.rack is not None and found.rack != target.rack)
    if wrong or (target.unit is not None and found.unit != target.unit):
        yield complaint.of_step("s21.wrong_place", (asset.id,), step, values, facts)
    elif _needs_unit(inventory, asset, found) and (found.rack is None or found.unit is None):
        yield complaint.of_step("s21.place_open", (asset.id,), step, values, facts)
    for other in row[:-1]:
        if other.to[asset.id].room != found.room:
            yield complaint.of_step("s21.two_destinations", (asset.id,), other, values, facts)


def _needs_unit(inventory: Inventory, asset: Asset, found: Position) -> bool:
    racked = asset.height is not None and asset.chassis is None and asset.host is None
    return racked and any(rack.room == found.room for rack in inventory.racks.values())


def _placement_faults(plan: Plan, asset: Asset, last: Position | None) -> Iterator[Finding]:
    told = plan.placements.get(asset.id)
    if told is not None and last is not None and told != last:
        values = {"due": _shown(last), "found": _shown(told)}
        yield complaint.of_steps("s21.placement", (asset.id,), (), values)
    if told is not None and last is None and asset.method is Method.STAY and told != asset.at:
        values = {"due": _shown(asset.at) if asset.at else "", "found": _shown(told)}
        yield complaint.of_steps("s21.placement", (asset.id,), (), values)


def _shown(position: Position) -> str:
    return "/".join(str(part) for part in (position.room, position.rack, position.unit) if part is not None)


def host_faults(inventory: Inventory, steps: Mapping[str, list[Step]]) -> Iterator[Finding]:
    """A VM migrates inside its cluster, and does not end on a host that is gone."""
    gone = {asset.id for asset in inventory.assets.values() if asset.method is Method.RETIRE}
    for asset in inventory.assets.values():
        host, moves = asset.host, [s for s in steps.get(asset.id, []) if s.kind is StepKind.MIGRATE]
        for step in moves:
            host = step.hosts.get(asset.id)
            cluster = inventory.clusters.get(asset.cluster or "")
            if host is None or cluster is None or host not in cluster.hosts:
                values = {"host": host or ""}
                yield complaint.of_step("s21.host", (asset.id,), step, values, (f"assets.{asset.id}.cluster",))
        if host in gone and asset.method is not Method.RETIRE:
            facts = (f"assets.{host}.method",)
            yield complaint.of_steps("s21.ends_on_retired", (asset.id, host or ""), tuple(moves), facts=facts)
