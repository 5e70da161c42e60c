"""What carries things from room to room: how much it bears, how wide it opens, and that it is on the way (S16)."""

from collections.abc import Callable, Iterator
from dataclasses import replace

from planner.conflicts.candidate import Candidate, Change, Cost, relief
from planner.conflicts.change import of_asset
from planner.conflicts.papers import stays
from planner.model.inventory import Inventory
from planner.model.transport import Conveyance, Route
from planner.plan.refusal import Fact, Reason


def too_heavy(inventory: Inventory, reason: Reason) -> Iterator[Candidate]:
    """What a trip bears, what the asset weighs, and the way that it takes."""
    asset, by = inventory.assets[reason.subjects[0]], inventory.conveyances[reason.subjects[1]]
    values = {"by": by.id, "limit": reason.values["limit"], "kg": reason.values["found"], "asset": asset.id}
    path = f"conveyances.{by.id}.max_kg"
    stronger = relief(Fact("relax_max_kg", path, values), Cost.SPACE, _of(by.id, _bearing(asset.kg)))
    yield Candidate(Fact("has_max_kg", path, values), _of(by.id, _bearing(None)), (stronger,))
    light = of_asset(asset.id, lambda a: replace(a, kg=None))
    yield Candidate(Fact("has_kg", f"assets.{asset.id}.kg", values), light, (stays(asset),))
    yield _way(inventory, reason)


def too_large(inventory: Inventory, reason: Reason) -> Iterator[Candidate]:
    """How wide the opening is, how large the asset, and the way that it takes."""
    asset, by = inventory.assets[reason.subjects[0]], inventory.conveyances[reason.subjects[1]]
    values = {"by": by.id, "door": reason.values["limit"], "size": reason.values["found"], "asset": asset.id}
    path = f"conveyances.{by.id}.door_cm"
    width, height = (float(side) + 1 for side in reason.values["found"].split(" x "))
    opened = _of(by.id, _opening((max(width, *_sides(by)), max(height, *_sides(by)))))
    yield Candidate(
        Fact("has_door", path, values),
        _of(by.id, _opening(None)),
        (relief(Fact("relax_door", path, values), Cost.SPACE + 5, opened),),
    )
    flat = of_asset(asset.id, lambda a: replace(a, height=None))
    yield Candidate(Fact("has_size", f"assets.{asset.id}.height", values), flat, (stays(asset),))
    yield _way(inventory, reason)


def _sides(by: Conveyance) -> tuple[float, ...]:
    return by.door_cm or ()


def _way(inventory: Inventory, reason: Reason) -> Candidate:
    """That the way between two rooms leads by it: another way round would do."""
    path, by = reason.facts[-1], reason.subjects[1]
    number = int(path.rpartition(".")[2])
    one, other = inventory.routes[number].between
    values = {"one": one, "other": other, "by": by}

    def without(route: Route) -> Route:
        return replace(route, by=tuple(id for id in route.by if id != by))

    def round_about(found: Inventory) -> Inventory:
        return replace(found, routes=tuple(without(r) if n == number else r for n, r in enumerate(found.routes)))

    way = relief(Fact("relax_way", path, values), Cost.SPACE + 3, round_about)
    return Candidate(Fact("has_way", path, values), round_about, (way,))


def _of(id: str, change: Callable[[Conveyance], Conveyance]) -> Change:
    return lambda found: replace(found, conveyances={**found.conveyances, id: change(found.conveyances[id])})


def _bearing(kg: float | None) -> Callable[[Conveyance], Conveyance]:
    return lambda by: replace(by, max_kg=kg)


def _opening(door: tuple[float, float] | None) -> Callable[[Conveyance], Conveyance]:
    return lambda by: replace(by, door_cm=door)
