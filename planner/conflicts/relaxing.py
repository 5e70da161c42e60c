"""The nearest changes of an inventory that make a plan: tried in the order of what the office gives way by."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from heapq import heappop, heappush

from planner.conflicts.candidate import Relief, relieved
from planner.conflicts.gather import candidates
from planner.conflicts.oracle import Stopped
from planner.model.inventory import Inventory
from planner.plan.plan import Plan
from planner.plan.refusal import Refusal, RefusalKind, Relaxation
from planner.safety.verify import verify
from planner.scheduling.options import Options
from planner.scheduling.schedule import schedule
from planner.units.progress import Progress

WANTED = 4
"""Relaxations that are told."""
PLANS = 14
"""Plans that are made to find them, at most."""
LOOKS = 200
"""Changed inventories that are looked at, those that are refused before anything is drafted included."""
STEPS = 5
"""Changes that are made at one time, at most."""

Taken = tuple[Relief, ...]


@dataclass(frozen=True, slots=True)
class Relaxed:
    """A relaxation with the steps and the verified plan that it leads to."""

    told: Relaxation
    reliefs: Taken
    inventory: Inventory
    plan: Plan


@dataclass(slots=True)
class Relaxing:
    """A search by cost. ``first``: for each conflict the steps of which one has to be taken."""

    inventory: Inventory
    options: Options
    progress: Progress
    stopped: Callable[[], bool]
    first: tuple[tuple[Relief, ...], ...]
    plans: int = 0
    looks: int = 0
    _waiting: list[tuple[int, int, Taken]] = field(default_factory=list)
    _seen: set[frozenset[object]] = field(default_factory=set)
    _number: int = 0

    def run(self, refusal: Refusal) -> Iterator[Relaxed]:
        """The relaxations, the smallest first; each is as small as the steps allow: none contains another.

        Raises
        ------
        Stopped
            If the search was stopped.
        """
        found: list[frozenset[object]] = []
        self._branch((), refusal)
        while self._waiting and len(found) < WANTED and self.plans < PLANS and self.looks < LOOKS:
            _, _, taken = heappop(self._waiting)
            facts = frozenset(_touched(taken))
            if any(known <= facts for known in found):
                continue
            self.progress("relaxations", len(found), WANTED)
            relaxed = self._tried(taken)
            if relaxed is not None:
                found.append(facts)
                yield relaxed

    def _tried(self, taken: Taken) -> Relaxed | None:
        if self.stopped():
            raise Stopped
        self.looks += 1
        inventory = relieved(self.inventory, taken)
        answer = schedule(inventory, self.options, stopped=self.stopped)
        if isinstance(answer, Refusal):
            self.plans += answer.kind is not RefusalKind.IMPOSSIBLE
            self._branch(taken, answer)
            return None
        self.plans += 1
        verdict = verify(inventory, answer)
        if not verdict.safe:
            return None
        inside = sum(outage.inside for outage in answer.outages)
        told = Relaxation(tuple(relief.told for relief in taken), len(answer.waves), inside)
        return Relaxed(told, taken, inventory, answer)

    def _branch(self, taken: Taken, refusal: Refusal) -> None:
        """Each step that may lead further, added to what has been taken."""
        if len(taken) >= STEPS:
            return
        touched = frozenset(_touched(taken))
        for relief in self._next(taken, refusal):
            if _fact(relief) in touched:
                continue
            grown = tuple(sorted((*taken, relief), key=lambda r: (r.cost, r.told.path, r.told.key)))
            key = frozenset(_named(r) for r in grown)
            if key not in self._seen:
                self._seen.add(key)
                self._number += 1
                heappush(self._waiting, (sum(r.cost for r in grown), self._number, grown))

    def _next(self, taken: Taken, refusal: Refusal) -> Iterable[Relief]:
        """The steps for the first conflict that nothing has been done about; else those for what is refused now."""
        touched = frozenset(_touched(taken))
        for steps in self.first:
            if touched.isdisjoint(_touched(steps)):
                return steps
        found = candidates(
            relieved(self.inventory, taken),
            refusal.reasons[:1] if refusal.kind is RefusalKind.IMPOSSIBLE else refusal.reasons,
        )
        return [relief for candidate in found for relief in candidate.reliefs]


def _fact(relief: Relief) -> object:
    return relief.told.path, relief.told.key


def _named(relief: Relief) -> object:
    return relief.told.path, relief.told.key, tuple(sorted(relief.told.values.items()))


def _touched(reliefs: Iterable[Relief]) -> Iterator[object]:
    return (_fact(relief) for relief in reliefs)
