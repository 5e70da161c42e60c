"""When one element may take a whole redundancy away, for many moments at once (S05)."""

from collections import Counter
from collections.abc import Iterator

from planner.model.asset import Asset, AssetKind
from planner.model.need import AllOf, AtLeast, Leaf, Tree, leaves
from planner.safety.fate import NAMED, Element, ElementKind
from planner.safety.judged_strip import LOCAL, JudgedStrip
from planner.safety.redundancy import trees
from planner.safety.strip import Bits
from planner.safety.world import BINDING, Source


def voidable(strip: JudgedStrip, id: str) -> Bits:
    """When a subject is up, if two members of one of its redundancies ever hang on one element on this strip."""
    on, system = strip.on(id), strip.world.inventory.systems.get(id)
    if not on:
        return 0
    wanted = [want for want, _ in strip.wants(id)]
    placed = any(is_shared(strip, want.need.tree) for want in wanted if want.source in LOCAL)
    declared = [w.need.tree for w in wanted if w.need.kind in BINDING and (system or w.source is Source.DECLARED)]
    if system is not None and system.runs_on is not None:
        declared.append(system.runs_on)
    return on if placed or any(is_shared(strip, tree) for tree in declared) else 0


def is_shared(strip: JudgedStrip, tree: Tree) -> bool:
    """Whether one element is in the fate of two parts of a choice in a tree at any moment of the strip."""
    known = strip.once(_shared_trees)  # by the object: trees are long to compare
    if id(tree) not in known:
        strip.open()
        known[id(tree)] = any(_falls(strip, choice) for choice in trees(tree) if choice.count < len(choice.parts))
    return known[id(tree)]


def _shared_trees(_: JudgedStrip) -> dict[int, bool]:
    return {}


def _falls(strip: JudgedStrip, choice: AtLeast) -> bool:
    hit = Counter(element for part in choice.parts for element in _of_part(strip, part))
    return any(times > 1 for times in hit.values())


def _of_part(strip: JudgedStrip, part: Tree) -> frozenset[Element]:
    named = {id for leaf in leaves(part) for id in (leaf, *(served for served, _ in strip.serving((leaf,))))}
    return frozenset(element for id in named for element in fate(strip, id))


def fate(strip: JudgedStrip, id: str) -> frozenset[Element]:
    """Everything whose loss takes the subject down at any moment of the strip; it may be more, never less."""
    return strip.once(_fate, id)


def _fate(strip: JudgedStrip, id: str) -> frozenset[Element]:
    return frozenset(_found(strip, id))


def _found(strip: JudgedStrip, id: str) -> Iterator[Element]:
    seen, waiting = {id}, [id]
    while waiting:
        here = waiting.pop()
        asset = strip.assets.get(here)
        if asset is not None:
            yield from _standing(strip, asset)
        providers = (*_named(strip, here), *(() if asset is None else _beneath(strip, asset)))
        new = [each for each in dict.fromkeys(providers) if each not in seen]
        seen.update(new)
        waiting += new


def _standing(strip: JudgedStrip, asset: Asset) -> Iterator[Element]:
    """The asset itself, the racks in which it stands, and where it has only one circuit there, that one."""
    if asset.kind in NAMED:
        yield Element(NAMED[asset.kind], asset.id)
    for rack in strip.racks(asset.id):
        if rack is not None:
            yield Element(ElementKind.RACK, rack)
            feeds = _feeds(strip, asset, rack)
            yield from (Element(ElementKind.CIRCUIT, feed) for feed in feeds if len(feeds) == 1)


def _feeds(strip: JudgedStrip, asset: Asset, rack: str) -> tuple[str, ...]:
    if asset.kind is AssetKind.UPS:
        return ()
    feeds = strip.world.inventory.racks[rack].feeds[: 2 if asset.supplies > 1 else 1]
    return tuple(dict.fromkeys(feeds))


def _beneath(strip: JudgedStrip, asset: Asset) -> Iterator[str]:
    """The one UPS behind the circuits of a rack, and the one end of a line in a room."""
    circuits = strip.world.inventory.circuits
    for rack in strip.racks(asset.id):
        sources = {circuits[feed].ups for feed in _feeds(strip, asset, rack)} if rack is not None else set()
        yield from (ups for ups in sources if len(sources) == 1 and ups is not None)
    for room in strip.rooms(asset.id):
        ends = asset.ends.get(room or "", ())
        yield from ends if len(ends) == 1 else ()


def _named(strip: JudgedStrip, id: str) -> Iterator[str]:
    """Who serves the leaves that the hard and live needs of a subject cannot do without."""
    wanted = [want.need.tree for want, _ in strip.wants(id) if want.need.kind in BINDING]
    system = strip.world.inventory.systems.get(id)
    if system is not None and system.runs_on is not None:
        wanted.append(system.runs_on)
    rooms = {None} if system is not None else set(strip.rooms(id))
    for tree in wanted:
        yield from (served for served, _ in strip.serving(_certain(strip, tree, rooms)))


def _certain(strip: JudgedStrip, tree: Tree, rooms: set[str | None]) -> Iterator[str]:
    """The leaves that a tree cannot do without at some moment, seen from one of these rooms."""
    match tree:
        case Leaf(id):
            yield id
        case AllOf(parts):
            for part in parts:
                yield from _certain(strip, part, rooms)
        case AtLeast(count, parts):
            for room in rooms if tree.in_room else {None}:
                always = [part for part in parts if _local(strip, part, room) == strip.all]
                for part in parts if len(always) <= count else ():
                    if _local(strip, part, room):
                        yield from _certain(strip, part, rooms)


def _local(strip: JudgedStrip, part: Tree, room: str | None) -> Bits:
    """When a part stands in a room; everything does in no room in particular."""
    if room is None or not isinstance(part, Leaf) or part.id not in strip.assets:
        return strip.all
    return strip.rooms(part.id).get(room, 0)
