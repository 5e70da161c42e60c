"""The worst single failures on A3 across: a bar of lost service for each, by criticality, and what is done about it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from planner.plan.contingency import Case, Contingencies, CoverKind, Failure
from planner.plan.plan import Plan
from planner.plan.step import Step
from planner.plan.wording_contingency import covered, fails, reaction
from planner.rendering import palette, typeface
from planner.rendering.contingency.wording import WORDING, Wording
from planner.rendering.diagram.description import Language
from planner.rendering.diagram.legend import Entry, rows
from planner.rendering.drawing import Box, Drawing, Path, Shape, Text
from planner.rendering.sheets import SHEETS, Page
from planner.rendering.timechart.lettering import COMMA, LEGIBLE, listed, shortened

ROWS: Final = 30
"""How many failures a sheet shows."""
TEAMS: Final = 6
"""How many of its rows are kept for teams."""
GREATEST: Final = 34.0
TOP: Final = 20.0
"""Points of the titles of the columns."""
SIZE: Final = 9.5
PAD: Final = 6.0
FAILURE: Final = 300.0
CREW: Final = 160.0
DOWN: Final = 196.0
COVER: Final = 206.0
LABEL: Final = 110.0
"""Points behind the longest bar, for its number."""
COLOURS: Final[Mapping[str, str]] = {
    "S": palette.CROSSING,
    "A": palette.BAR,
    "B": palette.tint(palette.BAR, 0.55),
    "C": palette.tint(palette.BAR, 0.28),
}
"""The darker the more critical, also on black-and-white paper."""


@dataclass(frozen=True, slots=True)
class _Sheet:
    """What every row is drawn with; ``bar`` is the left end of the bars, ``room`` their greatest length."""

    plan: Plan
    steps: Mapping[str, Step]
    language: Language
    words: Wording
    height: float
    bar: float
    room: float
    greatest: int

    def columns(self) -> tuple[tuple[float, float, str], ...]:
        """Left end, width and title of each column."""
        words, crew = self.words, self.bar + self.room + PAD
        down, cover = crew + CREW, crew + CREW + DOWN
        return (
            (0.0, FAILURE, words.failure),
            (self.bar, self.room, words.loss),
            (crew, CREW, words.crew),
            (down, DOWN, words.down),
            (cover, COVER, words.cover),
        )


def sheet(plan: Plan, found: Contingencies, language: Language) -> Drawing:
    """Return the sheet of the failures that hurt, the worst first."""
    words = WORDING[language]
    hurting = [case for case in found.cases if not case.harmless]
    shown = _chosen(hurting)
    width, height = SHEETS[0]
    remark = words.remark.format(repair=found.repair // 60)
    rest = words.rest.format(hurting=len(hurting) - len(shown), harmless=len(found.cases) - len(hurting))
    page = Page(
        words.title.format(name=plan.inventory.project.name),
        f"{remark}  |  {rest}",
        lambda room: rows(_legend([case for _, case in shown], plan, words), room),
    )
    inner, room = page.free(width, height)
    row = min(GREATEST, (room - TOP) / max(len(shown), 1))
    bars = inner - FAILURE - CREW - DOWN - COVER - 2 * PAD
    steps = {step.id: step for step in plan.steps()}
    greatest = max((case.weighted for _, case in shown), default=0)
    drawn = _Sheet(plan, steps, language, words, row, FAILURE + PAD, bars, max(greatest, 1))
    return page.around(tuple(_body(drawn, shown, inner)), room, width, height)


def _chosen(hurting: Sequence[Case]) -> list[tuple[int, Case]]:
    """The worst with their ranks; the last rows are for teams further down without whom a wave is put off."""
    ranked = list(enumerate(hurting, 1))
    teams = [(rank, case) for rank, case in ranked[ROWS:] if case.failure is Failure.TEAM][:TEAMS]
    return [*ranked[: ROWS - len(teams)], *teams]


def _body(drawn: _Sheet, shown: Sequence[tuple[int, Case]], width: float) -> Iterable[Shape]:
    for x, room, title in drawn.columns():
        yield Text(x + 3, TOP / 2, title, typeface.fitted(title, SIZE, room - 6), palette.QUIET)
    if not shown:
        yield Text(3, TOP + GREATEST / 2, drawn.words.nothing, SIZE + 3)
    for place, (rank, case) in enumerate(shown):
        top = TOP + place * drawn.height
        if place % 2 == 0:
            yield Box(0, top, width, drawn.height, fill=palette.BAND)
        yield from _row(drawn, case, rank, top + drawn.height / 2)
    yield Path(((0, TOP), (width, TOP)), palette.STILL, 0.8)


def _row(drawn: _Sheet, case: Case, number: int, y: float) -> Iterable[Shape]:
    (_, _, _), (bar, room, _), (crew, crew_room, _), (down, down_room, _), (cover, cover_room, _) = drawn.columns()
    yield from _failure(drawn, case, number, y)
    yield from _bar(drawn, case, y, bar, room)
    told = [reaction(case, drawn.language), _turning_back(drawn, case)]
    colour = palette.LATE if case.rollback is False else palette.INK
    systems = [loss.system for loss in case.losses]
    reach = crew_room if systems else crew_room + down_room
    yield Text(crew + 3, y, shortened("  ".join(part for part in told if part), SIZE, reach - 6), SIZE, colour)
    comma = COMMA[drawn.language]
    if systems:
        yield Text(down + 3, y, listed("", systems, SIZE, down_room - 6, comma), SIZE)
    covers = _covers(drawn, case)
    if covers:
        yield Text(cover + 3, y, shortened(comma.join(covers), SIZE, cover_room - 6), SIZE, palette.QUIET)


def _failure(drawn: _Sheet, case: Case, number: int, y: float) -> Iterable[Shape]:
    """The rank, the wave in its colour, and what fails."""
    yield Text(18, y, str(number), SIZE, palette.QUIET, anchor="right")
    waves = [wave.id for wave in drawn.plan.waves]
    if case.wave in waves:
        colour = palette.wave_colour(waves.index(case.wave) + 1, len(waves))
        yield Box(23, y - 7, 24, 14, fill=colour, radius=2.0, tag=f"case:{case.subject}")
        size = typeface.fitted(case.wave, 8.5, 22, bold=True)
        yield Text(35, y, case.wave, size, palette.ink_on(colour), bold=True, anchor="middle")
    text = fails(case, drawn.plan.inventory, drawn.steps, drawn.language)
    yield Text(52, y, shortened(text, SIZE, FAILURE - 54), SIZE)


def _bar(drawn: _Sheet, case: Case, y: float, left: float, room: float) -> Iterable[Shape]:
    """What is lost, stacked by criticality, and its number behind it."""
    label = drawn.words.minutes.format(weighted=f"{case.weighted:,}", minutes=f"{case.minutes:,}")
    half = min(drawn.height * 0.32, 8.0)
    x = left + 3
    systems = drawn.plan.inventory.systems
    for letter, colour in COLOURS.items():
        lost = sum(loss.weighted for loss in case.losses if systems[loss.system].criticality.value == letter)
        long = lost / drawn.greatest * (room - LABEL)
        if lost:
            yield Box(x, y - half, long, 2 * half, fill=colour, stroke=palette.PAPER, line=0.4)
        x += long
    yield Text(x + 4, y, label, LEGIBLE, palette.INK if case.losses else palette.QUIET)


def _turning_back(drawn: _Sheet, case: Case) -> str:
    words = drawn.words
    if case.rollback is None:
        return ""
    if case.if_back is not None and case.losses:
        return f"({words.if_back.format(loss=f'{case.if_back:,}')})"
    if case.deadline is None:
        return f"({words.unplanned})"
    return f"({words.possible if case.rollback else words.too_late})"


def _covers(drawn: _Sheet, case: Case) -> list[str]:
    """Redundancy, spares and people first, then what those who are out do meanwhile."""
    order = sorted(case.covers, key=lambda cover: cover.kind is CoverKind.FALLBACK)
    return [covered(cover, drawn.language) for cover in order]


def _legend(shown: Sequence[Case], plan: Plan, words: Wording) -> Iterable[Entry]:
    systems = plan.inventory.systems
    used = {systems[loss.system].criticality.value for case in shown for loss in case.losses}
    for letter, colour in COLOURS.items():
        if letter in used:
            yield Entry((Box(0, -5, 26, 10, fill=colour),), 26, words.criticality.format(letter=letter))
    if any(case.rollback is False for case in shown):
        yield Entry((Path(((0, 0), (26, 0)), palette.LATE, 2.5),), 26, words.no_way_back)
