"""Alternatives as wide as A3: waves against downtime above, below a row for each plan with its waves and numbers."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from planner.plan.choice import Candidate, Choice
from planner.plan.wording_choice import contrast, number, title, units
from planner.rendering import palette, typeface
from planner.rendering.alternatives.scatter import FOOT, disc, scatter, spots_of
from planner.rendering.alternatives.wording import WORDING, Wording
from planner.rendering.comparison.axis import Axis, axis_of
from planner.rendering.diagram.description import Language
from planner.rendering.diagram.legend import Entry, rows
from planner.rendering.drawing import Box, Disc, Drawing, Path, Shape, Text
from planner.rendering.sheets import MARGIN, SHEETS, Page
from planner.rendering.timechart.lettering import LEGIBLE, shortened

GREATEST: Final = 60.0
"""Points of the tallest row of a plan."""
TOP: Final = 26.0
"""Points of the titles of the columns."""
GAP: Final = 14.0
SIZE: Final = 9.5
NAME: Final = 178.0
COLUMN: Final = 92.0
SHARE: Final = 58.0
"""Points of the last column, the gap."""
MARK: Final = 18.0
"""The least width of a wave, so that its name can be read."""
LANE: Final = 120.0
"""Points of the tallest lane of a number of waves."""
SCATTER: Final = 0.42
"""The part of the sheet that the picture above takes, at least."""


@dataclass(frozen=True, slots=True)
class _Sheet:
    """What every row is drawn with."""

    choice: Choice
    words: Wording
    language: Language
    width: float
    height: float
    axis: Axis
    best: Mapping[str, int]

    def left(self, column: int) -> float:
        """Where a column of numbers begins."""
        return _first_column(self.width, self.words) + COLUMN * column


def sheet(choice: Choice, language: Language) -> Drawing:
    """Return the sheet of a choice among plans."""
    words, inventory, offered = WORDING[language], choice.chosen.plan.inventory, choice.offered
    width, height = SHEETS[0]
    name = words.title.format(name=inventory.project.name)
    inner = width - 2 * MARGIN
    axis = axis_of(inventory.clock, [each.tally for each in offered], [], NAME + 8, _first_column(inner, words) - 12)
    page = Page(name, words.remark, lambda room: rows(_legend(offered, axis, words), room))
    _, room = page.free(width, height)
    row = min(GREATEST, (room * (1 - SCATTER) - TOP - GAP) / len(offered))
    table, lanes = TOP + row * len(offered), len({len(each.plan.waves) for each in offered})
    tall = min(room - table - GAP, max(lanes, 2) * LANE + FOOT)
    spots = spots_of(offered, inner, tall)
    drawn = _Sheet(choice, words, language, inner, row, axis, choice.best())
    below = Drawing(inner, table, tuple(_table(drawn))).placed(1.0, 0.0, tall + GAP)
    body = tall + GAP + table
    return page.around((*scatter(offered, spots, words, inner, tall), *below), body, width, page.height(width, body))


def _first_column(width: float, words: Wording) -> float:
    """Where the columns of numbers begin."""
    return width - SHARE - COLUMN * len(words.columns)


def _table(drawn: _Sheet) -> Iterable[Shape]:
    words = drawn.words
    yield Text(3, TOP / 2, words.plans, typeface.fitted(words.plans, SIZE, NAME - 6), palette.QUIET)
    for column, head in enumerate(words.columns.values()):
        yield _head(head, drawn.left(column), COLUMN)
    yield _head(words.gap, drawn.width - SHARE, SHARE)
    for place in range(0, len(drawn.choice.offered), 2):
        yield Box(0, TOP + place * drawn.height, drawn.width, drawn.height, fill=palette.BAND)
    yield from drawn.axis.months(TOP / 2)
    for place, each in enumerate(drawn.choice.offered):
        yield from _row(drawn, each, place + 1, TOP + place * drawn.height)
    yield Path(((0, TOP), (drawn.width, TOP)), palette.STILL, 0.8)


def _head(head: str, left: float, room: float) -> Text:
    size = typeface.fitted(head, SIZE, room - 6)
    return Text(left + room - 4, TOP / 2, head, size, palette.QUIET, anchor="right")


def _row(drawn: _Sheet, each: Candidate, count: int, top: float) -> Iterator[Shape]:
    told = " / ".join(contrast(drawn.choice, each, drawn.language))
    y = top + drawn.height * (0.33 if told else 0.5)
    yield from drawn.axis.grid(top, top + drawn.height * (0.62 if told else 1.0))
    yield from disc(each, count, 16, y, 9.0)
    name = title(each.id, drawn.language)
    yield Text(34, y, name, typeface.fitted(name, SIZE + 1, NAME - 36, bold=True), bold=True)
    yield from _waves(drawn, each, y)
    for column, id in enumerate(drawn.words.columns):
        yield from _number(drawn, each, id, drawn.left(column), y)
    yield Text(drawn.width - 4, y, each.tally.share, SIZE, anchor="right")
    yield Text(34, top + drawn.height * 0.76, shortened(told, LEGIBLE, drawn.width - 40), LEGIBLE, palette.QUIET)


def _waves(drawn: _Sheet, each: Candidate, y: float) -> Iterator[Shape]:
    half = min(drawn.height * 0.2, 8.5)
    for count, (wave, (x, long)) in enumerate(zip(each.tally.waves, _beside(drawn.axis, each), strict=True), 1):
        colour = palette.wave_colour(count, len(each.tally.waves))
        yield Box(x, y - half, long, 2 * half, fill=colour, radius=2.0, tag=f"wave:{each.id}:{wave.id}")
        size = typeface.fitted(wave.id, LEGIBLE, long - 2, bold=True)
        yield Text(x + long / 2, y, wave.id, size, palette.ink_on(colour), bold=True, anchor="middle")


def _beside(axis: Axis, each: Candidate) -> list[tuple[float, float]]:
    """Left end and length of each wave: at its date, or as near to it as there is room beside the others."""
    found, free = list[tuple[float, float]](), axis.left
    for wave in each.tally.waves:
        start, end = axis.x(wave.start), axis.x(wave.end)
        found.append((max(start, free), max(end - start, MARK)))
        free = sum(found[-1]) + 1
    limit = axis.right + 8
    for place in range(len(found) - 1, -1, -1):
        x, long = found[place]
        found[place] = min(x, limit - long), long
        limit = found[place][0] - 1
    return found


def _number(drawn: _Sheet, each: Candidate, id: str, left: float, y: float) -> Iterator[Shape]:
    """The number, and a bar as long as its part of the greatest of the column."""
    value, weights = each.values[id], each.plan.inventory.policy.weights
    greatest = max(other.values[id] for other in drawn.choice.offered)
    best = drawn.best.get(id) == value
    room = COLUMN - 16
    told = number(units(id, value, weights))
    yield Text(left + COLUMN - 4, y - 4, told, typeface.fitted(told, SIZE, room, bold=best), bold=best, anchor="right")
    yield Box(left + 12, y + 4, room, 4, fill=palette.TROUGH)
    if greatest and value:
        colour = palette.BAR if best else palette.tint(palette.BAR, 0.45)
        yield Box(left + 12, y + 4, room * value / greatest, 4, fill=colour, tag=f"bar:{id}:{each.id}")


def _shifted(axis: Axis, each: Candidate) -> bool:
    """Whether a wave of the plan does not begin where its date is."""
    places = zip(each.tally.waves, _beside(axis, each), strict=True)
    return any(abs(x - axis.x(wave.start)) > 1 for wave, (x, _) in places)


def _legend(offered: Sequence[Candidate], axis: Axis, words: Wording) -> Iterator[Entry]:
    ring = (Disc(9, 0, 9.0, palette.PAPER, palette.INK, 1.6), Disc(9, 0, 6.0, palette.BAR, palette.PAPER))
    yield Entry(ring, 18, words.chosen)
    if any(each.values["service_minutes"] for each in offered):
        yield Entry((Disc(7, 0, 6.0, palette.LATE, palette.PAPER),), 14, words.inside)
    if len({len(each.plan.waves) for each in offered}) < len(offered):
        yield Entry((Path(((9, -7), (1, 7)), palette.INK, 0.8), Disc(9, -4, 4.0, palette.BAR)), 14, words.moved)
    if any(_shifted(axis, each) for each in offered):
        wave = Box(0, -6, MARK, 12, fill=palette.wave_colour(2, 5), radius=2.0)
        yield Entry((wave,), MARK, words.shifted)
    if any(each.values["bridge_sum"] for each in offered):
        yield Entry((Disc(4, 0, 4.0, palette.BAR), Disc(18, 0, 8.0, palette.BAR)), 26, words.area)
    yield Entry((Box(0, -2, MARK, 4, fill=palette.BAR),), MARK, words.best)
    if any(each.tally.gap is None for each in offered):
        yield Entry((Text(2, 0, "-", SIZE),), 6, words.no_gap)
