"""Scenarios beside the base plan on A3 across: the waves of every plan on one axis of days, and what each costs."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from planner.model.inventory import Inventory
from planner.plan.comparison import Answer, Comparison, Holding, Outcome, Tally
from planner.rendering import palette, typeface
from planner.rendering.comparison.axis import Axis, axis_of
from planner.rendering.comparison.wording import WORDING, Wording
from planner.rendering.diagram.description import Language
from planner.rendering.diagram.legend import Entry, rows
from planner.rendering.drawing import Box, Disc, Drawing, Path, Shape, Text
from planner.rendering.sheets import SHEETS, Page
from planner.rendering.timechart.lettering import LEGIBLE, shortened

GREATEST: Final = 30.0
TOP: Final = 26.0
"""Points of the titles of the columns."""
SIZE: Final = 9.5
NAME: Final = 84.0
OUTAGE: Final = 220.0
NIGHTS: Final = 52.0
GAP: Final = 44.0
LABEL: Final = 118.0
"""Points behind the longest bar, for its number."""
MARK: Final = 20.0
"""The least width of a wave, so that its name can be read."""


@dataclass(frozen=True, slots=True)
class _Row:
    """One line of the sheet: a plan, or the words that stand in its stead; a ``head`` begins a scenario."""

    name: str
    tally: Tally | None = None
    told: str = ""
    head: bool = False
    bad: bool = False
    breaks: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class _Sheet:
    """What every row is drawn with."""

    words: Wording
    height: float
    axis: Axis
    greatest: int


def sheet(inventory: Inventory, found: Comparison, titles: Mapping[str, str], language: Language) -> Drawing:
    """Return the sheet of a comparison; ``titles`` are those of the scenarios."""
    words = WORDING[language]
    width, height = SHEETS[0]
    made = list(_rows(found, titles, words))
    page = Page(words.title.format(name=inventory.project.name), words.remark, lambda room: rows(_legend(words), room))
    inner, room = page.free(width, height)
    tallies = [row.tally for row in made if row.tally]
    instants = [at for row in made for at in row.breaks]
    left, right = NAME + 8, inner - OUTAGE - NIGHTS - GAP
    axis = axis_of(inventory.clock, tallies, instants, left, right - 14)
    row = min(GREATEST, (room - TOP) / max(len(made), 1))
    drawn = _Sheet(words, row, axis, max((t.weighted for t in tallies), default=0) or 1)
    return page.around(tuple(_body(drawn, made, inner)), room, width, height)


def _rows(found: Comparison, titles: Mapping[str, str], words: Wording) -> Iterator[_Row]:
    yield _Row(words.base, found.base)
    for answer in found.answers:
        yield _Row(f"{answer.scenario}  {titles[answer.scenario]}", head=True)
        yield from _plans(answer, words)


def _plans(answer: Answer, words: Wording) -> Iterator[_Row]:
    if answer.holding is not None:
        yield _held(answer.holding, words)
    for name, outcome in ((words.least, answer.least), (words.new, answer.new)):
        if outcome is not None:
            yield _found(name, outcome, words)


def _held(holding: Holding, words: Wording) -> _Row:
    firsts = tuple(b.first.span.start for b in holding.breaks if b.first.span is not None)
    told = words.keeps
    if holding.breaks:
        told = words.breaks.format(rules=", ".join(f"{b.rule} x{b.count}" for b in holding.breaks))
    elif not holding.holds:
        told = words.lost.format(lost=f"{sum(case.weighted for case in holding.losses):,}")
    return _Row(words.holds, told=told, bad=not holding.holds, breaks=firsts)


def _found(name: str, outcome: Outcome, words: Wording) -> _Row:
    if outcome.tally is not None:
        return _Row(name, outcome.tally)
    told = words.refused[outcome.refusal.kind.value] if outcome.refusal else words.unsafe
    return _Row(name, told=told, bad=True)


def _body(drawn: _Sheet, made: Sequence[_Row], width: float) -> Iterable[Shape]:
    bottom = TOP + len(made) * drawn.height
    yield from _titles(drawn, width)
    yield from drawn.axis.grid(TOP, bottom)
    for wave in made[0].tally.waves if made[0].tally else ():
        x = drawn.axis.x(wave.start)
        yield Path(((x, TOP), (x, bottom)), palette.STILL, 0.7, dashes=(2.0, 3.0))
    for place, row in enumerate(made):
        top = TOP + place * drawn.height
        if row.head:
            yield Box(0, top, width, drawn.height, fill=palette.BAND)
            size = SIZE + 1
            name = shortened(row.name, size, width - 6, bold=True)
            yield Text(3, top + drawn.height / 2, name, size, bold=True)
        else:
            yield from _row(drawn, row, top + drawn.height / 2, width)
    yield Path(((0, TOP), (width, TOP)), palette.STILL, 0.8)


def _titles(drawn: _Sheet, width: float) -> Iterable[Shape]:
    words, left = drawn.words, width - OUTAGE - NIGHTS - GAP
    columns = ((0.0, NAME, words.plan), (left, OUTAGE, words.outage), (left + OUTAGE, NIGHTS, words.nights))
    for x, room, title in (*columns, (left + OUTAGE + NIGHTS, GAP, words.gap)):
        yield Text(x + 3, TOP / 2, title, typeface.fitted(title, SIZE, room - 6), palette.QUIET)
    yield from drawn.axis.months(TOP / 2)


def _row(drawn: _Sheet, row: _Row, y: float, width: float) -> Iterable[Shape]:
    yield Text(10, y, shortened(row.name, SIZE, NAME - 10), SIZE, palette.INK)
    if row.tally is None:
        yield from _told(drawn, row, y, width)
    else:
        yield from _waves(drawn, row.tally, y)
        yield from _numbers(drawn, row.tally, y, width)


def _told(drawn: _Sheet, row: _Row, y: float, width: float) -> Iterable[Shape]:
    """The words beside the axis, and on it the first instants at which rules are broken."""
    for at in row.breaks:
        yield Disc(drawn.axis.x(at), y, 4.0, palette.LATE, palette.PAPER, tag="break")
    left = width - OUTAGE - NIGHTS - GAP if row.breaks else drawn.axis.left
    colour = palette.LATE if row.bad else palette.INK
    yield Text(left + 3, y, shortened(row.told, SIZE, width - left - 6), SIZE, colour, bold=row.bad)


def _waves(drawn: _Sheet, tally: Tally, y: float) -> Iterable[Shape]:
    half = min(drawn.height * 0.34, 8.5)
    free = drawn.axis.left
    for number, wave in enumerate(tally.waves, 1):
        start, end = drawn.axis.x(wave.start), drawn.axis.x(wave.end)
        x, long = max(start, free), max(end - start, MARK)
        free = x + long + 1
        colour = palette.wave_colour(number, len(tally.waves))
        yield Box(x, y - half, long, 2 * half, fill=colour, radius=2.0, tag=f"wave:{wave.id}")
        size = typeface.fitted(wave.id, LEGIBLE, long - 2, bold=True)
        yield Text(x + long / 2, y, wave.id, size, palette.ink_on(colour), bold=True, anchor="middle")


def _numbers(drawn: _Sheet, tally: Tally, y: float, width: float) -> Iterable[Shape]:
    left = width - OUTAGE - NIGHTS - GAP
    long = tally.weighted / drawn.greatest * (OUTAGE - LABEL - 6)
    half = min(drawn.height * 0.28, 7.0)
    yield Box(left + 3, y - half, max(long, 0.5), 2 * half, fill=palette.BAR if not tally.inside else palette.LATE)
    label = drawn.words.minutes.format(weighted=f"{tally.weighted:,}", inside=f"{tally.inside:,}")
    yield Text(left + 7 + long, y, label, LEGIBLE)
    yield Text(left + OUTAGE + NIGHTS - 10, y, f"{tally.people_nights:,}", SIZE, anchor="right")
    yield Text(width - 6, y, tally.share, SIZE, anchor="right")


def _legend(words: Wording) -> Iterable[Entry]:
    yield Entry((Box(0, -6, MARK, 12, fill=palette.wave_colour(2, 5), radius=2.0),), MARK, words.wave)
    yield Entry((Path(((0, 0), (MARK, 0)), palette.STILL, 0.7, dashes=(2.0, 3.0)),), MARK, words.then)
    yield Entry((Disc(5, 0, 4.0, palette.LATE, palette.PAPER),), 10, words.broken)
