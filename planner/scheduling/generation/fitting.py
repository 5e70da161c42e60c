"""One item more or less in a night, in a Python that Numba compiles as it stands.

An item is some tasks that lie in one night; waits between tasks of different items count where both lie in one night.
"""

from typing import NamedTuple

from planner.scheduling.generation.project import Ints, View
from planner.scheduling.generation.serial import first_fit, take

NOWHERE = -1


class Field(NamedTuple):
    """Which item lies in which night, and what is left of each night.

    ``free`` has the slots of one night after those of the other; ``left`` and ``need`` are units times slots per
    resource; ``members[night * room + k]`` are the items of a night, ``bonds`` are rows of items and weights.
    """

    nights: int
    room: int
    item_at: Ints
    item_task: Ints
    item_of: Ints
    place_of: Ints
    night_of: Ints
    starts: Ints
    trial: Ints
    release: Ints
    free: Ints
    left: Ints
    need: Ints
    members: Ints
    seat: Ints
    held: Ints
    bond_at: Ints
    bond_to: Ints
    bond_weight: Ints
    penalty: Ints
    pool: Ints
    tally: Ints


def fits(front: View, back: View, field: Field, item: int, night: int) -> bool:
    """Take slots for all tasks of an item in a night, as early as possible, if there is room beside what is there.

    Where they begin stands in ``trial``.
    """
    field.tally[0] += 1
    for number in range(front.width):
        if field.left[night * front.width + number] < field.need[item * front.width + number]:
            return False
    begin = field.item_at[item]
    for place in range(begin, field.item_at[item + 1]):
        field.release[field.item_task[place]] = 0
    place = begin
    while place < field.item_at[item + 1]:
        at = slot_for(front, back, field, field.item_task[place], night)
        if at < 0:
            hand_back(front, field, field.trial, night, begin, place)
            return False
        again = push(front, field, place, at)
        if again < place:
            hand_back(front, field, field.trial, night, again, place)
        else:
            field.trial[field.item_task[place]] = at
            take(front, field.free, night * front.horizon * front.width, field.item_task[place], at, 1)
            again = place + 1
        place = again
    return True


def slot_for(front: View, back: View, field: Field, task: int, night: int) -> int:
    """Return where the task begins between what it waits for and what waits for it, -1 if nowhere."""
    item = field.item_of[task]
    at = field.release[task]
    until = front.horizon
    for entry in range(front.before_at[task], front.before_at[task + 1]):
        other = front.before[entry]
        if field.item_of[other] == item:
            at = max(at, field.trial[other] + front.durations[other] + front.pause[entry])
        elif field.night_of[field.item_of[other]] == night:
            at = max(at, field.starts[other] + front.durations[other] + front.pause[entry])
    for entry in range(back.before_at[task], back.before_at[task + 1]):
        other = back.before[entry]
        if field.item_of[other] != item and field.night_of[field.item_of[other]] == night:
            until = min(until, field.starts[other] - back.pause[entry])
    return first_fit(front, field.free, night * front.horizon * front.width, task, at, until)


def push(front: View, field: Field, place: int, at: int) -> int:
    """Release later what would be away too long; returns the place from which on tasks are placed again."""
    task = field.item_task[place]
    again = place
    for entry in range(front.cap_at[task], front.cap_at[task + 1]):
        first = front.cap_from[entry]
        least = at + front.durations[task] - front.cap[entry]
        if field.trial[first] < least:
            field.release[first] = least
            again = min(again, field.place_of[first])
    return again


def hand_back(front: View, field: Field, starts: Ints, night: int, begin: int, end: int) -> None:
    """Free what the tasks at the places from ``begin`` to ``end`` take with these starts."""
    for place in range(begin, end):
        task = field.item_task[place]
        take(front, field.free, night * front.horizon * front.width, task, starts[task], -1)


def join(front: View, field: Field, item: int, night: int) -> None:
    """Write down that an item lies in a night where its tasks have taken their slots."""
    field.night_of[item] = night
    field.seat[item] = field.held[night]
    field.members[night * field.room + field.held[night]] = item
    field.held[night] += 1
    for number in range(front.width):
        field.left[night * front.width + number] -= field.need[item * front.width + number]


def leave(front: View, field: Field, item: int) -> int:
    """Take an item out of its night, which is returned; its starts stay as they were."""
    night = field.night_of[item]
    hand_back(front, field, field.starts, night, field.item_at[item], field.item_at[item + 1])
    field.held[night] -= 1
    last = field.members[night * field.room + field.held[night]]
    field.members[night * field.room + field.seat[item]] = last
    field.seat[last] = field.seat[item]
    field.night_of[item] = NOWHERE
    for number in range(front.width):
        field.left[night * front.width + number] += field.need[item * front.width + number]
    return night


def come_back(front: View, field: Field, item: int, night: int) -> None:
    """Put an item back to where its starts still are."""
    for place in range(field.item_at[item], field.item_at[item + 1]):
        task = field.item_task[place]
        take(front, field.free, night * front.horizon * front.width, task, field.starts[task], 1)
    join(front, field, item, night)


def settled(front: View, back: View, field: Field, item: int, night: int) -> bool:
    """Whether an item that lies nowhere found its place in a night, where it then is."""
    if field.held[night] >= field.room or not fits(front, back, field, item, night):
        return False
    adopt_trial(front, field, item, night)
    return True


def adopt_trial(front: View, field: Field, item: int, night: int) -> None:
    """Make the slots that were taken for an item its place."""
    for place in range(field.item_at[item], field.item_at[item + 1]):
        field.starts[field.item_task[place]] = field.trial[field.item_task[place]]
    join(front, field, item, night)
