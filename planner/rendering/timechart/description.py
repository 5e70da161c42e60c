"""What a sheet of a time chart shows, without an inventory: groups of rows over one axis, and lines across them."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from planner.units.span import Minute, Span, Spans

NEVER: Final = Spans()


@dataclass(frozen=True, slots=True)
class Livery:
    """How the work of a team looks: ``letter`` in every row, ``colour``, and one of the hatches, 0 is none."""

    name: str
    letter: str
    colour: str
    hatch: int = 0


@dataclass(frozen=True, slots=True)
class Bar:
    """Something that lasts; one stripe per livery, or ``fill``. ``critical`` gives it a black border.

    ``follows`` is the tag of the bar on the critical path that hands over to it.
    """

    span: Span
    text: str = ""
    liveries: tuple[Livery, ...] = ()
    fill: str = ""
    critical: bool = False
    tag: str = ""
    follows: str = ""


@dataclass(frozen=True, slots=True)
class Mark:
    """A check point with its number; ``deadline`` ends the orange line that begins at it, final ones have None."""

    at: Minute
    number: int
    deadline: Minute | None
    tag: str = ""


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the sheet.

    ``label`` is followed by as many of ``names`` as there is room for. ``notes`` fill the columns behind it; an
    ``open`` row has them empty, to be written in at night, and half of its height is left free for the actual bar.
    ``hours`` are shaded. ``deadlines`` are orange ticks without a number.
    """

    label: str
    names: tuple[str, ...] = ()
    number: str = ""
    badges: tuple[Livery, ...] = ()
    notes: tuple[str, ...] = ()
    bars: tuple[Bar, ...] = ()
    marks: tuple[Mark, ...] = ()
    deadlines: tuple[tuple[Minute, str], ...] = ()
    hours: Spans = NEVER
    open: bool = False


@dataclass(frozen=True, slots=True)
class Group:
    """Rows behind one tab; neighbours with the same ``outer`` share that one."""

    outer: str
    inner: str
    rows: tuple[Row, ...]


class PoleKind(StrEnum):
    """What a line across all rows says."""

    GATE = "gate"
    NO_RETURN = "no_return"
    DEADLINE = "deadline"


@dataclass(frozen=True, slots=True)
class Pole:
    """A line across all rows at one instant, with its words above."""

    at: Minute
    text: str
    kind: PoleKind
    tag: str = ""


@dataclass(frozen=True, slots=True)
class Columns:
    """Widths in points of what stands left of the axis, 0 for what there is not; ``notes`` with their titles."""

    outer: float
    inner: float
    number: float
    badge: float
    label: float
    notes: tuple[tuple[str, float], ...]

    @property
    def width(self) -> float:
        """Where the axis begins."""
        return self.outer + self.inner + self.number + self.badge + self.label + sum(width for _, width in self.notes)


@dataclass(frozen=True, slots=True)
class Chart:
    """One sheet: ``times`` are the parts of the axis, ``hours`` the band of service hours."""

    title: str
    remark: str
    columns: Columns
    groups: tuple[Group, ...]
    times: Spans
    poles: tuple[Pole, ...] = ()
    hours: Spans = NEVER

    @property
    def rows(self) -> tuple[Row, ...]:
        return tuple(row for group in self.groups for row in group.rows)
