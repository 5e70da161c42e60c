"""Which windows a subject may use, and why not the others."""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from planner.calendar.hours import blackout_spans
from planner.calendar.memory import remembered
from planner.calendar.presence import bounds_of, rooms_by_stage
from planner.calendar.usability import tags_of, usable
from planner.calendar.window import Window, pattern_windows, windows
from planner.model.inventory import Inventory
from planner.units.span import Span, Spans


class ObstacleKind(StrEnum):
    """Why a minute is not usable."""

    PAST = "past"  # before `as_of`
    HORIZON = "horizon"  # outside the project's horizon
    BLACKOUT = "blackout"
    NOT_OPEN = "not_open"  # the room opens later
    CLOSED = "closed"  # the room has closed
    PHASE = "phase"  # construction
    POWER_CUT = "power_cut"
    BOUND = "bound"  # the stage's own not_before and not_after, or the link's dates


@dataclass(frozen=True, slots=True)
class Obstacle:
    """``what`` is the blackout's tag, the room, or the id of the phase; ``why`` its text in the inventory's words."""

    kind: ObstacleKind
    what: str
    why: str
    spans: Spans


@dataclass(frozen=True, slots=True)
class Judgement:
    """One window of a pattern, as it stands before anything is cut, with what is left and what takes the rest."""

    window: Window
    usable: Spans
    obstacles: tuple[Obstacle, ...]

    @property
    def is_whole(self) -> bool:
        """Whether the subject may use every minute of the window."""
        return self.usable.parts == (self.window.span,)


@remembered
def judge(inventory: Inventory, subject: str | None = None, affected: tuple[str, ...] = ()) -> tuple[Judgement, ...]:
    """Return every window that the patterns give in the horizon, by start, with what a subject may use of it.

    Parameters
    ----------
    subject : str, optional
        Id of an asset, a system or a link; None asks what binds everyone.
    affected : tuple of str, optional
        Systems whose availability work on the subject affects.

    Raises
    ------
    KeyError
        If there is no such subject.
    """
    allowed = _allowed(inventory, subject, affected)
    obstacles = tuple(_obstacles(inventory, subject, affected))
    raw = pattern_windows(inventory.timetable, inventory.clock, inventory.project.horizon)
    return tuple(
        Judgement(window, allowed.within(window.span), tuple(_those_in(obstacles, window.span))) for window in raw
    )


def _allowed(inventory: Inventory, subject: str | None, affected: tuple[str, ...]) -> Spans:
    if subject is None:
        return Spans.of(window.span for window in windows(inventory))
    return usable(inventory, subject, None, affected)


def _those_in(obstacles: tuple[Obstacle, ...], span: Span) -> Iterator[Obstacle]:
    for obstacle in obstacles:
        within = obstacle.spans.within(span)
        if within:
            yield Obstacle(obstacle.kind, obstacle.what, obstacle.why, within)


def _obstacles(inventory: Inventory, subject: str | None, affected: tuple[str, ...]) -> Iterator[Obstacle]:
    around = _around(inventory)
    yield from _edges(inventory, around)
    tags = frozenset[str]() if subject is None else tags_of(inventory, subject, affected)
    for blackout in inventory.timetable.blackouts:
        if blackout.everyone or blackout.tag in tags:
            spans = blackout_spans(inventory.timetable, inventory.clock, blackout, around)
            yield Obstacle(ObstacleKind.BLACKOUT, blackout.tag, blackout.why, spans)
    if subject is not None:
        yield from _obstacles_of_place(inventory, subject, around)


def _around(inventory: Inventory) -> Span:
    """The horizon and every window that overlaps it."""
    horizon = inventory.project.horizon
    raw = [window.span for window in pattern_windows(inventory.timetable, inventory.clock, horizon)]
    return Span(min(s.start for s in (*raw, horizon)), max(s.end for s in (*raw, horizon)))


def _edges(inventory: Inventory, around: Span) -> Iterator[Obstacle]:
    horizon = inventory.project.horizon
    as_of = inventory.project.as_of
    outside = Spans((horizon,)).complement(around)
    yield Obstacle(ObstacleKind.HORIZON, inventory.project.id, "", outside)
    yield Obstacle(ObstacleKind.PAST, as_of.isoformat(), "", _before(inventory.clock.minute(as_of), around))


def _obstacles_of_place(inventory: Inventory, subject: str, around: Span) -> Iterator[Obstacle]:
    for room in dict.fromkeys(room for rooms, _ in rooms_by_stage(inventory, subject) for room in rooms):
        yield from _obstacles_of_room(inventory, room, around)
    unbound = bounds_of(inventory, subject).complement(inventory.project.horizon)
    yield Obstacle(ObstacleKind.BOUND, subject, "", unbound)


def _obstacles_of_room(inventory: Inventory, room_id: str, around: Span) -> Iterator[Obstacle]:
    room, timetable = inventory.rooms[room_id], inventory.timetable
    if room.opens is not None:
        yield Obstacle(ObstacleKind.NOT_OPEN, room_id, room.name, _before(room.opens, around))
    if room.closes is not None:
        yield Obstacle(ObstacleKind.CLOSED, room_id, room.name, _before(room.closes, around).complement(around))
    for phase in timetable.phases:
        if room_id in phase.rooms:
            yield Obstacle(ObstacleKind.PHASE, phase.id, phase.name, Spans((phase.span,)))
    for cut in timetable.power_cuts:
        if cut.room == room_id:
            yield Obstacle(ObstacleKind.POWER_CUT, room_id, cut.why, Spans((cut.span,)))


def _before(instant: int, around: Span) -> Spans:
    return Spans((Span(around.start, min(instant, around.end)),)) if instant > around.start else Spans()
