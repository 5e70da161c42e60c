"""The channel between two columns: which vertical line stands left of which, and where each horizontal line turns.

Two nets that pass each other get the order in which they cross least; nets that do not meet share a track.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Final

CLEAR: Final = 2.4
"""Points that two lines keep between them."""
MERGED: Final = 1000
"""The price of two nets on top of each other: they would read as one."""
LONG: Final = 160


@dataclass(frozen=True, slots=True)
class Strand:
    """A net inside one channel: it comes from the left at one height and leaves to the right at others."""

    net: int
    enters: float
    leaves: tuple[float, ...]
    top: float = field(init=False)
    bottom: float = field(init=False)

    def __post_init__(self) -> None:
        """Note the ends of the vertical line, which every comparison asks for."""
        object.__setattr__(self, "top", min(self.enters, *self.leaves))
        object.__setattr__(self, "bottom", max(self.enters, *self.leaves))

    @property
    def straight(self) -> bool:
        """Whether it needs no vertical line."""
        return self.bottom - self.top < 0.01


def tracks(strands: Sequence[Strand]) -> dict[int, int]:
    """Return the track of every net that has a vertical line, from 0 at the left."""
    bent = sorted((strand for strand in strands if not strand.straight), key=_first_guess)
    order = _exchanged(bent) if len(bent) <= LONG else bent
    track: dict[int, int] = {}
    for at, strand in enumerate(order):
        meeting = [track[other.net] for other in order[:at] if _meet(other, strand)]
        track[strand.net] = max(meeting, default=-1) + 1
    return track


def merged(strands: Sequence[Strand], track: dict[int, int]) -> tuple[tuple[Strand, Strand, float], ...]:
    """Return the pairs that lie on top of each other: the left one leaves at the height where the other enters."""
    bent = [strand for strand in strands if not strand.straight]
    return tuple(
        (one, other, height)
        for one in bent
        for other in bent
        if one.net != other.net and track[one.net] <= track[other.net]
        for height in one.leaves
        if abs(height - other.enters) < CLEAR
    )


def _first_guess(strand: Strand) -> tuple[int, float]:
    """Order those that lead downwards from the lowest, then those that lead upwards from the highest."""
    middle = sum(strand.leaves) / len(strand.leaves)
    return (0, -strand.enters) if middle >= strand.enters else (1, strand.enters)


def _exchanged(strands: list[Strand]) -> list[Strand]:
    """Return an order in which no strand can move to a better place."""
    order = list(strands)
    for _ in range(6):
        better = False
        for strand in strands:
            better |= _moved(order, strand)
        if not better:
            break
    return order


def _moved(order: list[Strand], strand: Strand) -> bool:
    was = order.index(strand)
    others = order[:was] + order[was + 1 :]
    cost, costs = 0, [0]
    for other in others:
        if _meet(other, strand):
            cost += _price(other, strand) - _price(strand, other)
        costs.append(cost)
    least = min(costs)
    if least >= costs[was]:
        return False
    order[:] = others
    order.insert(costs.index(least), strand)
    return True


def _price(left: Strand, right: Strand) -> int:
    """Return how many times two strands cross when the vertical line of the first, which it meets, is further left."""
    price = int(left.top < right.enters < left.bottom)
    for height in left.leaves:
        price += right.top < height < right.bottom
        if abs(height - right.enters) < CLEAR:
            price += MERGED
    return price


def _meet(one: Strand, other: Strand) -> bool:
    return one.top - CLEAR < other.bottom and other.top - CLEAR < one.bottom
