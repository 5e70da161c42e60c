"""The sheets of a wave as a whole: turns with their deadlines, teams, and outages by department."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from math import ceil
from typing import Final

from planner.model.system import System
from planner.plan.plan import Outage
from planner.rendering import palette
from planner.rendering.timechart.axis import axis_times
from planner.rendering.timechart.description import Bar, Chart, Columns, Group, Row
from planner.rendering.timechart.detail import turn_name
from planner.rendering.timechart.division import Piece, divided
from planner.rendering.timechart.points import point_rows, poles
from planner.rendering.timechart.telling import Telling
from planner.units.span import Span, Spans

UNIT: Final = 60
IDLE: Final = 180


def overviews(telling: Telling, most: int) -> tuple[Chart, ...]:
    """Return the sheets of the wave as a whole, each with at most `most` rows."""
    times = axis_times(_shown(telling), telling.inventory.clock, unit=UNIT, idle=IDLE)
    groups = [*_turns(telling), *_teams(telling), *_outages(telling, times)]
    points = _points(telling)
    if len(points.rows) and sum(len(group.rows) for group in [*groups, points]) <= most:
        groups.insert(1, points)
    words = telling.words
    name = f"{words.say('general', 'wave', number=telling.number)} {words['chart']['overview']}"
    window = telling.wave.window
    dates = telling.dates(window.start, window.end)
    chart = Chart(
        title=words.say("chart", "title", wave=name, dates=dates),
        remark=_remark(telling),
        columns=Columns(outer=52, inner=70, number=24, badge=18, label=164, notes=(("", 178.0),)),
        groups=(),
        times=times,
        poles=poles(telling, times),
    )
    return tuple(replace(chart, groups=tuple(part)) for part in _parts(groups, most))


def _remark(telling: Telling) -> str:
    words, wave = telling.words, telling.wave
    found = [telling.inventory.project.name, words.say("chart", "steps", n=len(wave.steps))]
    if wave.fallback:
        found.append(f"{words['runbook']['alternative']}: {words.meanwhile(wave.fallback)}")
    return "  |  ".join(found)


def _shown(telling: Telling) -> Iterable[Span]:
    """Yield what has to be on the axis: steps, outages, gates, check points, deadlines, the end of the window."""
    wave = telling.wave
    yield from (step.span for step in wave.steps)
    yield from (outage.span for outage in telling.outages)
    moments = [gate.at for gate in wave.gates]
    for point in wave.check_points:
        moments += [point.planned, point.planned if point.deadline is None else point.deadline]
    yield from (Span(at, at + 1) for at in moments)
    yield Span(wave.window.start, wave.window.start + 1)
    yield Span(wave.window.end - 1, wave.window.end)


def _turns(telling: Telling) -> Iterable[Group]:
    """Yield one row per turn: its bar, and an orange tick at the deadline of each of its check points."""
    pieces = [
        piece for sheet in divided(telling, len(telling.steps) + len(telling.wave.check_points)) for piece in sheet
    ]
    rows = tuple(_turn(telling, piece) for piece in pieces)
    if rows:
        yield Group(str(telling.words["chart"]["turns_label"]), "", rows)


def _turn(telling: Telling, piece: Piece) -> Row:
    words, moments = telling.words, telling.moments
    deadlines = [(point.deadline, f"deadline:{point.id}") for point in piece.points if point.deadline is not None]
    note = f"{words['chart']['deadline']} {moments.day_and_time(min(deadlines)[0])}" if deadlines else ""
    numbers = [telling.numbers[step.id] for step in piece.steps]
    label = f"{turn_name(telling, piece)}  {words.say('chart', 'steps', n=len(numbers))}  {numbers[0]}-{numbers[-1]}"
    colour = palette.wave_colour(telling.number, len(telling.plan.waves))
    bar = Bar(piece.span, moments.length(piece.span.minutes), fill=colour)
    return Row(label, notes=(note,), bars=(bar,), deadlines=tuple(deadlines))


def _points(telling: Telling) -> Group:
    return Group(str(telling.words["runbook"]["check_point"]), "", point_rows(telling, telling.wave.check_points))


def _teams(telling: Telling) -> Iterable[Group]:
    rows = tuple(_team(telling, team) for team in telling.all_teams())
    if rows:
        yield Group(str(telling.words["runbook"]["team"]), "", rows)


def _team(telling: Telling, team: str) -> Row:
    """Return the lane of a team: when any of it works; gaps of less than a quarter of an hour are no rest."""
    steps = [step for step in telling.steps if team in telling.teams[step.id]]
    livery = telling.livery(team)
    busy = axis_times((step.span for step in steps), telling.inventory.clock, unit=1, idle=15)
    bars = tuple(Bar(span, telling.moments.length(span.minutes), (livery,)) for span in busy)
    count = telling.words.say("chart", "steps", n=len(steps))
    return Row(livery.name, badges=(livery,), notes=(count,), bars=bars)


def _outages(telling: Telling, times: Spans) -> Iterable[Group]:
    """Yield the outages by department, one row per system."""
    outer = str(telling.words["chart"]["outages"])
    by_system: dict[str, list[Outage]] = {}
    for outage in telling.outages:
        by_system.setdefault(outage.system, []).append(outage)
    departments: dict[str, list[str]] = {}
    for id in by_system:
        system = telling.inventory.systems[id]
        departments.setdefault(telling.naming.department(system.department or system.owner), []).append(id)
    for department, systems in sorted(departments.items()):
        yield Group(outer, department, tuple(_system(telling, id, by_system, times) for id in systems))


def _system(telling: Telling, id: str, outages: Mapping[str, Sequence[Outage]], times: Spans) -> Row:
    system = telling.inventory.systems[id]
    bars = tuple(
        Bar(outage.span, telling.moments.length(outage.span.minutes), fill=palette.SLATE, tag=f"outage:{id}")
        for outage in outages[id]
    )
    whole = Span(times.parts[0].start, times.parts[-1].end)
    return Row(
        system.name, notes=(_meanwhile(telling, system, outages[id]),), bars=bars, hours=telling.hours_of(id, whole)
    )


def _meanwhile(telling: Telling, system: System, outages: Iterable[Outage]) -> str:
    """Return how long it is out inside service hours, and what people do without it."""
    inside = sum(outage.inside for outage in outages)
    said = [telling.words.say("chart", "inside", minutes=telling.moments.length(inside))] if inside else []
    if system.fallback:
        said.append(f"{telling.words['runbook']['alternative']}: {system.fallback}")
    return "  ".join(said)


def _parts(groups: Sequence[Group], most: int) -> list[list[Group]]:
    """Return the groups of every sheet: as few sheets as can be, and of those the most even ones."""
    few = _filled(groups, most)
    total = sum(len(group.rows) for group in groups)
    sizes = range(max(ceil(total / max(len(few), 1)), 1), most + 1)
    return next((parts for size in sizes if len(parts := _filled(groups, size)) == len(few)), few)


def _filled(groups: Sequence[Group], most: int) -> list[list[Group]]:
    parts: list[list[Group]] = []
    room = 0
    for group in _cut(groups, most):
        if not parts or len(group.rows) > room:
            parts.append([])
            room = most
        parts[-1].append(group)
        room -= len(group.rows)
    return parts


def _cut(groups: Iterable[Group], most: int) -> Iterable[Group]:
    for group in groups:
        for at in range(0, len(group.rows), most):
            yield replace(group, rows=group.rows[at : at + most])
