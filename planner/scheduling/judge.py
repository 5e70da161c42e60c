"""The evaluation of one world at one instant: which subjects hold.

The answer is the greatest set in which every member is up and has its needs from the set, so that a cycle holds while
all its members are up. It is found by starting from everything that is up and taking out what fails.
"""

from collections.abc import Callable, Sequence

from planner.scheduling.compiled import Node
from planner.scheduling.ground import Ground
from planner.scheduling.network import Path
from planner.scheduling.numbering import NOWHERE
from planner.scheduling.world import AssetState, SystemState, World
from planner.units.span import Minute


class Judge:
    """Holds one evaluation's arrays: by subject ``holds``; by asset ``up``, ``room`` and ``role`` (who fills it now).

    ``counting`` are by system its counting members. The world belongs to the judge and must not be changed. With a
    ``base``, a judge of another world, only what has changed and what leans on it is worked out: ``fresh`` is that,
    None where it is everything. What the answer is does not depend on the base.
    """

    def __init__(self, ground: Ground, world: World, at: Minute, base: "Judge | None" = None) -> None:
        self.ground, self.world, self.at = ground, world, at
        self.force = ground.force(at)
        self.assets = ground.numbering.assets
        n = self.assets
        self.room = _rooms(world)
        self.role: list[int] = _roles(world.serve) if base is None or base.world.serve != world.serve else base.role
        self.up = [s == AssetState.UP and not r for s, r in zip(world.state, world.renumbering, strict=False)]
        self.usable = ground.network.usable(world, self.room, at)
        self.fresh = self._changed_since(base) if base is not None else None
        self._near: dict[tuple[str, int, bool], bool] = {}
        self._reach: dict[tuple[int, int], Path | None] = {}
        if base is None or self.fresh is None:
            self.holds = self.up + [s == SystemState.ACCEPTED for s in world.state[n:]]
            self.counting: dict[int, list[int]] = {i: self._up_members(i) for i in ground.numbering.systems}
            self._settle(ground.order)
        else:
            self._settle_on(base, sorted(self.fresh, key=ground.place.__getitem__))

    def _changed_since(self, base: "Judge") -> frozenset[int] | None:
        """What has another state, place or role than in ``base``, and all that may lean on it; None if that is most."""
        if base.force is not self.force or base.usable != self.usable:
            return None
        now, then, n = self.world, base.world, self.assets
        found = {i for pair in now.stale ^ then.stale for i in pair}
        for ours, theirs in (
            (now.state, then.state),
            (now.renumbering, then.renumbering),
            (self.room, base.room),
            (now.rack, then.rack),
            (now.host, then.host),
            (self.role, base.role),
        ):
            if ours != theirs:
                found.update(i for i, (a, b) in enumerate(zip(ours, theirs, strict=True)) if a != b)
        waiting = list(found)
        while waiting:
            more = [d for d in self.ground.leaning[waiting.pop()] if d not in found]
            found.update(more)
            waiting += more
        return frozenset(found) if 2 * len(found) < n else None

    def _settle_on(self, base: "Judge", fresh: list[int]) -> None:
        self.holds, self.counting = base.holds[:], dict(base.counting)
        for i in fresh:
            self.holds[i] = self.up[i] if i < self.assets else self.world.state[i] == SystemState.ACCEPTED
        for i in fresh:
            if i >= self.assets:
                self.counting[i] = self._up_members(i)
        self._settle(fresh)

    def _up_members(self, system: int) -> list[int]:
        runs_on = self.force.runs_on[system]
        return [x for x in dict.fromkeys(runs_on.leaves()) if self.role_up(x)] if runs_on else []

    def role_up(self, x: int) -> bool:
        """Whether the subject, or who fills its role, is up or accepted."""
        p = self.role[x] if x < self.assets else x
        return p != NOWHERE and self.holds[p]

    def _settle(self, order: Sequence[int]) -> None:
        """Take out what fails, providers first; then say of the systems that failed who of their members counts."""
        place = self.ground.place
        dirty: set[int] = set()
        for i in order:
            if self.holds[i] and not self._stands(i):
                dirty.update(d for d in self.ground.dependents[i] if place[d] < place[i])
        while dirty:
            self._near.clear()
            batch, dirty = sorted(dirty, key=place.__getitem__), set()
            for i in batch:
                if self.holds[i] and not self._stands(i):
                    dirty.update(self.ground.dependents[i])
        self._near.clear()
        for i in order:
            if i >= self.assets and not self.holds[i]:
                self.counting[i] = [x for x in self._up_members(i) if self.member_counts(x, i)]

    def _stands(self, i: int) -> bool:
        """Evaluate one subject again; False if it failed or lost a counting member."""
        if i < self.assets:
            self.holds[i] = self.derived_hold(i) and self._needs_hold(i, i)
            return self.holds[i]
        before = len(self.counting[i])
        self.holds[i] = self.system_holds(i)
        return self.holds[i] and len(self.counting[i]) == before

    def system_holds(self, i: int) -> bool:
        """Whether a system would be available if it were accepted; sets its counting members."""
        runs_on = self.force.runs_on[i]
        if runs_on is None:
            return self._needs_hold(NOWHERE, i)
        self.counting[i] = [x for x in self.counting[i] if self.member_counts(x, i)]
        counted = frozenset(self.counting[i])
        return _count(runs_on, counted.__contains__)

    def members_suffice(self, i: int, runs_on: Node, trees: list[tuple[Node, bool]]) -> bool:
        """Whether the members of a system that are up and see all of ``trees`` hold are enough for ``runs_on``."""
        counted = {
            x
            for x in runs_on.leaves()
            if self.role_up(x)
            and (x >= self.assets or all(self.tree(t, self.role[x], i, local=same) for t, same in trees))
        }
        return _count(runs_on, counted.__contains__)

    def member_counts(self, x: int, system: int) -> bool:
        if not self.role_up(x):
            return False
        return x >= self.assets or self._needs_hold(self.role[x], system)

    def _needs_hold(self, place: int, subject: int) -> bool:
        return all(self.tree(tree, place, subject, local=same) for tree, same in self.force.decisive[subject])

    def tree(self, node: Node, place: int, subject: int, *, local: bool) -> bool:
        """Whether the tree holds for ``subject`` as seen from the asset ``place`` (-1: from nowhere in particular)."""
        local = local or node.in_room
        spare = len(node.parts) - node.count
        for part in node.parts:
            good = (
                self.leaf(part, place, subject, local=local)
                if isinstance(part, int)
                else self.tree(part, place, subject, local=local)
            )
            if not good:
                spare -= 1
                if spare < 0:
                    return False
        return True

    def leaf(self, x: int, place: int, subject: int, *, local: bool) -> bool:
        """Contract, "Truth of a leaf"."""
        if x >= self.assets:
            return self.holds[x] and self._system_reached(x, place, local=local)
        p = self.role[x]
        if p == NOWHERE or not self.holds[p] or not self.world.stale.isdisjoint({(subject, x), (place, x)}):
            return False
        if place == NOWHERE or self.room[place] == self.room[p]:
            return True
        return not local and self.path(place, p) is not None

    def _system_reached(self, x: int, place: int, *, local: bool) -> bool:
        members = [self.role[m] for m in self.counting[x] if m < self.assets]
        if place == NOWHERE or not members:
            return True
        if any(self.room[m] == self.room[place] for m in members):
            return True
        return not local and any(self.path(place, m) is not None for m in members)

    def path(self, dependent: int, provider: int) -> Path | None:
        """The links between two assets in different rooms; None where the provider is not reachable."""
        key = (dependent, provider)
        if key not in self._reach:
            self._reach[key] = self._find_path(dependent, provider)
        return self._reach[key]

    def _find_path(self, dependent: int, provider: int) -> Path | None:
        network, state = self.ground.network, self.world.state
        found: list[Path] = []
        for mask, ours, theirs in network.routes(dependent, provider):
            gateways = all(any(state[g] == AssetState.UP for g in side) for side in (ours, theirs) if side)
            path = network.path(self.room[dependent], self.room[provider], mask & self.usable) if gateways else None
            if path is not None:
                found.append(path)
        links = self.ground.numbering.links
        return min(found, key=lambda path: (len(path), [links[i] for i in path]), default=None)

    def derived_hold(self, i: int) -> bool:
        """Carrier, storage, power, switch and gateway of an asset, and the ends of a line, where it stands now."""
        host = self.world.host[i]
        if host != NOWHERE and not self.holds[host]:
            return False
        if self.ground.derived.storage[i] and not self._storage_holds(i):
            return False
        rack = self.world.rack[i]
        if rack != NOWHERE and host == NOWHERE and not self.powered(i, rack):
            return False
        return all(self.connected(i, s) for s in self.ground.derived.segments[i]) and self.ended(i)

    def _storage_holds(self, i: int) -> bool:
        found = self.ground.derived.storage[i]
        return found is None or self.leaf(found[0], i, i, local=not found[1])

    def powered(self, i: int, rack: int) -> bool:
        supply = self.ground.derived.supply[rack]
        if not supply or i in supply:
            return True
        return any(self.leaf(ups, i, i, local=True) for ups in supply)

    def connected(self, i: int, segment: str) -> bool:
        """Whether the asset has a switch and a gateway of one of its segments."""
        is_gateway = i in self.ground.derived.routing[segment]
        key = (segment, self.room[i], is_gateway)
        if key not in self._near:
            gateway = is_gateway or self.gateway_reached(segment, self.room[i])
            self._near[key] = gateway and self.switch_reached(segment, self.room[i])
        return self._near[key]

    def switch_reached(self, segment: str, room: int) -> bool:
        if room not in self.ground.derived.switched[segment]:
            return True
        return any(self.holds[s] and self.room[s] == room for s in self.ground.derived.switches[segment])

    def gateway_reached(self, segment: str, room: int) -> bool:
        gateways = self.ground.derived.gateways[segment]
        if not gateways:
            return True
        roles = [g for g in (self.role[g] for g in gateways) if g != NOWHERE and self.holds[g]]
        return any(self.room[g] == room for g in roles) or self._gateway_path(segment, room, roles) is not None

    def far_gateway(self, segment: str, room: int) -> tuple[int, Path] | None:
        """The gateway in another room that serves this one, and the links; None if one is here or none is reached."""
        roles = [self.role[g] for g in self.ground.derived.gateways[segment]]
        serving = [g for g in roles if g != NOWHERE and self.holds[g]]
        return None if any(self.room[g] == room for g in serving) else self._gateway_path(segment, room, serving)

    def _gateway_path(self, segment: str, room: int, gateways: list[int]) -> tuple[int, Path] | None:
        network = self.ground.network
        mask = network.segment_mask(segment) & self.usable
        paths = ((g, network.path(room, self.room[g], mask)) for g in gateways)
        return next(((g, path) for g, path in paths if path is not None), None)

    def ended(self, i: int) -> bool:
        """Contract, "Lines": one of the routers named for the room in which the line ends now is up in it."""
        ends = self.ground.ends[i]
        here = ends.get(self.room[i], ()) if ends else ()
        return not here or any(self.up[r] and self.room[r] == self.room[i] for r in here)


def _rooms(world: World) -> list[int]:
    """The room of each asset, through host and chassis."""
    rooms = world.room[:]
    for i, host in enumerate(world.host):
        if host != NOWHERE:
            rooms[i] = world.room_of(i)
    return rooms


def _roles(serve: list[int]) -> list[int]:
    """Who fills each asset's role, through repeated replacement; -1 for nobody."""
    roles = serve[:]
    for i in range(len(roles)):
        while roles[i] != NOWHERE and roles[i] != serve[roles[i]]:
            roles[i] = serve[roles[i]]
    return roles


def _count(node: Node, counted: Callable[[int], bool]) -> bool:
    good = sum(counted(part) if isinstance(part, int) else _count(part, counted) for part in node.parts)
    return good >= node.count
