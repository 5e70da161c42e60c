"""Moments side by side: what is where and on at which of them, as sets of moments.

What a need says of one moment it says of a hundred at the cost of a few operations on whole numbers: bit n of such a
number stands for the n-th moment of the strip.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from planner.model.asset import AssetKind
from planner.safety.condition import Condition
from planner.safety.ledger import NOTHING, Ledger, Page, Slot, changes
from planner.safety.reach import Standpoint
from planner.safety.scene import Scene
from planner.safety.world import Source, Want

Bits = int
"""A set of moments of one strip."""
Values = Mapping[Any, Bits]
"""Each value that something has, with the moments at which it has it; they do not overlap."""


class Angle(NamedTuple):
    """How a dependent sees its providers: from which rooms (None: without a place), as what, with what out of date."""

    rooms: Values | None
    segments: tuple[str, ...] = ()
    tier: str | None = None
    stale: Mapping[str, Bits] = {}


NO_PLACE = Angle(None)


class Strip:
    """The state of some moments of one ledger, of one replay or of several that branch off from one another.

    Only what is not the same at all of them and on the page ``home`` is kept; the rest is read where that is open.
    """

    def __init__(self, moments: Sequence[Scene], home: Page) -> None:
        first = moments[0]
        self.moments = moments
        self._home = home
        self.world = first.world
        self.assets = first.assets
        self.ledger = first.ledger
        self.all: Bits = (1 << len(moments)) - 1
        self.networks: dict[Any, Bits] = {}
        for column, moment in enumerate(moments):
            self.networks[moment.network] = self.networks.get(moment.network, 0) | 1 << column
        self._varying = _varying(self.ledger, home, moments)
        self._rooms: dict[str, Values] = {}
        self._same: dict[object, Values] = {}  # so that who stands together can be told by the object alone
        self._served: dict[str, Values] = {}
        self._wants: dict[str, tuple[tuple[Want, Bits], ...]] = {}
        self._ways: dict[object, Bits] = {}
        self.open()

    def open(self) -> Ledger:
        """The ledger, open where everything is read that is the same at all moments."""
        return self.ledger.opened_at(self._home)

    def values(self, table: Mapping[Any, Any], key: object) -> Values:
        """The values of a key in a table of the state (`NOTHING`: it is not in it)."""
        found = self._varying.get(id(table), {}).get(key)
        return {table.get(key, NOTHING): self.all} if found is None else found

    def varying(self, table: Mapping[Any, Any]) -> Collection[Any]:
        """The keys of a table of the state that do not have one value throughout."""
        return self._varying.get(id(table), {}).keys()

    def when(self, holds: Callable[[Scene], bool]) -> Bits:
        """The moments at which something holds, each of them asked."""
        return sum(1 << column for column, moment in enumerate(self.moments) if holds(moment))

    def on(self, id: str) -> Bits:
        """When the condition of a subject is up."""
        return self.values(self.ledger.state.condition, id).get(Condition.UP, 0)

    def up(self, id: str) -> Bits:
        """When an asset is up and checked (a line: and ends on something up in its room), a system accepted."""
        asset = self.assets.get(id)
        if asset is None or not asset.ends:
            return self.on(id)
        ended = 0
        for room, here in self.rooms(id).items():
            ends = asset.ends.get(room or "", ())
            ended |= here if not ends else here & _any(self.on(end) & self.rooms(end).get(room, 0) for end in ends)
        return self.on(id) & ended

    def rooms(self, id: str) -> Values:
        """The room of an asset, by way of its host or chassis; None while it is on the way or not there."""
        if id not in self._rooms:
            state, found = self.ledger.state, dict[str | None, Bits]()
            for host, there in self.values(state.host, id).items():
                at_home = host is NOTHING
                for room, here in (self._own_rooms(id) if at_home else self.rooms(host)).items():
                    if here & there:
                        found[room] = found.get(room, 0) | here & there
            self._rooms[id] = self._same.setdefault(tuple(found.items()), found)
        return self._rooms[id]

    def _own_rooms(self, id: str) -> Values:
        found = dict[str | None, Bits]()
        for place, here in self.values(self.ledger.state.place, id).items():
            room = None if place is NOTHING or place is None else place.room
            found[room] = found.get(room, 0) | here
        return found

    def racks(self, id: str) -> Values:
        """The rack in which an asset stands by itself."""
        found = dict[str | None, Bits]()
        for place, here in self.values(self.ledger.state.place, id).items():
            rack = None if place is NOTHING or place is None else place.rack
            found[rack] = found.get(rack, 0) | here
        return found

    def served(self, leaf: str) -> Values:
        """Who serves a leaf that names this asset or system: itself, what replaces it, or nobody."""
        if leaf not in self.ledger.state.role:
            return {leaf: self.all}
        if leaf not in self._served:
            found = dict[str | None, Bits]()
            for heir, when in self.values(self.ledger.state.role, leaf).items():
                end = heir is None or heir == leaf
                for served, then in {heir: when}.items() if end else self.served(heir).items():
                    found[served] = found.get(served, 0) | when & then
            self._served[leaf] = found
        return self._served[leaf]

    def serving(self, leaves: Iterable[str]) -> Iterator[tuple[str, Bits]]:
        """Who serves some leaves, and when; not when nobody does."""
        role = self.ledger.state.role
        for leaf in leaves:
            if leaf not in role:
                yield leaf, self.all
            else:
                yield from ((served, when) for served, when in self.served(leaf).items() if served is not None)

    def members(self, system: str) -> Iterator[tuple[str, Bits]]:
        """What a system runs on, as the assets that serve it."""
        return self.serving(self.world.members.get(system, ()))

    def in_cloud(self, id: str) -> Bits:
        """When a system has left for its cloud needs."""
        system = self.world.inventory.systems.get(id)
        if system is None or system.leaves is None:
            return 0
        return self.when(lambda moment: moment.in_cloud(id))

    def wants(self, id: str) -> tuple[tuple[Want, Bits], ...]:
        """The needs of a subject, derived ones included, and when they are valid; ``runs_on`` is not among them."""
        if id not in self._wants:
            self._wants[id] = tuple((want, when) for want, when in self._find_wants(id) if when)
        return self._wants[id]

    def _find_wants(self, id: str) -> Iterator[tuple[Want, Bits]]:
        world, cloud = self.world, self.in_cloud(id)
        both = ((world.declared[id], self.all & ~cloud), (world.in_cloud[id] if cloud else (), cloud))
        for want, when in ((want, when) for wants, when in both for want in wants):
            timed = id in world.timed
            yield want, when & self._active(want) if timed else when
        if id in self.assets:
            yield from self._derived(id)

    def _active(self, want: Want) -> Bits:
        return self.when(lambda moment: want.active(moment.minute))

    def _derived(self, id: str) -> Iterator[tuple[Want, Bits]]:
        world, state = self.world, self.ledger.state
        for host, when in self.values(state.host, id).items():
            if host is not NOTHING:
                yield world.host_want(id, host), when
        if id in world.storage:
            yield world.storage[id], self.all
        if world.power and self.assets[id].kind is not AssetKind.UPS:
            yield from ((world.power[rack], when) for rack, when in self.racks(id).items() if rack in world.power)
        if world.has_derived_network(self.assets[id]):
            for room, when in self.rooms(id).items():
                for segment in self.assets[id].segments if room is not None else ():
                    yield from ((want, when) for want in world.network_wants(segment, room))

    def angle(self, at: str | None, subject: str | None = None) -> Angle:
        """The view of a dependent ``subject`` that stands where ``at`` stands; both are usually the same asset."""
        stale = self._stale((at, subject))
        if at is None or at not in self.assets:
            return Angle(None, stale=stale) if stale else NO_PLACE
        asset = self.assets[at]
        return Angle(self.rooms(at), asset.segments, asset.tier, stale)

    def _stale(self, holders: Collection[str | None]) -> Mapping[str, Bits]:
        table = self.ledger.state.stale
        found: dict[str, Bits] = {}
        if not table and id(table) not in self._varying:
            return found
        pairs = {*table, *self._varying.get(id(table), {})}
        for holder, asset in pairs:
            if holder in holders:
                found[asset] = found.get(asset, 0) | self.values(table, (holder, asset)).get(True, 0)
        return found

    def reached(self, member: str, want: Want, angle: Angle, *, in_room: bool) -> Bits:
        """When an asset is in the same room, or reachable where the want allows another one."""
        if angle.rooms is None:
            return self.all
        theirs, found, local = self.rooms(member), 0, in_room or want.need.same_room
        if theirs is angle.rooms and (local or len(theirs) == 1) and not angle.stale:
            return self.all & ~theirs.get(None, 0)
        for other, there in theirs.items():
            for room, here in angle.rooms.items() if other is not None else ():
                both = here & there
                if room == other:
                    found |= both
                elif both and room is not None and not local:
                    found |= both & self._way(want, angle, room, member, other)
        return found & ~angle.stale[member] if member in angle.stale else found

    def _way(self, want: Want, angle: Angle, room: str, member: str, other: str) -> Bits:
        """When there is a way from one room to a provider in another."""
        if want.source is Source.GATEWAY and want.segment is not None:
            segment = want.segment
            return self._by_network(
                (segment, room, other), lambda network: network.path_on(segment, room, other) is not None
            )
        asset = self.assets[member]
        here = Standpoint(room, angle.segments, angle.tier)
        there = Standpoint(other, asset.segments, asset.tier)
        return self._by_network((here, there), lambda network: network.path(here, there) is not None)

    def _by_network(self, key: object, leads: Callable[[Any], bool]) -> Bits:
        if key not in self._ways:
            self._ways[key] = _any(when for network, when in self.networks.items() if leads(network))
        return self._ways[key]


def at_least(count: int, parts: Iterable[Bits], throughout: Bits) -> list[Bits]:
    """For each number from 0 to ``count`` the moments at which at least so many of the parts hold."""
    held = [throughout, *[0] * count]
    for part in parts:
        if held[count] == throughout:
            break
        for number in range(count, 0, -1):
            held[number] |= held[number - 1] & part
    return held


def _any(parts: Iterable[Bits]) -> Bits:
    found = 0
    for part in parts:
        found |= part
    return found


def columns(bits: Bits) -> Iterator[int]:
    """The moments of a set by number, in order."""
    while bits:
        lowest = bits & -bits
        yield lowest.bit_length() - 1
        bits ^= lowest


def _varying(ledger: Ledger, home: Page, moments: Sequence[Scene]) -> dict[int, dict[Any, dict[Any, Bits]]]:
    """For each table of the state the keys that do not have one value throughout, with when they have which."""
    state = ledger.state
    tables = {id(t) for t in (state.condition, state.place, state.host, state.role, state.target, state.stale)}
    found: dict[int, dict[Any, dict[Any, Bits]]] = {}
    since: dict[Slot, int] = {}
    now: dict[Slot, object] = {}
    page = home
    for column, moment in enumerate(moments):
        for slot, (was, value) in changes(page, moment.page).items():
            if slot[0] in tables and was is not value and was != value:
                if column:
                    _close(found, slot, was, since.get(slot, 0), column)
                since[slot], now[slot] = column, value
        page = moment.page
    for slot, begun in since.items():
        _close(found, slot, now[slot], begun, len(moments))
    return found


def _close(
    found: dict[int, dict[Any, dict[Any, Bits]]], pair: tuple[int, Any], value: object, since: int, until: int
) -> None:
    """Note that a key has a value from one column up to another."""
    table, key = pair
    values = found.setdefault(table, {}).setdefault(key, {})
    values[value] = values.get(value, 0) | (1 << until) - (1 << since)
