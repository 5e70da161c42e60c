"""Sheets of paper: their sizes, and title, remark and legend around a picture."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Final

from planner.rendering import palette, typeface
from planner.rendering.drawing import Drawing, Shape, Text

SHEETS: Final = ((1190.55, 841.89), (1683.78, 1190.55), (2383.94, 1683.78), (3370.39, 2383.94))
"""A3, A2, A1 and A0 across, in points."""
MARGIN: Final = 22.0
HEAD: Final = 46.0
GAP: Final = 10.0
"""Points of the head, and between a picture and its legend, on A3."""


@dataclass(frozen=True, slots=True)
class Page:
    """What stands around a picture.

    Parameters
    ----------
    title, remark : str
        The lines above it.
    legend : callable
        Gives the legend for a width in points.
    """

    title: str
    remark: str
    legend: Callable[[float], Drawing]

    def free(self, width: float, height: float) -> tuple[float, float]:
        """Return the width and height that a sheet leaves for the picture."""
        inner = width - 2 * MARGIN
        return inner, height - 2 * MARGIN - self._around(inner)

    def height(self, width: float, body: float) -> float:
        """Return the height of a sheet of this width around a picture of height `body`."""
        return body + 2 * MARGIN + self._around(width - 2 * MARGIN)

    def around(self, body: Iterable[Shape], body_height: float, width: float, height: float) -> Drawing:
        """Return the sheet; the shapes of the picture have their origin at its top left corner."""
        inner = width - 2 * MARGIN
        unit = self._unit(inner)
        top = MARGIN + HEAD * unit
        key = self.legend(inner / unit)
        shapes = [
            *self._head(inner, unit),
            *Drawing(inner, body_height, tuple(body)).placed(1.0, MARGIN, top),
            *key.placed(unit, MARGIN, top + body_height + GAP),
        ]
        return Drawing(width, height, tuple(shapes), self.title)

    def _head(self, width: float, unit: float) -> Iterable[Shape]:
        size = typeface.fitted(self.title, 17 * unit, width, bold=True)
        yield Text(MARGIN, MARGIN + 11 * unit, self.title, size, bold=True)
        size = typeface.fitted(self.remark, 9.5 * unit, width) if self.remark else 9.5
        yield Text(MARGIN, MARGIN + 32 * unit, self.remark, size, palette.QUIET)

    def _around(self, inner: float) -> float:
        unit = self._unit(inner)
        return HEAD * unit + GAP + self.legend(inner / unit).height * unit

    @staticmethod
    def _unit(inner: float) -> float:
        """Return how much larger title and legend are than on A3."""
        return max(inner / 1146.55, 0.8)
