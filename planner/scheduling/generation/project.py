"""What schedule generation is about: tasks with durations, who waits for whom, and how much of what is there when.

Everything is whole slots of time, counted from 0, and whole units of a resource.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import NamedTuple

Ints = list[int]
"""Whole numbers: a list where Python runs the code, an array of 64 bits where it was compiled."""


@dataclass(frozen=True, slots=True)
class Wait:
    """``start(after) >= end(before) + pause``."""

    before: int
    after: int
    pause: int = 0


@dataclass(frozen=True, slots=True)
class Limit:
    """``end(last) - start(first) <= slots``: as long as something may be away."""

    first: int
    last: int
    slots: int


@dataclass(frozen=True, slots=True)
class Project:
    """Tasks 0 to n - 1 inside ``[0, horizon)``.

    Parameters
    ----------
    durations
        Slots of each task.
    demands
        For each task the units that it takes of each resource, in the order of ``capacities``.
    capacities
        For each resource the units that are there in each slot of the horizon: calendars, shifts and blocks.
    waits, limits
        Least and greatest distances; a limit binds two tasks that wait for each other, directly or not.

    Raises
    ------
    ValueError
        If tasks wait for each other in a circle, or the numbers do not fit together.
    """

    durations: tuple[int, ...]
    demands: tuple[tuple[int, ...], ...]
    capacities: tuple[tuple[int, ...], ...]
    waits: tuple[Wait, ...] = ()
    limits: tuple[Limit, ...] = ()

    def __post_init__(self) -> None:
        if any(len(row) != len(self.capacities) for row in self.demands) or len(self.demands) != len(self.durations):
            raise ValueError("each task needs one demand for each resource")
        if len({len(row) for row in self.capacities}) > 1:
            raise ValueError("the capacities of all resources need one horizon")
        if len(topological(len(self.durations), self.waits)) < len(self.durations):
            raise ValueError("tasks wait for each other in a circle")

    @property
    def horizon(self) -> int:
        return len(self.capacities[0]) if self.capacities else sum(self.durations) + sum(w.pause for w in self.waits)


class View(NamedTuple):
    """A project as flat numbers, forwards or as in a mirror; rows of ``x`` begin at ``x_at[task]``.

    ``capacity[slot * width + resource]``; ``cap`` limits ``end(task) - start(cap_from)``.
    """

    horizon: int
    width: int
    durations: Ints
    before_at: Ints
    before: Ints
    pause: Ints
    use_at: Ints
    use: Ints
    amount: Ints
    cap_at: Ints
    cap_from: Ints
    cap: Ints
    capacity: Ints


def topological(count: int, waits: Iterable[Wait]) -> list[int]:
    """Tasks so that each comes after what it waits for, smallest first; those in or after a circle are left out."""
    after: list[list[int]] = [[] for _ in range(count)]
    open_waits = [0] * count
    for wait in waits:
        after[wait.before].append(wait.after)
        open_waits[wait.after] += 1
    ready = [task for task in range(count) if open_waits[task] == 0]
    for task in ready:
        for other in after[task]:
            open_waits[other] -= 1
            if open_waits[other] == 0:
                ready.append(other)
    return ready


def forwards(project: Project) -> View:
    """Slots and waits as they are."""
    waits = [(w.after, w.before, w.pause) for w in project.waits]
    limits = [(limit.last, limit.first, limit.slots) for limit in project.limits]
    return _view(project, waits, limits, list)


def backwards(project: Project) -> View:
    """The last slot is the first, and whoever was waited for waits: a task that starts at t ends at horizon - t."""
    waits = [(w.before, w.after, w.pause) for w in project.waits]
    limits = [(limit.first, limit.last, limit.slots) for limit in project.limits]
    return _view(project, waits, limits, lambda row: list(reversed(row)))


def _view(
    project: Project,
    waits: Sequence[tuple[int, int, int]],
    limits: Sequence[tuple[int, int, int]],
    slots: Callable[[Sequence[int]], list[int]],
) -> View:
    count = len(project.durations)
    uses = [
        (task, number, units) for task, row in enumerate(project.demands) for number, units in enumerate(row) if units
    ]
    profile = [slots(row) for row in project.capacities]
    before, use, cap = _rows(count, waits), _rows(count, uses), _rows(count, limits)
    flat = [row[slot] for slot in range(project.horizon) for row in profile]
    return View(
        project.horizon,
        len(project.capacities),
        list(project.durations),
        *before,
        *use,
        *cap,
        flat,
    )


def _rows(count: int, entries: Sequence[tuple[int, int, int]]) -> tuple[Ints, Ints, Ints]:
    """Compressed sparse rows: where each row begins, and the two columns of its entries."""
    ordered = sorted(entries, key=lambda entry: entry[0])
    begins = [0] * (count + 1)
    for row, _, _ in ordered:
        begins[row + 1] += 1
    for row in range(count):
        begins[row + 1] += begins[row]
    return begins, [entry[1] for entry in ordered], [entry[2] for entry in ordered]
