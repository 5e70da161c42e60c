"""A wave divided into sheets: whole turns together where they fit, long turns cut in the order of time."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from math import ceil
from typing import Final

from planner.plan.step import Step
from planner.plan.wave import CheckPoint, Turn
from planner.rendering.timechart.telling import Telling
from planner.units.span import Span

LONGEST: Final = 7 * 60
"""Minutes that turns on one sheet may last from the first start to the last end."""


@dataclass(frozen=True, slots=True)
class Cluster:
    """Steps of one kind, one team and one time, with neighbouring numbers: one row."""

    steps: tuple[Step, ...]
    first: int

    @property
    def numbers(self) -> str:
        """``12``, or ``12-15``."""
        last = self.first + len(self.steps) - 1
        return str(self.first) if last == self.first else f"{self.first}-{last}"

    @property
    def span(self) -> Span:
        return self.steps[0].span


@dataclass(frozen=True, slots=True)
class Piece:
    """A turn or a part of it (None: work outside of turns), with the check points that are reached in it."""

    turn: Turn | None
    clusters: tuple[Cluster, ...]
    points: tuple[CheckPoint, ...] = ()

    @property
    def span(self) -> Span:
        return Span(self.clusters[0].span.start, max(cluster.span.end for cluster in self.clusters))

    @property
    def steps(self) -> tuple[Step, ...]:
        return tuple(step for cluster in self.clusters for step in cluster.steps)

    @property
    def rows(self) -> int:
        """How many rows it takes, one per step or cluster and one per deadline."""
        return len(self.clusters) + len({(point.deadline, point.final) for point in self.points})


def divided(telling: Telling, most: int) -> tuple[tuple[Piece, ...], ...]:
    """Return the pieces of every sheet in the order of time; a sheet has at most about `most` rows."""
    sheets: list[list[Piece]] = []
    for piece in _pieces(telling, most):
        if sheets and _fits(sheets[-1], piece, most):
            sheets[-1].append(piece)
        else:
            sheets.append([piece])
    return tuple(map(tuple, sheets))


def _fits(sheet: Sequence[Piece], piece: Piece, most: int) -> bool:
    rows = sum(known.rows for known in sheet) + piece.rows
    return rows <= most and piece.span.end - sheet[0].span.start <= LONGEST


def _pieces(telling: Telling, most: int) -> Iterable[Piece]:
    """Yield every turn, cut where it takes more rows than there are."""
    whole = [Piece(turn, tuple(_clusters(telling, steps))) for turn, steps in _runs(telling)]
    for piece in _pointed(telling, whole):
        yield from _parts(telling, piece, most)


def _parts(telling: Telling, piece: Piece, most: int) -> list[Piece]:
    """Return as few parts of a piece as have room, check points included; single rows where nothing has."""
    found = [piece]
    count = ceil(piece.rows / most)
    while any(part.rows > most for part in found) and len(found) < len(piece.clusters):
        found = _pointed(telling, _cut(piece, count), piece.points)
        count += 1
    return found


def _cut(piece: Piece, parts: int) -> list[Piece]:
    size = ceil(len(piece.clusters) / parts)
    return [
        replace(piece, clusters=piece.clusters[at : at + size], points=()) for at in range(0, len(piece.clusters), size)
    ]


def _pointed(telling: Telling, pieces: Sequence[Piece], points: Sequence[CheckPoint] | None = None) -> list[Piece]:
    """Return the pieces, each with its check points; every point belongs to one piece."""
    found: list[list[CheckPoint]] = [[] for _ in pieces]
    for point in telling.wave.check_points if points is None else points:
        found[_place(point, pieces)].append(point)
    return [replace(piece, points=tuple(own)) for piece, own in zip(pieces, found, strict=True)]


def _place(point: CheckPoint, pieces: Sequence[Piece]) -> int:
    """Return the piece with the last step that the point comes after; else with the first that begins after it."""
    after = [place for place, piece in enumerate(pieces) if any(step.id in point.after for step in piece.steps)]
    if after:
        return after[-1]
    later = (place for place, piece in enumerate(pieces) if any(step.start >= point.planned for step in piece.steps))
    return next(later, len(pieces) - 1)


def _runs(telling: Telling) -> Iterable[tuple[Turn | None, list[Step]]]:
    """Yield the steps of each turn, and those outside of turns in runs of their own, in the order of time."""
    runs: list[tuple[Turn | None, list[Step]]] = []
    for step in telling.steps:
        turn = next((turn for turn in telling.wave.turns if turn.start <= step.start < turn.end), None)
        if not runs or runs[-1][0] != turn:
            runs.append((turn, []))
        runs[-1][1].append(step)
    return runs


def _clusters(telling: Telling, steps: Sequence[Step]) -> Iterable[Cluster]:
    """Yield neighbours in the order of numbers that are alike but for their subjects."""
    found: list[Cluster] = []
    for step in steps:
        last = found[-1].steps[-1] if found else None
        if last is not None and _alike(telling, last, step):
            found[-1] = replace(found[-1], steps=(*found[-1].steps, step))
        else:
            found.append(Cluster((step,), telling.numbers[step.id]))
    return found


def _alike(telling: Telling, one: Step, other: Step) -> bool:
    return (
        (one.kind, one.span) == (other.kind, other.span)
        and telling.teams[one.id] == telling.teams[other.id]
        and (one.id in telling.critical) == (other.id in telling.critical)
    )
