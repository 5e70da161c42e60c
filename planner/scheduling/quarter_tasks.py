"""The tasks of a turn, built community by community: what it costs does not depend on how large the estate is."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from planner.model.place import Position
from planner.scheduling.job import Job
from planner.scheduling.task import Task
from planner.scheduling.transition import Outcome, Transitions
from planner.scheduling.turn_tasks import TurnTasks

Ids = tuple[str, ...]


@dataclass(slots=True)
class QuarterTasks:
    """Remembers what it has built, by the jobs of a community and what they stop."""

    transitions: Transitions
    placements: Mapping[str, Position]
    jobs: Mapping[str, Job]
    laid: frozenset[str]
    _built: dict[tuple[Ids, Ids], tuple[Task, ...]] = field(default_factory=dict)

    def of(self, jobs: Sequence[str], outcome: Outcome) -> tuple[Task, ...] | None:
        """The tasks of every community, one after the other; None where they cannot be told apart."""
        parts = self._parts(jobs, outcome)
        if parts is None:
            return None
        return tuple(task for number, (ids, stopped) in parts for task in self._in(number, tuple(ids), tuple(stopped)))

    def _parts(self, jobs: Sequence[str], outcome: Outcome) -> Iterable[tuple[int, tuple[list[str], list[str]]]] | None:
        """By community its jobs and what they stop."""
        communities, numbers = self.transitions.communities, self.transitions.truth.numbering.subject
        lonely = self.transitions.apart and communities.only_tests and not outcome.evacuation
        if not lonely or any(communities.of[id] < 0 for id in jobs):
            return None
        parts: dict[int, tuple[list[str], list[str]]] = {}
        for id in jobs:
            parts.setdefault(communities.of[id], ([], []))[0].append(id)
        for id in outcome.stopped:
            parts[communities.number(numbers[id])][1].append(id)
        return parts.items()

    def _in(self, community: int, ids: Ids, stopped: Ids) -> tuple[Task, ...]:
        key = (ids, stopped)
        if key not in self._built:
            quarter, chosen = self.transitions.nearby(community)[0], [self.jobs[id] for id in ids]
            builder = TurnTasks(quarter.inventory, quarter.providers, self.placements, chosen, stopped, self.laid)
            self._built[key] = builder.build()
        return self._built[key]
