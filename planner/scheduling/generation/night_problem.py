"""Which item goes in which night: the problem, and how few nights can be enough."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate

from planner.scheduling.generation.lower_bound import critical_path, heads, tails
from planner.scheduling.generation.project import Project, Wait

Capacities = tuple[tuple[int, ...], ...]


@dataclass(frozen=True, slots=True)
class Bond:
    """``weight`` for each night that two items lie apart: what lives across the bridge meanwhile."""

    one: int
    other: int
    weight: int


@dataclass(frozen=True, slots=True)
class NightProblem:
    """Items 0 to n - 1, each some tasks that lie in one night, and the nights there are.

    Parameters
    ----------
    project
        The tasks. Waits between tasks of two items bind in a night in which both lie; its capacities are the widest
        that a night has.
    item_of
        The item of each task.
    nights
        For each night the units of each resource in each slot, on the project's horizon.
    bonds
        What it costs to part items.

    Raises
    ------
    ValueError
        If a limit binds tasks of two items, or a night has other resources or slots than the project.
    """

    project: Project
    item_of: tuple[int, ...]
    nights: tuple[Capacities, ...]
    bonds: tuple[Bond, ...] = ()

    def __post_init__(self) -> None:
        if any(self.item_of[limit.first] != self.item_of[limit.last] for limit in self.project.limits):
            raise ValueError("a limit binds tasks of one item")
        shape = [len(row) for row in self.project.capacities]
        if any([len(row) for row in night] != shape for night in set(self.nights)):
            raise ValueError("a night needs the resources and slots of the project")

    @property
    def items(self) -> int:
        return max(self.item_of, default=-1) + 1

    def alone(self) -> Project:
        """The project with the waits inside of items alone: these hold in whatever night an item lies."""
        waits = tuple(w for w in self.project.waits if self.item_of[w.before] == self.item_of[w.after])
        return Project(
            self.project.durations, self.project.demands, self.project.capacities, waits, self.project.limits
        )


@dataclass(frozen=True, slots=True)
class Work:
    """What a task takes of a resource: not before ``head``, and at least ``rest`` before the end of its night."""

    head: int
    rest: int
    units: int


def least_nights(problem: NightProblem) -> int:
    """How many nights are needed at least; one more than there are if they cannot be enough.

    For a resource, a head h and a rest q: tasks that begin no earlier than h in their item, with at least q of it after
    them, take their units in ``[h, horizon - q)`` of some night, so that the nights that give most in there must give
    as much as all these tasks take.
    """
    alone = problem.alone()
    if problem.items == 0:
        return 0
    if critical_path(alone) > alone.horizon:
        return len(problem.nights) + 1
    works = _works(alone)
    return max(1, *(_nights_for(problem, number, works[number]) for number in range(len(works))))


def _works(alone: Project) -> list[list[Work]]:
    begin, rest = heads(alone), tails(alone)
    found: list[dict[tuple[int, int], int]] = [{} for _ in alone.capacities]
    for task, row in enumerate(alone.demands):
        at = (begin[task], rest[task] - alone.durations[task])
        for number, units in enumerate(row):
            if units and alone.durations[task]:
                found[number][at] = found[number].get(at, 0) + units * alone.durations[task]
    return [[Work(head, after, units) for (head, after), units in sorted(rows.items())] for rows in found]


def _nights_for(problem: NightProblem, number: int, works: Sequence[Work]) -> int:
    sums = {night: [0, *accumulate(night[number])] for night in set(problem.nights)}
    most = 0
    for head in sorted({work.head for work in works}):
        for rest in sorted({work.rest for work in works}):
            wanted = sum(work.units for work in works if work.head >= head and work.rest >= rest)
            end = max(head, problem.project.horizon - rest)
            given = sorted((sums[night][end] - sums[night][head] for night in problem.nights), reverse=True)
            most = max(most, _covering(list(accumulate(given)), wanted))
    return most


def _covering(given: Sequence[int], wanted: int) -> int:
    """How many of the nights, those that give most first, give what is wanted."""
    return next((number for number, units in enumerate([0, *given]) if units >= wanted), len(given) + 1)


def same_night(problem: NightProblem, nights: Sequence[int]) -> tuple[Wait, ...]:
    """Every wait that binds in these nights of the items."""
    night = [nights[item] for item in problem.item_of]
    return tuple(wait for wait in problem.project.waits if night[wait.before] == night[wait.after])
