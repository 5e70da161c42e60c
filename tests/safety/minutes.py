"""The brute-force simulation: every minute by itself, straight from the sentences of the rules, for small estates.

It shares nothing with the verifier but the data. Nothing is remembered from one minute to the next; a minute is judged
by looking at every step again, every path is tried, and every subject is struck out until nothing changes.
"""

from collections.abc import Iterator
from functools import cache, cached_property
from itertools import pairwise

from planner.model.asset import Asset, AssetKind
from planner.model.chain import StepKind
from planner.model.inventory import Inventory
from planner.model.need import AllOf, AtLeast, Leaf, Need, NeedKind, Tree
from planner.model.system import System
from planner.plan.plan import Plan
from planner.plan.step import Step

K = StepKind
CHAIN = (K.STOP, K.UNMOUNT, K.CARRY, K.MOUNT, K.START, K.RENUMBER, K.CHECK)
BINDING = (NeedKind.HARD, NeedKind.LIVE)


class Picture:
    """Everything at one minute."""

    def __init__(self, inventory: Inventory, plan: Plan, minute: int) -> None:
        self.inventory, self.plan, self.minute = inventory, plan, minute
        self.begun = [step for step in plan.steps() if step.start <= minute]
        self.own: dict[str, list[Step]] = {}
        for step in self.begun:
            for id in step.assets:
                self.own.setdefault(id, []).append(step)
        for name in ("status", "room", "serves", "up", "usable", "path", "gateways", "needs", "_ahead"):
            setattr(self, name, cache(getattr(self, name)))  # of this minute alone

    def status(self, id: str) -> str:
        """By the last step of the subject that has begun, and whether it is over."""
        own = [step for step in self.own.get(id, ()) if step.kind in (*CHAIN, K.ACCEPT, K.SWITCH_OVER, K.LAY)]
        if not own:
            return "up" if id in self.inventory.systems or self._stands_at_start(id) else "absent"
        last = max(own, key=lambda step: (step.start, step.end))
        return self._during(id, last) if self.minute < last.end else self._after(id, last)

    def _stands_at_start(self, id: str) -> bool:
        asset = self.inventory.assets[id]
        return asset.at is not None or asset.host is not None

    def _during(self, id: str, step: Step) -> str:
        if step.kind is K.SWITCH_OVER or step.kind is K.LAY:
            asset = self.inventory.assets[id]
            dead = asset.kind is AssetKind.LINE and (step.kind is K.SWITCH_OVER or not asset.dual_lay)
            return "down" if dead else "up"
        during = {K.STOP: "stopping", K.CARRY: "moving"}
        during |= dict.fromkeys((K.START, K.RENUMBER, K.CHECK, K.ACCEPT), "starting")
        return during.get(step.kind, "down")

    def _after(self, id: str, step: Step) -> str:
        """Up if nothing that takes time is left of the chain; a line that is laid without its twin stays down."""
        if step.kind is K.LAY:
            return self._during(id, step)
        if step.kind in (K.CHECK, K.ACCEPT, K.SWITCH_OVER):
            return "up"
        if step.kind in (K.STOP, K.UNMOUNT):
            return "down"
        left = self._left_of_chain(id, step)
        return "starting" if left and step.kind in (K.START, K.RENUMBER) else "down" if left else "up"

    def _left_of_chain(self, id: str, step: Step) -> bool:
        """Whether a later step of the same chain is written, or missing although it takes time."""
        chain = (K.STOP, K.START, K.ACCEPT) if id in self.inventory.systems else CHAIN
        later = chain[chain.index(step.kind) + 1 :]
        own = [s for s in self.plan.steps() if id in s.assets and s.kind in chain and s.start >= step.end]
        if own and min(own, key=lambda s: (s.start, s.end)).kind in later:
            return True
        works = self.inventory.subject(id).works
        return any(kind in works and works[kind].duration.likely > 0 for kind in later)

    def room(self, id: str) -> str | None:
        asset = self.inventory.assets[id]
        if asset.host is not None:
            return self.room(self.host(id))
        here = asset.at.room if asset.at else None
        for step in self.own.get(id, ()):
            if step.kind in (K.CARRY, K.MOUNT):
                here = step.to[id].room if self.minute >= step.end or step.kind is K.MOUNT else None
            if step.kind is K.SWITCH_OVER and asset.kind is AssetKind.LINE and self.minute >= step.end:
                here = step.to[id].room
        return here

    def host(self, vm: str) -> str:
        held = self.inventory.assets[vm].host or ""
        for step in self.begun:
            if step.kind is K.MIGRATE and vm in step.assets and self.minute >= step.end:
                held = step.hosts[vm]
        return held

    def migrating_to(self, vm: str) -> str | None:
        for step in self.begun:
            if step.kind is K.MIGRATE and vm in step.assets and self.minute < step.end:
                return step.hosts[vm]
        return None

    def serves(self, id: str) -> str | None:
        """Who serves a leaf: itself, nobody while it is handed over, or its replacement."""
        for new in self.inventory.assets.values():
            if new.replaces == id:
                for step in self.begun:
                    if step.kind is K.SWITCH_OVER and new.id in step.assets:
                        return new.id if self.minute >= step.end else None
        return id

    def up(self, id: str) -> bool:
        if self.status(id) != "up":
            return False
        if id in self.inventory.systems or not self.inventory.assets[id].ends:
            return True
        ends = self.inventory.assets[id].ends.get(self.room(id) or "", ())
        return not ends or any(self.status(e) == "up" and self.room(e) == self.room(id) for e in ends)

    def usable(self, id: str) -> bool:
        link = self.inventory.links[id]
        if (link.since is not None and self.minute < link.since) or (
            link.until is not None and self.minute >= link.until
        ):
            return False
        if link.bridge:
            tested = [s.end for s in self.begun if s.kind is K.TEST and id in s.assets and s.end <= self.minute]
            closed = [s.start for s in self.begun if s.kind is K.CLOSE and id in s.assets]
            if not tested or (closed and max(closed) >= max(tested)):
                return False
        return all(
            any(self.status(e) == "up" and self.room(e) == room for e in ends)
            for room, ends in link.ends_on.items()
            if ends
        )

    def ways(self, here: str, there: str) -> Iterator[tuple[str, ...]]:
        """Every path of usable links without a room twice."""
        waiting: list[tuple[str, tuple[str, ...], tuple[str, ...]]] = [(here, (here,), ())]
        while waiting:
            room, seen, path = waiting.pop()
            if room == there:
                yield path
                continue
            for link in self.inventory.links.values():
                if room in link.between and self.usable(link.id):
                    other = link.between[1] if link.between[0] == room else link.between[0]
                    if other not in seen:
                        waiting.append((other, (*seen, other), (*path, link.id)))

    def path(self, a: str, b: str) -> tuple[str, ...] | None:
        """The first of the shortest ways between two assets that carries what it has to; None if there is none."""
        here, there = self.room(a), self.room(b)
        if here is None or there is None:
            return None
        if here == there:
            return ()
        found = [way for tiers in self._tiers(a, b) for way in self.ways(here, there) if self._carry(way, tiers)]
        return min(found, key=lambda way: (len(way), way), default=None)

    def _tiers(self, a: str, b: str) -> Iterator[set[str] | None]:
        one, other = self.inventory.assets[a], self.inventory.assets[b]
        segments = self.inventory.segments
        shared = set(one.segments) & set(other.segments)
        if shared:
            yield from ({segments[s].tier} for s in shared if segments[s].stretch or segments[s].client)
        elif one.segments and other.segments:
            for x in one.segments:
                for y in other.segments:
                    both = {segments[x].tier, segments[y].tier}
                    permitted = any(set(p.between) == both for p in self.inventory.permissions)
                    routed = all(any(self.up(g) for g in self.gateways(s)) for s in (x, y))
                    if routed and (len(both) == 1 or permitted):
                        yield both
        else:
            known = {segments[s].tier for asset in (one, other) for s in asset.segments}
            known = known or {asset.tier for asset in (one, other) if asset.tier}
            yield from [{tier} for tier in known] if known else [None]

    def _carry(self, way: tuple[str, ...], tiers: set[str] | None) -> bool:
        links = [self.inventory.links[id] for id in way]
        return tiers is None or all(not link.tiers or set(link.tiers) & tiers for link in links)

    def gateway_reached(self, segment: str, a: str, gateway: str) -> bool:
        here, there = self.room(a), self.room(gateway)
        facts = self.inventory.segments[segment]
        if here is None or there is None or here == there:
            return here is not None and here == there
        carried = facts.stretch or facts.client
        return carried and any(self._carry(way, {facts.tier}) for way in self.ways(here, there))

    @cached_property
    def good(self) -> frozenset[str]:
        """What is up and has its needs: whatever misses one is struck out until nothing changes."""
        good = {id for id in (*self.inventory.assets, *self.inventory.systems) if self.up(id)}
        while True:
            struck = {id for id in good if not self._supported(id, frozenset(good))}
            if not struck:
                return frozenset(good)
            good -= struck

    def _supported(self, id: str, good: frozenset[str]) -> bool:
        if id in self.inventory.systems:
            system = self.inventory.systems[id]
            if self.runs_on(id) is None or system.runs_on is None:
                return all(self._holds(n.tree, None, good, n.same_room) for n in self.needs(id) if n.kind in BINDING)
            return self._counted(system.runs_on, self.counting(id, good))
        asset = self.inventory.assets[id]
        declared = all(self._holds(n.tree, id, good, n.same_room) for n in self.needs(id) if n.kind in BINDING)
        return declared and self._contained(id, good) and self._connected(id, good) and self._powered(asset, good)

    def needs(self, id: str) -> list[Need]:
        """What is declared and valid now; from its departure on what a system needs in the cloud."""
        system = self.inventory.systems.get(id)
        gone = system is not None and system.leaves is not None and system.leaves <= self.minute
        declared = system.cloud_needs if gone and system is not None else self.inventory.subject(id).needs
        return [n for n in declared if (n.since or 0) <= self.minute < (n.until if n.until is not None else 10**9)]

    def runs_on(self, system: str) -> Tree | None:
        facts = self.inventory.systems[system]
        return None if facts.leaves is not None and facts.leaves <= self.minute else facts.runs_on

    def _powered(self, asset: Asset, good: frozenset[str]) -> bool:
        """An asset that still stands in its rack, all of whose feeds hang on UPSs, needs one of these in the room."""
        rack = self.inventory.racks.get(asset.at.rack or "") if asset.at else None
        if rack is None or not rack.feeds or asset.kind is AssetKind.UPS:
            return True
        left = self.own.get(asset.id, ())
        if any(s.kind in (K.CARRY, K.MOUNT) or (s.kind is K.UNMOUNT and self.minute >= s.end) for s in left):
            return True
        named = [self.inventory.circuits[feed].ups for feed in rack.feeds]
        return None in named or any(ups in good and self.room(ups) == "old" for ups in named if ups is not None)

    def stale(self, holder: str, asset: str) -> bool:
        """Whether the holder still has an address that the asset had before it was renumbered."""
        if holder not in [r.holder for r in self.inventory.assets[asset].references]:
            return False
        renumbered = any(s.kind is K.RENUMBER for s in self.own.get(asset, ()))
        known = [s for s in self.own.get(asset, ()) if s.kind is K.UPDATE and s.holder == holder]
        return renumbered and not any(s.end <= self.minute for s in known)

    def _contained(self, id: str, good: frozenset[str]) -> bool:
        if self.inventory.assets[id].host is not None:
            return self.host(id) in good
        for cluster in self.inventory.clusters.values():
            if id in cluster.hosts and cluster.storage is not None:
                return self._holds(Leaf(cluster.storage), id, good, not cluster.across)
        return True

    def _connected(self, id: str, good: frozenset[str]) -> bool:
        asset = self.inventory.assets[id]
        if asset.kind in (AssetKind.SWITCH, AssetKind.ROUTER, AssetKind.FIREWALL, AssetKind.UPS):
            return True
        for name in asset.segments:
            switches = [a for a in self.inventory.assets.values() if a.kind is AssetKind.SWITCH]
            carrying = [a for a in switches if a.carries is None or name in a.carries]
            ever = {p.room for a in carrying for p in (a.at, *(s.position for s in a.stages)) if p is not None}
            if self.room(id) in ever and not any(a.id in good and self.room(a.id) == self.room(id) for a in carrying):
                return False
            gateways = self.gateways(name)
            declared = self.inventory.segments[name].gateway
            if declared and not any(g in good and self.gateway_reached(name, id, g) for g in gateways):
                return False
        return True

    def gateways(self, segment: str) -> list[str]:
        """Who serves the members of a gateway group now."""
        served = [self.serves(g) for g in self.inventory.segments[segment].gateway]
        return [g for g in served if g is not None]

    def counting(self, system: str, good: frozenset[str]) -> frozenset[str]:
        """The members that are good and at which the system's needs hold."""
        facts = self.inventory.systems[system]
        assert facts.runs_on is not None
        found = set()
        for leaf in leaves(facts.runs_on):
            member = self.serves(leaf)
            needs = [n for n in self.needs(system) if n.kind in BINDING]
            if (
                member in good
                and member is not None
                and all(self._holds(n.tree, member, good, n.same_room) for n in needs)
            ):
                found.add(member)
        return frozenset(found)

    def _counted(self, tree: Tree, counting: frozenset[str]) -> bool:
        if isinstance(tree, Leaf):
            return self.serves(tree.id) in counting
        held = [self._counted(part, counting) for part in tree.parts]
        return all(held) if isinstance(tree, AllOf) else sum(held) >= tree.count

    def _holds(self, tree: Tree, at: str | None, good: frozenset[str], same: bool) -> bool:
        if isinstance(tree, Leaf):
            return self._leaf(tree.id, at, good, same)
        if isinstance(tree, AllOf):
            return all(self._holds(part, at, good, same) for part in tree.parts)
        return sum(self._holds(part, at, good, same or tree.in_room) for part in tree.parts) >= tree.count

    def _leaf(self, id: str, at: str | None, good: frozenset[str], same: bool) -> bool:
        served = self.serves(id)
        if served is None or served not in good:
            return False
        system = self.inventory.systems.get(served)
        if at is None or (system is not None and self.runs_on(served) is None):
            return True
        members = [served] if system is None else sorted(self.counting(served, good))
        return any(self._reached(at, member, same) for member in members)

    def _reached(self, at: str, member: str, same: bool) -> bool:
        if self.stale(at, member):
            return False
        return self.room(at) == self.room(member) is not None if same else self.path(at, member) is not None

    def available(self, system: str) -> bool:
        return system in self.good

    def unheld(self) -> Iterator[tuple[str, str]]:
        """S03: (dependent, condition) of whatever is not down while a hard tree, its states alone, fails."""
        for id in (*self.inventory.assets, *self.inventory.systems):
            if self.status(id) not in ("down", "absent", "moving") and not self._stands(id):
                yield id, self.status(id)

    def _stands(self, id: str) -> bool:
        trees = [(n.tree, n.same_room) for n in self.needs(id) if n.kind is NeedKind.HARD]
        if id in self.inventory.systems:
            runs_on = self.runs_on(id)
            trees += [(runs_on, False)] if runs_on is not None else []
        else:
            trees += [(Leaf(host), False) for host in self._hosts(id)]
            for cluster in self.inventory.clusters.values():
                if id in cluster.hosts and cluster.storage is not None:
                    trees.append((Leaf(cluster.storage), not cluster.across))
            up = frozenset(other for other in self.inventory.assets if self.status(other) == "up")
            if not self._powered(self.inventory.assets[id], up):
                return False
        return all(self._stood(tree, id, same) for tree, same in trees)

    def _hosts(self, id: str) -> list[str]:
        if self.inventory.assets[id].host is None:
            return []
        target = self.migrating_to(id)
        return [self.host(id)] + ([target] if target is not None else [])

    def _stood(self, tree: Tree, id: str, same: bool) -> bool:
        if isinstance(tree, Leaf):
            served = self.serves(tree.id)
            if tree.id in self._partners(id):
                return True
            if served is None or self.status(served) != "up":
                return False
            apart = same and id in self.inventory.assets and served in self.inventory.assets
            return not apart or self.room(id) == self.room(served)
        held = [self._stood(part, id, same or (isinstance(tree, AtLeast) and tree.in_room)) for part in tree.parts]
        return all(held) if isinstance(tree, AllOf) else sum(held) >= tree.count

    def _partners(self, id: str) -> set[str]:
        """The others of a circle of declared hard needs: they stop and start as one group."""
        ahead = self._ahead(id)
        return {other for other in ahead if id in self._ahead(other)} - {id}

    def _ahead(self, id: str) -> set[str]:
        """Everything that declared hard needs lead to."""
        found: set[str] = set()
        waiting = [id]
        while waiting:
            here = self.inventory.subject(waiting.pop())
            trees = [need.tree for need in here.needs if need.kind is NeedKind.HARD]
            trees += [here.runs_on] if isinstance(here, System) and here.runs_on is not None else []
            fresh = {leaf for tree in trees for leaf in leaves(tree)} - found
            found |= fresh
            waiting += fresh
        return found

    def untestable(self) -> Iterator[str]:
        """S20: what is being checked or accepted without what it needs; circles of hard needs aside."""
        for step in self.begun:
            if step.kind in (K.CHECK, K.ACCEPT) and self.minute < step.end:
                yield from (id for id in step.assets if not self._partners(id) and not self._supported(id, self.good))

    def short(self) -> Iterator[str]:
        """S04: accepted systems with a choice of members of which fewer hold than have to be kept."""
        for id in self.inventory.systems:
            if self.status(id) == "up":
                runs_on = self.runs_on(id)
                counting = self.counting(id, self.good) if runs_on is not None else frozenset()
                own = [t for t in choices(runs_on) if sum(self._counted(p, counting) for p in t.parts) < t.keep]
                places = [m for leaf in leaves(runs_on) if (m := self.serves(leaf)) in self.good]
                needs = [need for need in self.needs(id) if need.kind in BINDING]
                if own or any(self._short(t, places, need) for need in needs for t in choices(need.tree)):
                    yield id

    def _short(self, tree: AtLeast, places: list[str | None], need: Need) -> bool:
        """Whether fewer members hold than have to be kept wherever the system's members stand."""
        same = need.same_room or tree.in_room
        held = [sum(self._holds(part, at, self.good, same) for part in tree.parts) for at in places or [None]]
        return max(held) < tree.keep

    def stretched(self) -> Iterator[str]:
        """S09: segments that may not be stretched and stand in several rooms."""
        for segment in self.inventory.segments.values():
            there = [a.id for a in self.inventory.assets.values() if segment.id in a.segments]
            serving = [id for id in there if self.serves(self.inventory.assets[id].replaces or id) == id]
            on = {self.room(id) for id in serving if self.status(id) in ("up", "starting")} - {None}
            if len(on) > 1 and not segment.stretch and not segment.client:
                yield segment.id

    def load(self) -> dict[str, int]:
        """S07: what crosses each link; members in the room come first, a system's needs cross at each member."""
        load: dict[str, int] = {}
        for at, need in self._traffic():
            if need.kind is not NeedKind.START and self._holds(need.tree, at, self.good, need.same_room):
                for path in self._paths(need.tree, at, need.same_room) or []:
                    for link in path:
                        load[link] = load.get(link, 0) + (need.mbps or 0)
        return load

    def _traffic(self) -> Iterator[tuple[str, Need]]:
        """Every place at which a declared need of something good is felt."""
        for id in self.inventory.assets:
            if id in self.good:
                yield from ((id, need) for need in self.needs(id))
        for id in self.inventory.systems:
            if id in self.good and self.runs_on(id) is not None:
                yield from ((at, need) for at in self.counting(id, self.good) for need in self.needs(id))

    def _paths(self, tree: Tree, at: str, same: bool) -> list[tuple[str, ...]] | None:
        """The ways that a tree's traffic takes from a member; None where it fails."""
        if isinstance(tree, Leaf):
            if not self._leaf(tree.id, at, self.good, same):
                return None
            served = self.serves(tree.id) or ""
            if served in self.inventory.assets:
                path = self.path(at, served)
                return [path] if path else []
            if self.runs_on(served) is None:
                return []
            order = [
                m
                for leaf in leaves(self.inventory.systems[served].runs_on)
                if (m := self.serves(leaf)) in self.counting(served, self.good)
            ]  # type: ignore[arg-type]
            ways = [self.path(at, member or "") for member in order if self._reached(at, member or "", same)]
            return [] if () in ways else [next(way for way in ways if way is not None)]
        parts = [self._paths(part, at, same or (isinstance(tree, AtLeast) and tree.in_room)) for part in tree.parts]
        if isinstance(tree, AllOf):
            return None if None in parts else [way for ways in parts if ways is not None for way in ways]
        held = sorted((ways for ways in parts if ways is not None), key=bool)
        return None if len(held) < tree.count else [way for ways in held[: tree.count] for way in ways]


def choices(tree: Tree | None) -> list[AtLeast]:
    """The k-of-n trees with more than one part."""
    if tree is None or isinstance(tree, Leaf):
        return []
    own = [tree] if isinstance(tree, AtLeast) and len(tree.parts) > 1 else []
    return own + [found for part in tree.parts for found in choices(part)]


def leaves(tree: Tree | None) -> list[str]:
    if tree is None:
        return []
    return [tree.id] if isinstance(tree, Leaf) else [id for part in tree.parts for id in leaves(part)]


def runs(minutes: list[int]) -> list[tuple[int, int]]:
    """Half-open intervals of consecutive minutes."""
    edges = [minute for one, minute in pairwise([-2, *minutes]) if minute != one + 1]
    ends = [one + 1 for one, minute in pairwise([*minutes, 10**9]) if minute != one + 1]
    return list(zip(edges, ends, strict=True))
