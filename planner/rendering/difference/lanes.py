"""Two calendars, one above the other: the waves before and now, and what goes from one to another."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from planner.plan.difference import PlanDifference, WaveChange
from planner.plan.plan import Plan
from planner.plan.wave import Wave
from planner.rendering import palette, typeface
from planner.rendering.difference.wording import Wording
from planner.rendering.drawing import Box, Path, Shape, Text
from planner.rendering.timechart.lettering import COMMA, LEGIBLE, listed
from planner.units.clock import DAY, Clock
from planner.units.span import Minute, Span

WIDTH: Final = 62.0
HEIGHT: Final = 40.0
APART: Final = 6.0
LABEL: Final = 52.0
"""Points left of the calendars, for what they are called."""
DATES: Final = 16.0
TOP: Final = 26.0
SIZE: Final = 9.5
DASHES: Final = (4.0, 2.0)
"""The frame of a wave that only one of the plans has."""


@dataclass(frozen=True, slots=True)
class Lanes:
    """Both calendars share one axis of days; ``width`` and ``height`` are theirs together."""

    before: Plan
    after: Plan
    found: PlanDifference
    words: Wording
    width: float
    height: float

    def shapes(self) -> Iterator[Shape]:
        """Months, ribbons, boxes, in the order of painting."""
        lower = self.height - DATES - HEIGHT
        old, new = self._places(self.before.waves), self._places(self.after.waves)
        yield from self._months()
        for y, text in ((TOP + DATES, self.words.before), (lower, self.words.after)):
            yield Text(0, y + HEIGHT / 2, text, SIZE + 1.5, bold=True)
        yield from self._ribbons(old, new, TOP + DATES + HEIGHT, lower)
        yield from self._boxes(self.before, old, TOP + DATES, above=True)
        yield from self._boxes(self.after, new, lower, above=False)

    def _whole(self) -> Span:
        spans = [wave.window for plan in (self.before, self.after) for wave in plan.waves]
        first = min((span.start for span in spans), default=self.after.inventory.project.horizon.start)
        last = max((span.end for span in spans), default=first + DAY)
        return Span(first - 3 * DAY, last + 3 * DAY)

    def _x(self, at: Minute) -> float:
        whole = self._whole()
        return LABEL + (at - whole.start) / whole.minutes * (self.width - LABEL - WIDTH)

    def _places(self, waves: Sequence[Wave]) -> dict[str, float]:
        """The left ends of the boxes: at their days, pushed on where they would lie on each other."""
        found: dict[str, float] = {}
        free = LABEL
        width = min(WIDTH, (self.width - LABEL) / max(len(waves), 1) - APART)
        for number, wave in enumerate(waves):
            last = self.width - (len(waves) - number) * (width + APART)
            found[wave.id] = min(max(self._x(wave.window.start), free), max(last, free))
            free = found[wave.id] + width + APART
        return found

    def _months(self) -> Iterator[Shape]:
        clock, whole = self.after.inventory.clock, self._whole()
        for first in months(clock, whole):
            x = self._x(clock.minute(first))
            yield Path(((x, TOP - 8), (x, self.height)), palette.RULE, 0.5)
            yield Text(x + 3, TOP - 14, f"{first:%Y-%m}", LEGIBLE, palette.QUIET)

    def _ribbons(self, old: Mapping[str, float], new: Mapping[str, float], top: float, low: float) -> Iterator[Shape]:
        for wave in self.found.waves:
            if wave.before is None or wave.after is None:
                continue
            left, right = old[wave.before], new[wave.after]
            colour = palette.tint(self._colour(wave.before), 0.35 if wave.same else 0.6)
            corners = ((left, top), (left + WIDTH, top), (right + WIDTH, low), (right, low))
            yield Path(corners, colour, 0.6, closed=True, fill=colour, tag=f"wave:{wave.before}")
        yield from self._strays(old, new, top, low)

    def _strays(self, old: Mapping[str, float], new: Mapping[str, float], top: float, low: float) -> Iterator[Shape]:
        """What goes in another wave now: a line for each pair of waves, with names."""
        moves: Counter[tuple[str, str]] = Counter()
        names: dict[tuple[str, str], list[str]] = {}
        for asset in self.found.assets:
            if asset.other_wave and asset.before and asset.after:
                pair = asset.before[0].wave, asset.after[0].wave
                moves[pair] += 1
                names.setdefault(pair, []).append(asset.subject)
        for number, (pair, count) in enumerate(sorted(moves.items())):
            ends = (old[pair[0]] + WIDTH / 2, top), (new[pair[1]] + WIDTH / 2, low)
            yield Path(ends, palette.LATE, min(1.0 + count / 4, 5.0), tag=f"stray:{pair[0]}:{pair[1]}")
            share = 0.3 + 0.15 * (number % 4)
            x, y = (a + (b - a) * share for a, b in zip(*ends, strict=True))
            text = listed("", names[pair], SIZE, 240, COMMA["en"])
            room = typeface.width(text, SIZE)
            x = min(x + 6, self.width - room - 4)
            yield Box(x - 3, y - 7, room + 6, 14, palette.PAPER, palette.LATE, 0.5, 2.0)
            yield Text(x, y, text, SIZE)

    def _boxes(self, plan: Plan, places: Mapping[str, float], y: float, *, above: bool) -> Iterator[Shape]:
        changes = {(c.before if above else c.after): c for c in self.found.waves}
        for wave in plan.waves:
            x, change = places[wave.id], changes[wave.id]
            colour = self._colour(change.before) if change.before else palette.PAPER
            ink = palette.ink_on(colour)
            frame = palette.INK if change.same else palette.LATE
            lost = change.before is None or change.after is None
            dashes = DASHES if lost else ()
            yield Box(x, y, WIDTH, HEIGHT, colour, frame, 0.8 if change.same else 2.4, 3.0, dashes, f"box:{wave.id}")
            yield Text(x + WIDTH / 2, y + 13, wave.id, SIZE + 3, ink, bold=True, anchor="middle")
            count = self.words.assets.format(n=len({id for turn in wave.turns for id in turn.assets}))
            yield Text(x + WIDTH / 2, y + 29, count, typeface.fitted(count, SIZE, WIDTH - 6), ink, anchor="middle")
            day = self._day(plan, change, above=above)
            yield Text(x + WIDTH / 2, y - 8 if above else y + HEIGHT + 9, day, SIZE, anchor="middle")

    def _day(self, plan: Plan, change: WaveChange, *, above: bool) -> str:
        span = change.from_span if above else change.to_span
        if span is None:
            return ""
        local = plan.inventory.clock.local(span.start)
        return f"{local.month}/{local.day}({self.words.weekdays[local.weekday()]})"

    def _colour(self, wave: str) -> str:
        ids = [one.id for one in self.before.waves]
        return palette.wave_colour(ids.index(wave) + 1, len(ids))


def months(clock: Clock, whole: Span) -> Iterable[date]:
    """The first days of the months that begin in the span."""
    day = clock.day(whole.start).replace(day=1)
    while clock.minute(day) < whole.end:
        if clock.minute(day) >= whole.start:
            yield day
        day = date(day.year + day.month // 12, day.month % 12 + 1, 1)
