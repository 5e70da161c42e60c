"""The state of the whole estate at one instant, cheap to copy and to change."""

from collections.abc import Iterable
from enum import IntEnum
from typing import Self

from planner.model.inventory import Inventory
from planner.model.place import Position
from planner.scheduling.numbering import NOWHERE, Numbering, carrier


class AssetState(IntEnum):
    """Contract, "State of an asset"; ABSENT and GONE are before the first and after the last day here."""

    ABSENT = 0
    UP = 1
    STOPPING = 2
    DOWN = 3
    MOVING = 4
    STARTING = 5
    GONE = 6


class SystemState(IntEnum):
    """STARTED is started and not yet accepted."""

    DOWN = 0
    ACCEPTED = 1
    STOPPING = 2
    STARTED = 3


class LinkState(IntEnum):
    """Of bridges; a permanent link counts as tested."""

    UNTESTED = 0
    TESTED = 1
    CLOSED = 2


class World:
    """Arrays by the numbers of `Numbering`; facts that depend on the instant alone (validity, leaves) are not in here.

    ``state`` holds `AssetState` and then `SystemState` values by subject, ``link`` `LinkState` values. ``room``,
    ``rack`` and ``unit`` are -1 for nowhere; ``room`` of a VM or blade is not kept, it is that of ``host``.
    ``serve[a]`` is the asset that fills the role of ``a``, -1 for nobody. ``renumbering`` marks what does not serve
    between RENUMBER and CHECK; ``stale`` holds (holder, asset) pairs whose reference is out of date.
    """

    __slots__ = (
        "host",
        "link",
        "numbering",
        "rack",
        "renumbering",
        "room",
        "serve",
        "stale",
        "state",
        "unit",
        "updated",
    )

    def __init__(self, numbering: Numbering) -> None:
        assets = numbering.assets
        self.numbering = numbering
        self.state = bytearray(len(numbering.subjects))
        self.link = bytearray(len(numbering.links))
        self.room = [NOWHERE] * assets
        self.rack = [NOWHERE] * assets
        self.unit = [NOWHERE] * assets
        self.host = [NOWHERE] * assets
        self.serve = list(range(assets))
        self.renumbering = bytearray(assets)
        self.stale: frozenset[tuple[int, int]] = frozenset()
        self.updated: frozenset[tuple[int, int]] = frozenset()

    @classmethod
    def start(cls, inventory: Inventory, numbering: Numbering | None = None) -> Self:
        """The estate before the first step: what stands is up, systems are accepted, bridges are untested."""
        world = cls(numbering or Numbering.of(inventory))
        for i, asset in enumerate(inventory.assets.values()):
            on = carrier(asset)
            world.host[i] = world.numbering.subject[on] if on else NOWHERE
            world.state[i] = AssetState.UP if asset.at or on else AssetState.ABSENT
            if asset.at:
                world._put(i, asset.at)
        for i in world.numbering.systems:
            world.state[i] = SystemState.ACCEPTED
        for i, link in enumerate(inventory.links.values()):
            world.link[i] = LinkState.UNTESTED if link.bridge else LinkState.TESTED
        return world

    def copy(self) -> "World":
        other = World.__new__(World)
        other.numbering = self.numbering
        other.state, other.link, other.renumbering = self.state[:], self.link[:], self.renumbering[:]
        other.room, other.rack, other.unit = self.room[:], self.rack[:], self.unit[:]
        other.host, other.serve = self.host[:], self.serve[:]
        other.stale, other.updated = self.stale, self.updated
        return other

    def key(self) -> tuple[object, ...]:
        """Equal for worlds in which every subject has the same state and place (positions in racks by rack)."""
        arrays = (tuple(self.room), tuple(self.rack), tuple(self.host), tuple(self.serve))
        return (bytes(self.state), bytes(self.link), bytes(self.renumbering), self.stale, *arrays)

    def room_of(self, i: int) -> int:
        """The number of the room of asset ``i``, through host and chassis; -1 on the way."""
        while self.host[i] != NOWHERE:
            i = self.host[i]
        return self.room[i]

    def position(self, id: str) -> Position | None:
        """Where the asset stands by itself; None for what is on the way, absent, or stands in its carrier's place."""
        i = self.numbering.subject[id]
        if self.room[i] == NOWHERE:
            return None
        rack = self.numbering.racks[self.rack[i]] if self.rack[i] != NOWHERE else None
        return Position(self.numbering.rooms[self.room[i]], rack, self.unit[i] if self.unit[i] != NOWHERE else None)

    def state_of(self, id: str) -> AssetState:
        return AssetState(self.state[self.numbering.subject[id]])

    def system_state(self, id: str) -> SystemState:
        return SystemState(self.state[self.numbering.subject[id]])

    def set_state(self, id: str, state: AssetState | SystemState) -> None:
        self.state[self.numbering.subject[id]] = state

    def set_link(self, id: str, state: LinkState) -> None:
        self.link[self.numbering.link[id]] = state

    def set_host(self, id: str, host: str) -> None:
        self.host[self.numbering.subject[id]] = self.numbering.subject[host]

    def set_server(self, role: str, by: str | None) -> None:
        """Let ``by`` fill the role of asset ``role``; None: nobody does."""
        self.serve[self.numbering.subject[role]] = self.numbering.subject[by] if by else NOWHERE

    def server(self, role: str) -> str | None:
        """Who fills the role of an asset now, through repeated replacement."""
        i = self.numbering.subject[role]
        while i != NOWHERE and self.serve[i] != i:
            i = self.serve[i]
        return self.numbering.subjects[i] if i != NOWHERE else None

    def put(self, id: str, position: Position) -> None:
        """Stand the asset in a room, and in a rack and unit where these are known."""
        self._put(self.numbering.subject[id], position)

    def lift(self, id: str) -> None:
        """Out of its rack, still in its room."""
        i = self.numbering.subject[id]
        self.rack[i] = self.unit[i] = NOWHERE

    def take(self, id: str) -> None:
        """Out of its rack and its room."""
        self.lift(id)
        self.room[self.numbering.subject[id]] = NOWHERE

    def set_renumbering(self, id: str, holders: Iterable[str]) -> None:
        """From now it does not serve, and the references of ``holders`` are stale unless they were updated before."""
        i, numbers = self.numbering.subject[id], self.numbering.subject
        self.renumbering[i] = True
        self.stale |= frozenset((numbers[holder], i) for holder in holders) - self.updated

    def forget_renumbering(self, id: str) -> None:
        """It does not serve while it gets its old address back; who was told the new one has a stale reference."""
        i = self.numbering.subject[id]
        self.renumbering[i] = True
        told = frozenset(pair for pair in self.updated if pair[1] == i)
        self.stale = frozenset(pair for pair in self.stale if pair[1] != i) | told
        self.updated -= told

    def serve_again(self, id: str) -> None:
        self.renumbering[self.numbering.subject[id]] = False

    def update(self, id: str, holder: str) -> None:
        """The reference to ``id`` in ``holder`` is right from now on."""
        pair = frozenset({(self.numbering.subject[holder], self.numbering.subject[id])})
        self.stale -= pair
        self.updated |= pair

    def recall(self, id: str, holder: str) -> None:
        """The reference to ``id`` in ``holder`` is again what it was before the renumbering."""
        self.stale -= {(self.numbering.subject[holder], self.numbering.subject[id])}

    def _put(self, i: int, position: Position) -> None:
        self.room[i] = self.numbering.room[position.room]
        self.rack[i] = self.numbering.rack[position.rack] if position.rack else NOWHERE
        self.unit[i] = position.unit if position.unit is not None else NOWHERE
