"""Schedules of a project by a population search: the same bytes compiled or not, effort counted in schedules."""

from dataclasses import dataclass
from math import isqrt

from planner.scheduling.generation.compiling import compiled, compiler
from planner.scheduling.generation.fields import arrays, numbers
from planner.scheduling.generation.lower_bound import lower_bound, tails
from planner.scheduling.generation.population import Crowd, evolve
from planner.scheduling.generation.project import Project, backwards, forwards
from planner.scheduling.generation.serial import Bench

WORTH_COMPILING = 1_000_000
"""Placements of tasks (about three seconds of Python) from which on the compiled kernels are waited for."""


@dataclass(frozen=True, slots=True)
class Generated:
    """The start of each task, the end of all, a bound below every end, and how many schedules were generated."""

    starts: tuple[int, ...]
    end: int
    bound: int
    schedules: int


def generate(project: Project, schedules: int, seed: int = 1, *, compile_it: bool | None = None) -> Generated | None:
    """Return the best of about so many schedules, None if none of them found room in the horizon.

    Parameters
    ----------
    schedules
        The effort. A search that reaches the lower bound ends earlier.
    seed
        From 1 to 2147483646.
    compile_it
        Whether compiled kernels are used where Numba is installed; None: where it pays. The answer is the same.
    """
    bound = lower_bound(project)
    if bound > project.horizon:
        return None
    crowd = _crowd(project, max(6, min(400, isqrt(schedules) // 3)), seed)
    front, back, bench = forwards(project), backwards(project), _bench(project)
    urgency = [-tail for tail in tails(project)]
    if compile_it is None:
        compile_it = schedules * len(project.durations) >= WORTH_COMPILING
    if compile_it and compiler() is not None:
        crowd = arrays(crowd)
        views = (arrays(front), arrays(back))
        made = compiled(evolve)(*views, arrays(bench), crowd, numbers(urgency, fast=True), schedules, bound)
    else:
        made = evolve(front, back, bench, crowd, urgency, schedules, bound)
    best = [int(number) for number in crowd.best]
    return Generated(tuple(best[1:]), best[0], bound, made) if best[0] <= project.horizon else None


def _bench(project: Project) -> Bench:
    count, cells = len(project.durations), project.horizon * len(project.capacities)
    slots = [0] * (project.horizon + 3)
    return Bench([0] * cells, [0] * count, [0] * count, slots, [0] * count, [0] * count, [0] * count)


def _crowd(project: Project, size: int, seed: int) -> Crowd:
    count = len(project.durations)
    slots = project.horizon + 2
    members = ([0] * (size * count), [0] * (size * count), [0] * size)
    child = ([0] * count, [0] * count, [0] * count)
    best = [project.horizon + 1] + [0] * count
    return Crowd(size, *members, *child, [0] * slots, [0] * slots, [seed], best, _shares(project))


def _shares(project: Project) -> list[int]:
    """Thousandths of the resources that a task takes while it lasts, added up."""
    most = [max(row, default=0) or 1 for row in project.capacities]
    return [
        sum(1000 * units // all_of_it for units, all_of_it in zip(row, most, strict=True)) for row in project.demands
    ]
