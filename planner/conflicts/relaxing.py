"""The nearest changes of an inventory that make a plan: tried in the order of what the office gives way by.

A way to give way is first tried with its largest step; what makes a plan then is made smaller, step by step, as long as
there is one.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from heapq import heappop, heappush

from planner.conflicts.candidate import Relief, Rung, relieved
from planner.conflicts.gather import candidates
from planner.conflicts.oracle import Stopped
from planner.model.chain import Method
from planner.model.inventory import Inventory
from planner.plan.plan import Plan
from planner.plan.refusal import Refusal, RefusalKind, Relaxation
from planner.safety.verify import verify
from planner.scheduling.options import Options
from planner.scheduling.schedule import schedule
from planner.units.progress import Progress

WANTED = 4
"""Relaxations that are told."""
PLANS, PLANS_OF_MANY = 30, 10
"""Plans that are made to find them, at most; fewer where each takes long."""
MANY = 60
"""Assets that change, from which on there are many."""
LOOKS = 300
"""Changed inventories that are looked at, those that are refused before anything is drafted included."""
WAYS = 4
"""Ways that are taken at one time, at most; two more than there are conflicts where that is more."""
FURTHER = 50
"""What each way costs that is taken beside those that the conflicts ask for."""
EFFORT = 0.2
"""Part of the effort of planning that is spent on each: that there is a plan is enough."""

Ways = tuple[Relief, ...]
Heights = tuple[int, ...]
"""The number of the step that is taken of each way; -1: the way is not taken after all."""


@dataclass(frozen=True, slots=True)
class Relaxed:
    """A relaxation with the steps and the verified plan that it leads to."""

    told: Relaxation
    rungs: tuple[Rung, ...]
    inventory: Inventory
    plan: Plan


@dataclass(slots=True)
class Relaxing:
    """A search by cost. ``first``: for each conflict the ways of which one has to be taken."""

    inventory: Inventory
    options: Options
    progress: Progress
    stopped: Callable[[], bool]
    first: tuple[Ways, ...]
    plans: int = 0
    looks: int = 0
    _waiting: list[tuple[int, int, Ways]] = field(default_factory=list)
    _seen: set[frozenset[object]] = field(default_factory=set)

    def run(self, refusal: Refusal) -> Iterator[Relaxed]:
        """The relaxations, the least costly first; none contains another.

        Raises
        ------
        Stopped
            If the search was stopped.
        """
        found: list[frozenset[object]] = []
        self._branch((), refusal)
        while self._waiting and len(found) < WANTED and not self._spent():
            _, _, ways = heappop(self._waiting)
            ids = _ids(ways)
            if any(known <= ids for known in found):
                continue
            self.progress("relaxations", len(found), WANTED)
            tops = tuple(len(way.rungs) - 1 for way in ways)
            relaxed = self._tried(ways, tops, branch=True)
            if relaxed is not None:
                relaxed = self._shrunk(ways, tops, relaxed)
                left = frozenset((rung.told.path, rung.told.key) for rung in relaxed.rungs)
                if not any(known <= left for known in found):
                    found.append(left)
                    yield relaxed
        if len(found) < WANTED and self.stopped():
            raise Stopped

    def _spent(self) -> bool:
        changing = sum(a.method not in (Method.STAY, Method.FOLLOW) for a in self.inventory.assets.values())
        return self.plans >= (PLANS_OF_MANY if changing > MANY else PLANS) or self.looks >= LOOKS

    def _shrunk(self, ways: Ways, heights: Heights, best: Relaxed) -> Relaxed:
        """The same ways with steps as small as they can be, one way after the other, and without those that may go."""
        for number in range(len(ways)):
            low, high = -1 if len(best.rungs) > 1 else 0, heights[number]
            while low < high and not self._spent():
                middle = (low + high) // 2
                smaller = (*heights[:number], middle, *heights[number + 1 :])
                found = self._tried(ways, smaller, branch=False)
                if found is None:
                    low = middle + 1
                else:
                    best, heights, high = found, smaller, middle
        return best

    def _tried(self, ways: Ways, heights: Heights, *, branch: bool) -> Relaxed | None:
        """What these steps lead to, if it is a verified plan; else, if asked for, what they could be joined with."""
        if self.stopped():
            raise Stopped
        self.looks += 1
        rungs = tuple(way.rungs[height] for way, height in zip(ways, heights, strict=True) if height >= 0)
        inventory = relieved(self.inventory, rungs)
        answer = schedule(inventory, self._options(), stopped=self.stopped)
        if isinstance(answer, Refusal):
            self.plans += answer.kind is not RefusalKind.IMPOSSIBLE
            if branch:
                self._branch(ways, answer)
            return None
        self.plans += 1
        if not answer.waves or _without_rack(self.inventory, answer) or not verify(inventory, answer).safe:
            return None  # that nothing is done at all, or that a box stands nowhere, helps nobody
        inside = sum(outage.inside for outage in answer.outages)
        told = Relaxation(tuple(rung.told for rung in rungs), len(answer.waves), inside)
        return Relaxed(told, rungs, inventory, answer)

    def _options(self) -> Options:
        return Options(min(self.options.effort, EFFORT), self.options.seed)

    def _branch(self, taken: Ways, refusal: Refusal) -> None:
        """Each way that may lead further, added to what has been taken."""
        if len(taken) >= max(WAYS, len(self.first) + 2):
            return
        ids = _ids(taken)
        for way in self._next(taken, refusal):
            if way.id not in ids:
                grown = (*taken, way)  # in this order: a later way may be about what an earlier one has brought
                if _ids(grown) not in self._seen:
                    self._seen.add(_ids(grown))
                    heappush(self._waiting, (self._cost(grown), len(self._seen), grown))

    def _cost(self, ways: Ways) -> int:
        """What is given way by, and more for each way beyond one for each conflict: one large step before two small."""
        return sum(way.cost for way in ways) + FURTHER * max(0, len(ways) - max(1, len(self.first)))

    def _next(self, taken: Ways, refusal: Refusal) -> Iterable[Relief]:
        """The ways out of the first conflict that nothing has been done about; else out of what is refused now."""
        ids = _ids(taken)
        for ways in self.first:
            if ids.isdisjoint(_ids(ways)):
                return ways
        now = relieved(self.inventory, [way.rungs[-1] for way in taken])
        reasons = refusal.reasons[:1] if refusal.kind is RefusalKind.IMPOSSIBLE else refusal.reasons
        return [way for candidate in candidates(now, reasons) for way in candidate.reliefs]


def _without_rack(before: Inventory, plan: Plan) -> bool:
    """Whether something that was to stand in a rack is moved and has none in the end: nothing is counted of it then."""
    racked = {a.id for a in before.assets.values() if a.stages and a.stages[-1].position.rack is not None}
    return any(at.rack is None and id in racked for id, at in plan.placements.items())


def _ids(ways: Iterable[Relief]) -> frozenset[object]:
    return frozenset(way.id for way in ways)
