"""Waves against downtime: a lane for each number of waves, a disc for each plan, as large as its time on the bridge."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from math import ceil, floor, log10, sqrt
from typing import Final

from planner.plan.choice import CHOSEN, DOWNTIME, Candidate
from planner.plan.wording_choice import number, units
from planner.rendering import palette, typeface
from planner.rendering.alternatives.wording import Wording
from planner.rendering.drawing import Box, Disc, Path, Shape, Text

SIZE: Final = 9.5
LANE: Final = 64.0
"""Points of the names of lanes."""
FOOT: Final = 34.0
"""Points of the axis below."""
SMALLEST: Final = 9.0
LARGEST: Final = 24.0
"""The least and the greatest radius of a disc."""
TICKS: Final = 5


@dataclass(frozen=True, slots=True)
class Spot:
    """A plan's disc: its number in the list, its place, and its radius; ``true`` is where its downtime lies."""

    number: int
    candidate: Candidate
    x: float
    y: float
    radius: float
    true: float

    @property
    def moved(self) -> bool:
        """Whether it had to give way to another disc."""
        return abs(self.x - self.true) > 1


def scatter(
    offered: Sequence[Candidate], spots: Sequence[Spot], words: Wording, width: float, height: float
) -> Iterator[Shape]:
    """Yield the picture of these spots, its origin at the top left corner."""
    lanes = _lanes(offered)
    deep = (height - FOOT) / len(lanes)
    for place, waves in enumerate(lanes):
        if place % 2 == 0:
            yield Box(0, place * deep, width, deep, fill=palette.BAND)
        yield Text(LANE - 10, (place + 0.5) * deep, words.waves.format(n=waves), SIZE + 1, bold=True, anchor="right")
    yield from _axis(scale_of([_downtime(each) for each in offered]), words, width, height)
    for spot in spots:
        if spot.moved:
            yield Path(((spot.x, spot.y), (spot.true, spot.y + deep / 2)), palette.INK, 0.8, tag="moved")
    for spot in spots:
        yield from disc(spot.candidate, spot.number, spot.x, spot.y, spot.radius)


def disc(each: Candidate, count: int, x: float, y: float, radius: float) -> Iterator[Shape]:
    """Yield the mark of a plan with its number; the chosen one has a ring."""
    if each.id == CHOSEN:
        yield Disc(x, y, radius + 3, palette.PAPER, palette.INK, 1.6)
    colour = palette.LATE if each.values["service_minutes"] else palette.BAR
    yield Disc(x, y, radius, colour, palette.PAPER, 0.8, tag=f"plan:{each.id}")
    yield Text(x, y, str(count), min(11.0, radius * 1.2), palette.PAPER, bold=True, anchor="middle")


def spots_of(offered: Sequence[Candidate], width: float, height: float) -> list[Spot]:
    """Return where the discs stand: by downtime in the lane of their waves, none over another."""
    most = max(each.values["bridge_sum"] for each in offered)
    lanes = _lanes(offered)
    deep = (height - FOOT) / len(lanes)
    largest = min(LARGEST, deep / 2 - 4)
    low, high, _ = scale_of([_downtime(each) for each in offered])
    left, right = LANE + LARGEST, width - LARGEST
    found: list[Spot] = []
    for count, each in sorted(enumerate(offered, 1), key=lambda pair: (_downtime(pair[1]), pair[0])):
        share = sqrt(each.values["bridge_sum"] / most) if most else 0.0
        radius = max(min(SMALLEST, largest), largest * share)
        x = left + (_downtime(each) - low) / (high - low) * (right - left)
        y = (lanes.index(len(each.plan.waves)) + 0.5) * deep
        found.append(_apart(Spot(count, each, x, y, radius, x), found, right))
    return found


def _lanes(offered: Sequence[Candidate]) -> list[int]:
    """The numbers of waves, the most above."""
    return sorted({len(each.plan.waves) for each in offered}, reverse=True)


def _apart(spot: Spot, others: Iterable[Spot], right: float) -> Spot:
    """The spot, moved to the right, or at the end to the left, as far as no disc covers another."""
    beside = [other for other in others if other.y == spot.y]
    step = 2.0 if spot.x < right - 4 * LARGEST else -2.0
    x = spot.x
    while any(abs(other.x - x) < other.radius + spot.radius + 6 for other in beside):
        x += step
    return replace(spot, x=x)


def scale_of(values: Sequence[float]) -> tuple[float, float, float]:
    """Return the ends of an axis on which all values have their place, and the distance of its ticks."""
    room = max(max(values) - min(values), max(values) * 0.1, 1.0)
    low, high = max(0.0, min(values) - room / 8), max(values) + room / 8
    step = 10.0 ** floor(log10(room / TICKS))
    step = next(step * n for n in (1, 2, 5, 10) if room / (step * n) <= TICKS)
    return floor(low / step) * step, ceil(max(high, low + step) / step) * step, step


def _downtime(each: Candidate) -> float:
    return units(DOWNTIME, each.values[DOWNTIME], each.plan.inventory.policy.weights)


def _axis(scale: tuple[float, float, float], words: Wording, width: float, height: float) -> Iterator[Shape]:
    low, high, step = scale
    left, right, bottom = LANE + LARGEST, width - LARGEST, height - FOOT
    for n in range(round((high - low) / step) + 1):
        x = left + n * step / (high - low) * (right - left)
        yield Path(((x, 0), (x, bottom)), palette.RULE, 0.5)
        yield Text(x, bottom + 10, number(low + n * step), SIZE, palette.QUIET, anchor="middle")
    yield Path(((LANE, bottom), (width, bottom)), palette.STILL, 0.8)
    size = typeface.fitted(words.downtime, SIZE, right - left)
    yield Text((left + right) / 2, bottom + 25, words.downtime, size, palette.QUIET, anchor="middle")
