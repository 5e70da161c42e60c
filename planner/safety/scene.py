"""Where everything is and what is switched on at one instant, before any need is judged."""

from collections.abc import Mapping

from planner.model.place import Position
from planner.safety.condition import Condition, State
from planner.safety.reach import Network, Path, Standpoint
from planner.safety.world import World
from planner.units.span import Minute, Span


class Scene:
    """The constant state of ``[minute, until)``. It owns its state; do not change it."""

    def __init__(self, world: World, state: State, minute: Minute, networks: dict[object, Network]) -> None:
        self.world = world
        self.assets = world.inventory.assets
        self.state = state
        self.minute = minute
        self.until = minute
        self.rooms: dict[str, str | None] = {}
        self.points: dict[str, Standpoint] = {}
        self.network = self._network(networks)

    @property
    def span(self) -> Span:
        return Span(self.minute, self.until)

    @property
    def condition(self) -> Mapping[str, Condition]:
        return self.state.condition

    @property
    def place(self) -> Mapping[str, Position | None]:
        """Where each asset stands by itself; for VMs and blades see `room`."""
        return self.state.place

    @property
    def host(self) -> Mapping[str, str]:
        """The host of each VM and the chassis of each blade."""
        return self.state.host

    @property
    def links(self) -> frozenset[str]:
        """The links that may be used."""
        return self.network.usable

    def room(self, id: str) -> str | None:
        """The room of an asset, by way of its host or chassis; None while it is on the way or not there."""
        if id not in self.rooms:
            held = self.state.host.get(id)
            here = self.state.place.get(id)
            self.rooms[id] = self.room(held) if held is not None else here.room if here else None
        return self.rooms[id]

    def point(self, id: str) -> Standpoint:
        """Where an asset stands and as what."""
        if id not in self.points:
            asset = self.assets[id]
            self.points[id] = Standpoint(self.room(id), asset.segments, asset.tier)
        return self.points[id]

    def up(self, id: str) -> bool:
        """Whether an asset is up and checked (a line: and ends on something up in its room), a system accepted."""
        if self.state.condition[id] is not Condition.UP:
            return False
        asset = self.world.inventory.assets.get(id)
        if asset is None or not asset.ends:
            return True
        ends = asset.ends.get(self.room(id) or "", ())
        return not ends or any(self._stands_up(end, self.room(id)) for end in ends)

    def serves(self, id: str) -> str | None:
        """Who serves a leaf that names this asset or system: itself, what replaces it, or nobody."""
        role = self.state.role
        if id not in role:
            return id
        seen = id
        while seen in role:
            served = role[seen]
            if served is None or served == seen:
                return served
            seen = served
        return seen

    def path(self, here: str, there: str) -> Path | None:
        """The links between two assets; empty in one room, None where there is no way."""
        return self.network.path(self.point(here), self.point(there))

    def reachable(self, here: str, there: str) -> bool:
        return self.path(here, there) is not None

    def _stands_up(self, id: str, room: str | None) -> bool:
        return self.state.condition[id] is Condition.UP and self.room(id) == room

    def _network(self, networks: dict[object, Network]) -> Network:
        usable = frozenset(id for id in self.world.inventory.links if self._usable(id))
        routed = frozenset(id for id, s in self.world.inventory.segments.items() if self._routed(s.gateway))
        key = (usable, routed)
        if key not in networks:
            networks[key] = Network(self.world.inventory, usable, routed)
        return networks[key]

    def _usable(self, id: str) -> bool:
        untested = self.world.inventory.links[id].bridge and id not in self.state.tested
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

    def _routed(self, gateway: tuple[str, ...]) -> bool:
        return any((served := self.serves(member)) is not None and self.up(served) for member in gateway)
