"""What holds at each of some moments: the truth of need trees and availability, decided for all of them at once.

It is the same greatest set that supports itself as a `Moment` alone decides, for each moment of the strip by itself:
everything that is up counts at first, and moments are struck out until nothing changes.
"""

from __future__ import annotations

from collections import defaultdict, deque
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import cached_property
from typing import Any, Concatenate, ParamSpec, TypeVar, cast

from planner.model.need import AllOf, AtLeast, Leaf, Tree, leaves
from planner.safety.ledger import NOTHING, Page
from planner.safety.scene import Scene
from planner.safety.strip import Angle, Bits, Strip, at_least, columns
from planner.safety.world import BINDING, Source, Want

P = ParamSpec("P")
T = TypeVar("T")

LOCAL = frozenset({Source.SWITCH, Source.GATEWAY, Source.POWER})
"""Where the wants come from that all have who stand together and are connected alike; they are judged once for all."""


class JudgedStrip(Strip):
    """A strip on which some ``subjects`` are judged: all of which anything may differ between its moments.

    ``truths`` has when each of them is fine, ``counted`` when each member of a system counts; ``answered`` are the
    answers given about a subject, with the moments for which they hold.
    """

    def __init__(self, moments: Sequence[Scene], home: Page, subjects: Iterable[str]) -> None:
        super().__init__(moments, home)
        rank = self.world.rank
        self.subjects = tuple(sorted(subjects, key=rank.__getitem__))
        self.truths: dict[str, Bits] = {}
        self.counted: dict[str, dict[str, Bits]] = {}
        self._met: dict[object, Bits] = {}
        self._asked: dict[str, list[object]] = {}
        self._found: dict[Callable[..., Any], dict[tuple[Any, ...], Any]] = defaultdict(dict)
        self.answered: dict[tuple[str, str], list[tuple[Bits, Any]]] = defaultdict(list)
        self._settle()

    def once(self, find: Callable[Concatenate[JudgedStrip, P], T], *about: P.args, **none: P.kwargs) -> T:
        """What ``find`` says of the strip, and of what it is asked about (by position, hashable): found out once."""
        known = self._found[find]
        if about not in known:
            self.open()
            known[about] = find(self, *about, **none)
        return cast(T, known[about])

    def release(self) -> None:
        """Let go of the moments and of all that has been found out about them; whoever asks for anything now fails."""
        vars(self).clear()

    def fine(self, id: str) -> Bits:
        """When an asset is up and its own hard and live needs hold, or a system is available."""
        found = self.truths.get(id)
        if found is None:
            return self.all if self.ledger.truths[id] else 0
        return found

    def counting(self, system: str) -> Mapping[str, Bits]:
        """When which members count in a system's tree, as the assets that serve them."""
        if system in self.counted:
            return self.counted[system]
        return dict.fromkeys(self.ledger.counted.get(system, ()), self.all)

    def without_members(self, system: str) -> Bits:
        """When a system runs on nothing that is counted."""
        return self.in_cloud(system) if system in self.world.members else self.all

    def met(self, want: Want, angle: Angle) -> Bits:
        """When a want holds for a dependent with this view."""
        if want.source not in LOCAL or angle.stale:
            return self.holds(want.need.tree, want, angle, in_room=False)
        key = (id(want), id(angle.rooms), angle.segments, angle.tier)
        if key not in self._met:
            self._met[key] = self.holds(want.need.tree, want, angle, in_room=False)
            for served, _ in self.serving(leaves(want.need.tree)):
                self._asked.setdefault(served, []).append(key)
        return self._met[key]

    def holds(self, tree: Tree, want: Want, angle: Angle, *, in_room: bool) -> Bits:
        """When a part of a want's tree holds."""
        match tree:
            case Leaf(id):
                return self.satisfied(id, want, angle, in_room=in_room)
            case AllOf(parts):
                found = self.all
                for part in parts:
                    found &= self.holds(part, want, angle, in_room=in_room)
                return found
            case AtLeast(count, parts):
                here = in_room or tree.in_room
                return at_least(count, (self.holds(p, want, angle, in_room=here) for p in parts), self.all)[count]

    def satisfied(self, leaf: str, want: Want, angle: Angle, *, in_room: bool = False) -> Bits:
        """When one leaf of a want is up, fine, known by its address and reachable from the view."""
        if want.source is Source.SWITCH or leaf not in self.ledger.state.role:
            return self._satisfied(leaf, want, angle, in_room=in_room)
        found = 0
        for served, when in self.serving((leaf,)):
            found |= when & self._satisfied(served, want, angle, in_room=in_room)
        return found

    def _satisfied(self, served: str, want: Want, angle: Angle, *, in_room: bool) -> Bits:
        fine = self.fine(served)
        if served in angle.stale:
            fine &= ~angle.stale[served]
        if not fine:
            return 0
        if served in self.assets:
            return fine & self.reached(served, want, angle, in_room=in_room)
        reached = self.without_members(served)
        for member, when in self.counting(served).items():
            reached |= when & self.reached(member, want, angle, in_room=in_room)
        return fine & reached

    def runs(self, tree: Tree, system: str) -> Bits:
        """When a part of what a system runs on holds, by its counting members."""
        return self.held_by(tree, self.counting(system))

    def held_by(self, tree: Tree, members: Mapping[str, Bits]) -> Bits:
        """When a tree holds of which these members count at these moments."""
        match tree:
            case Leaf(id):
                found = 0
                for served, when in self.serving((id,)):
                    found |= when & members.get(served, 0)
                return found
            case AllOf(parts):
                found = self.all
                for part in parts:
                    found &= self.held_by(part, members)
                return found
            case AtLeast(count, parts):
                return at_least(count, (self.held_by(part, members) for part in parts), self.all)[count]

    def _settle(self) -> None:
        """Judge all subjects, and whoever uses one of them again when a moment of it has been struck out."""
        for id in self.subjects:
            self.truths[id] = self.up(id)
            if id in self.world.members:
                self.counted[id] = self._members(id)
        waiting, queued = deque(self.subjects), set(self.subjects)
        while waiting:
            id = waiting.popleft()
            queued.discard(id)
            if self._lost(id):
                for key in self._asked.pop(id, ()):
                    self._met.pop(key, None)
                new = [user for user in self.world.users.get(id, ()) if user not in queued]
                waiting += new
                queued.update(new)

    def _members(self, system: str) -> dict[str, Bits]:
        found: dict[str, Bits] = {}
        on = self.truths[system] & ~self.in_cloud(system)
        for served, when in self.members(system):
            found[served] = found.get(served, 0) | when & on
        return found

    def _lost(self, id: str) -> bool:
        """Judge one subject again; whether a moment of it, or of a system's counting member, is struck out by that."""
        before, without = self.truths[id], self.without_members(id)
        self.truths[id] = (before & without) and before & without & self._needs_met(id, self.angle(id))
        if without == self.all:
            return self.truths[id] != before
        counted = self.counted[id]
        self.counted[id] = {member: when and when & self._counts(id, member) for member, when in counted.items()}
        tree = self.world.inventory.systems[id].runs_on
        on = before & ~without
        self.truths[id] |= on if tree is None or not on else on & self.runs(tree, id)
        return self.truths[id] != before or self.counted[id] != counted

    def _counts(self, system: str, member: str) -> Bits:
        fine = self.fine(member)
        if not fine or not self.wants(system):
            return fine
        return fine & self._needs_met(system, self.angle(member, system))

    def _needs_met(self, id: str, angle: Angle) -> Bits:
        """When the hard and live needs of a subject hold."""
        found = self.all
        for want, when in self.wants(id):
            if want.need.kind in BINDING and found & when:
                found &= self.met(want, angle) | ~when
        return found

    @cached_property
    def touched(self) -> Mapping[str, Bits]:
        """The moments at which a subject's state, or the ways to it, may differ from just before."""
        return self._when(lambda moment: moment.moved)

    @cached_property
    def reaching(self) -> Mapping[str, Bits]:
        """Those at which anything that is about it may, the cause of a failure included; as `Moment.changed` has it."""
        return self._when(lambda moment: moment.changed)

    def _when(self, changed: Callable[[Scene], Iterable[str] | None]) -> dict[str, Bits]:
        found: dict[str, Bits] = defaultdict(int)
        for column, moment in enumerate(self.moments):
            ids = changed(moment)
            for id in self.world.subjects if ids is None else ids:
                found[id] |= 1 << column
        return found

    @cached_property
    def stirred(self) -> Mapping[str, Bits]:
        """Those at which it, or what it uses, is no longer as just before; as `Moment.felt` has it.

        At the first moment of a branch everything may be.
        """
        found = self._when(lambda moment: moment.moved)
        for id in self.subjects:
            found[id] |= self._turns(id) & self.all
        users, systems = self.world.users, self.world.inventory.systems
        for id, when in list(found.items()):
            for user in users.get(id, ()):
                if user in systems:
                    found[user] |= when
        for id, when in list(found.items()):
            for user in users.get(id, ()):
                found[user] |= when
        return found

    @cached_property
    def _turning(self) -> Mapping[str, Bits]:
        return {id: self._turns(id) for id in self.subjects}

    def write(self, part: range) -> None:
        """Write on the pages what is judged otherwise than just before; a part is moments of one replay in a row."""
        first = self.moments[part.start]
        for moment in self.moments[part.start : part.stop]:
            moment.unwritten = None
        # Nothing may be written on a page that is part of what the ledger holds open.
        ledger = self.ledger.opened_at(first.page.before or first.page)
        within = (1 << part.stop) - (1 << part.start)
        for id, bits in self._turning.items():
            self._write_truth(id, bits & within, part.start, ledger.truths.get(id, NOTHING))
            if id in self.counted:
                self._write_counted(id, bits & within | 1 << part.start, ledger.counted.get(id, NOTHING))

    def _write_truth(self, id: str, turns: Bits, start: int, before: object) -> None:
        """The same of a subject's truth, which was another one before the part."""
        truth, table = self.truths[id], self.ledger.truths
        for column in columns(turns | 1 << start):
            now = bool(truth >> column & 1)
            if now is not before:
                moment = self.moments[column]
                moment.page.notes.append((table, id, before, now))
                moment.differing.add(id)
                before = now

    def _write_counted(self, system: str, turns: Bits, before: object) -> None:
        """The same of the members of a system that count."""
        for column in columns(turns):
            now = self._counted_at(system, column)
            if now != before:
                moment = self.moments[column]
                moment.page.notes.append((self.ledger.counted, system, before, now))
                moment.differing.add(system)
                before = now

    def _counted_at(self, system: str, column: int) -> object:
        """The members that count at one moment, in the order of the file."""
        if self.without_members(system) >> column & 1:
            return NOTHING
        counted = self.counted[system]
        return tuple(served for served, when in self.members(system) if (when & counted[served]) >> column & 1)

    def _turns(self, id: str) -> Bits:
        """The moments at which a subject may be judged otherwise than at the one before it on the strip."""
        found = _turns(self.truths[id])
        if id in self.counted:
            for when in (self.without_members(id), *self.counted[id].values()):
                found |= _turns(when)
            for _, when in self.members(id):
                found |= _turns(when)
        return found


def _turns(bits: Bits) -> Bits:
    """The moments that are in a set while the one before is not, or the other way round."""
    return bits ^ bits << 1
