"""A refusal examined: the sets of facts that conflict, and the nearest relaxations, each proved by solving again."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace

from planner.conflicts.candidate import Candidate, Relief, lifted
from planner.conflicts.gather import candidates
from planner.conflicts.oracle import EFFORT, Oracle, Stopped
from planner.conflicts.relaxing import Relaxed, Relaxing
from planner.conflicts.smallest import smallest_refused
from planner.model.inventory import Inventory
from planner.plan.refusal import Conflict, Refusal, RefusalKind
from planner.scheduling.options import Options
from planner.scheduling.schedule import refuted
from planner.units.progress import Progress

MOST_CONFLICTS = 6
"""Sets of facts that are told; where there are more, the refusal's reasons name the rest."""
LAYERS = 6
"""How often what is refused behind what is refused is looked at."""


@dataclass(frozen=True, slots=True)
class Clash:
    """A conflict with the facts as they may be lifted, in the same order."""

    told: Conflict
    candidates: tuple[Candidate, ...]


@dataclass(slots=True)
class Examination:
    """What was found out about one refusal; ``refusal`` tells it as data, the rest is what it was found with."""

    inventory: Inventory
    refusal: Refusal
    options: Options
    progress: Progress
    stopped: Callable[[], bool]
    clashes: list[Clash] = field(default_factory=list)
    relaxed: list[Relaxed] = field(default_factory=list)
    universe: tuple[Candidate, ...] = ()

    def run(self) -> None:
        """Find conflicts where the refusal is proved, and relaxations in any case."""
        self.universe = candidates(self.inventory, self.refusal.reasons)
        try:
            if self.refusal.kind is not RefusalKind.NOT_FOUND:
                self._conflicts()
            self._relax()
        except Stopped:
            self.refusal = replace(self.refusal, cut_short=True)
        self.refusal = replace(
            self.refusal,
            conflicts=tuple(clash.told for clash in self.clashes),
            relaxations=tuple(relaxed.told for relaxed in self.relaxed),
            examined=True,
        )

    def _conflicts(self) -> None:
        """One set after the other, each without the facts of those before."""
        self.universe = self._behind(self.universe)
        base, left = self.inventory, list(self.universe)
        while left and len(self.clashes) < MOST_CONFLICTS:
            self.progress("conflicts", len(self.clashes), None)
            found = self._clash(base, left)
            if found is None:
                break
            self.clashes.append(found)
            base = lifted(base, found.candidates)
            left = [candidate for candidate in left if candidate not in found.candidates]

    def _behind(self, found: tuple[Candidate, ...]) -> tuple[Candidate, ...]:
        """The facts, and those that keep the inventory refused where none of these binds."""
        for _ in range(LAYERS):
            rest = lifted(self.inventory, found)
            refusal = refuted(rest, EFFORT, self.stopped)
            if refusal is None:
                break
            known = {candidate.id for candidate in found}
            more = [c for c in candidates(self.inventory, refusal.reasons) if c.id not in known]
            if not more:
                break
            found = (*found, *more)
        return found

    def _clash(self, base: Inventory, left: Sequence[Candidate]) -> Clash | None:
        oracle = Oracle(base, left, self.stopped)
        found = smallest_refused(len(left), oracle.refused)
        if found is None or not found[0]:
            return None
        numbers, smallest = found
        proof = oracle.proof(frozenset(numbers))
        sharp = all(not oracle.refused(frozenset(numbers) - {number}) for number in numbers)
        if proof is None or not sharp:
            return None
        chosen = tuple(left[number] for number in numbers)
        return Clash(Conflict(tuple(c.fact for c in chosen), proof, smallest), chosen)

    def _relax(self) -> None:
        """The nearest changes that make a plan; each plan is verified."""
        search = Relaxing(self.inventory, self.options, self.progress, self.stopped, self._first_steps())
        for found in search.run(self.refusal):
            self.relaxed.append(found)

    def _first_steps(self) -> tuple[tuple[Relief, ...], ...]:
        """For each conflict the steps that touch it: one of them has to be taken."""
        return tuple(tuple(_steps(clash.candidates)) for clash in self.clashes)


def _steps(chosen: Sequence[Candidate]) -> Iterator[Relief]:
    for candidate in chosen:
        yield from candidate.reliefs
