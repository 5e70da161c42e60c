"""Trips: each CARRY step is one, on the route between the rooms that it joins (S16)."""

from collections.abc import Iterator
from dataclasses import dataclass

from planner.model.asset import Asset, AssetKind
from planner.model.inventory import Inventory
from planner.model.transport import Conveyance, Route
from planner.plan.finding import Finding
from planner.plan.step import Step
from planner.safety import complaint
from planner.safety.journey import Journey
from planner.safety.replay import Replay
from planner.safety.underway import Underway
from planner.units.span import Span

UNIT_CM = 4.445
"""The height of one rack unit (EIA-310)."""
RACK_CM = 48.3
"""The width of a device with its ears (EIA-310, 19 inches)."""


@dataclass(frozen=True, slots=True)
class Trip:
    """One CARRY step, or the part of it that goes from one room to another; ``number`` is that of its route."""

    carry: Step
    rooms: tuple[str, str]
    assets: tuple[Asset, ...]
    number: int | None

    def route(self, inventory: Inventory) -> Route | None:
        return None if self.number is None else inventory.routes[self.number]

    def by(self, inventory: Inventory) -> tuple[Conveyance, ...]:
        """What carries it, as far as the inventory knows."""
        route = self.route(inventory)
        return () if route is None else tuple(inventory.conveyances[id] for id in route.by)


def trips(replay: Replay, found: tuple[Journey, ...]) -> tuple[Trip, ...]:
    """Every trip between two rooms; carrying within a room is none."""
    going: dict[tuple[str, str, str], tuple[Step, list[Asset]]] = {}
    for journey in found:
        rooms = _rooms(replay, journey)
        if rooms is not None:
            _, loaded = going.setdefault((journey.carry.id, *rooms), (journey.carry, []))
            loaded.append(replay.inventory.assets[journey.asset])
    return tuple(
        Trip(carry, (here, there), tuple(assets), _number(replay.inventory, here, there))
        for (_, here, there), (carry, assets) in going.items()
    )


def _rooms(replay: Replay, journey: Journey) -> tuple[str, str] | None:
    asset, step = replay.inventory.assets[journey.asset], journey.carry
    here = replay.place_before(asset.id, step.start)
    goal = step.to.get(asset.id) or (asset.stages[0].position if asset.stages else None)
    apart = here is not None and goal is not None and here.room != goal.room
    return (here.room, goal.room) if apart and here is not None and goal is not None else None


def _number(inventory: Inventory, here: str, there: str) -> int | None:
    ways = (n for n, route in enumerate(inventory.routes) if set(route.between) == {here, there})
    return next(ways, None)


def load_faults(inventory: Inventory, trip: Trip) -> Iterator[Finding]:
    """What is carried fits: ``sum kg <= max_kg``, each device through each door, in no less than the route's time."""
    route, ids = trip.route(inventory), tuple(asset.id for asset in trip.assets)
    if route is None:
        values = {"from": trip.rooms[0], "to": trip.rooms[1]}
        yield _unknown("s16.route_unknown", trip.rooms, trip.carry, values, ("routes",))
        return
    fact = f"routes.{trip.number}"
    if route.minutes is None:
        yield _unknown("s16.time_unknown", trip.rooms, trip.carry, {}, (fact,))
    elif trip.carry.end - trip.carry.start < route.minutes:
        values = {"found": str(trip.carry.end - trip.carry.start), "limit": str(route.minutes)}
        yield complaint.of_step("s16.too_fast", ids, trip.carry, values, (f"{fact}.minutes",))
    for conveyance in trip.by(inventory):
        yield from _weight(trip, ids, conveyance)
        yield from _door(trip, conveyance)


def _weight(trip: Trip, ids: tuple[str, ...], by: Conveyance) -> Iterator[Finding]:
    facts = (f"conveyances.{by.id}.max_kg",)
    if by.max_kg is None:
        yield _unknown("s16.limit_unknown", (by.id,), trip.carry, {"what": "max_kg"}, facts)
        return
    for asset in trip.assets:
        if asset.kg is None:
            yield _unknown("s16.asset_unknown", (asset.id,), trip.carry, {"what": "kg"}, (f"assets.{asset.id}",))
    kg = sum(asset.kg or 0.0 for asset in trip.assets)
    if kg > by.max_kg:
        values = {"by": by.id, "found": f"{kg:.0f}", "limit": f"{by.max_kg:.0f}"}
        yield complaint.of_step("s16.too_heavy", (*ids, by.id), trip.carry, values, facts)


def _door(trip: Trip, by: Conveyance) -> Iterator[Finding]:
    """The width and height of what stands in racks; terminals are carried one by one."""
    facts = (f"conveyances.{by.id}.door_cm",)
    boxes = [asset for asset in trip.assets if asset.kind is not AssetKind.TERMINALS]
    if boxes and by.door_cm is None:
        yield _unknown("s16.limit_unknown", (by.id,), trip.carry, {"what": "door_cm"}, facts)
    for asset in boxes if by.door_cm is not None else ():
        if asset.height is None:
            yield _unknown("s16.asset_unknown", (asset.id,), trip.carry, {"what": "u"}, (f"assets.{asset.id}",))
            continue
        size = sorted((RACK_CM, asset.height * UNIT_CM))
        door = sorted(by.door_cm or ())
        if any(part > opening for part, opening in zip(size, door, strict=True)):
            values = {
                "by": by.id,
                "found": " x ".join(f"{part:.0f}" for part in size),
                "limit": " x ".join(f"{part:.0f}" for part in door),
            }
            yield complaint.of_step("s16.too_large", (asset.id, by.id), trip.carry, values, facts)


def crowding_faults(inventory: Inventory, found: tuple[Trip, ...]) -> Iterator[Finding]:
    """At every instant at most ``at_once`` trips use a conveyance."""
    for conveyance in inventory.conveyances.values():
        using = {trip.carry.id: trip.carry for trip in found if conveyance in trip.by(inventory)}
        underway = Underway((step.span, step) for step in using.values())
        for step in using.values():
            beside = underway.at(step.start)
            if len(beside) > conveyance.at_once:
                span = Span(step.start, min(other.end for other in beside))
                values = {"by": conveyance.id, "found": str(len(beside)), "limit": str(conveyance.at_once)}
                facts, ids = (f"conveyances.{conveyance.id}.at_once",), tuple(other.id for other in beside)
                yield complaint.of_span("s16.crowded", (conveyance.id,), span, ids, values, facts)


def _unknown(
    key: str, subjects: tuple[str, ...], step: Step, values: dict[str, str], facts: tuple[str, ...]
) -> Finding:
    return complaint.unknown(complaint.of_step(key, subjects, step, values, facts))
