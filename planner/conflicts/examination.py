"""A refusal examined: the sets of facts that conflict, and the nearest relaxations, each proved by solving again."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace

from planner.conflicts.candidate import Candidate, Relief
from planner.conflicts.clashes import Clash, Clashing
from planner.conflicts.gather import candidates
from planner.conflicts.oracle import Stopped
from planner.conflicts.refuting import refuse
from planner.conflicts.relaxing import Relaxed, Relaxing
from planner.conflicts.target import wrong_target
from planner.model.inventory import Inventory
from planner.plan.refusal import Proof, Reason, Refusal, RefusalKind
from planner.scheduling.options import Options
from planner.units.progress import Progress

PROVED = ("fact_", "placement_")
"""How the messages of reasons begin that hold against every plan."""


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
        search = Clashing(self.inventory, self.universe, self._refuse, self.stopped)
        try:
            for clash in search.run():
                self.clashes.append(clash)
                self.progress("conflicts", len(self.clashes), None)
        finally:
            self.universe = search.universe

    def _refuse(self, inventory: Inventory, effort: float) -> Refusal | None:
        return refuse(inventory, self._way(), self.stopped, effort)

    def _way(self) -> Proof:
        """How the refusal is proved."""
        if self.refusal.kind is RefusalKind.NO_PATH:
            return Proof.EXHAUSTED
        told = any(reason.key.startswith("fact_target") for reason in self.refusal.reasons)
        return Proof.TARGET if told else Proof.FACTS

    def _relax(self) -> None:
        """The nearest changes that make a plan; each plan is verified."""
        search = Relaxing(self.inventory, self.options, self.progress, self.stopped, self._first_steps())
        try:
            for found in search.run(self.refusal):
                self.relaxed.append(found)
        finally:
            self.refusal = replace(self.refusal, tried=search.looks)

    def _first_steps(self) -> tuple[tuple[Relief, ...], ...]:
        """For each conflict the steps that touch it: one of them has to be taken."""
        return tuple(tuple(_steps(clash.candidates)) for clash in self.clashes)


def _proved(reasons: Sequence[Reason]) -> Sequence[Reason]:
    """Those that are facts against every plan, where there are any; the others only tell how far a search came."""
    return [reason for reason in reasons if reason.key.startswith(PROVED)] or reasons


def _steps(chosen: Sequence[Candidate]) -> Iterator[Relief]:
    for candidate in chosen:
        yield from candidate.reliefs
