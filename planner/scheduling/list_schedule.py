"""Serial schedule generation: each task as early as precedence and people allow.

Kolisch, R. (1996): Serial and parallel resource-constrained project scheduling methods revisited. EJOR 90.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from heapq import heapify, heappop, heappush

from planner.scheduling.task import Task
from planner.scheduling.turn_model import demand_by_pool
from planner.units.span import Minute

Pool = tuple[str, str | None]
Load = list[int]
"""How many of a pool are busy, by minute from the start."""


def order(tasks: Sequence[Task]) -> list[Task]:
    """Topological order, the longest remaining tail first; ties in the order given.

    Raises
    ------
    ValueError
        If the precedence has a cycle; the message names its tasks.
    """
    tails = _tails(tasks)
    number = {task.key: i for i, task in enumerate(tasks)}
    waits = [len(task.after) for task in tasks]
    followers = _followers(tasks)
    ready = [(-tails[tasks[i].key], i) for i, count in enumerate(waits) if not count]
    heapify(ready)
    ordered: list[Task] = []
    while ready:
        _, i = heappop(ready)
        ordered.append(tasks[i])
        for key in followers[tasks[i].key]:
            j = number[key]
            waits[j] -= 1
            if not waits[j]:
                heappush(ready, (-tails[key], j))
    if len(ordered) < len(tasks):
        left = [i for i, count in enumerate(waits) if count]
        keys = (tasks[i].key for i in sorted(left, key=lambda i: (-tails[tasks[i].key], i)))
        raise ValueError(f"tasks wait for each other: {', '.join(keys)}")
    return ordered


def schedule(tasks: Sequence[Task], capacity: Mapping[Pool, int], start: Minute) -> dict[str, Minute] | None:
    """Return the start of each task, None if somebody is needed that is not on duty at all."""
    ends: dict[str, Minute] = {}
    starts: dict[str, Minute] = {}
    used: defaultdict[Pool, Load] = defaultdict(list)
    for task in order(tasks):
        pools = demand_by_pool(task)
        if any(count > capacity.get(pool, 0) for pool, count in pools.items()):
            return None
        spare = [(used[pool], capacity[pool] - count) for pool, count in pools.items()]
        at = _first_fit(task.minutes, max((ends[key] for key in task.after), default=0), spare)
        starts[task.key], ends[task.key] = start + at, at + task.minutes
        for pool, count in pools.items():
            _put(used[pool], at, task.minutes, count)
    return starts


def _first_fit(minutes: int, at: int, spare: Sequence[tuple[Load, int]]) -> int:
    """The first minute from ``at`` on from which no load is above what it may be for so many minutes."""
    while later := max((_free_from(load, at, minutes, most) for load, most in spare), default=at) - at:
        at += later
    return at


def _free_from(load: Load, at: int, minutes: int, most: int) -> int:
    """The minute after the last of these in which the load is above ``most``; ``at`` if it is in none."""
    part = load[at : at + minutes]
    if not part or max(part) <= most:
        return at
    return at + 1 + max(n for n, used in enumerate(part) if used > most)


def _put(load: Load, at: int, minutes: int, count: int) -> None:
    load.extend([0] * (at + minutes - len(load)))
    load[at : at + minutes] = [used + count for used in load[at : at + minutes]]


def _tails(tasks: Sequence[Task]) -> dict[str, int]:
    followers = _followers(tasks)
    minutes = {task.key: task.minutes for task in tasks}
    tails: dict[str, int] = {}
    waiting = {task.key: len(followers[task.key]) for task in tasks}
    before_of = {task.key: task.after for task in tasks}
    ready = [key for key, count in waiting.items() if count == 0]
    while ready:
        key = ready.pop()
        tails[key] = minutes[key] + max((tails[f] for f in followers[key]), default=0)
        for before in before_of[key]:
            waiting[before] -= 1
            if waiting[before] == 0:
                ready.append(before)
    return {task.key: tails.get(task.key, 0) for task in tasks}


def _followers(tasks: Sequence[Task]) -> Mapping[str, list[str]]:
    """By key who waits for a task."""
    followers: defaultdict[str, list[str]] = defaultdict(list)
    for task in tasks:
        for before in task.after:
            followers[before].append(task.key)
    return followers
