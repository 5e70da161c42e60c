"""Who waits for whom on the way back (S03, S20)."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise, permutations, product

from planner.model.chain import StepKind
from planner.model.need import NeedKind
from planner.model.network import Segment
from planner.scheduling.closure import HardTrees, start_order
from planner.scheduling.gateways import redundant
from planner.scheduling.inverse import OFF, Undoing
from planner.scheduling.judge import Judge
from planner.scheduling.numbering import NOWHERE
from planner.scheduling.one_place import segment_members

K = StepKind
AGAIN = (K.START, K.CHECK, K.ACCEPT)
PASSED = (K.CHECK, K.ACCEPT)
NETWORK = frozenset({NeedKind.HARD, NeedKind.LIVE, NeedKind.START})


@dataclass(slots=True)
class Unwinding:
    """Orders the actions of ``undoings``; ``now`` judges the check point, ``then`` the anchor.

    Actions are numbered through, undoing by undoing; ``before[i]`` are the numbers that end before action i begins.
    """

    undoings: Sequence[Undoing]
    now: Judge
    then: Judge
    before: list[set[int]] = field(init=False)
    first: list[int] = field(init=False)
    unit: dict[int, int] = field(init=False)
    place: dict[int, int] = field(init=False)
    _stops: HardTrees = field(init=False)
    _starts: HardTrees = field(init=False)
    _known: dict[int, dict[int, set[int]]] = field(init=False)
    _direct: dict[int, tuple[int, ...]] = field(init=False)
    _spare: frozenset[int] | None = field(init=False, default=None)

    def __post_init__(self) -> None:
        number = self.now.ground.numbering.subject
        self.first, self.before = [], []
        for undoing in self.undoings:
            self.first.append(len(self.before))
            first = self.first[-1]
            self.before += [{first + m for m in undoing.after(n)} for n in range(len(undoing.actions))]
        self.unit = {number[s]: u for u, undoing in enumerate(self.undoings) for s in undoing.subjects}
        ranks = start_order(sorted(self.unit), HardTrees(self.then, set()))
        self._stops, self._starts = HardTrees(self.now, set()), HardTrees(self.then, set())
        self._known, self._direct = {}, {}
        self.place = {subject: rank for rank, subject in enumerate(ranks)}

    def order(self) -> list[set[int]]:
        """Every order that S03 and S20 ask for between different undoings."""
        for d in sorted(self.unit, key=self.place.__getitem__, reverse=True):
            for p in self._hard(d, self._stops):
                self._stop_first(d, p)
        for d in self.unit:
            for p in self._hard(d, self._starts):
                self._start_after(d, p)
                self._start_with(d, p)
            self._start_needs(d)
        for d in self.unit:
            for p in self._leaned_on(d):
                self._check_after(d, p)
            self._check_after_updates(d)
            self._hand_back(d)
            self._migrate(d)
        for segment in self.then.ground.inventory.segments.values():
            self._keep(segment)
        self._one_after_the_other()
        return self.before

    def _one_after_the_other(self) -> None:
        """Migrations are undone one by one, the last first: each state on the way was borne on the way out (S07)."""
        moves = [
            first + n
            for first, undoing in zip(self.first, self.undoings, strict=True)
            for n, action in enumerate(undoing.actions)
            if action.kind is K.MIGRATE
        ]
        for later, earlier in pairwise(moves):
            self._wait(later, earlier)

    def _keep(self, segment: Segment) -> None:
        """S09: in one place nobody starts before all are down; the gateway stops last and starts first."""
        number, inventory = self.then.ground.numbering.subject, self.then.ground.inventory
        gateways = [number[id] for id in segment.gateway if number[id] in self.unit]
        named = (*segment_members(inventory, segment.id), *segment.gateway)
        members = [i for i in dict.fromkeys(number[id] for id in named) if i in self.unit]
        if segment.stretch or segment.client:
            members = [i for i in members if i in self._spares()] if gateways else []
        else:
            self._all_down_first(members)
        for id, gateway in product((i for i in members if i not in gateways), gateways):
            self._wait(self._number(gateway, tuple(OFF)), self._number(id, (K.STOP,)))
            self._wait(self._number(id, (K.START,)), self._last(gateway))

    def _spares(self) -> frozenset[int]:
        """What is one of several of which fewer are needed, and what such leans on."""
        if self._spare is None:
            number = self.then.ground.numbering.subject
            found = redundant(self.then.ground.inventory, self._named)
            self._spare = frozenset(number[id] for id in found)
        return self._spare

    def _named(self, id: str) -> list[str]:
        ground = self.then.ground
        return [ground.numbering.subjects[p] for p in ground.providers[ground.numbering.subject[id]]]

    def _all_down_first(self, members: Sequence[int]) -> None:
        for one, other in permutations(members, 2):
            if self.now.room[one] != self.then.room[other]:
                self._wait(self._number(other, (K.START,)), self._number(one, (K.STOP,)))

    def _wait(self, later: int | None, earlier: int | None) -> None:
        if later is not None and earlier is not None and not self._follows(earlier, later):
            self.before[later].add(earlier)

    def _hard(self, d: int, trees: HardTrees) -> set[int]:
        known = self._known.setdefault(id(trees), {})
        if d not in known:
            known[d] = trees.providers(d)
        return known[d]

    def _stop_first(self, d: int, p: int) -> None:
        """The stop of a dependent ends before its provider goes away; in a cycle what starts first stops last."""
        stop, off = self._number(d, (K.STOP,)), self._number(p, tuple(OFF))
        if stop is not None and off is not None and self._apart(d, p) and not self._follows(stop, off):
            self.before[off].add(stop)

    def _start_after(self, d: int, p: int) -> None:
        """A dependent starts after its provider's check; in a cycle, after its start."""
        start, back = self._number(d, AGAIN), self._last(p)
        if start is None or back is None or not self._apart(d, p):
            return
        if self._before(p, d) and d not in self._reached(p):
            self.before[start].add(back)
        elif self._before(p, d):
            earlier = self._number(p, AGAIN)
            if earlier is not None:
                self.before[start].add(earlier)

    def _start_with(self, d: int, p: int) -> None:
        """A dependent starts when a provider that is not undone has again what it leans on."""
        start = self._number(d, AGAIN)
        for q in self._leaned_on(p) if p not in self.unit and start is not None and p != NOWHERE else ():
            back = self._last(q)
            if back is not None and start is not None and self._apart(d, q) and not self._follows(back, start):
                self.before[start].add(back)

    def _start_needs(self, d: int) -> None:
        """A start waits for the checks of start needs, and of what they lean on."""
        judge, start = self.then, self._number(d, AGAIN)
        needs = [need for need in judge.force.needs[d] if need.kind is NeedKind.START]
        for x in (x for need in needs for x in need.tree.leaves()):
            p = judge.role[x] if x < judge.assets else x
            for q in (p,) if p in self.unit or p == NOWHERE else tuple(self._leaned_on(p)):
                back = self._last(q) if q != NOWHERE else None
                if start is not None and back is not None and self._apart(d, q) and not self._follows(back, start):
                    self.before[start].add(back)

    def _check_after(self, d: int, p: int) -> None:
        """Checks and acceptances wait for those of what they need, unless that would come round to themselves."""
        check, back = self._number(d, PASSED), self._last(p)
        if check is not None and back is not None and self._apart(d, p) and not self._follows(back, check):
            self.before[check].add(back)

    def _check_after_updates(self, d: int) -> None:
        """What is told an old address again, or leans on such a holder, is checked after that."""
        check, needed = self._number(d, PASSED), {d, *self._needed_by(d)}
        for first, undoing in zip(self.first, self.undoings, strict=True):
            for n, action in enumerate(undoing.actions):
                if action.holder and self.now.ground.numbering.subject[action.holder] in needed:
                    self._wait(check, first + n)

    def _hand_back(self, d: int) -> None:
        """Who leans on a role that goes back stops before that and comes back after it: nobody fills it meanwhile."""
        for p in self._reaching(d):
            switch = self._number(p, (K.SWITCH_OVER,))
            self._wait(switch, self._number(d, (K.STOP,)))
            self._wait(self._number(d, AGAIN), switch)

    def _reaching(self, d: int) -> set[int]:
        """The undone that d may lean on, in whatever roles, directly or through what is not undone."""
        stack, seen = [d], {d}
        while stack:
            more = self.then.ground.providers[stack.pop()] - seen
            seen |= more
            stack += more - self.unit.keys()
        return seen & self.unit.keys() - {d}

    def _migrate(self, d: int) -> None:
        """A VM goes back to its host when that stands again, and leaves one that goes away before it does if it can."""
        move = self._number(d, (K.MIGRATE,))
        if move is None:
            return
        home, here = self.then.world.host[d], self.now.world.host[d]
        for end in (self._last(home), self._last(here) if home in self.unit else None):
            if end is not None and not self._follows(end, move):
                self.before[move].add(end)
        off = self._number(here, tuple(OFF))
        if home not in self.unit and off is not None and not self._follows(off, move):
            self.before[off].add(move)

    def _leaned_on(self, d: int) -> Iterator[int]:
        """The subjects that are undone and on which d's check depends, directly or through what is not undone."""
        stack, seen = [d], {d}
        while stack:
            for p in self._needed_by(stack.pop()):
                if p not in seen:
                    seen.add(p)
                    if p in self.unit:
                        yield p
                    else:
                        stack.append(p)

    def _needed_by(self, d: int) -> tuple[int, ...]:
        if d not in self._direct:
            self._direct[d] = tuple(dict.fromkeys(p for p in self._needs(d) if p != NOWHERE))
        return self._direct[d]

    def _needs(self, d: int) -> Iterator[int]:
        """What d's needs name, and carrier, storage, power, switches and gateways in the anchor's place."""
        judge = self.then
        for need in judge.force.needs[d]:
            if need.kind in NETWORK:
                yield from (judge.role[x] if x < judge.assets else x for x in need.tree.leaves())
        yield from self._hard(d, self._starts)
        if d < judge.assets:
            derived = judge.ground.derived
            for segment in derived.segments[d]:
                yield from (s for s in derived.switches[segment] if judge.room[s] == judge.room[d])
                yield from (judge.role[g] for g in derived.gateways[segment])

    def _apart(self, d: int, p: int) -> bool:
        return p != NOWHERE and p in self.unit and d in self.unit and self.unit[d] != self.unit[p]

    def _before(self, p: int, d: int) -> bool:
        return self.place[p] < self.place[d]

    def _reached(self, p: int) -> set[int]:
        """The undone subjects that p hard-needs, directly or in turn."""
        seen: set[int] = set()
        stack = [p]
        while stack:
            for following in self._hard(stack.pop(), self._starts):
                if following in self.unit and following not in seen:
                    seen.add(following)
                    stack.append(following)
        return seen

    def _number(self, subject: int, kinds: tuple[StepKind, ...]) -> int | None:
        """The first action of a subject that is of one of these kinds."""
        if subject not in self.unit:
            return None
        u = self.unit[subject]
        actions = self.undoings[u].actions
        return next((self.first[u] + n for n in self._own(subject) if actions[n].kind in kinds), None)

    def _own(self, subject: int) -> list[int]:
        """The numbers inside its undoing of the actions on a subject."""
        return self.undoings[self.unit[subject]].of(self.now.ground.numbering.subjects[subject])

    def _last(self, subject: int) -> int | None:
        """The action at whose end a subject is up again; None for what is not undone or ends absent."""
        if subject not in self.unit:
            return None
        u = self.unit[subject]
        every = self.undoings[u].actions
        actions = [n for n in self._own(subject) if every[n].kind not in (K.MIGRATE, K.UPDATE)]
        away = not actions or every[actions[-1]].kind in (K.UNMOUNT, K.STOP)
        return None if away else self.first[u] + actions[-1]

    def _follows(self, later: int, earlier: int) -> bool:
        """Whether ``later`` already waits for ``earlier``."""
        stack, seen = [later], {later}
        while stack:
            for i in self.before[stack.pop()]:
                if i == earlier:
                    return True
                if i not in seen:
                    seen.add(i)
                    stack.append(i)
        return later == earlier
