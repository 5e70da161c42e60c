"""A population of schedules that is crossed, decoded and justified, in a Python that Numba compiles as it stands.

Valls, V., Ballestin, F., Quintanilla, S. (2008): A hybrid genetic algorithm for the RCPSP. EJOR 185.
Debels, D., Vanhoucke, M. (2007): A decomposition-based genetic algorithm for the RCPSP. Operations Research 55.
"""

from typing import NamedTuple

from planner.scheduling.generation.project import Ints, View
from planner.scheduling.generation.serial import Bench, build, by_start, justify


class Crowd(NamedTuple):
    """``size`` schedules: member m has its order and starts at ``m * tasks``, its end at ``ends[m]``."""

    size: int
    orders: Ints
    starts: Ints
    ends: Ints
    child: Ints
    child_starts: Ints
    open_waits: Ints
    load: Ints
    none: Ints
    chance: Ints
    best: Ints
    shares: Ints


def drawn(crowd: Crowd, count: int) -> int:
    """Return a number below ``count`` (Lehmer's generator with the multiplier of Park and Miller, 1993)."""
    crowd.chance[0] = crowd.chance[0] * 48271 % 2147483647
    return crowd.chance[0] % count


def sample(front: View, back: View, crowd: Crowd, urgency: Ints, contest: int) -> None:
    """Write an order into ``child``: of ``contest`` tasks that could begin, the one of the least urgency is next."""
    count = len(front.durations)
    ready = crowd.child_starts
    waiting = 0
    for task in range(count):
        crowd.open_waits[task] = front.before_at[task + 1] - front.before_at[task]
        if crowd.open_waits[task] == 0:
            ready[waiting] = task
            waiting += 1
    for number in range(count):
        chosen = drawn(crowd, waiting)
        for _ in range(contest - 1):
            other = drawn(crowd, waiting)
            if urgency[ready[other]] < urgency[ready[chosen]]:
                chosen = other
        task = ready[chosen]
        crowd.child[number] = task
        waiting -= 1
        ready[chosen] = ready[waiting]
        for entry in range(back.before_at[task], back.before_at[task + 1]):
            follower = back.before[entry]
            crowd.open_waits[follower] -= 1
            if crowd.open_waits[follower] == 0:
                ready[waiting] = follower
                waiting += 1


def peak(front: View, crowd: Crowd, mother: int) -> int:
    """Return a length drawn by lot, and write into ``load`` how busy each slot of the mother's schedule is."""
    count = len(front.durations)
    top = crowd.ends[mother]
    crowd.load[: top + 1] = crowd.none[: top + 1]
    for task in range(count):
        at = crowd.starts[mother * count + task]
        for slot in range(at, at + front.durations[task]):
            crowd.load[slot] += crowd.shares[task]
    return top // 4 + drawn(crowd, top // 2 + 1)


def busiest(crowd: Crowd, top: int, length: int) -> int:
    """Return where the ``length`` slots begin in which resources are used most; every other time anywhere."""
    spare = top - length + 1
    if drawn(crowd, 2) == 0:
        return drawn(crowd, spare)
    busy = 0
    for slot in range(length):
        busy += crowd.load[slot]
    most, chosen = busy, 0
    for begin in range(1, spare):
        busy += crowd.load[begin + length - 1] - crowd.load[begin - 1]
        if busy > most:
            most, chosen = busy, begin
    return chosen


def cross(front: View, crowd: Crowd, mother: int, father: int) -> None:
    """Write a child: what the mother does in her peak in her order, what she does before and after in the father's."""
    count = len(front.durations)
    length = peak(front, crowd, mother)
    begin = busiest(crowd, crowd.ends[mother], length)
    number = 0
    for part in range(3):
        parent = mother if part == 1 else father
        for place in range(count):
            task = crowd.orders[parent * count + place]
            at = crowd.starts[mother * count + task]
            if (0 if at < begin else 1 if at < begin + length else 2) == part:
                crowd.child[number] = task
                number += 1


def mutate(front: View, crowd: Crowd, rarity: int) -> None:
    """Exchange neighbours in the child that do not wait for each other, one of ``rarity`` at a time."""
    for number in range(len(front.durations) - 1):
        if drawn(crowd, rarity) == 0:
            early, late = crowd.child[number], crowd.child[number + 1]
            related = False
            for entry in range(front.before_at[late], front.before_at[late + 1]):
                if front.before[entry] == early:
                    related = True
                    break
            if not related:
                crowd.child[number], crowd.child[number + 1] = late, early


def decode(front: View, back: View, bench: Bench, crowd: Crowd) -> int:
    """Return the end of the child's schedule, justified, in ``child_starts`` and its order in ``child``; -1: none."""
    top = build(front, bench, crowd.child, 0, crowd.child_starts)
    if top < 0:
        return -1
    bench.base[:] = crowd.child
    by_start(bench, crowd.child_starts, 0, top)
    top = justify(front, back, bench, crowd.child_starts, top)
    crowd.child[:] = bench.order
    return top


def keep(crowd: Crowd, member: int, top: int) -> None:
    """Put the child in the place of a member."""
    count = len(crowd.child)
    crowd.ends[member] = top
    crowd.orders[member * count : (member + 1) * count] = crowd.child
    crowd.starts[member * count : (member + 1) * count] = crowd.child_starts


def remember(crowd: Crowd, top: int) -> None:
    """Write down the best schedule of all: ``best`` holds its end and then its starts."""
    if top < crowd.best[0]:
        crowd.best[0] = top
        crowd.best[1:] = crowd.child_starts


def populate(front: View, back: View, bench: Bench, crowd: Crowd, urgency: Ints) -> None:
    """Make every member anew: samples that follow the urgency more or less."""
    for member in range(crowd.size):
        sample(front, back, crowd, urgency, 2 + member % 2)
        top = decode(front, back, bench, crowd)
        crowd.ends[member] = front.horizon + 1
        if top >= 0:
            keep(crowd, member, top)
            remember(crowd, top)


def fitter(crowd: Crowd) -> int:
    """Return the better of two members drawn by lot."""
    one, other = drawn(crowd, crowd.size), drawn(crowd, crowd.size)
    return one if crowd.ends[one] <= crowd.ends[other] else other


def same(crowd: Crowd, member: int, top: int) -> bool:
    """Whether the child is the member again."""
    equal = crowd.ends[member] == top
    task = 0
    while equal and task < len(crowd.child):
        equal = crowd.starts[member * len(crowd.child) + task] == crowd.child_starts[task]
        task += 1
    return equal


def breed(front: View, back: View, crowd: Crowd, urgency: Ints) -> int:
    """Write a child of two members into ``child``; returns the worse of the two, in whose place it may come."""
    mother, father = fitter(crowd), fitter(crowd)
    worse = mother if crowd.ends[mother] >= crowd.ends[father] else father
    if mother == father or crowd.ends[worse] > front.horizon:
        sample(front, back, crowd, urgency, 2)
    else:
        cross(front, crowd, mother, father)
        mutate(front, crowd, 20)
    return worse


def evolve(front: View, back: View, bench: Bench, crowd: Crowd, urgency: Ints, limit: int, bound: int) -> int:
    """Breed until ``limit`` schedules are generated or one ends at ``bound``; returns how many were generated."""
    made = idle = 0
    while made < limit and crowd.best[0] > bound:
        if made == 0 or idle > 100 * crowd.size:
            populate(front, back, bench, crowd, urgency)
            made += 3 * crowd.size
            idle = 0
            continue
        worse = breed(front, back, crowd, urgency)
        top = decode(front, back, bench, crowd)
        made += 3
        idle = 0 if 0 <= top < crowd.best[0] else idle + 1
        if 0 <= top <= crowd.ends[worse] and not same(crowd, worse, top):
            keep(crowd, worse, top)
            remember(crowd, top)
    return made
