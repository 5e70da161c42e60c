"""When something may be wrong at all, for many moments at once: only there the rules look closely.

A screen may name a moment at which nothing is wrong after all, but leaves out none at which something is.
"""

from collections.abc import Iterable, Iterator

from planner.model.asset import AssetKind, Cluster
from planner.model.need import AllOf, AtLeast, Leaf, NeedKind, Tree, leaves
from planner.model.network import Segment
from planner.safety.condition import STILL, Condition
from planner.safety.crossing import CARRIED, SILENT
from planner.safety.judged_strip import LOCAL, JudgedStrip
from planner.safety.ledger import NOTHING
from planner.safety.redundancy import REDUNDANT, trees
from planner.safety.strip import Bits, Values, at_least
from planner.safety.world import BINDING, Want

Places = list[tuple[str | None, Bits]]
"""Where a dependent may be seen from, and when."""


def out(strip: JudgedStrip, id: str) -> Bits:
    """When a subject is not fine."""
    return strip.all & ~strip.fine(id)


def migrating(strip: JudgedStrip, id: str) -> Bits:
    """When a VM is on its way to another host."""
    return strip.all & ~strip.values(strip.ledger.state.target, id).get(NOTHING, 0)


def misses_soft(strip: JudgedStrip, system: str) -> Bits:
    """When a system may miss what its soft needs name."""
    soft = any(want.need.kind is NeedKind.SOFT for want, _ in strip.wants(system))
    return strip.fine(system) if soft else 0


def short(strip: JudgedStrip, id: str) -> Bits:
    """When fewer members hold of a k-of-n tree of a subject that is up than have to be kept (S04)."""
    on = strip.on(id)
    if not on:
        return 0
    system, found = strip.world.inventory.systems.get(id), 0
    if system is not None and system.runs_on is not None:
        for tree in trees(system.runs_on):
            parts = (strip.runs(part, id) for part in tree.parts)
            found |= ~at_least(tree.keep, parts, strip.all)[tree.keep]
    places: Places = [(id, strip.all)] if system is None else list(_members(strip, id))
    for want, when in strip.wants(id):
        if want.need.kind in BINDING and want.source in REDUNDANT and not isinstance(want.need.tree, Leaf):
            found |= when & ~_all_kept(strip, want, places, id)
    return on & found


def _members(strip: JudgedStrip, system: str) -> Iterator[tuple[str | None, Bits]]:
    """The members of a system that are fine; no place while there are none."""
    without, here = strip.all, strip.all & ~strip.in_cloud(system)
    for served, when in strip.members(system):
        fine = when & here & strip.fine(served)
        without &= ~fine
        yield served, fine
    yield None, without


def _all_kept(strip: JudgedStrip, want: Want, places: Places, id: str) -> Bits:
    """When as many members as have to be kept hold of each k-of-n tree of a want."""
    found, choices = strip.all, list(trees(want.need.tree))
    if want.source in LOCAL and choices and choices[0].keep == choices[0].count:
        return strip.met(want, strip.angle(id))
    for tree in choices:
        found &= _kept(strip, want, tree, places, id)
    return found


def _kept(strip: JudgedStrip, want: Want, tree: AtLeast, places: Places, id: str) -> Bits:
    """When as many members as have to be kept hold, seen from one of the places."""
    found = 0
    for at, here in places:
        if here & ~found:
            angle = strip.angle(at, id)
            parts = (strip.holds(part, want, angle, in_room=tree.in_room) for part in tree.parts)
            found |= here & at_least(tree.keep, parts, strip.all)[tree.keep]
    return found


def cramped(strip: JudgedStrip, cluster: Cluster, concerned: Iterable[str]) -> Bits:
    """When the hosts of a cluster may have less memory than the VMs on them ask for, or one host has (S04).

    While all hosts are up they bear all that can ever be on them, as long as no VM goes to another one; while no VM
    runs, nothing is asked for.
    """
    assets = strip.world.inventory.assets
    guests = [id for id in concerned if id not in cluster.hosts and assets[id].kind is AssetKind.VM]
    sizes = [assets[id].memory_gb for id in (*cluster.hosts, *guests)]
    known = [size for size in sizes if size is not None]
    count = len(cluster.hosts)
    if len(known) < len(sizes) or sum(known[count:]) > sum(known[:count]):
        return strip.all
    conditions, hosts = strip.ledger.state.condition, strip.ledger.state.host
    hosted, running, elsewhere = strip.all, 0, 0
    for host in cluster.hosts:
        hosted &= strip.on(host)
    for vm in guests:
        states = strip.values(conditions, vm)
        running |= states.get(Condition.UP, 0) | states.get(Condition.STARTING, 0)
        elsewhere |= ~strip.values(hosts, vm).get(assets[vm].host, 0) | migrating(strip, vm)
    return strip.all & running & (~hosted | elsewhere)


def lacking(strip: JudgedStrip, id: str) -> Bits:
    """When a subject that is not down may have a hard tree that fails (S03)."""
    still, conditions = 0, strip.values(strip.ledger.state.condition, id)
    for condition in STILL:
        still |= conditions.get(condition, 0)
    on = strip.all & ~still
    if not on:
        return 0
    rooms = strip.rooms(id) if id in strip.assets else {None: strip.all}
    found = migrating(strip, id)
    for want, when in strip.wants(id):
        if want.need.kind is NeedKind.HARD:
            found |= when & ~_stands(strip, want.need.tree, rooms, in_room=want.need.same_room)
    system = strip.world.inventory.systems.get(id)
    if system is not None and system.runs_on is not None:
        found |= ~strip.in_cloud(id) & ~_stands(strip, system.runs_on, {None: strip.all}, in_room=False)
    return on & found


def _stands(strip: JudgedStrip, tree: Tree, rooms: Values, *, in_room: bool) -> Bits:
    """When a tree is held by what is up, reached or not, though in the room where it has to be."""
    match tree:
        case Leaf(id):
            return _stands_alone(strip, id, rooms if in_room else {None: strip.all})
        case AllOf(parts):
            found = strip.all
            for part in parts:
                found &= _stands(strip, part, rooms, in_room=in_room)
            return found
        case AtLeast(count, parts):
            here = in_room or tree.in_room
            return at_least(count, (_stands(strip, part, rooms, in_room=here) for part in parts), strip.all)[count]


def _stands_alone(strip: JudgedStrip, leaf: str, rooms: Values) -> Bits:
    found = 0
    for served, when in strip.serving((leaf,)):
        if on := when & strip.on(served):
            anywhere = served not in strip.assets
            for room, here in rooms.items():
                found |= on & here & (strip.all if anywhere or room is None else strip.rooms(served).get(room, 0))
    return found


def unsound(strip: JudgedStrip, segment: Segment, members: Iterable[str]) -> Bits:
    """When a segment may have two places, two active gateways or none (S09)."""
    gateways = [up_to_serve(strip, id) for id in segment.gateway]
    served = 0 if segment.gateway else strip.all
    for up in gateways:
        served |= up
    active = {id for id, _ in strip.serving(segment.gateway)}
    several = at_least(2, gateways, strip.all)[2] & ~_in_one_room(strip, active)
    if segment.stretch or segment.client:
        return several | strip.all & ~served
    return several | strip.all & ~(served & _in_one_room(strip, members))


def up_to_serve(strip: JudgedStrip, leaf: str) -> Bits:
    """When whoever serves a leaf is up."""
    found = 0
    for served, when in strip.serving((leaf,)):
        found |= when & strip.up(served)
    return found


def _in_one_room(strip: JudgedStrip, ids: Iterable[str]) -> Bits:
    """When none of these stands in another room than the others; nowhere is a room of its own."""
    rooms: dict[str | None, Bits] = {}
    for id in ids:
        for room, when in strip.rooms(id).items():
            rooms[room] = rooms.get(room, 0) | when
    return ~at_least(2, rooms.values(), strip.all)[2]


def crossing(strip: JudgedStrip, id: str) -> Bits:
    """When a subject that is fine may get something from another room (S07)."""
    fine = strip.fine(id)
    carried = [
        (want.need.tree, when)
        for want, when in strip.wants(id)
        if want.need.kind in CARRIED and want.source not in SILENT
    ]
    found = migrating(strip, id)
    for rooms, here in _standpoints(strip, id) if carried and fine else ():
        for tree, when in carried:
            for leaf in leaves(tree):
                found |= here & when & _elsewhere(strip, leaf, rooms)
    return fine & found


def _standpoints(strip: JudgedStrip, id: str) -> Iterator[tuple[Values, Bits]]:
    if id in strip.assets:
        yield strip.rooms(id), strip.all
    else:
        yield from ((strip.rooms(member), when) for member, when in strip.counting(id).items())


def _elsewhere(strip: JudgedStrip, leaf: str, rooms: Values) -> Bits:
    """When an asset that may serve a leaf stands in another room."""
    found = 0
    for served, when in strip.serving((leaf,)):
        for member in (served,) if served in strip.assets else strip.counting(served):
            found |= when & ~_together(strip.rooms(member), rooms)
    return found


def _together(one: Values, other: Values) -> Bits:
    found = 0
    for room, when in one.items():
        found |= when & other.get(room, 0)
    return found
