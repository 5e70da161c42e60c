"""How early a project can end at the earliest, whatever its order."""

from collections.abc import Iterable
from itertools import accumulate

from planner.scheduling.generation.project import Project, Wait, topological


def heads(project: Project) -> list[int]:
    """Return the earliest start of each task if everybody were there: the longest path of waits before it."""
    return _longest(project, project.waits)


def tails(project: Project) -> list[int]:
    """Return the least time from the start of each task to the end of all: the longest path after it and itself."""
    turned = [Wait(wait.after, wait.before, wait.pause) for wait in project.waits]
    before = _longest(project, turned)
    return [before[task] + length for task, length in enumerate(project.durations)]


def critical_path(project: Project) -> int:
    """``max over tasks of head + tail``."""
    return max((h + t for h, t in zip(heads(project), tails(project), strict=True)), default=0)


def energy(project: Project) -> int:
    """The earliest end at which each resource can have given what is taken from it between two moments.

    For a resource, a head h and a tail q (beyond the task itself): the tasks with ``head >= h`` and ``rest >= q`` lie
    in ``[h, end - q)``, so that ``sum of duration * demand <= sum of capacity over [h, end - q)``.
    """
    begin = heads(project)
    rest = [tail - length for tail, length in zip(tails(project), project.durations, strict=True)]
    return max((_energy_of(project, number, begin, rest) for number in range(len(project.capacities))), default=0)


def lower_bound(project: Project) -> int:
    """The greater of critical path and energy; beyond the horizon if the tasks cannot all lie in it."""
    return max(critical_path(project), energy(project))


def _energy_of(project: Project, number: int, begin: list[int], rest: list[int]) -> int:
    given = [0, *accumulate(project.capacities[number])]
    users = [task for task, row in enumerate(project.demands) if row[number] and project.durations[task]]
    best = 0
    for head in sorted({begin[task] for task in users}):
        later = sorted((task for task in users if begin[task] >= head), key=lambda task: -rest[task])
        wanted = 0
        for place, task in enumerate(later):
            wanted += project.durations[task] * project.demands[task][number]
            if place + 1 == len(later) or rest[later[place + 1]] < rest[task]:
                best = max(best, _end_of_supply(given, head, wanted) + rest[task])
    return best


def _end_of_supply(given: list[int], head: int, wanted: int) -> int:
    """Return the first slot by which ``wanted`` was there since ``head``; one after the last if it never is."""
    low, high = head, len(given)
    while low < high:
        middle = (low + high) // 2
        if middle == len(given) or given[middle] - given[min(head, len(given) - 1)] >= wanted:
            high = middle
        else:
            low = middle + 1
    return low


def _longest(project: Project, waits: Iterable[Wait]) -> list[int]:
    waits = tuple(waits)
    after: dict[int, list[Wait]] = {}
    for wait in waits:
        after.setdefault(wait.before, []).append(wait)
    found = [0] * len(project.durations)
    for task in topological(len(project.durations), waits):
        for wait in after.get(task, ()):
            found[wait.after] = max(found[wait.after], found[task] + project.durations[task] + wait.pause)
    return found
