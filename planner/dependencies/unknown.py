"""What the inventory does not say although a rule asks for it, and what the language cannot say."""

from collections.abc import Iterable, Iterator

from planner.dependencies.remark import Remark
from planner.model.asset import Asset, AssetKind
from planner.model.inventory import Inventory
from planner.model.need import Need, NeedKind
from planner.model.place import RoomKind

NO_BOX = frozenset({AssetKind.VM, AssetKind.LINE, AssetKind.TERMINALS, AssetKind.BLADE})
"""Kinds without a weight, a height and a plug of their own."""

SILENT = ("ports", "management", "quorum", "san", "licences", "configuration", "cabling", "transport")
"""What experts miss at once and the inventory language has no words for."""


def unknowns(inventory: Inventory) -> tuple[Remark, ...]:
    """Return, per kind of value, who lacks it; never empty remarks."""
    every = (*_of_boxes(inventory), *_of_links(inventory), *_of_places(inventory), *_of_care(inventory))
    return tuple(remark for remark in every if remark.subjects)


def unexpressed() -> tuple[Remark, ...]:
    """Return what no inventory can say, so that nobody takes silence for safety."""
    return tuple(Remark(f"silent_{topic}") for topic in SILENT)


def _of_boxes(inventory: Inventory) -> Iterator[Remark]:
    boxes = [a for a in inventory.assets.values() if a.kind not in NO_BOX and _has_a_rack(a)]
    yield _missing("unknown_va", "assets", "va", (a.id for a in boxes if a.va is None and a.kind is not AssetKind.UPS))
    yield _missing("unknown_kg", "assets", "kg", (a.id for a in boxes if a.kg is None))
    yield _missing("unknown_height", "assets", "height", (a.id for a in boxes if a.height is None))


def _of_links(inventory: Inventory) -> Iterator[Remark]:
    links = inventory.links.values()
    yield _missing("unknown_mbps", "links", "mbps", (link.id for link in links if link.mbps is None))
    bridges = (link.id for link in links if link.bridge and link.latency_ms is None)
    yield _missing("unknown_latency", "links", "latency_ms", bridges)
    assets = (a.id for a in inventory.assets.values() if _is_silent(a.needs))
    systems = (s.id for s in inventory.systems.values() if _is_silent(s.needs))
    yield Remark("unknown_traffic", (*assets, *systems))


def _of_places(inventory: Inventory) -> Iterator[Remark]:
    rooms = [room for room in inventory.rooms.values() if room.kind in (RoomKind.SERVER_ROOM, RoomKind.TEMPORARY)]
    yield _missing("unknown_floor_load", "rooms", "floor_kg_m2", (r.id for r in rooms if r.floor_kg_m2 is None))
    yield _missing("unknown_supply", "rooms", "va", (r.id for r in rooms if r.va is None))
    yield _missing("unknown_cooling", "rooms", "cooling_w", (r.id for r in rooms if r.cooling_w is None))
    unrated = (rack.id for rack in inventory.racks.values() if rack.max_kg is None)
    yield _missing("unknown_rack_load", "racks", "max_kg", unrated)


def _of_care(inventory: Inventory) -> Iterator[Remark]:
    assets, systems = inventory.assets.values(), inventory.systems.values()
    yield _missing("unknown_backup", "assets", "backup", (a.id for a in assets if a.stateful and a.backup is None))
    yield _missing("unknown_owner", "systems", "owner", (s.id for s in systems if s.owner is None))


def _is_silent(needs: tuple[Need, ...]) -> bool:
    return any(need.mbps is None and need.kind in (NeedKind.HARD, NeedKind.LIVE) for need in needs)


def _has_a_rack(asset: Asset) -> bool:
    places = [asset.at, *(stage.position for stage in asset.stages)]
    return any(place is not None and place.rack is not None for place in places)


def _missing(key: str, where: str, field: str, ids: Iterable[str]) -> Remark:
    subjects = tuple(ids)
    return Remark(key, subjects, facts=tuple(f"{where}.{id}.{field}" for id in subjects))
