"""A chart on A3 across: title, axis, lines, rows as high as the paper allows, legend, stamp."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import chain
from typing import Final

from planner.rendering import palette, typeface
from planner.rendering.diagram.description import Language
from planner.rendering.documents.moments import Moments
from planner.rendering.documents.words import Words
from planner.rendering.drawing import Drawing, Shape, Text
from planner.rendering.sheets import SHEETS, Page
from planner.rendering.timechart import ground, labels, lines, marks, work
from planner.rendering.timechart.axis import Axis
from planner.rendering.timechart.description import Chart
from planner.rendering.timechart.head import HEIGHT, Head
from planner.rendering.timechart.layout import GREATEST, Layout, gaps
from planner.rendering.timechart.legend import legend
from planner.rendering.timechart.lettering import LEGIBLE, shortened

A3: Final = SHEETS[0]
WIDE_SPACE: Final = "\u3000"
"""Has no letter in the fonts; the words of titles may hold it."""
TITLES: Final = 20.0
"""Points that the titles of the columns take at least."""
EDGE: Final = 14.0
"""Points right of the axis, for the last label of the hours."""


@dataclass(frozen=True, slots=True)
class Stamp:
    """What stands below the legend: plan, inventory, time zone, and which sheet of how many it is."""

    text: str
    number: str


def drawing(chart: Chart, words: Words, moments: Moments, stamp: Stamp) -> Drawing:
    """Return the sheet."""
    width, height = A3
    title = chart.title.replace(WIDE_SPACE, "  ")
    page = Page(title, chart.remark, lambda room: legend(chart, words, stamp.text, stamp.number, room))
    inner, room = page.free(width, height)
    axis = Axis(chart.times, chart.columns.width, inner - chart.columns.width - EDGE)
    language: Language = "ja" if words.language == "ja" else "en"
    return page.around(_shapes(chart, axis, moments, room, language), room, width, height)


def _shapes(chart: Chart, axis: Axis, moments: Moments, room: float, language: Language) -> Iterable[Shape]:
    """Return the picture in the order of painting: ground, axis, bars, lines across them, words."""
    poles = lines.placed(chart.poles, axis)
    titled = any(title for title, _ in chart.columns.notes)
    top = HEIGHT + max(lines.height(poles), TITLES if titled else 0.0) + 3
    row = min(GREATEST, (room - top - gaps(chart)) / max(len(chart.rows), 1))
    layout = Layout(chart, axis, top, row, language)
    head = Head(axis, moments, top, layout.bottom)
    yield from chain(ground.bands(layout), head.service(chart.hours), ground.service(layout))
    yield from chain(head.grid(), ground.rules(layout), ground.tabs(layout))
    yield from chain(work.path(layout), work.bars(layout), lines.lines(poles, HEIGHT, layout.bottom), head.breaks())
    yield from chain(head.labels(), lines.words(poles, HEIGHT), _titles(chart, top))
    yield from chain(labels.labels(layout), work.words(layout), marks.marks(layout))


def _titles(chart: Chart, top: float) -> Iterable[Shape]:
    """Return the titles of the columns to write in, broken into two lines where they are too long."""
    x = chart.columns.width - sum(width for _, width in chart.columns.notes)
    for title, width in chart.columns.notes:
        fits = typeface.width(title, LEGIBLE) <= width - 2
        parts = [title] if fits else title.split(" ")
        for place, part in enumerate(reversed(parts)):
            text = shortened(part, LEGIBLE, width - 2)
            yield Text(x + (width - 2) / 2, top - 6 - 10 * place, text, LEGIBLE, palette.QUIET, anchor="middle")
        x += width
