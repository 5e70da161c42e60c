"""What fails together: the elements whose loss alone takes a subject down (S05)."""

from collections import deque
from collections.abc import Iterator, Sequence
from enum import StrEnum
from typing import NamedTuple

from planner.model.asset import AssetKind
from planner.model.need import AllOf, AtLeast, Leaf, Tree
from planner.safety.moment import Moment
from planner.safety.world import BINDING


class ElementKind(StrEnum):
    """What several assets may hang on."""

    RACK = "rack"
    UPS = "ups"
    CIRCUIT = "circuit"
    STORAGE = "storage"
    HYPERVISOR = "hypervisor"
    CHASSIS = "chassis"
    ROUTER = "router"


class Element(NamedTuple):
    """One thing that may fail; a rack, a circuit or an asset."""

    kind: ElementKind
    id: str


NAMED = {
    AssetKind.UPS: ElementKind.UPS,
    AssetKind.STORAGE: ElementKind.STORAGE,
    AssetKind.HYPERVISOR: ElementKind.HYPERVISOR,
    AssetKind.CHASSIS: ElementKind.CHASSIS,
    AssetKind.ROUTER: ElementKind.ROUTER,
}


class Fates:
    """The fate of each subject at the moment looked at; what no change concerns is kept from one to the next."""

    def __init__(self, moments: Sequence[Moment]) -> None:
        self._moments = moments
        self._numbers = {moment.minute: number for number, moment in enumerate(moments)}
        self._number = -1
        self._known: dict[str, frozenset[Element]] = {}

    def of(self, moment: Moment, id: str) -> frozenset[Element]:
        """Everything whose loss takes the subject down, by way of what it cannot do without; choices end the way."""
        number = self._numbers[moment.minute]
        while self._number < number:
            self._number += 1
            self._forget(self._moments[self._number])
        if id not in self._known:
            self._known[id] = frozenset(_found(moment, id))
        return self._known[id]

    def _forget(self, moment: Moment) -> None:
        """Drop what a change concerns; everything, where a UPS changes: circuits lead to it without a need."""
        changed, assets = moment.changed, moment.world.inventory.assets
        if changed is None or any(id in assets and assets[id].kind is AssetKind.UPS for id in changed):
            self._known.clear()
        else:
            for id in changed:
                self._known.pop(id, None)


def lost(moment: Moment, fates: Fates, tree: Tree, element: Element) -> bool:
    """Whether a part of a need fails with the element."""
    match tree:
        case Leaf(id):
            served = moment.serves(id)
            return served is None or element in fates.of(moment, served)
        case AllOf(parts):
            return any(lost(moment, fates, part, element) for part in parts)
        case AtLeast(count, parts):
            return sum(not lost(moment, fates, part, element) for part in parts) < count


def _found(moment: Moment, id: str) -> Iterator[Element]:
    """Walk along what the subject cannot do without."""
    seen, waiting = {id}, deque([id])
    while waiting:
        here = waiting.popleft()
        asset = moment.world.inventory.assets.get(here)
        if asset is not None:
            yield from _standing(moment, here)
            if asset.kind in NAMED:
                yield Element(NAMED[asset.kind], here)
        for provider in _certain_providers(moment, here):
            if provider not in seen:
                seen.add(provider)
                waiting.append(provider)


def _standing(moment: Moment, id: str) -> Iterator[Element]:
    """The rack in which an asset stands by itself, and its only circuit."""
    place = moment.place.get(id)
    if place is not None and place.rack is not None:
        yield Element(ElementKind.RACK, place.rack)
        feeds = used_feeds(moment, id)
        if len(feeds) == 1:
            yield Element(ElementKind.CIRCUIT, feeds[0])


def used_feeds(moment: Moment, id: str) -> tuple[str, ...]:
    """The circuits on which an asset hangs where it stands; a UPS hangs on mains that the inventory does not name."""
    inventory = moment.world.inventory
    place, asset = moment.place.get(id), inventory.assets[id]
    if place is None or place.rack is None or asset.kind is AssetKind.UPS:
        return ()
    feeds = inventory.racks[place.rack].feeds[: 2 if asset.supplies > 1 else 1]
    return tuple(dict.fromkeys(feeds))


def _certain_providers(moment: Moment, id: str) -> Iterator[str]:
    asset = moment.world.inventory.assets.get(id)
    room = moment.room(id) if asset is not None else None
    trees = [want.need.tree for want in moment.wants(id) if want.need.kind in BINDING]
    if asset is not None:
        yield from _of_power(moment, id)
        ends = asset.ends.get(room or "", ())
        yield from ends if len(ends) == 1 else ()
    else:
        runs_on = moment.world.inventory.systems[id].runs_on
        trees += [runs_on] if runs_on is not None and not moment.in_cloud(id) else []
    for tree in trees:
        for leaf in _certain(moment, tree, room):
            served = moment.serves(leaf)
            yield from () if served is None else (served,)


def _of_power(moment: Moment, id: str) -> Iterator[str]:
    """The one UPS behind all circuits on which the asset hangs."""
    circuits = moment.world.inventory.circuits
    sources = {circuits[feed].ups for feed in used_feeds(moment, id)}
    if len(sources) == 1:
        yield from (ups for ups in sources if ups is not None and ups != id)


def _certain(moment: Moment, tree: Tree, room: str | None) -> Iterator[str]:
    """The leaves that a tree cannot do without; of members that have to be in the room, those that are there."""
    match tree:
        case Leaf(id):
            yield id
        case AllOf(parts):
            for part in parts:
                yield from _certain(moment, part, room)
        case AtLeast(count, parts):
            local = tuple(part for part in parts if not tree.in_room or room is None or _is_local(moment, part, room))
            if len(local) <= count:
                for part in local:
                    yield from _certain(moment, part, room)


def _is_local(moment: Moment, tree: Tree, room: str) -> bool:
    return not isinstance(tree, Leaf) or tree.id not in moment.world.inventory.assets or moment.room(tree.id) == room
