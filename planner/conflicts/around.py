"""What may stand in the way of a change: everything that binds the things it changes and those that depend on them."""

from collections.abc import Iterator
from dataclasses import replace

from planner.conflicts.candidate import Candidate, Change, Cost, Relief, Rung, relief
from planner.conflicts.change import of_asset, of_policy, staying
from planner.conflicts.network import links_between, needs_of, segments_of
from planner.conflicts.papers import longer_backup, stays
from planner.conflicts.people import presence, size
from planner.conflicts.services import limits, when
from planner.model.asset import Asset
from planner.model.chain import Method, StepKind
from planner.model.inventory import Inventory
from planner.plan.refusal import Fact, Reason
from planner.scheduling.essential import away_minutes, essential_of

ROOMY = 1_000_000
"""GB that nothing fills."""
MOST = 12
"""Things that change around which is looked; where a reason names more, the first of them."""


def obstacles(inventory: Inventory, reason: Reason) -> Iterator[Candidate]:
    """Everything around the assets that a reason names."""
    moving = [inventory.assets[id] for id in reason.subjects if id in inventory.assets][:MOST]
    for asset in moving:
        yield from _around(inventory, asset)
    yield from _pairs(moving)
    if inventory.policy.margin:
        values = {"minutes": str(inventory.policy.margin)}
        lift = of_policy(lambda policy: replace(policy, margin=0))
        ways = (relief(Fact("relax_margin", "policy.margin", values), Cost.OUTAGE + 8, lift),)
        yield Candidate(Fact("has_margin", "policy.margin", values), lift, ways)


def every_change(inventory: Inventory, reason: Reason) -> Iterator[Candidate]:
    """Everything around all that changes, where a reason names jobs and not assets."""
    changing = (a.id for a in inventory.assets.values() if a.method not in (Method.STAY, Method.FOLLOW))
    yield from obstacles(inventory, replace(reason, subjects=tuple(changing)))


def safeguard(inventory: Inventory, reason: Reason) -> Iterator[Candidate]:
    """What has to be done before or after a move: how long it counts, who does it, and everything around the move."""
    asset = inventory.assets.get(reason.subjects[0])
    if asset is not None and reason.values["kind"] in (StepKind.BACK_UP, StepKind.VERIFY):
        yield from longer_backup(asset)
    for id in reason.values["teams"].split(", "):
        if id in inventory.teams:
            yield size(inventory.teams[id], None, len(inventory.teams[id].people), 1)
            yield from presence(inventory, inventory.teams[id])
    yield from obstacles(inventory, reason)


def guests(inventory: Inventory, reason: Reason) -> Iterator[Candidate]:
    """What keeps VMs on their host: whom they may not be beside, and the memory of the hosts of their cluster."""
    named = [inventory.assets[id] for id in reason.values["guests"].split(", ") if id in inventory.assets]
    for vm in named:
        if vm.apart_from:
            values = {"asset": vm.id, "others": ", ".join(vm.apart_from)}
            beside = of_asset(vm.id, lambda a: replace(a, apart_from=()))
            way = relief(Fact("relax_apart", f"assets.{vm.id}.apart_from", values), Cost.OUTAGE + 4, beside)
            yield Candidate(Fact("has_apart", f"assets.{vm.id}.apart_from", values), beside, (way,))
    clusters = dict.fromkeys(vm.cluster for vm in named if vm.cluster in inventory.clusters)
    for host in dict.fromkeys(id for cluster in clusters for id in inventory.clusters[cluster or ""].hosts):
        memory = inventory.assets[host].memory_gb
        if memory is not None:
            yield _roomy(host, memory)


def _roomy(host: str, memory: int) -> Candidate:
    path = f"assets.{host}.memory_gb"
    rungs = tuple(
        Rung(
            Fact("relax_memory", path, {"host": host, "gb": str(memory * n)}), Cost.SPACE + n, _memory(host, memory * n)
        )
        for n in (2, 4)
    )
    return Candidate(
        Fact("has_memory", path, {"host": host, "gb": str(memory)}), _memory(host, ROOMY), (Relief(rungs),)
    )


def _memory(host: str, gb: int) -> Change:
    return of_asset(host, lambda a: replace(a, memory_gb=gb))


def _around(inventory: Inventory, asset: Asset) -> Iterator[Candidate]:
    if asset.method in (Method.STAY, Method.FOLLOW):
        return
    yield _moves(asset)
    systems = _affected(inventory, asset)
    minutes = away_minutes(asset)
    yield from when(inventory, asset, systems, minutes)
    for id in systems:
        yield from limits(inventory, inventory.systems[id], minutes, minutes)
    for team in dict.fromkeys(demand.team for work in asset.works.values() for demand in work.crew):
        people = inventory.teams[team]
        yield size(people, None, len(people.people), 1)
        yield from presence(inventory, people)
    if asset.together:
        values = {"asset": asset.id, "label": asset.together}
        apart = of_asset(asset.id, lambda a: replace(a, together=None))
        path = f"assets.{asset.id}.together"
        way = relief(Fact("relax_together", path, values), Cost.PAPER + 5, apart)
        yield Candidate(Fact("has_together", path, values), apart, (way,))
    yield from segments_of(inventory, asset)
    yield from links_between(inventory, asset)
    yield from needs_of(inventory, asset)


def _moves(asset: Asset) -> Candidate:
    room = asset.stages[-1].position.room if asset.stages else "-"
    fact = Fact("has_move", f"assets.{asset.id}.to", {"asset": asset.id, "room": room})
    return Candidate(fact, staying(asset.id), (stays(asset),), either=True)


def _affected(inventory: Inventory, asset: Asset) -> tuple[str, ...]:
    """The systems that are lost while the asset is away, in the order of the file."""
    lost = essential_of(inventory).lost_without(asset.id)
    return tuple(id for id in inventory.systems if id in lost)


def _pairs(moving: list[Asset]) -> Iterator[Candidate]:
    """Leaving all of them where they are, where one alone could not stay without the others."""
    if len(moving) > 1:
        path, values = f"assets.{moving[0].id}.to", {"assets": ", ".join(asset.id for asset in moving)}

        def all_stay(found: Inventory) -> Inventory:
            for asset in moving:
                found = staying(asset.id)(found)
            return found

        way = relief(Fact("relax_all_stay", path, values), Cost.STAY + 5, all_stay)
        yield Candidate(Fact("has_moves", path, values), all_stay, (way,), either=True)
