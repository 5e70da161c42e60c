"""Where a subject is while it is changed, and when these places are usable."""

from planner.calendar.memory import remembered
from planner.calendar.window import plannable_span
from planner.model.asset import Asset, Stage
from planner.model.inventory import Inventory
from planner.model.place import Room
from planner.units.span import Minute, Span, Spans

Stay = tuple[tuple[str, ...], Minute | None, Minute | None]
"""The rooms that a change needs, and the dates between which it has to happen."""


def stays_of(inventory: Inventory, subject: str, stage: int | None) -> tuple[Stay, ...]:
    """The places between which a subject changes, and the dates of the change, for each stage that is asked for."""
    if subject in inventory.links:
        link = inventory.links[subject]
        return (((), link.since, link.until),)
    every = rooms_by_stage(inventory, subject)
    chosen = every if stage is None else every[stage : stage + 1]
    return tuple((rooms, s.not_before, s.not_after) if s else (rooms, None, None) for rooms, s in chosen)


@remembered
def stay_spans(inventory: Inventory, stays: tuple[Stay, ...]) -> Spans:
    """The minutes from `as_of` on in which all places of one of the stays are usable, inside its dates."""
    found = [_one_stay(inventory, *stay) for stay in stays] or [Spans((inventory.project.horizon,))]
    return plannable_spans(inventory).intersection(Spans.of(part for spans in found for part in spans))


def _one_stay(inventory: Inventory, rooms: tuple[str, ...], start: Minute | None, end: Minute | None) -> Spans:
    spans = _between(start, end, inventory.project.horizon)
    for room in rooms:
        spans = spans.intersection(room_spans(inventory, room))
    return spans


def bounds_of(inventory: Inventory, subject: str) -> Spans:
    """The minutes of the horizon that the subject's own dates leave: of a link, or of the stages of an asset."""
    horizon = inventory.project.horizon
    dates = [_between(start, end, horizon) for _, start, end in stays_of(inventory, subject, None)]
    return Spans.of(part for spans in dates for part in spans) if dates else Spans((horizon,))


def rooms_by_stage(inventory: Inventory, subject: str) -> tuple[tuple[tuple[str, ...], Stage | None], ...]:
    """Return, for each change of place in order, the rooms that it needs and the stage itself.

    An asset that stays has one entry with its own room and None; systems and links have none.
    """
    if subject not in inventory.assets:
        return ()
    asset = standing_asset(inventory, inventory.assets[subject])
    at = asset.at.room if asset.at else None
    if not asset.stages:
        return (((at,), None),) if at else ()
    starts = (at, *(stage.position.room for stage in asset.stages))
    ends = (stage.position.room for stage in asset.stages)
    return tuple((_distinct(a, b), s) for a, b, s in zip(starts, ends, asset.stages, strict=False))


@remembered
def room_spans(inventory: Inventory, room: str) -> Spans:
    """Return the minutes of the horizon in which a room is open, in no construction phase, and has power."""
    spans = _open_spans(inventory.rooms[room], inventory.project.horizon)
    timetable = inventory.timetable
    barred = [
        *(phase.span for phase in timetable.phases if room in phase.rooms),
        *(cut.span for cut in timetable.power_cuts if cut.room == room),
    ]
    return spans.minus(Spans.of(barred))


def standing_asset(inventory: Inventory, asset: Asset) -> Asset:
    """The asset whose place decides: a VM or blade without a place of its own stands where its host or chassis does."""
    seen = {asset.id}
    while not asset.at and not asset.stages:
        carrier = asset.host or asset.chassis
        if carrier is None or carrier in seen:
            break
        seen.add(carrier)
        asset = inventory.assets[carrier]
    return asset


def _open_spans(room: Room, horizon: Span) -> Spans:
    return _between(room.opens, room.closes, horizon)


def _between(start: int | None, end: int | None, horizon: Span) -> Spans:
    begins = horizon.start if start is None else max(start, horizon.start)
    ends = horizon.end if end is None else min(end, horizon.end)
    return Spans((Span(begins, ends),)) if begins < ends else Spans()


@remembered
def plannable_spans(inventory: Inventory) -> Spans:
    """The horizon from the first minute of `as_of` on; empty if `as_of` lies after it."""
    span = plannable_span(inventory)
    return Spans((span,)) if span else Spans()


def _distinct(*rooms: str | None) -> tuple[str, ...]:
    return tuple(dict.fromkeys(room for room in rooms if room is not None))
