"""Whether what is moved would live across two rooms, if it were moved in an earlier window than the plan does."""

from collections.abc import Iterator

from planner.dependencies import Origin, Requirement
from planner.model.chain import StepKind
from planner.model.need import AtLeast, Leaf, NeedKind, Tree
from planner.pipeline.waiting import Waiting
from planner.plan.step import Step
from planner.safety.moment import Moment
from planner.units.span import Minute

ACROSS = (NeedKind.HARD, NeedKind.LIVE)
"""Needs that reach from room to room over a link."""


class Crossing:
    """Rooms at the end of an earlier window, with the work of one wave done as far as it is at some instant.

    Parameters
    ----------
    waiting : Waiting
        The steps and the needs of the plan.
    subject : str
        The asset or system that is asked about.
    steps : tuple of Step
        Its steps in the wave; the last one ends at that instant.
    end : int
        The end of the earlier window.
    """

    def __init__(self, waiting: Waiting, subject: str, steps: tuple[Step, ...], end: Minute) -> None:
        self._waiting, self._steps = waiting, steps
        self._wave = waiting.wave_of(steps[0])
        self._then: Moment = waiting.replay.at(end)
        self._done: Moment = waiting.replay.at(max(step.end for step in steps))
        self._concerned = {subject, *waiting.runs_on(subject), *waiting.run_by(subject)}

    def between(self, rooms: frozenset[str]) -> bool:
        """Whether a need of it, or on it, or a migration reaches from one of two rooms into the other."""
        needs = (need for id in self._concerned for need in self._needs(id))
        return any(self._reaches(need, rooms) for need in needs) or any(pair == rooms for pair in self._migrations())

    def _needs(self, id: str) -> Iterator[Requirement]:
        for need in (*self._waiting.needs_of(id), *self._waiting.dependents_of(id)):
            if need.kind in ACROSS and need.origin is not Origin.RUNS_ON:
                yield need

    def _reaches(self, need: Requirement, rooms: frozenset[str]) -> bool:
        return any(self._across(need.tree, here, rooms) for here in self._rooms(need.dependent) & rooms)

    def _across(self, tree: Tree, here: str, rooms: frozenset[str]) -> bool:
        """Whether a tree is met from a room only with what stands in the other one."""
        if isinstance(tree, Leaf):
            found = self._rooms(tree.id)
            return here not in found and bool(found & rooms)
        across = sum(self._across(part, here, rooms) for part in tree.parts)
        if isinstance(tree, AtLeast):
            return not tree.in_room and len(tree.parts) - across < tree.count
        return across > 0

    def _rooms(self, id: str) -> frozenset[str]:
        """Where it stands; a system stands where it runs."""
        found = (self._moment(asset).room(asset) for asset in (self._waiting.runs_on(id) or (id,)))
        return frozenset(room for room in found if room)

    def _moment(self, asset: str) -> Moment:
        moved = any(self._waiting.wave_of(step) is self._wave for step in self._waiting.about(asset))
        return self._done if moved else self._then

    def _migrations(self) -> Iterator[frozenset[str]]:
        """The rooms that its VMs, or it as a VM, migrate between."""
        for step in self._wave.steps if self._wave else ():
            if step.kind is StepKind.MIGRATE and (step in self._steps or self._concerned & set(step.hosts.values())):
                before, after = self._waiting.replay.at(step.start - 1), self._waiting.replay.at(step.end)
                for vm in step.hosts:
                    yield frozenset(room for room in (before.room(vm), after.room(vm)) if room)
