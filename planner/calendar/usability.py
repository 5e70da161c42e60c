"""When one asset, system or link may be worked on: windows without its blackouts, in rooms that are usable."""

from collections.abc import Iterable, Iterator, Mapping

from planner.calendar.hours import blackout_spans
from planner.calendar.memory import remembered
from planner.calendar.window import everyones_blackouts, plannable_span, windows
from planner.model.asset import Asset, Stage
from planner.model.inventory import Inventory
from planner.model.need import leaves
from planner.model.place import Room
from planner.units.span import Minute, Span, Spans

Stay = tuple[tuple[str, ...], Minute | None, Minute | None]
"""The rooms that a change needs, and the dates between which it has to happen."""


def usable(inventory: Inventory, subject: str, stage: int | None = None, affected: tuple[str, ...] = ()) -> Spans:
    """Return the minutes in which steps on a subject that are not preparatory may lie.

    Parameters
    ----------
    subject : str
        Id of an asset, a system or a link.
    stage : int, optional
        Which change of place of an asset (0 is the first); None: any of them.
    affected : tuple of str, optional
        Systems whose availability the steps affect, besides those that run on the subject; their blackouts bind too.

    Raises
    ------
    KeyError
        If there is no such subject.
    """
    return _usable(inventory, tags_of(inventory, subject, affected), _stays(inventory, subject, stage))


@remembered
def _usable(inventory: Inventory, tags: frozenset[str], stays: tuple[Stay, ...]) -> Spans:
    """The answer for all subjects with the same tags that change between the same places at the same dates."""
    return _workable(inventory, tags).intersection(_stay_spans(inventory, stays))


@remembered
def _workable(inventory: Inventory, tags: frozenset[str]) -> Spans:
    return window_spans(inventory).minus(tagged_blackouts(inventory, tags))


@remembered
def window_spans(inventory: Inventory) -> Spans:
    """The minutes that lie in any candidate window."""
    return Spans.of(window.span for window in windows(inventory))


@remembered
def preparable(inventory: Inventory, subject: str) -> Spans:
    """Return the minutes in which preparatory steps may lie: from `as_of` on, outside the freezes that bind it."""
    tags = tags_of(inventory, subject)
    timetable, clock, horizon = inventory.timetable, inventory.clock, inventory.project.horizon
    binding = (b for b in timetable.blackouts if b.freeze and (b.everyone or b.tag in tags))
    frozen = Spans.of(part for b in binding for part in blackout_spans(timetable, clock, b, horizon))
    return _plannable(inventory).minus(frozen)


def tags_of(inventory: Inventory, subject: str, affected: tuple[str, ...] = ()) -> frozenset[str]:
    """Return the blackout tags that bind steps on a subject: its own, and those of the systems that run on it.

    A system runs on what its tree names, on that one's host, chassis and storage, and on what the systems that it
    names run on.
    """
    if subject in inventory.links:
        bearing: Iterable[str] = affected
        own: frozenset[str] = frozenset()
    else:
        bearing = (*affected, *_systems_on(inventory).get(subject, ()))
        own = inventory.subject(subject).blackouts
    return own.union(*(inventory.systems[system].blackouts for system in bearing))


@remembered
def tagged_blackouts(inventory: Inventory, tags: frozenset[str]) -> Spans:
    """The minutes of the horizon in which something with one of the tags must not be touched."""
    timetable, clock, horizon = inventory.timetable, inventory.clock, inventory.project.horizon
    binding = (blackout_spans(timetable, clock, b, horizon) for b in timetable.blackouts if b.tag in tags)
    return everyones_blackouts(inventory).union(Spans.of(part for spans in binding for part in spans))


def _stays(inventory: Inventory, subject: str, stage: int | None) -> tuple[Stay, ...]:
    """The places between which a subject changes, and the dates of the change, for each stage that is asked for."""
    if subject in inventory.links:
        link = inventory.links[subject]
        return (((), link.since, link.until),)
    every = rooms_by_stage(inventory, subject)
    chosen = every if stage is None else every[stage : stage + 1]
    return tuple((rooms, s.not_before, s.not_after) if s else (rooms, None, None) for rooms, s in chosen)


@remembered
def _stay_spans(inventory: Inventory, stays: tuple[Stay, ...]) -> Spans:
    """The minutes from `as_of` on in which all places of one of the stays are usable, inside its dates."""
    found = [_one_stay(inventory, *stay) for stay in stays] or [Spans((inventory.project.horizon,))]
    return _plannable(inventory).intersection(Spans.of(part for spans in found for part in spans))


def _one_stay(inventory: Inventory, rooms: tuple[str, ...], start: Minute | None, end: Minute | None) -> Spans:
    spans = _between(start, end, inventory.project.horizon)
    for room in rooms:
        spans = spans.intersection(room_spans(inventory, room))
    return spans


def bounds_of(inventory: Inventory, subject: str) -> Spans:
    """The minutes of the horizon that the subject's own dates leave: of a link, or of the stages of an asset."""
    horizon = inventory.project.horizon
    dates = [_between(start, end, horizon) for _, start, end in _stays(inventory, subject, None)]
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


@remembered
def _systems_on(inventory: Inventory) -> Mapping[str, tuple[str, ...]]:
    """For each subject the systems that run on it, through systems, hosts, chassis and storage."""
    storages = {host: c.storage for c in inventory.clusters.values() if c.storage for host in c.hosts}
    found: dict[str, list[str]] = {}
    for system in inventory.systems:
        seen, waiting = {system}, [system]
        while waiting:
            subject = waiting.pop()
            found.setdefault(subject, []).append(system)
            fresh = set(_bearers(inventory, subject, storages)) - seen
            seen |= fresh
            waiting += sorted(fresh)
    return {subject: tuple(systems) for subject, systems in found.items()}


def _bearers(inventory: Inventory, subject: str, storages: Mapping[str, str]) -> Iterator[str]:
    if subject in inventory.systems:
        tree = inventory.systems[subject].runs_on
        yield from leaves(tree) if tree else ()
        return
    asset = inventory.assets[subject]
    yield from (bearer for bearer in (asset.host, asset.chassis, storages.get(subject)) if bearer)


def _open_spans(room: Room, horizon: Span) -> Spans:
    return _between(room.opens, room.closes, horizon)


def _between(start: int | None, end: int | None, horizon: Span) -> Spans:
    begins = horizon.start if start is None else max(start, horizon.start)
    ends = horizon.end if end is None else min(end, horizon.end)
    return Spans((Span(begins, ends),)) if begins < ends else Spans()


@remembered
def _plannable(inventory: Inventory) -> Spans:
    span = plannable_span(inventory)
    return Spans((span,)) if span else Spans()


def _distinct(*rooms: str | None) -> tuple[str, ...]:
    return tuple(dict.fromkeys(room for room in rooms if room is not None))
