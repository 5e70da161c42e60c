"""Nights that are filled, emptied again and exchanged, in a Python that Numba compiles as it stands.

Nagata, Y., Braysy, O. (2009): A powerful route minimization heuristic for the vehicle routing problem with time
windows. Operations Research Letters 37: whoever finds no place pushes out who was the least trouble so far.
"""

from planner.scheduling.generation.fitting import Field, adopt_trial, come_back, fits, hand_back, leave, settled
from planner.scheduling.generation.project import Ints, View

PATIENCE = 60
"""After so many items in a row that found no place, a night is full while nights are filled for the first time."""


def lot(field: Field, count: int) -> int:
    """Return a number below ``count`` (Lehmer's generator with the multiplier of Park and Miller, 1993)."""
    field.tally[1] = field.tally[1] * 48271 % 2147483647
    return field.tally[1] % count


def fill(front: View, back: View, field: Field, order: Ints, misses: Ints) -> int:
    """Put each item of ``order`` into the first night with a place for it; returns how many found none.

    A night is given up after PATIENCE items in a row for which there was no place.
    """
    lost = 0
    low = 0
    for item in order:
        found = False
        while low < field.nights and misses[low] >= PATIENCE:
            low += 1
        for night in range(low, field.nights):
            if misses[night] < PATIENCE:
                if settled(front, back, field, item, night):
                    misses[night] = 0
                    found = True
                    break
                misses[night] += 1
        if not found:
            lost += 1
    return lost


def empty(front: View, field: Field, night: int) -> int:
    """Take every item of a night into the pool; returns how many those are."""
    waiting = 0
    while field.held[night] > 0:
        item = field.members[night * field.room]
        leave(front, field, item)
        field.pool[waiting] = item
        waiting += 1
    return waiting


def squeeze(front: View, back: View, field: Field, nights: int, limit: int) -> int:
    """Find places in the nights before number ``nights`` for all that is in it; returns how many find none."""
    waiting = empty(front, field, nights)
    while waiting > 0 and field.tally[0] < limit:
        waiting -= 1
        item = field.pool[waiting]
        if anywhere(front, back, field, item, nights):
            continue
        field.penalty[item] += 1
        pushed = displaced(front, back, field, item, nights)
        if pushed < 0:
            field.pool[waiting] = field.pool[0]
            field.pool[0] = item
            waiting += 1
        else:
            field.pool[waiting] = pushed
            waiting += 1
        stir(front, back, field, nights)
    return waiting


def anywhere(front: View, back: View, field: Field, item: int, nights: int) -> bool:
    """Whether the item found a place in one of the nights, tried in turn from one drawn by lot."""
    night = lot(field, nights)
    tried = 0
    while tried < nights and not settled(front, back, field, item, night):
        night = (night + 1) % nights
        tried += 1
    return tried < nights


def displaced(front: View, back: View, field: Field, item: int, nights: int) -> int:
    """Put the item in the place of another, the least trouble of some drawn by lot; returns that one, or -1."""
    chosen, least = -1, field.penalty[item] + 1
    for _ in range(30):
        night = lot(field, nights)
        if field.held[night] == 0:
            continue
        other = field.members[night * field.room + lot(field, field.held[night])]
        if field.penalty[other] < least and instead(front, back, field, item, other):
            chosen, least = other, field.penalty[other]
    if chosen >= 0:
        night = leave(front, field, chosen)
        settled(front, back, field, item, night)
    return chosen


def instead(front: View, back: View, field: Field, item: int, other: int) -> bool:
    """Whether the item would find a place in the night of another one if that one left; nothing is changed."""
    night = leave(front, field, other)
    found = fits(front, back, field, item, night)
    if found:
        hand_back(front, field, field.trial, night, field.item_at[item], field.item_at[item + 1])
    come_back(front, field, other, night)
    return found


def stir(front: View, back: View, field: Field, nights: int) -> None:
    """Move a few items, drawn by lot, to another night or to an earlier place in their own."""
    for _ in range(4):
        night = lot(field, nights)
        if field.held[night] > 0:
            item = field.members[night * field.room + lot(field, field.held[night])]
            leave(front, field, item)
            if not settled(front, back, field, item, lot(field, nights)):
                come_back(front, field, item, night)


def price(field: Field, item: int, night: int) -> int:
    """Weight times nights apart, over all bonds of the item if it lay in that night."""
    total = 0
    for entry in range(field.bond_at[item], field.bond_at[item + 1]):
        other = field.night_of[field.bond_to[entry]]
        total += field.bond_weight[entry] * (other - night if other > night else night - other)
    return total


def draw_together(front: View, back: View, field: Field, items: int, limit: int) -> int:
    """Move items nearer to those that they are bound to, into free places or in exchange, until effort ends.

    It ends too when nothing got better in a whole round. Returns how many moves there were.
    """
    better = True
    moves = 0
    while better and field.tally[0] < limit:
        better = False
        for item in range(items):
            for entry in range(field.bond_at[item], field.bond_at[item + 1]):
                target = field.night_of[field.bond_to[entry]]
                apart = target != field.night_of[item] and field.tally[0] < limit
                if apart and nearer(front, back, field, item, target):
                    better = True
                    moves += 1
    return moves


def nearer(front: View, back: View, field: Field, item: int, target: int) -> bool:
    """Whether the item moved to the target and the price fell."""
    gain = price(field, item, field.night_of[item]) - price(field, item, target)
    if gain <= 0:
        return False
    home = leave(front, field, item)
    if settled(front, back, field, item, target):
        return True
    come_back(front, field, item, home)
    for _ in range(3):
        other = field.members[target * field.room + lot(field, field.held[target])]
        back_gain = price(field, other, target) - price(field, other, home)
        if gain + back_gain > 2 * shared(field, item, other) and exchanged(front, back, field, item, other):
            return True
    return False


def shared(field: Field, item: int, other: int) -> int:
    """What both count as a gain though it stays: the bond between the two, over the nights between them."""
    apart = field.night_of[item] - field.night_of[other]
    total = 0
    for entry in range(field.bond_at[item], field.bond_at[item + 1]):
        if field.bond_to[entry] == other:
            total += field.bond_weight[entry] * (apart if apart > 0 else -apart)
    return total


def exchanged(front: View, back: View, field: Field, item: int, other: int) -> bool:
    """Whether two items changed places."""
    target = leave(front, field, other)
    home = leave(front, field, item)
    if fits(front, back, field, item, target):
        if fits(front, back, field, other, home):
            adopt_trial(front, field, item, target)
            adopt_trial(front, field, other, home)
            return True
        hand_back(front, field, field.trial, target, field.item_at[item], field.item_at[item + 1])
    come_back(front, field, item, home)
    come_back(front, field, other, target)
    return False
