"""Serial schedule generation and justification, in a Python that Numba compiles as it stands.

Kolisch, R. (1996): Serial and parallel resource-constrained project scheduling methods revisited. EJOR 90.
Valls, V., Ballestin, F., Quintanilla, S. (2005): Justification and RCPSP: a technique that pays. EJOR 165.
"""

from typing import NamedTuple

from planner.scheduling.generation.project import Ints, View


class Bench(NamedTuple):
    """Working memory for one schedule: what is free, where tasks are released and stand, how they are sorted."""

    free: Ints
    release: Ints
    position: Ints
    counts: Ints
    base: Ints
    order: Ints
    starts: Ints


def first_fit(view: View, free: Ints, base: int, task: int, at: int, until: int) -> int:
    """Return the first slot from ``at`` on in which the task finds all that it takes and ends by ``until``, else -1.

    What is free in slot 0 stands at ``base``.
    """
    minutes = view.durations[task]
    low = at
    while at + minutes <= until:
        slot = at + minutes - 1
        while slot >= low:
            row = base + slot * view.width
            clash = False
            for entry in range(view.use_at[task], view.use_at[task + 1]):
                if free[row + view.use[entry]] < view.amount[entry]:
                    clash = True
                    break
            if clash:
                break
            slot -= 1
        if slot < low:
            return at
        low = max(at + minutes, slot + 1)
        at = slot + 1
    return -1


def take(view: View, free: Ints, base: int, task: int, at: int, sign: int) -> None:
    """Take (1) or give back (-1) what the task uses from ``at`` on."""
    for entry in range(view.use_at[task], view.use_at[task + 1]):
        units = sign * view.amount[entry]
        cell = base + at * view.width + view.use[entry]
        for _ in range(view.durations[task]):
            free[cell] -= units
            cell += view.width


def build(view: View, bench: Bench, order: Ints, floor: int, starts: Ints) -> int:
    """Place each task of ``order`` as early as possible, none before ``floor``.

    Returns the end of the last one, or -1 if one finds no room. Where a limit is broken, its first task is released
    later and everything from it on is placed again.
    """
    count = len(view.durations)
    bench.free[:] = view.capacity
    for task in range(count):
        bench.release[task] = floor
        bench.position[order[task]] = task
    top = floor
    number = 0
    while number < count:
        task = order[number]
        at = first_fit(view, bench.free, 0, task, ready(view, starts, task, bench.release[task]), view.horizon)
        if at < 0:
            return -1
        back = release_later(view, bench, starts, task, at)
        if back < number:
            for undone in range(back, number):
                take(view, bench.free, 0, order[undone], starts[order[undone]], -1)
            number = back
            continue
        starts[task] = at
        take(view, bench.free, 0, task, at, 1)
        number += 1
    for task in range(count):
        top = max(top, starts[task] + view.durations[task])
    return top


def ready(view: View, starts: Ints, task: int, at: int) -> int:
    """Return the first slot from ``at`` on in which all that the task waits for is over."""
    for entry in range(view.before_at[task], view.before_at[task + 1]):
        other = view.before[entry]
        at = max(at, starts[other] + view.durations[other] + view.pause[entry])
    return at


def release_later(view: View, bench: Bench, starts: Ints, task: int, at: int) -> int:
    """Return the first position of what has to start later so that ``task`` may start ``at``; none: the count."""
    back = len(view.durations)
    for entry in range(view.cap_at[task], view.cap_at[task + 1]):
        first = view.cap_from[entry]
        least = at + view.durations[task] - view.cap[entry]
        if starts[first] < least:
            bench.release[first] = least
            back = min(back, bench.position[first])
    return back


def by_start(bench: Bench, starts: Ints, low: int, high: int) -> None:
    """Sort ``bench.base`` into ``bench.order`` by start, ``low <= start <= high``, ties as they stand."""
    for slot in range(high - low + 2):
        bench.counts[slot] = 0
    for task in bench.base:
        bench.counts[starts[task] - low + 1] += 1
    for slot in range(high - low + 1):
        bench.counts[slot + 1] += bench.counts[slot]
    for task in bench.base:
        slot = starts[task] - low
        bench.order[bench.counts[slot]] = task
        bench.counts[slot] += 1


def justify(front: View, back: View, bench: Bench, starts: Ints, top: int) -> int:
    """Push every task to the right inside ``[0, top)`` and then to the left again; ``bench.order`` is its order.

    Returns the new end. The schedule stays as it was where one of the two pushes finds no room or is no better.
    """
    mirror(front, bench, starts)
    by_start(bench, bench.starts, front.horizon - top, front.horizon)
    adopt(bench)
    if build(back, bench, bench.base, front.horizon - top, bench.starts) < 0:
        bench.base[:] = bench.order[::-1]
        by_start(bench, starts, 0, top)
        return top
    mirror(front, bench, bench.starts)
    by_start(bench, bench.starts, 0, top)
    adopt(bench)
    better = build(front, bench, bench.base, 0, bench.starts)
    if 0 <= better <= top:
        top = better
        starts[:] = bench.starts
    by_start(bench, starts, 0, top)
    return top


def mirror(front: View, bench: Bench, starts: Ints) -> None:
    """Turn ``bench.order`` round into ``bench.base``, and ``starts`` into ``bench.starts``."""
    bench.base[:] = bench.order[::-1]
    for task in range(len(front.durations)):
        bench.starts[task] = front.horizon - starts[task] - front.durations[task]


def adopt(bench: Bench) -> None:
    """Make the order that was found the one that the next sorting starts from."""
    bench.base[:] = bench.order
