"""What no order can mend: too much for a room, a crew that does not exist, a chain longer than any window."""

from collections.abc import Iterable, Iterator, Mapping, Sequence

from planner.calendar import usable
from planner.dependencies import Scene, at_end
from planner.errors import Fault, Position
from planner.errors.text import listed
from planner.model.asset import Asset, AssetKind, Demand
from planner.model.chain import CHAINS, PREPARATORY, Method, StepKind
from planner.model.inventory import Inventory
from planner.model.system import System
from planner.pipeline.places import place_of
from planner.sources import Loaded

LARGEST = 3
"""Contributors that a sum over its limit names."""


def capacity_faults(loaded: Loaded) -> tuple[Fault, ...]:
    """Return what no plan can mend, each with the place of the fact that is too small or too large."""
    inventory = loaded.inventory
    found = (*_over_limits(inventory), *_without_crew(inventory), *_too_long(inventory))
    return tuple(Fault(key, _place(loaded, fact), values, fact) for key, fact, values in found)


Found = Iterator[tuple[str, str, Mapping[str, str]]]
"""The message's key, the path of the fact, and the values."""


def _place(loaded: Loaded, fact: str) -> Position:
    return place_of(loaded.provenance, fact) or Position(fact)


def _over_limits(inventory: Inventory) -> Found:
    """Sums at the end, over what is known, against what rooms and racks bear."""
    scene = at_end(inventory)
    boxes = [a for a in inventory.assets.values() if a.id in scene.standing and not (a.host or a.chassis)]
    for room in inventory.rooms.values():
        inside = [(a.id, a.va) for a in boxes if _draws_in(scene, a, room.id) and a.va]
        yield from _over("VA", room.va, inside, f"rooms.{room.id}.va", room.id)
        yield from _over("W", room.cooling_w, inside, f"rooms.{room.id}.cooling_w", room.id)
    for rack in inventory.racks.values():
        weights = [(a.id, a.kg) for a in boxes if _rack(scene, a) == rack.id and a.kg]
        yield from _over("kg", rack.max_kg, weights, f"racks.{rack.id}.max_kg", rack.id)


def _over(unit: str, limit: float | None, inside: Sequence[tuple[str, float]], fact: str, where: str) -> Found:
    total = sum(value for _, value in inside)
    if limit is not None and total > limit:
        largest = sorted(inside, key=lambda part: (-part[1], part[0]))[:LARGEST]
        top = ", ".join(f"{id} {value:g}" for id, value in largest)
        yield "E501", fact, {"where": where, "sum": f"{total:g} {unit}", "limit": f"{limit:g} {unit}", "top": top}


def _draws_in(scene: Scene, asset: Asset, room: str) -> bool:
    """Whether the asset draws from the room's supply; a UPS passes on what others draw."""
    return scene.standing[asset.id].room == room and asset.kind is not AssetKind.UPS


def _rack(scene: Scene, asset: Asset) -> str | None:
    return scene.standing[asset.id].rack


def _without_crew(inventory: Inventory) -> Found:
    for subject, space in _subjects(inventory):
        for kind, work in subject.works.items():
            wanted = (*work.crew, *((work.witness,) if work.witness else ()))
            for demand in wanted if kind in _steps(subject) else ():
                yield from _missing_people(inventory, f"{space}.{subject.id}", kind, demand)


def _missing_people(inventory: Inventory, path: str, kind: StepKind, demand: Demand) -> Found:
    able = [p for p in inventory.teams[demand.team].people if demand.skill is None or demand.skill in p.skills]
    if len(able) < demand.count:
        values = {
            "step": f"{path.rpartition('.')[2]} {kind}",
            "crew": f"{demand.team}:{demand.skill}" if demand.skill else demand.team,
            "count": str(demand.count),
            "have": str(len(able)),
            "near": listed(_nearest(inventory, demand)) or "-",
        }
        yield "E502", f"{path}.crew.{kind}", values


def _nearest(inventory: Inventory, demand: Demand) -> list[str]:
    """Who has the skill in other teams; where nobody has it or none is asked for, who is in the team."""
    skilled = [person.id for _, person in inventory.people() if demand.skill in person.skills]
    return skilled or [person.id for person in inventory.teams[demand.team].people]


def _too_long(inventory: Inventory) -> Found:
    """A chain is worked off in one window, so the longest window that its asset may use has to hold it."""
    for asset in inventory.assets.values():
        chain = [(kind, asset.works[kind]) for kind in _in_window(asset) if kind in asset.works]
        minutes = sum(work.duration.likely for _, work in chain)
        longest = max((span.minutes for span in usable(inventory, asset.id)), default=0)
        if minutes > longest:
            parts = " + ".join(f"{kind} {work.duration.likely}" for kind, work in chain if work.duration.likely)
            values = {"asset": asset.id, "chain": parts, "minutes": str(minutes), "longest": str(longest)}
            yield "E503", f"assets.{asset.id}.stages", {**values, "missing": str(minutes - longest)}


def _in_window(asset: Asset) -> tuple[StepKind, ...]:
    """The steps of the chain that a window has to hold; those of new equipment are preparation."""
    if asset.method is Method.INSTALL:
        return ()
    return tuple(kind for kind in CHAINS[asset.method] if kind not in PREPARATORY)


def _subjects(inventory: Inventory) -> Iterator[tuple[Asset | System, str]]:
    yield from ((asset, "assets") for asset in inventory.assets.values())
    yield from ((system, "systems") for system in inventory.systems.values())


def _steps(subject: Asset | System) -> Iterable[StepKind]:
    """The steps that the subject's own method asks for; a system is stopped and started with its members."""
    if isinstance(subject, System):
        return (StepKind.STOP, StepKind.START, StepKind.ACCEPT) if subject.runs_on else ()
    return CHAINS[subject.method]
