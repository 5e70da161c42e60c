"""What is true of one world at one instant: availability, and on request crossings, load, causes and lost spares."""

from collections.abc import Callable, Iterable
from functools import cached_property
from typing import TypeVar

from planner.model.need import NeedKind
from planner.scheduling.causes import chain
from planner.scheduling.crossing import Crossing, crossings, loads
from planner.scheduling.ground import AVAILABILITY
from planner.scheduling.judge import Judge
from planner.scheduling.numbering import NOWHERE
from planner.scheduling.redundancy import ShortGroup, short_groups

Fact = TypeVar("Fact")


class Evaluation:
    """The answers about one world; all but `holds` and `available` are worked out when they are first asked for.

    What ``base`` has worked out already is taken from it for all that is not fresh in ``judge``.
    """

    def __init__(self, judge: Judge, base: "Evaluation | None" = None) -> None:
        self.judge = judge
        self._number = judge.ground.numbering.subject
        known = base if judge.fresh is not None else None
        self._short_before = known.__dict__.get("_short_by_subject") if known else None
        self._loads_before = known.__dict__.get("_loads_by_subject") if known else None

    def holds(self, subject: str) -> bool:
        """Asset: up and its hard and live needs hold, recursively. System: available."""
        return self.judge.holds[self._number[subject]]

    def available(self, system: str) -> bool:
        return self.judge.holds[self._number[system]]

    @cached_property
    def unavailable(self) -> frozenset[str]:
        """The systems that are not available."""
        numbering = self.judge.ground.numbering
        return frozenset(numbering.subjects[i] for i in numbering.systems if not self.judge.holds[i])

    def ready(self, subject: str, kinds: frozenset[NeedKind] = AVAILABILITY) -> bool:
        """Whether the subject's own needs of these kinds hold, whatever its own state; runs_on belongs to `HARD`."""
        judge, i = self.judge, self._number[subject]
        if i < judge.assets:
            derived = not kinds & AVAILABILITY or judge.derived_hold(i)
            return derived and all(
                judge.tree(need.tree, i, i, local=need.same_room) for need in judge.force.needs[i] if need.kind in kinds
            )
        return self._system_ready(i, kinds)

    def _system_ready(self, i: int, kinds: frozenset[NeedKind]) -> bool:
        judge, runs_on = self.judge, self.judge.force.runs_on[i]
        needs = [need for need in judge.force.needs[i] if need.kind in kinds]
        if runs_on is None:
            return all(judge.tree(need.tree, NOWHERE, i, local=False) for need in needs)
        trees = [(need.tree, need.same_room) for need in needs]
        return judge.members_suffice(i, runs_on, trees)

    @cached_property
    def crossings(self) -> tuple[Crossing, ...]:
        """Every need that is served from another room, in the order of the file."""
        return tuple(crossings(self.judge))

    @cached_property
    def load(self) -> dict[str, int]:
        """Mbit/s of the crossing needs by link id; links without load are not in it, unknown needs are not counted."""
        links, found = self.judge.ground.numbering.links, dict[str, int]()
        for number, mbps in (row for rows in self._loads_by_subject.values() for row in rows):
            found[links[number]] = found.get(links[number], 0) + mbps
        return found

    @cached_property
    def _loads_by_subject(self) -> dict[int, tuple[tuple[int, int], ...]]:
        """Who loads which links by number with how many Mbit/s."""
        return self._renewed(self._loads_before, loads, self.judge.ground.weighty)

    def why(self, subject: str) -> tuple[str, ...]:
        """The ids from the subject to the first cause of its not holding; empty if it holds."""
        return () if self.holds(subject) else chain(self.judge, self._number[subject])

    @cached_property
    def short_groups(self) -> tuple[ShortGroup, ...]:
        """Every k-of-n tree of a subject that is up of which fewer than `keep` members serve it (S04)."""
        return tuple(group for i in sorted(self._short_by_subject) for group in self._short_by_subject[i])

    @cached_property
    def _short_by_subject(self) -> dict[int, tuple[ShortGroup, ...]]:
        return self._renewed(self._short_before, short_groups, self.judge.ground.redundant)

    def _renewed(
        self,
        before: dict[int, tuple[Fact, ...]] | None,
        facts: Callable[[Judge, int], Iterable[Fact]],
        whose: Iterable[int],
    ) -> dict[int, tuple[Fact, ...]]:
        """The facts of every subject that has any; those of subjects that are not fresh are as before."""
        fresh = self.judge.fresh
        found: dict[int, tuple[Fact, ...]] = {}
        if before is not None and fresh is not None:
            found = {i: rows for i, rows in before.items() if i not in fresh}
            whose = (i for i in whose if i in fresh)
        for i in whose:
            rows = tuple(facts(self.judge, i))
            if rows:
                found[i] = rows
        return found
