"""What stands where, and how much racks, circuits and rooms bear (S17)."""

from collections.abc import Callable, Iterator
from dataclasses import replace

from planner.conflicts.candidate import Candidate, Change, Cost, Relief, relief
from planner.conflicts.change import of_asset, of_circuit, of_rack, of_room
from planner.conflicts.network import fewer
from planner.conflicts.papers import stays
from planner.model.asset import Asset
from planner.model.inventory import Inventory
from planner.model.place import Circuit, Rack, Room
from planner.plan.refusal import Fact, Reason

BOTTOMLESS = 10_000
"""Height units of a rack that holds everything."""


def same_unit(inventory: Inventory, reason: Reason) -> Iterator[Candidate]:
    """Two that are to stand in one unit."""
    rack, unit = reason.subjects[2], reason.values["unit"]
    for id in reason.subjects[:2]:
        asset = inventory.assets[id]
        values = {"asset": id, "rack": rack, "unit": unit}
        fact = Fact("has_unit", _written(asset), values)
        yield Candidate(fact, _anywhere(asset), tuple(_elsewhere(asset, rack)))


def over_limit(inventory: Inventory, reason: Reason) -> Iterator[Candidate]:
    """A limit, and everything that is declared to stand under it."""
    where = reason.subjects[0]
    yield from _limit(inventory, reason)
    heavy = reason.values["limit"].endswith("kg")
    for asset in inventory.assets.values():
        value = asset.kg if heavy else asset.va
        if value and _stands(inventory, asset, where):
            unit = "kg" if heavy else "VA"
            values = {"asset": asset.id, "value": f"{value:.6g} {unit}", "place": where}
            lift = of_asset(asset.id, (lambda a: replace(a, kg=None)) if heavy else (lambda a: replace(a, va=None)))
            yield Candidate(Fact("has_load", _written(asset), values), lift, tuple(_elsewhere(asset, where)))


def _written(asset: Asset) -> str:
    return f"assets.{asset.id}.{'stages' if asset.stages else 'at'}"


def _anywhere(asset: Asset) -> Change:
    """The same room, and no rack named."""
    if not asset.stages:
        return of_asset(asset.id, lambda a: replace(a, at=replace(a.at, rack=None, unit=None) if a.at else None))
    return of_asset(asset.id, _open_target)


def _open_target(asset: Asset) -> Asset:
    *before, last = asset.stages
    return replace(asset, stages=(*before, replace(last, position=replace(last.position, rack=None, unit=None))))


def _elsewhere(asset: Asset, where: str) -> Iterator[Relief]:
    """Another place in the same room for what moves, or no move."""
    if not asset.stages:
        return
    room = asset.stages[-1].position.room
    if room != where and asset.stages[-1].position.rack is not None:
        told = Fact("relax_position", _written(asset), {"asset": asset.id, "room": room})
        yield relief(told, Cost.PAPER, of_asset(asset.id, _open_target))
    yield stays(asset)


def _stands(inventory: Inventory, asset: Asset, where: str) -> bool:
    """Whether it is declared to end in this rack, in this room, or in a rack on this circuit."""
    at = asset.stages[-1].position if asset.stages else asset.at
    if at is None:
        return False
    rack = inventory.racks.get(at.rack or "")
    return where in (at.rack, at.room) or (rack is not None and where in rack.feeds)


def _limit(inventory: Inventory, reason: Reason) -> Iterator[Candidate]:
    """The limit itself: without it anything goes; raised just enough it bears what is declared."""
    fact = reason.facts[0]
    place, field = fact.split(".")[0], fact.rpartition(".")[2]
    needed = float(reason.values["sum"].split()[0])
    values = {"place": reason.subjects[0], "limit": reason.values["limit"], "sum": reason.values["sum"]}
    lift, raised = _changes(inventory, reason, place, field, needed)
    step = relief(Fact("relax_limit", fact, values), Cost.SPACE, raised)
    yield Candidate(Fact("has_limit", fact, values), lift, (step,))


def _changes(inventory: Inventory, reason: Reason, place: str, field: str, needed: float) -> tuple[Change, Change]:
    first, last = reason.subjects[0], reason.subjects[-1]
    if place == "circuits":
        circuit = inventory.circuits[first]
        amps = needed / (circuit.volts * circuit.share) * (1 + 1e-6)
        return of_circuit(first, _amps(1e9)), of_circuit(first, _amps(amps))
    if place == "racks":
        return of_rack(first, _max_kg(None)), of_rack(first, _max_kg(needed))
    if field == "floor_kg_m2":
        frame, floor = inventory.racks[first].frame_kg, inventory.rooms[last].floor_kg_m2 or 1.0
        spread = (needed + frame) / floor * (1 + 1e-6)
        return of_room(last, lambda r: replace(r, floor_kg_m2=None)), of_rack(first, _spread(spread))
    if field == "cooling_w":
        return of_room(first, _cooling(None)), of_room(first, _cooling(int(needed) + 1))
    return of_room(first, _supply(None)), of_room(first, _supply(int(needed) + 1))


def _amps(value: float) -> Callable[[Circuit], Circuit]:
    return lambda circuit: replace(circuit, amps=value)


def _max_kg(value: float | None) -> Callable[[Rack], Rack]:
    return lambda rack: replace(rack, max_kg=value)


def _spread(value: float) -> Callable[[Rack], Rack]:
    return lambda rack: replace(rack, spread_m2=value)


def _cooling(value: int | None) -> Callable[[Room], Room]:
    return lambda room: replace(room, cooling_w=value)


def _supply(value: int | None) -> Callable[[Room], Room]:
    return lambda room: replace(room, va=value)


def no_place(inventory: Inventory, reason: Reason) -> Iterator[Candidate]:
    """Racks of a room that do not hold what comes into it: how much they hold, and what comes."""
    room = reason.values["room"]
    racks = [rack for rack in inventory.racks.values() if rack.room == room]
    more = _one_more(racks[0]) if racks else ()
    for rack in racks:
        values = {"place": rack.id, "limit": f"{rack.units} U"}
        lift = of_rack(rack.id, lambda r: replace(r, units=BOTTOMLESS))
        yield Candidate(Fact("has_limit", f"racks.{rack.id}.units", values), lift, more)
        if rack.max_kg is not None:
            values = {"place": rack.id, "limit": f"{rack.max_kg:.6g} kg"}
            lift = of_rack(rack.id, _max_kg(None))
            yield Candidate(Fact("has_limit", f"racks.{rack.id}.max_kg", values), lift, more)
    for id in reason.subjects:
        asset = inventory.assets[id]
        values = {"asset": id, "value": f"{asset.height} U", "place": asset.stages[-1].position.rack or room}
        lift = of_asset(id, lambda a: replace(a, height=None))
        yield Candidate(Fact("has_load", _written(asset), values), lift, tuple(_elsewhere(asset, "")))


def _one_more(like: Rack) -> tuple[Relief, ...]:
    """An empty rack beside the first one, on circuits of its own."""
    id = f"{like.id}+"
    rack = replace(like, id=id, name=id, feeds=(), max_kg=None)
    told = Fact("relax_rack", f"rooms.{like.room}", {"room": like.room, "units": str(like.units)})
    return (relief(told, Cost.SPACE, lambda found: replace(found, racks={**found.racks, id: rack})),)


def shared_fate(inventory: Inventory, reason: Reason) -> Iterator[Candidate]:
    """Members of a group that one loss takes away: how many are needed, and where each of them stands."""
    yield fewer(inventory, reason.values["system"])
    element = reason.subjects[0]
    for id in reason.subjects[1:]:
        asset = inventory.assets[id]
        fact = Fact("has_fate", _written(asset), {"asset": id, "element": element})
        yield Candidate(fact, _anywhere(asset), tuple(_elsewhere(asset, element)))
