"""Shared fate by brute force: each element is taken away in turn, and whatever cannot do without falls until nothing
changes. For the tests alone; it shares nothing with the verifier but the data.
"""

from collections.abc import Iterator

from planner.model.asset import AssetKind
from planner.model.chain import StepKind
from planner.model.need import AllOf, AtLeast, Leaf, Tree
from planner.plan.plan import Plan
from tests.safety.minutes import BINDING, Picture, choices, leaves

K = StepKind
CARRIERS = {AssetKind.STORAGE, AssetKind.HYPERVISOR, AssetKind.CHASSIS, AssetKind.ROUTER}
Void = tuple[str, tuple[str, ...]]


def voids(picture: Picture, system: str) -> set[Void]:
    """(element, members) for each k-of-n tree of a system that is up and that one element can void."""
    if picture.status(system) != "up":
        return set()
    fallen = {element: falls(picture, element) for element in elements(picture)}
    return {void for tree, held in _trees(picture, system) for void in _of_tree(picture, tree, held, fallen)}


def elements(picture: Picture) -> list[str]:
    inventory = picture.inventory
    kinds = CARRIERS | {AssetKind.UPS}
    return [*inventory.racks, *inventory.circuits, *(a.id for a in inventory.assets.values() if a.kind in kinds)]


def falls(picture: Picture, element: str) -> set[str]:
    """Everything that cannot do without the element."""
    down = {id for id in picture.inventory.assets if _hit(picture, id, element)}
    while True:
        subjects = (*picture.inventory.assets, *picture.inventory.systems)
        more = {id for id in subjects if id not in down and _misses(picture, id, down)}
        if not more:
            return down
        down |= more


def rack(picture: Picture, id: str) -> str | None:
    """The rack in which an asset still stands; in these plans everything goes to a room without one."""
    asset = picture.inventory.assets[id]
    left = [s for s in picture.begun if id in s.assets and s.kind in (K.UNMOUNT, K.CARRY, K.MOUNT)]
    out = any(s.kind in (K.CARRY, K.MOUNT) or picture.minute >= s.end for s in left)
    return None if out or asset.at is None or asset.host is not None else asset.at.rack


def _feeds(picture: Picture, id: str) -> tuple[str, ...]:
    asset, here = picture.inventory.assets[id], rack(picture, id)
    if here is None or asset.kind is AssetKind.UPS:
        return ()
    return picture.inventory.racks[here].feeds[: 2 if asset.supplies > 1 else 1]


def _hit(picture: Picture, id: str, element: str) -> bool:
    return element in (id, rack(picture, id)) or _feeds(picture, id) == (element,)


def _misses(picture: Picture, id: str, down: set[str]) -> bool:
    """Whether something that it needs without a choice is down."""
    inventory = picture.inventory
    here = picture.room(id) if id in inventory.assets else None
    needed = [need.tree for need in picture.needs(id) if need.kind in BINDING]
    if id in inventory.systems:
        runs_on = picture.runs_on(id)
        needed += [runs_on] if runs_on is not None else []
    else:
        needed += list(_of_place(picture, id))
    return any(_fails(picture, tree, here, down) for tree in needed)


def _of_place(picture: Picture, id: str) -> Iterator[Tree]:
    """Host, storage, the UPS behind all feeds, the only end of a line, switches and gateways of its segments."""
    inventory, asset = picture.inventory, picture.inventory.assets[id]
    if asset.host is not None:
        yield Leaf(picture.host(id))
    for cluster in inventory.clusters.values():
        if id in cluster.hosts and cluster.storage is not None:
            yield Leaf(cluster.storage)
    sources = {inventory.circuits[feed].ups for feed in _feeds(picture, id)}
    yield from (Leaf(ups) for ups in sources if len(sources) == 1 and ups is not None)
    held = inventory.racks.get(rack(picture, id) or "")
    if held is not None and asset.kind is not AssetKind.UPS:
        named = [inventory.circuits[feed].ups for feed in held.feeds]
        if named and None not in named:
            yield _one_of([ups for ups in named if ups is not None], local=True)
    ends = asset.ends.get(picture.room(id) or "", ())
    yield from (Leaf(end) for end in ends if len(ends) == 1)
    if asset.kind not in (AssetKind.SWITCH, AssetKind.ROUTER, AssetKind.FIREWALL, AssetKind.UPS):
        for segment in asset.segments:
            yield from _of_segment(picture, id, segment)


def _of_segment(picture: Picture, id: str, segment: str) -> Iterator[Tree]:
    switches = [a for a in picture.inventory.assets.values() if a.kind is AssetKind.SWITCH]
    carrying = [a for a in switches if a.carries is None or segment in a.carries]
    ever = {p.room for a in carrying for p in (a.at, *(s.position for s in a.stages)) if p is not None}
    if picture.room(id) in ever:
        yield _one_of([a.id for a in carrying], local=True)
    gateway = picture.inventory.segments[segment].gateway
    yield from [_one_of(list(gateway), local=False)] if gateway else []


def _one_of(ids: list[str], *, local: bool) -> AtLeast:
    return AtLeast(1, tuple(Leaf(id) for id in dict.fromkeys(ids)), 1, in_room=local)


def _fails(picture: Picture, tree: Tree, here: str | None, down: set[str]) -> bool:
    """Without regard to choices: where there is one more than needed, another member may do."""
    if isinstance(tree, Leaf):
        return picture.serves(tree.id) in down
    if isinstance(tree, AllOf):
        return any(_fails(picture, part, here, down) for part in tree.parts)
    parts = [part for part in tree.parts if not tree.in_room or here is None or _is_here(picture, part, here)]
    return len(parts) <= tree.count and any(_fails(picture, part, here, down) for part in parts)


def _is_here(picture: Picture, part: Tree, here: str) -> bool:
    return not isinstance(part, Leaf) or part.id not in picture.inventory.assets or picture.room(part.id) == here


def _trees(picture: Picture, system: str) -> Iterator[tuple[AtLeast, list[Tree]]]:
    """The choices of a system, each with the parts that hold where most of them do."""
    runs_on = picture.runs_on(system)
    counting = picture.counting(system, picture.good) if runs_on is not None else frozenset()
    for tree in choices(runs_on):
        yield tree, [part for part in tree.parts if picture._counted(part, counting)]
    places: list[str | None] = [m for leaf in leaves(runs_on) if (m := picture.serves(leaf)) in picture.good]
    for need in picture.needs(system):
        for tree in choices(need.tree) if need.kind in BINDING else []:
            same = need.same_room or tree.in_room
            rows = [[p for p in tree.parts if picture._holds(p, at, picture.good, same)] for at in places or [None]]
            yield tree, max(rows, key=len)


def _of_tree(picture: Picture, tree: AtLeast, held: list[Tree], fallen: dict[str, set[str]]) -> Iterator[Void]:
    found: dict[str, tuple[str, ...]] = {}
    for element, down in fallen.items():
        gone = [part for part in held if _lost(picture, part, down)]
        members = tuple(sorted({picture.serves(leaf) or leaf for part in gone for leaf in leaves(part)}))
        enough = len(held) >= tree.count > len(held) - len(gone)
        if len(gone) > 1 and len(members) > 1 and enough and tree.count < len(tree.parts):
            found[element] = members
    assets = picture.inventory.assets
    carriers = [e for e in found if e in assets and assets[e].kind in CARRIERS]
    for element, members in found.items():
        behind = any(found[c] == members and c in fallen[element] for c in carriers)
        if element in carriers or not behind:
            yield element, members


def _lost(picture: Picture, tree: Tree, down: set[str]) -> bool:
    if isinstance(tree, Leaf):
        return picture.serves(tree.id) in down
    lost = [_lost(picture, part, down) for part in tree.parts]
    return any(lost) if isinstance(tree, AllOf) else len(lost) - sum(lost) < tree.count


def picture_at(plan: Plan, minute: int) -> Picture:
    return Picture(plan.inventory, plan, minute)
