"""A sheet with the steps of one or several turns: rows by turn and phase, check points below."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final

from planner.rendering import palette
from planner.rendering.timechart.axis import axis_times
from planner.rendering.timechart.description import Bar, Chart, Columns, Group, Row
from planner.rendering.timechart.division import Cluster, Piece
from planner.rendering.timechart.phases import PHASE_OF, PHASES
from planner.rendering.timechart.points import point_rows, poles
from planner.rendering.timechart.telling import Telling
from planner.units.span import Minute, Span, Spans

UNIT: Final = 15
IDLE: Final = 90
"""The axis begins at a quarter of an hour, and leaves out what is idle for longer than this."""
NEAR: Final = 90
"""A deadline that comes at most so many minutes after the last step is still on the axis."""


def detail(telling: Telling, pieces: Sequence[Piece], most: int) -> Chart:
    """Return the sheet of these pieces, which follow one another; with the outages, if `most` rows suffice."""
    times = axis_times(_shown(pieces), telling.inventory.clock, unit=UNIT, idle=IDLE)
    groups = [group for piece in pieces for group in _groups(telling, piece)]
    points = [point for piece in pieces for point in piece.points]
    systems = frozenset(outage.system for outage in telling.outages)
    whole = Span(times.parts[0].start, times.parts[-1].end)
    return Chart(
        title=_title(telling, pieces),
        remark=_remark(telling, pieces),
        columns=_columns(telling),
        groups=(*groups, *_outages(telling, times, most - sum(len(group.rows) for group in groups))),
        times=times,
        poles=poles(telling, times, points),
        hours=telling.service_hours(systems, whole),
    )


def turn_name(telling: Telling, piece: Piece) -> str:
    """Return the name of a piece's turn, or that of work outside of turns."""
    if piece.turn is None:
        return str(telling.words["general"]["preparation"])
    return telling.words.say("general", "turn", number=telling.wave.turns.index(piece.turn) + 1)


def _shown(pieces: Sequence[Piece]) -> Iterable[Span]:
    """Yield what has to be on the axis: steps, check points, deadlines that are near."""
    end = max(piece.span.end for piece in pieces)
    for piece in pieces:
        yield from (cluster.span for cluster in piece.clusters)
        for point in piece.points:
            yield _instant(point.planned, pieces[0].span.start)
            if point.deadline is not None and end < point.deadline <= end + NEAR:
                yield Span(end, point.deadline)


def _instant(minute: Minute, start: Minute) -> Span:
    """Return a minute at an instant that does not begin before `start`."""
    return Span(minute - 1, minute) if minute > start else Span(minute, minute + 1)


def _title(telling: Telling, pieces: Sequence[Piece]) -> str:
    words = telling.words
    names = list(dict.fromkeys(turn_name(telling, piece) for piece in pieces))
    shown = names[0] if len(names) == 1 else words.say("chart", "turns", first=names[0], last=names[-1])
    wave = f"{words.say('general', 'wave', number=telling.number)} {shown}"
    start, end = pieces[0].span.start, max(piece.span.end for piece in pieces)
    return words.say("chart", "title", wave=wave, dates=telling.dates(start, end))


def _remark(telling: Telling, pieces: Sequence[Piece]) -> str:
    words = telling.words
    numbers = [telling.numbers[step.id] for piece in pieces for step in piece.steps]
    count = words.say("chart", "steps", n=len(numbers))
    return f"{telling.inventory.project.name}  |  {count}  {words['columns']['no']} {numbers[0]}-{numbers[-1]}"


def _columns(telling: Telling) -> Columns:
    title = telling.words["columns"]
    notes = ((str(title["actual_start"]), 48.0), (str(title["actual_end"]), 48.0))
    return Columns(outer=52, inner=48, number=52, badge=18, label=204, notes=notes)


def _groups(telling: Telling, piece: Piece) -> Iterable[Group]:
    turn = turn_name(telling, piece)
    for phase in PHASES:
        rows = tuple(
            _row(telling, cluster, piece.clusters)
            for cluster in piece.clusters
            if PHASE_OF[cluster.steps[0].kind] == phase
        )
        if rows:
            yield Group(turn, str(telling.words["phases"][phase]), rows)
    if piece.points:
        yield Group(turn, str(telling.words["runbook"]["check_point"]), point_rows(telling, piece.points))


def _row(telling: Telling, cluster: Cluster, before: Sequence[Cluster]) -> Row:
    first = cluster.steps[0]
    liveries = telling.liveries(first)
    subjects = dict.fromkeys(id for step in cluster.steps for id in step.assets)
    critical = first.id in telling.critical
    bar = Bar(
        cluster.span,
        telling.moments.length(cluster.span.minutes),
        liveries,
        critical=critical,
        tag=_tag(cluster),
        follows=_handing_over(telling, cluster, before) if critical else "",
    )
    kind = str(telling.words["kinds"][first.kind.value])
    return Row(
        kind, tuple(map(telling.naming.subject, subjects)), cluster.numbers, liveries, ("", ""), (bar,), open=True
    )


def _tag(cluster: Cluster) -> str:
    return " ".join(f"step:{step.id}" for step in cluster.steps)


def _handing_over(telling: Telling, later: Cluster, before: Sequence[Cluster]) -> str:
    """Return the tag of the last critical work that ends when this begins and shares a subject or a hand with it."""
    wanted = _bound(later)
    found = (
        cluster
        for cluster in reversed(before)
        if cluster.span.end == later.span.start and cluster.steps[0].id in telling.critical
        if wanted & _bound(cluster)
    )
    return next(map(_tag, found), "")


def _bound(cluster: Cluster) -> set[str]:
    hands = {id for step in cluster.steps for id in (*step.people, step.witness) if id}
    return hands | {id for step in cluster.steps for id in step.assets}


def _outages(telling: Telling, times: Spans, most: int) -> Iterable[Group]:
    """Yield the outages on the axis, one row per span, if there is room for them."""
    shared: dict[Span, list[str]] = {}
    for outage in telling.outages:
        if any(outage.span.overlaps(part) for part in times):
            shared.setdefault(outage.span, []).append(telling.naming.subject(outage.system))
    rows = tuple(_outage(telling, span, names, times) for span, names in sorted(shared.items()))
    if rows and len(rows) <= most:
        yield Group(str(telling.words["chart"]["outages"]), "", rows)


def _outage(telling: Telling, span: Span, names: Sequence[str], times: Spans) -> Row:
    """Return a row of systems; the bar is cut where the axis ends, its text is the announced end."""
    whole = Span(times.parts[0].start, times.parts[-1].end)
    shown = span.intersection(whole) or span
    return Row("", tuple(names), bars=(Bar(shown, telling.dates(span.start, span.end), fill=palette.SLATE),))
