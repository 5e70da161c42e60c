"""Flat numbers for the kernels: the field of a night problem, as lists or as arrays."""

from itertools import accumulate
from typing import Any, TypeVar

import numpy as np

from planner.scheduling.generation.fitting import NOWHERE, Field
from planner.scheduling.generation.night_problem import NightProblem
from planner.scheduling.generation.population import Crowd
from planner.scheduling.generation.project import Ints, View, topological
from planner.scheduling.generation.serial import Bench

Parts = TypeVar("Parts", View, Bench, Crowd, Field)


def arrays(part: Parts) -> Parts:
    """The same with arrays of 64 bits in place of lists."""
    fields: tuple[Any, ...] = part
    return type(part)(*(numbers(field, fast=True) if isinstance(field, list) else field for field in fields))


def numbers(values: list[int], *, fast: bool) -> Any:
    """A list for Python, an array for compiled kernels."""
    return np.array(values, dtype=np.int64) if fast else values


def field_of(problem: NightProblem, seed: int) -> Field:
    """Every item is nowhere, every night empty."""
    items, nights, width = problem.items, len(problem.nights), len(problem.project.capacities)
    item_at, item_task = _rows_of_tasks(problem)
    place_of = [0] * len(item_task)
    for place, task in enumerate(item_task):
        place_of[task] = place
    left = [sum(row) for night in problem.nights for row in night]
    need = _need(problem)
    room = min(items, _room(left, need, width))
    bonds = sorted(
        (*((b.one, b.other, b.weight) for b in problem.bonds), *((b.other, b.one, b.weight) for b in problem.bonds))
    )
    tasks = [0] * len(item_task)
    return Field(
        nights,
        room,
        item_at,
        item_task,
        list(problem.item_of),
        place_of,
        [NOWHERE] * items,
        tasks,
        tasks[:],
        tasks[:],
        [row[slot] for night in problem.nights for slot in range(problem.project.horizon) for row in night],
        left,
        need,
        [0] * (nights * room),
        [0] * items,
        [0] * nights,
        _begins(items, [one for one, _, _ in bonds]),
        [other for _, other, _ in bonds],
        [weight for _, _, weight in bonds],
        [0] * items,
        [0] * items,
        [0, seed],
    )


def _rows_of_tasks(problem: NightProblem) -> tuple[Ints, Ints]:
    """The tasks of each item, those first for which others wait."""
    place = {task: number for number, task in enumerate(topological(len(problem.item_of), problem.project.waits))}
    tasks = sorted(range(len(problem.item_of)), key=lambda task: (problem.item_of[task], place[task]))
    return _begins(problem.items, [problem.item_of[task] for task in tasks]), tasks


def _begins(count: int, rows: list[int]) -> Ints:
    sizes = [0] * (count + 1)
    for row in rows:
        sizes[row + 1] += 1
    return list(accumulate(sizes))


def _need(problem: NightProblem) -> Ints:
    width = len(problem.project.capacities)
    need = [0] * (problem.items * width)
    for task, row in enumerate(problem.project.demands):
        for number, units in enumerate(row):
            need[problem.item_of[task] * width + number] += units * problem.project.durations[task]
    return need


def _room(left: Ints, need: Ints, width: int) -> int:
    """More items than this have no room in any night: each takes at least as much of a resource as the least needy."""
    if not need or not left:
        return 0
    least = [(max(left[number::width]), min(need[number::width])) for number in range(width)]
    return min((most // units for most, units in least if units), default=len(need))
