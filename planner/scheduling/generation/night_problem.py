"""Which item goes in which night: the problem, and how few nights can be enough."""

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate

from planner.scheduling.generation.lower_bound import critical_path, heads, tails
from planner.scheduling.generation.project import Project, Wait

NEVER = 1 << 60

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
    """What tasks take of a resource: not before ``head``, and at least ``rest`` before the end of their nights.

    ``units`` are those of all slots, ``at_a_time`` those that the tasks take in one slot each, added up.
    """

    head: int
    rest: int
    units: int
    at_a_time: int


def least_nights(problem: NightProblem) -> int:
    """How many nights are needed at least; one more than there are if they cannot be enough.

    For a resource, a head h and a rest q: tasks that begin no earlier than h in their item, with at least q of it after
    them, take their units in ``[h, horizon - q)`` of some night, so that the nights that give most in there must give
    as much as all these tasks take. Where a night gives the same in every slot, each unit of it (one person) waits for
    the head of the first such task that it does, and for the rest of the last one, and no two units begin with the same
    one: ``sum of units <= used * horizon - the least heads - the least rests``, of as many as there are units used
    (Carlier, J. (1987): Scheduling jobs with release dates and tails on identical machines. EJOR 29).
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
    found: list[dict[tuple[int, int], Work]] = [{} for _ in alone.capacities]
    for task, row in enumerate(alone.demands):
        at = (begin[task], rest[task] - alone.durations[task])
        for number, units in enumerate(row):
            if units and alone.durations[task]:
                old = found[number].get(at, Work(*at, 0, 0))
                more = units * alone.durations[task]
                found[number][at] = Work(*at, old.units + more, old.at_a_time + units)
    return [[work for _, work in sorted(rows.items())] for rows in found]


def _nights_for(problem: NightProblem, number: int, works: Sequence[Work]) -> int:
    sums = {night: [0, *accumulate(night[number])] for night in set(problem.nights)}
    steady = all(len(set(night[number])) == 1 for night in sums)
    there = list(accumulate(sorted((night[number][0] for night in problem.nights), reverse=True))) if steady else []
    most = 0
    for head in sorted({work.head for work in works}):
        for rest in sorted({work.rest for work in works}):
            later = [work for work in works if work.head >= head and work.rest >= rest]
            wanted = sum(work.units for work in later)
            end = max(head, problem.project.horizon - rest)
            given = sorted((sums[night][end] - sums[night][head] for night in problem.nights), reverse=True)
            most = max(most, _covering(list(accumulate(given)), wanted))
            if steady and wanted:
                most = max(most, _covering(there, _least_used(later, problem.project.horizon, wanted)))
    return most


def _least_used(works: Sequence[Work], horizon: int, wanted: int) -> int:
    """How many units of all nights are used at least; more than there can be if they are never enough."""
    first = sorted((work.head, work.at_a_time) for work in works)
    last = sorted((work.rest, work.at_a_time) for work in works)
    used, ends = 0, sorted({*accumulate(times for _, times in first), *accumulate(times for _, times in last)})
    for end, head, rest in zip(ends, _at(ends, first), _at(ends, last), strict=True):
        each = horizon - head - rest
        if each <= 0:
            break
        if wanted <= (end - used) * each:
            return used + -(-wanted // each)
        wanted -= (end - used) * each
        used = end
    return NEVER


def _at(ends: Sequence[int], rows: Sequence[tuple[int, int]]) -> Iterator[int]:
    """For each end the value of the row into which it falls, if every row is as long as is said in it."""
    borders = list(accumulate(times for _, times in rows))
    yield from (rows[bisect_left(borders, end)][0] for end in ends)


def _covering(given: Sequence[int], wanted: int) -> int:
    """How many of the nights, those that give most first, give what is wanted."""
    return next((number for number, units in enumerate([0, *given]) if units >= wanted), len(given) + 1)


def same_night(problem: NightProblem, nights: Sequence[int]) -> tuple[Wait, ...]:
    """Every wait that binds in these nights of the items."""
    night = [nights[item] for item in problem.item_of]
    return tuple(wait for wait in problem.project.waits if night[wait.before] == night[wait.after])
