"""Serial schedule generation: each task as early as precedence and people allow.

Kolisch, R. (1996): Serial and parallel resource-constrained project scheduling methods revisited. EJOR 90.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence

from planner.scheduling.task import Task
from planner.scheduling.turn_model import demand_by_pool
from planner.units.span import Minute

Pool = tuple[str, str | None]


def order(tasks: Sequence[Task]) -> list[Task]:
    """Topological order, the longest remaining tail first; ties in the order given.

    Raises
    ------
    ValueError
        If the precedence has a cycle; the message names its tasks.
    """
    tails = _tails(tasks)
    placed: set[str] = set()
    waiting = sorted(range(len(tasks)), key=lambda i: (-tails[tasks[i].key], i))
    ordered: list[Task] = []
    while waiting:
        ready = next((i for i in waiting if tasks[i].after <= placed), None)
        if ready is None:
            raise ValueError(f"tasks wait for each other: {', '.join(tasks[i].key for i in waiting)}")
        waiting.remove(ready)
        placed.add(tasks[ready].key)
        ordered.append(tasks[ready])
    return ordered


def schedule(tasks: Sequence[Task], capacity: Mapping[Pool, int], start: Minute) -> dict[str, Minute] | None:
    """Return the start of each task, None if somebody is needed that is not on duty at all."""
    ends: dict[str, Minute] = {}
    starts: dict[str, Minute] = {}
    used: dict[Pool, list[tuple[Minute, Minute, int]]] = defaultdict(list)
    for task in order(tasks):
        pools = demand_by_pool(task)
        if any(count > capacity.get(pool, 0) for pool, count in pools.items()):
            return None
        at = max((ends[key] for key in task.after), default=start)
        at = _first_fit(task.minutes, at, pools, capacity, used)
        starts[task.key], ends[task.key] = at, at + task.minutes
        for pool, count in pools.items():
            used[pool].append((at, at + task.minutes, count))
    return starts


def _first_fit(
    minutes: int,
    at: Minute,
    pools: Mapping[Pool, int],
    capacity: Mapping[Pool, int],
    used: Mapping[Pool, list[tuple[Minute, Minute, int]]],
) -> Minute:
    candidates = sorted({at, *(end for pool in pools for _, end, _ in used[pool] if end > at)})
    for candidate in candidates:
        if all(_peak(used[p], candidate, candidate + minutes) + n <= capacity[p] for p, n in pools.items()):
            return candidate
    return candidates[-1]


def _peak(rows: Sequence[tuple[Minute, Minute, int]], start: Minute, end: Minute) -> int:
    overlapping = [row for row in rows if row[0] < end and start < row[1]]
    instants = {start, *(s for s, _, _ in overlapping if s > start)}
    return max(sum(n for s, e, n in overlapping if s <= at < e) for at in instants) if overlapping else 0


def _tails(tasks: Sequence[Task]) -> dict[str, int]:
    followers: dict[str, list[str]] = defaultdict(list)
    minutes = {task.key: task.minutes for task in tasks}
    for task in tasks:
        for before in task.after:
            followers[before].append(task.key)
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
