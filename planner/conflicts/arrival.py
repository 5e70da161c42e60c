"""Where things end: what has to be given up where the target state itself breaks a rule."""

from collections.abc import Iterable, Iterator
from dataclasses import replace

from planner.conflicts.candidate import Candidate, Cost, Relief, relief
from planner.conflicts.change import of_asset, staying
from planner.conflicts.network import capacity, demanded, fewer, links_between, needless, unstretched
from planner.conflicts.papers import stays
from planner.model.asset import Asset, Stage
from planner.model.chain import Method
from planner.model.inventory import Inventory
from planner.model.need import leaves
from planner.model.place import Position
from planner.plan.refusal import Fact, Reason


def target(inventory: Inventory, reason: Reason) -> Iterator[Candidate]:
    """What a finding about the target state names, and where these things end."""
    segments = [id for id in reason.subjects if id in inventory.segments]
    named = [inventory.assets[id] for id in _assets(inventory, reason)]
    segments += [id for asset in named for id in asset.segments]
    for id in dict.fromkeys(segments):
        yield from unstretched(inventory, id)
        named += [a for a in inventory.assets.values() if id in a.segments or a.id in inventory.segments[id].gateway]
    for id in reason.subjects:
        if id in inventory.links:
            load = reason.values.get("load")
            yield from capacity(inventory.links[id], int(load) if load else None)
    every = tuple({asset.id: asset for asset in named}.values())
    for asset in every:
        yield from links_between(inventory, asset)
    yield from _needs(inventory, {asset.id for asset in every})
    yield from ends(every)


def _assets(inventory: Inventory, reason: Reason) -> Iterator[str]:
    """The assets that a reason names, those in the pairs of a load, and what its systems run on."""
    pairs = [id for pair in reason.values.get("by", "").split(", ") for id in _pair(inventory, pair)]
    for id in (*reason.subjects, *pairs):
        if id in inventory.assets:
            yield id
        elif id in inventory.systems:
            system = inventory.systems[id]
            trees = [*([system.runs_on] if system.runs_on else []), *(need.tree for need in system.needs)]
            yield from (leaf for tree in trees for leaf in leaves(tree) if leaf in inventory.assets)


def _pair(inventory: Inventory, pair: str) -> tuple[str, ...]:
    """The two ids in ``dependent-provider``; ids may have hyphens themselves."""
    known = inventory.assets.keys() | inventory.systems.keys()
    cuts = (n for n, letter in enumerate(pair) if letter == "-")
    return next(((pair[:n], pair[n + 1 :]) for n in cuts if pair[:n] in known and pair[n + 1 :] in known), ())


def _needs(inventory: Inventory, near: set[str]) -> Iterator[Candidate]:
    """Needs between these, and how much crosses for them."""
    for subject in (*inventory.systems, *inventory.assets):
        found = inventory.subject(subject)
        runs_on = inventory.systems[subject].runs_on if subject in inventory.systems else None
        members = set(leaves(runs_on)) if runs_on else {subject}
        for need in found.needs:
            providers = dict.fromkeys(leaves(need.tree))
            if members & near and near & providers.keys():
                crossing = demanded(inventory, subject)
                yield from crossing if need.mbps else (needless(inventory, subject, p) for p in providers)
        if runs_on is not None and len(members) > 1 and members & near:
            yield fewer(inventory, subject)


def ends(assets: Iterable[Asset]) -> Iterator[Candidate]:
    """Where each of them goes: it could stay, or what stays could go there too."""
    chosen = list(assets)
    left = [asset for asset in chosen if asset.method is Method.STAY and asset.at]
    for asset in chosen:
        if asset.method is Method.CARRY and asset.stages:
            room = asset.stages[-1].position.room
            fact = Fact("has_move", f"assets.{asset.id}.to", {"asset": asset.id, "room": room})
            ways = tuple(_too(other, room) for other in left if other.at and other.at.room != room)
            yield Candidate(fact, staying(asset.id), (*ways, stays(asset)), either=True)


def _too(asset: Asset, room: str) -> Relief:
    told = Fact("relax_moves_too", f"assets.{asset.id}", {"asset": asset.id, "room": room})
    return relief(told, Cost.STAY - 5, of_asset(asset.id, lambda a: _sent(a, room)))


def _sent(asset: Asset, room: str) -> Asset:
    return replace(asset, method=Method.CARRY, stages=(Stage(Position(room)),))
