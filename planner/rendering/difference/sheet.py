"""What changed between two plans on A3 across: waves on two calendars, outages, the objective, and the facts behind."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from planner.plan.difference import OutageChange, PlanDifference
from planner.plan.plan import Plan
from planner.rendering import palette
from planner.rendering.diagram.description import Language
from planner.rendering.diagram.legend import SWATCH, Entry, rows
from planner.rendering.difference.lanes import DASHES, Lanes
from planner.rendering.difference.wording import WORDING, Wording
from planner.rendering.drawing import Box, Drawing, Path, Shape, Text
from planner.rendering.sheets import SHEETS, Page
from planner.rendering.timechart.lettering import shortened

UPPER: Final = 0.46
"""The share of the calendars."""
ROW: Final = 21.0
SIZE: Final = 9.5
NAME: Final = 190.0
NUMBER: Final = 130.0
LEFT: Final = 640.0
"""Points of the outages; the rest is for the objective and the facts."""
FACTS: Final = 7
GREATEST: Final = 3.0
"""A bar of the objective is at the most so many times as long as before."""


def sheet(before: Plan, after: Plan, found: PlanDifference, language: Language) -> Drawing:
    """Return the sheet; equal plans give their calendars and the word that they are equal."""
    words = WORDING[language]
    width, height = SHEETS[0]
    remark = words.remark.format(before=found.before, after=found.after)
    remark = f"{remark}  |  {words.equal}" if found.equal else remark
    page = Page(
        words.title.format(name=after.inventory.project.name), remark, lambda room: rows(_legend(found, words), room)
    )
    inner, room = page.free(width, height)
    upper = room * UPPER
    body = [*Lanes(before, after, found, words, inner, upper).shapes()]
    lower = Lower(before, after, found, words, inner, room - upper - 24)
    body += Drawing(inner, lower.height, tuple(lower.shapes())).placed(1.0, 0, upper + 24)
    return page.around(tuple(body), room, width, height)


@dataclass(frozen=True, slots=True)
class Lower:
    """What stands below the calendars."""

    before: Plan
    after: Plan
    found: PlanDifference
    words: Wording
    width: float
    height: float

    def shapes(self) -> Iterator[Shape]:
        yield from self._outages()
        yield from self._terms()

    def _title(self, x: float, y: float, text: str, room: float) -> Iterator[Shape]:
        yield Text(x, y, shortened(text, SIZE + 1, room, bold=True), SIZE + 1, bold=True)
        yield Path(((x, y + 9), (x + room, y + 9)), palette.STILL, 0.8)

    def _outages(self) -> Iterator[Shape]:
        yield from self._title(0, 6, self.words.outages, LEFT)
        if not self.found.outages:
            yield Text(0, 28, self.words.no_outage, SIZE, palette.QUIET)
            return
        most = max(1, int((self.height - 34) / ROW))
        ranked = sorted(self.found.outages, key=lambda o: (-abs(o.longer), -o.minutes_after, o.system))
        greatest = max(max(o.minutes_before, o.minutes_after) for o in ranked[:most]) or 1
        for number, outage in enumerate(ranked[:most]):
            yield from self._outage(outage, 20 + number * ROW, (LEFT - NAME - NUMBER) / greatest)
        if len(ranked) > most:
            yield Text(0, 26 + most * ROW, self.words.more.format(n=len(ranked) - most), SIZE, palette.QUIET)

    def _outage(self, outage: OutageChange, top: float, unit: float) -> Iterator[Shape]:
        """Two bars: thin and light before, thick now; orange what is more."""
        systems = {**self.before.inventory.systems, **self.after.inventory.systems}
        name = f"{outage.system} {systems[outage.system].name}" if outage.system in systems else outage.system
        yield Text(0, top + ROW / 2, shortened(name, SIZE, NAME - 8), SIZE)
        was, now = outage.minutes_before * unit, outage.minutes_after * unit
        if was:
            yield Box(NAME, top + 2, was, 5, palette.tint(palette.BAR, 0.45))
        if now:
            yield Box(NAME, top + 8, min(was, now) or now, 10, palette.BAR if was else palette.LATE)
        if now > was > 0:
            yield Box(NAME + was, top + 8, now - was, 10, palette.LATE)
        more = f"{outage.longer:+}" if outage.longer else "±0"
        text = self.words.minutes.format(before=outage.minutes_before, after=outage.minutes_after, more=more)
        yield Text(NAME + max(was, now) + 5, top + ROW / 2 + 1, text, SIZE)

    def _terms(self) -> Iterator[Shape]:
        x, room = LEFT + 40, self.width - LEFT - 40
        yield from self._title(x, 6, self.words.terms, room)
        y, name = 20.0, 128.0
        unit = (room - name - 60) / GREATEST
        yield Path(((x + name + unit, 16), (x + name + unit, 20 + ROW * len(self.after.objective))), palette.RULE, 0.8)
        old = {term.id: term.value for term in self.before.objective}
        for term in self.after.objective:
            was = old.get(term.id)
            label = self.words.terms_of.get(term.id, term.id)
            yield Text(x, y + ROW / 2, shortened(label, SIZE, name - 6), SIZE)
            if was:
                share = term.value / was
                colour = palette.LATE if share > 1 else palette.BAR
                yield Box(
                    x + name, y + 5, min(share, GREATEST) * unit, ROW - 10, colour if share != 1 else palette.PLAIN
                )
                text = f"{100 * share:.1f}"
            else:
                text = "0" if was == term.value else f"{'-' if was is None else 0} → {term.value / 100:,.0f}"
            yield Text(x + name + min(term.value / was if was else 0, GREATEST) * unit + 5, y + ROW / 2, text, SIZE)
            y += ROW
        yield from self._numbers(x, y + 18, room)

    def _numbers(self, x: float, y: float, room: float) -> Iterator[Shape]:
        found, words = self.found, self.words
        yield from self._title(x, y, words.numbers, room)
        places = sum(asset.other_place for asset in found.assets)
        told = (
            words.people.format(n=len(found.people)),
            words.checks.format(n=len(found.checks)),
            words.places.format(n=places),
            words.steps.format(before=found.steps[0], after=found.steps[1]),
        )
        for number, text in enumerate(told):
            yield Text(x + (number % 2) * room / 2, y + 22 + (number // 2) * 16, text, SIZE)
        yield from self._facts(x, y + 70, room)

    def _facts(self, x: float, y: float, room: float) -> Iterator[Shape]:
        found, words = self.found, self.words
        yield from self._title(x, y, words.facts, room)
        if not found.facts:
            yield Text(x, y + 22, words.no_fact, SIZE, palette.QUIET)
        for number, fact in enumerate(found.facts[:FACTS]):
            yield Text(x, y + 22 + 15 * number, shortened(fact.path, SIZE, room), SIZE)
        if len(found.facts) > FACTS:
            text = words.more.format(n=len(found.facts) - FACTS)
            yield Text(x, y + 22 + 15 * FACTS, text, SIZE, palette.QUIET)


def _legend(found: PlanDifference, words: Wording) -> Iterator[Entry]:
    if any(wave.same for wave in found.waves):
        yield Entry((Box(0, -7, SWATCH, 14, palette.PAPER, palette.INK, 0.8, 3.0),), SWATCH, words.same)
    alone = [wave for wave in found.waves if wave.before is None or wave.after is None]
    if len(found.changed_waves) > len(alone):
        yield Entry((Box(0, -7, SWATCH, 14, palette.PAPER, palette.LATE, 2.4, 3.0),), SWATCH, words.moved)
    if alone:
        yield Entry((Box(0, -7, SWATCH, 14, palette.PAPER, palette.LATE, 2.4, 3.0, DASHES),), SWATCH, words.alone)
    if any(asset.other_wave and asset.before and asset.after for asset in found.assets):
        yield Entry((Path(((0, 0), (SWATCH, 0)), palette.LATE, 2.5),), SWATCH, words.single)
    if found.outages:
        yield Entry((Box(0, -5, SWATCH, 10, palette.tint(palette.BAR, 0.45)),), SWATCH, words.before)
        yield Entry((Box(0, -5, SWATCH, 10, palette.BAR),), SWATCH, words.after)
