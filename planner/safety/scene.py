"""Where everything is and what is switched on at one instant, before any need is judged."""

from collections.abc import Callable, Iterable, Mapping
from functools import cached_property

from planner.model.place import Position
from planner.safety.condition import Condition, State
from planner.safety.ledger import Ledger, Page
from planner.safety.reach import Network, Path, Standpoint
from planner.safety.watched import Watched
from planner.safety.world import World
from planner.units.span import Minute, Span


class Scene:
    """The constant state of ``[minute, until)``: a page of the ledger, which is opened whenever something is asked.

    ``moved`` are the subjects whose state, or the ways to them, may differ from the scene before (None: all),
    ``differing`` those that are judged otherwise. ``unwritten`` are the columns of its branch on the strip on which it
    is judged, while what is judged is not on their pages yet.
    """

    def __init__(self, world: World, minute: Minute, ledger: Ledger, page: Page) -> None:
        self.world = world
        self.assets = world.inventory.assets
        self.minute = minute
        self.until = minute
        self.ledger = ledger
        self.page = page
        self.network = Network(world.inventory, frozenset(), frozenset())
        self.moved: frozenset[str] | None = None
        self.differing = set[str]()
        self.unwritten: range | None = None

    def look(self) -> Ledger:
        """The ledger, open at this moment; what is read in it holds until it is opened at another one."""
        ledger = self.ledger
        if ledger.page is not self.page:
            ledger.turn_to(self.page)
        return ledger

    @cached_property
    def changed(self) -> tuple[str, ...] | None:
        """The subjects of which anything, the cause of a failure included, may differ from the scene before."""
        return None if self.moved is None else tuple(sorted(reached_by(self.world, self.moved)))

    @property
    def span(self) -> Span:
        return Span(self.minute, self.until)

    @property
    def state(self) -> State:
        """Where and how everything is; do not change it."""
        return self.look().state

    @property
    def condition(self) -> Mapping[str, Condition]:
        return self.look().state.condition

    @property
    def place(self) -> Mapping[str, Position | None]:
        """Where each asset stands by itself; for VMs and blades see `room`."""
        return self.look().state.place

    @property
    def host(self) -> Mapping[str, str]:
        """The host of each VM and the chassis of each blade."""
        return self.look().state.host

    def held(self, id: str) -> tuple[str, ...]:
        """The VMs and blades that a host or chassis holds."""
        return self.look().held.get(id, ())

    @property
    def links(self) -> frozenset[str]:
        """The links that may be used."""
        return self.network.usable

    def room(self, id: str) -> str | None:
        """The room of an asset, by way of its host or chassis; None while it is on the way or not there."""
        ledger = self.look()
        if id not in ledger.rooms:
            held = ledger.state.host.get(id)
            here = ledger.state.place.get(id)
            ledger.rooms[id] = self.room(held) if held is not None else here.room if here else None
        return ledger.rooms[id]

    def point(self, id: str) -> Standpoint:
        """Where an asset stands and as what."""
        points = self.look().points
        if id not in points:
            asset = self.assets[id]
            points[id] = Standpoint(self.room(id), asset.segments, asset.tier)
        return points[id]

    def up(self, id: str) -> bool:
        """Whether an asset is up and checked (a line: and ends on something up in its room), a system accepted."""
        if self.look().state.condition[id] is not Condition.UP:
            return False
        asset = self.assets.get(id)
        if asset is None or not asset.ends:
            return True
        ends = asset.ends.get(self.room(id) or "", ())
        return not ends or any(self._stands_up(end, self.room(id)) for end in ends)

    def serves(self, id: str) -> str | None:
        """Who serves a leaf that names this asset or system: itself, what replaces it, or nobody."""
        role = self.look().state.role
        if id not in role:
            return id
        seen = id
        while seen in role:
            served = role[seen]
            if served is None or served == seen:
                return served
            seen = served
        return seen

    def in_cloud(self, id: str) -> bool:
        """Whether a system has left for its cloud needs."""
        system = self.world.inventory.systems.get(id)
        return system is not None and system.leaves is not None and system.leaves <= self.minute

    def path(self, here: str, there: str) -> Path | None:
        """The links between two assets; empty in one room, None where there is no way."""
        return self.network.path(self.point(here), self.point(there))

    def reachable(self, here: str, there: str) -> bool:
        return self.path(here, there) is not None

    def _stands_up(self, id: str, room: str | None) -> bool:
        return self.look().state.condition[id] is Condition.UP and self.room(id) == room

    def connect(self, before: Network | None, touched: Iterable[str], networks: dict[object, Network]) -> None:
        """Find out which links may be used and which segments are routed, where something was ``touched``."""
        inventory = self.world.inventory
        if before is None:
            usable = frozenset(id for id in inventory.links if self._usable(id))
            routed = frozenset(id for id in inventory.segments if self._routed(id))
        else:
            watched = self.world.once(Watched)
            usable = _again(before.usable, watched.links_of(touched), self._usable)
            routed = _again(before.routed, watched.segments_of(touched), self._routed)
        if before is not None and usable is before.usable and routed is before.routed:
            self.network = before
            return
        key = (usable, routed)
        if key not in networks:
            networks[key] = Network(inventory, usable, routed)
        self.network = networks[key]

    def _usable(self, id: str) -> bool:
        untested = self.world.inventory.links[id].bridge and id not in self.look().state.tested
        return not untested and self.is_laid(id)

    def is_laid(self, id: str) -> bool:
        """Whether a link is there and ends on something that is up in each room, tested or not."""
        link = self.world.inventory.links[id]
        early = link.since is not None and self.minute < link.since
        late = link.until is not None and self.minute >= link.until
        if early or late:
            return False
        ends = ((room, link.ends_on.get(room, ())) for room in link.between)
        return all(not ids or any(self._stands_up(end, room) for end in ids) for room, ids in ends)

    def _routed(self, segment: str) -> bool:
        members = self.world.inventory.segments[segment].gateway
        return any((served := self.serves(member)) is not None and self.up(served) for member in members)


def _again(known: frozenset[str], asked: set[str], holds: Callable[[str], bool]) -> frozenset[str]:
    """The ids that hold now, if only those that are asked may have changed; the same set if none has."""
    now = {id for id in asked if holds(id)}
    return known if now == known & asked else (known - asked) | now


def reached_by(world: World, ids: Iterable[str]) -> set[str]:
    """These subjects and everybody who uses one of them, directly or through others."""
    reached = set(ids)
    waiting = list(reached)
    while waiting:
        new = world.users.get(waiting.pop(), frozenset()) - reached
        reached |= new
        waiting += new
    return reached
