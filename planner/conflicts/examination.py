"""A refusal examined: the sets of facts that conflict, and the nearest relaxations, each proved by solving again."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace

from planner.conflicts.candidate import Candidate, Relief, lifted
from planner.conflicts.gather import candidates
from planner.conflicts.oracle import Oracle, Stopped, refuse
from planner.conflicts.relaxing import Relaxed, Relaxing
from planner.conflicts.smallest import smallest_refused
from planner.conflicts.target import wrong_target
from planner.model.inventory import Inventory
from planner.plan.refusal import Conflict, Proof, Reason, Refusal, RefusalKind
from planner.scheduling.options import Options
from planner.units.progress import Progress

MOST_CONFLICTS = 6
"""Sets of facts that are told; where there are more, the refusal's reasons name the rest."""
PROVED = ("fact_", "placement_")
"""How the messages of reasons begin that hold against every plan."""
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
        self._judge_target()
        self.universe = candidates(self.inventory, _proved(self.refusal.reasons))
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

    def _judge_target(self) -> None:
        """What is not found may be impossible: the verifier may find that the target state breaks a rule."""
        wrong = wrong_target(self.inventory) if self.refusal.kind is not RefusalKind.IMPOSSIBLE else ()
        if wrong:
            self.refusal = replace(self.refusal, kind=RefusalKind.IMPOSSIBLE, reasons=(*wrong, *self.refusal.reasons))

    def _conflicts(self) -> None:
        """One set after the other, each without the facts of those before."""
        self.universe = self._behind(self.universe)
        oracle = Oracle(self.inventory, self.universe, self._way(), self.stopped)
        left = frozenset(range(len(self.universe)))
        while left and len(self.clashes) < MOST_CONFLICTS:
            self.progress("conflicts", len(self.clashes), None)
            found = self._clash(oracle, left)
            if found is None:
                break
            numbers, clash = found
            self.clashes.append(clash)
            left -= numbers

    def _way(self) -> Proof:
        """How the refusal is proved."""
        if self.refusal.kind is RefusalKind.NO_PATH:
            return Proof.EXHAUSTED
        told = any(reason.key.startswith("fact_target") for reason in self.refusal.reasons)
        return Proof.TARGET if told else Proof.FACTS

    def _behind(self, found: tuple[Candidate, ...]) -> tuple[Candidate, ...]:
        """The facts, and those that keep the inventory refused where none of these binds."""
        for _ in range(LAYERS):
            rest = lifted(self.inventory, found)
            refusal = refuse(rest, self._way(), self.stopped)
            if refusal is None:
                break
            known = {candidate.id for candidate in found}
            more = [c for c in candidates(self.inventory, refusal.reasons) if c.id not in known]
            if not more:
                break
            found = (*found, *more)
        return found

    def _clash(self, oracle: Oracle, left: frozenset[int]) -> tuple[frozenset[int], Clash] | None:
        """The smallest set of these, and asked again: it is refused, and without any one of its facts it is not."""
        found = smallest_refused(left, oracle.refused)
        if found is None or not found[0]:
            return None
        numbers, smallest = frozenset(found[0]), found[1]
        proof = oracle.proof(numbers)
        if proof is None or any(oracle.refused(numbers - {number}) for number in numbers):
            return None
        chosen = tuple(self.universe[number] for number in found[0])
        return numbers, Clash(Conflict(tuple(c.fact for c in chosen), proof, smallest), chosen)

    def _relax(self) -> None:
        """The nearest changes that make a plan; each plan is verified."""
        search = Relaxing(self.inventory, self.options, self.progress, self.stopped, self._first_steps())
        for found in search.run(self.refusal):
            self.relaxed.append(found)

    def _first_steps(self) -> tuple[tuple[Relief, ...], ...]:
        """For each conflict the steps that touch it: one of them has to be taken."""
        return tuple(tuple(_steps(clash.candidates)) for clash in self.clashes)


def _proved(reasons: Sequence[Reason]) -> Sequence[Reason]:
    """Those that are facts against every plan, where there are any; the others only tell how far a search came."""
    return [reason for reason in reasons if reason.key.startswith(PROVED)] or reasons


def _steps(chosen: Sequence[Candidate]) -> Iterator[Relief]:
    for candidate in chosen:
        yield from candidate.reliefs
