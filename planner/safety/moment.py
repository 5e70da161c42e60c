"""What holds at one instant: the truth of need trees, derived needs and availability.

All subjects together are judged as the greatest set that supports itself: everything that is up counts at first, then
whatever misses a hard or live need is struck out until nothing changes. So a cycle holds while all its members are up.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Collection, Iterable, Iterator, Mapping
from functools import cached_property
from typing import NamedTuple

from planner.model.asset import AssetKind
from planner.model.need import AllOf, AtLeast, Leaf, Need, NeedKind, Tree
from planner.safety.condition import State
from planner.safety.draft import Draft
from planner.safety.judged_strip import JudgedStrip
from planner.safety.ledger import NOTHING, Ledger, Page
from planner.safety.reach import Network, Standpoint
from planner.safety.scene import Scene
from planner.safety.world import BINDING, Source, Want, World
from planner.units.span import Minute

NOWHERE = Standpoint(None)


class View(NamedTuple):
    """How a dependent sees its providers: from where, and with which addresses out of date."""

    point: Standpoint
    stale: frozenset[str] = frozenset()


class Moment(Scene):
    """The judged state of ``[minute, until)``.

    ``truths`` and ``counted`` are what `fine` and `counting` look up. ``strip`` are the moments together with which it
    has been judged, ``column`` its place among them, ``number`` that in its replay.
    """

    strip: JudgedStrip

    def __init__(self, world: World, minute: Minute, ledger: Ledger, page: Page) -> None:
        super().__init__(world, minute, ledger, page)
        self.column = 0
        self.number = 0

    def look(self) -> Ledger:
        """The ledger, open at this moment, with what has been judged of it; it holds until it is opened elsewhere."""
        if self.unwritten is not None:
            self.strip.write(self.unwritten)
        return super().look()

    @cached_property
    def felt(self) -> tuple[str, ...] | None:
        """Those of them that changed, or that have a provider that changed."""
        self.look()
        return None if self.moved is None else tuple(sorted(self._felt_after({*self.moved, *self.differing})))

    @classmethod
    def alone(cls, world: World, state: State, minute: Minute) -> Moment:
        """A moment judged by itself."""
        ledger = Ledger(state)
        found = cls(world, minute, ledger, ledger.page)
        found.judge(None, (), {})
        return found

    @property
    def truths(self) -> Mapping[str, bool]:
        return self.look().truths

    @property
    def counted(self) -> Mapping[str, tuple[str, ...]]:
        return self.look().counted

    def follow(
        self, before: Moment | None, dirty: Iterable[str], networks: dict[object, Network], desk: Ledger | Draft
    ) -> None:
        """Find out what the ``dirty`` subjects can have changed after the moment ``before``."""
        known = {id for id in dirty if id in self.world.subjects}
        inside = set(desk.contents(known))
        self.connect(None if before is None else before.network, {*dirty, *inside}, networks)
        if before is not None:
            self.moved = frozenset((*known, *inside, *self._rerouted(before), *self._reconnected(before)))

    def judge(self, before: Moment | None, dirty: Iterable[str], networks: dict[object, Network]) -> None:
        """Decide what holds; after the moment ``before``, only what the ``dirty`` subjects can have changed."""
        self.follow(before, dirty, networks, self.look())
        self._settle(self.world.subjects if self.changed is None else self.changed)

    def _rerouted(self, before: Moment) -> set[str]:
        """Whose ways may be others, because a gateway has gone or come: members of its segment, and who needs them."""
        if before.network.routed is self.network.routed:
            return set()
        members = self.world.once(members_of)
        found = {id for segment in before.network.routed ^ self.network.routed for id in members[segment]}
        users = self.world.users
        for _ in range(2):
            found |= {user for id in found for user in users.get(id, ())}
        return found

    def _reconnected(self, before: Moment) -> Iterable[str]:
        """Who may reach another room on other ways, because a link has opened or closed."""
        if before.network.usable is self.network.usable:
            return ()
        return (*self.look().state.target, *(id for id in self.world.providers if self._looks_across(id)))

    def _looks_across(self, id: str) -> bool:
        """Whether a subject, what it runs on or whom it asks for something stand in more than one room."""
        world, asked = self.world, (id, *self.world.providers[id])
        named = (each for here in asked for each in (here, *world.members.get(here, ())))
        there = (other for each in named for other in (each, self.serves(each)))
        rooms = {self.room(each) for each in there if each is not None and each in self.assets}
        return len(rooms - {None}) > 1

    def fine(self, id: str) -> bool:
        """Whether an asset is up and its own hard and live needs hold, or a system is available."""
        return self.look().truths[id]

    def counting(self, system: str) -> tuple[str, ...]:
        """The members that count in the system's tree, as the assets that serve them."""
        return self.look().counted.get(system, ())

    def wants(self, id: str) -> tuple[Want, ...]:
        """The needs of a subject that are valid now, derived ones included; ``runs_on`` is not among them."""
        wanted = self.look().wanted
        if id not in wanted:
            wanted[id] = self._find_wants(id)
        return wanted[id]

    def _find_wants(self, id: str) -> tuple[Want, ...]:
        declared = self.world.in_cloud[id] if self.in_cloud(id) else self.world.declared[id]
        if id in self.world.timed:
            declared = tuple(want for want in declared if want.active(self.minute))
        return declared if id in self.world.inventory.systems else (*declared, *self._derived(id))

    def holds(self, tree: Tree, at: str | None = None) -> bool:
        """Whether a tree holds for a dependent that stands where the asset ``at`` stands (None: without a place)."""
        return self.met(Want(Need(NeedKind.LIVE, tree), Source.DECLARED, ""), self.view(at))

    def view(self, at: str | None, subject: str | None = None) -> View:
        """The view of a dependent ``subject`` that stands where ``at`` stands; both are usually the same asset."""
        placed = at is not None and at in self.assets
        point = self.point(at) if placed and at is not None else NOWHERE
        stale = self.look().state.stale
        if not stale:
            return View(point)
        return View(point, frozenset(asset for holder, asset in stale if holder in (at, subject)))

    def met(self, want: Want, view: View) -> bool:
        """Whether a want holds for a dependent with this view; from `NOWHERE` everything is reached."""
        return self.holds_part(want.need.tree, want, view, in_room=False)

    def satisfied(self, leaf: str, want: Want, view: View, *, in_room: bool = False) -> bool:
        """Whether one leaf of a want is up, fine, known by its address and reachable from the view."""
        served = leaf if want.source is Source.SWITCH else self.serves(leaf)
        if served is None or not self.look().truths[served] or served in view.stale:
            return False
        if served in self.assets:
            return self._reached(served, want, view, in_room=in_room)
        counting = self.ledger.counted.get(served)
        return counting is None or any(self._reached(member, want, view, in_room=in_room) for member in counting)

    def member_counts(self, system: str, member: str) -> bool:
        """Whether a member is fine and the system's hard and live needs, evaluated at it, hold."""
        if not self.look().truths[member]:
            return False
        view = self.view(member, system)
        return all(self.met(want, view) for want in self.wants(system) if want.need.kind in BINDING)

    def _derived(self, id: str) -> Iterator[Want]:
        asset = self.world.inventory.assets[id]
        state = self.look().state
        held = state.host.get(id)
        if held is not None:
            yield self.world.host_want(id, held)
        if id in self.world.storage:
            yield self.world.storage[id]
        place = state.place.get(id)
        rack = place.rack if place is not None else None
        if rack is not None and rack in self.world.power and asset.kind is not AssetKind.UPS:
            yield self.world.power[rack]
        room = self.room(id)
        if room is not None and self.world.has_derived_network(asset):
            for segment in asset.segments:
                yield from self.world.network_wants(segment, room)

    def holds_part(self, tree: Tree, want: Want, view: View, *, in_room: bool) -> bool:
        """Whether a part of a want's tree holds."""
        match tree:
            case Leaf(id):
                return self.satisfied(id, want, view, in_room=in_room)
            case AllOf(parts):
                return all(self.holds_part(part, want, view, in_room=in_room) for part in parts)
            case AtLeast(count, parts):
                here, missing = in_room or tree.in_room, count
                for part in parts:
                    missing -= self.holds_part(part, want, view, in_room=here)
                    if not missing:
                        return True
                return False

    def _reached(self, member: str, want: Want, view: View, *, in_room: bool) -> bool:
        point = view.point
        if point is NOWHERE:
            return True
        if member in view.stale:
            return False
        room = self.room(member)
        if room == point.room:
            return room is not None
        if in_room or want.need.same_room:
            return False
        if want.source is Source.GATEWAY and want.segment is not None:
            return self.network.path_on(want.segment, point.room, room) is not None
        return self.network.path(point, self.point(member)) is not None

    def _felt_after(self, moved: set[str]) -> set[str]:
        """What changed itself, systems with a member that changed, and all their direct users."""
        users, systems = self.world.users, self.world.inventory.systems
        moved |= {user for id in moved for user in users.get(id, ()) if user in systems}
        return moved.union(*(users.get(id, ()) for id in moved))

    def _settle(self, subjects: Iterable[str]) -> None:
        """Judge these subjects again, and write down of which the truth, or what counts, is another one now."""
        ledger = self.look()
        truths, counted = ledger.truths, ledger.counted
        before = {id: (truths.get(id, NOTHING), counted.get(id, NOTHING)) for id in subjects}
        self._judge_all(before)
        for id, (truth, counts) in before.items():
            ledger.note(truths, id, truth)
            ledger.note(counted, id, counts)

    def _judge_all(self, subjects: Collection[str]) -> None:
        ledger = self.ledger
        truths, counted = ledger.truths, ledger.counted
        for id in subjects:
            truths[id] = self.up(id)
            counted.pop(id, None)
            if id in self.world.members and not self.in_cloud(id):
                served = (self.serves(leaf) for leaf in self.world.members[id])
                counted[id] = tuple(m for m in served if m is not None) if truths[id] else ()
        waiting = deque(id for id in subjects if truths[id])
        while waiting:
            id = waiting.popleft()
            if (truths[id] or counted.get(id)) and self._lost(id):
                users = self.world.users.get(id, ())
                waiting += (user for user in users if truths[user] or counted.get(user))

    def _lost(self, id: str) -> bool:
        """Judge one subject again; whether it, or one of a system's counting members, is struck out by that."""
        truths, counted = self.ledger.truths, self.ledger.counted
        if id not in self.world.members or self.in_cloud(id):
            view = self.view(id)
            truths[id] = all(self.met(want, view) for want in self.wants(id) if want.need.kind in BINDING)
            return not truths[id]
        before = counted[id]
        counted[id] = tuple(member for member in before if self.member_counts(id, member))
        held, truths[id] = truths[id], truths[id] and self._runs(id)
        return truths[id] != held or len(counted[id]) < len(before)

    def _runs(self, system: str) -> bool:
        tree = self.world.inventory.systems[system].runs_on
        return tree is None or self.runs_on_part(tree, system)

    def runs_on_part(self, tree: Tree, system: str) -> bool:
        """Whether a part of what a system runs on holds, by its counting members."""
        match tree:
            case Leaf(id):
                return self.serves(id) in self.look().counted[system]
            case AllOf(parts):
                return all(self.runs_on_part(part, system) for part in parts)
            case AtLeast(count, parts):
                return sum(self.runs_on_part(part, system) for part in parts) >= count


def members_of(world: World) -> Mapping[str, tuple[str, ...]]:
    """The members of each segment, in the order of the file."""
    found: dict[str, list[str]] = {id: [] for id in world.inventory.segments}
    for asset in world.inventory.assets.values():
        for segment in dict.fromkeys(asset.segments):
            found[segment].append(asset.id)
    return {id: tuple(members) for id, members in found.items()}
