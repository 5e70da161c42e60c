"""When: windows, blackouts, the dates of rooms and the dates that an asset is bound to (S12)."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from datetime import date, timedelta

from planner.calendar import blackout_spans, hours, room_spans, windows
from planner.calendar.usability import tagged_blackouts
from planner.conflicts.candidate import Candidate, Cost, Relief, Rung, relief
from planner.conflicts.change import of_asset, of_room, of_timetable
from planner.model.asset import Asset, Stage
from planner.model.inventory import Inventory
from planner.model.place import Room
from planner.model.timetable import Blackout, DaySet, Timetable, WindowPattern, WindowShape
from planner.plan.refusal import Fact
from planner.units.clock import DAY
from planner.units.span import Span, Spans

HOUR = 60
WRITTEN = {"not_after": "last_day", "closes": "last_day"}
"""Dates that are written under another key."""
LONGEST = 2 * DAY
"""The latest end of a window, counted from the midnight of its first day."""
STARTS = (8 * HOUR, 18 * HOUR, 22 * HOUR)
"""When a further window may begin."""
TRIED = 400
"""Days that are looked at for a further window."""


def window_facts(inventory: Inventory, need: int) -> Iterator[Candidate]:
    """Each pattern of windows: how long it is and when it comes; ``need`` minutes are known to have to fit in."""
    found = windows(inventory)
    if not inventory.timetable.windows:
        daily = WindowPattern("-", "-", WindowShape.DAILY, 0, LONGEST)
        yield Candidate(Fact("has_no_windows", "calendar"), of_timetable(_adding(daily)))
    for pattern in inventory.timetable.windows:
        own = [window.span.minutes for window in found if window.id.split("/")[0] == pattern.id]
        values = {"window": pattern.id, "count": str(len(own)), "minutes": str(max(own, default=0))}
        fact = Fact("has_windows", f"calendar.windows.{pattern.id}", values)
        lift = of_timetable(_patterns(pattern.id, _always(inventory, need)))
        rungs = tuple(_longer(pattern, need, max(own, default=0)))
        yield Candidate(fact, lift, (Relief(rungs),) if rungs else ())


def _patterns(id: str, change: Callable[[WindowPattern], WindowPattern]) -> Callable[[Timetable], Timetable]:
    return lambda found: replace(found, windows=tuple(change(p) if p.id == id else p for p in found.windows))


def _always(inventory: Inventory, need: int) -> Callable[[WindowPattern], WindowPattern]:
    """On every day, as long as a shift or as what has to fit in, whichever is longer."""
    length = max(inventory.policy.staff.shift, -(-need // HOUR) * HOUR)

    def widest(pattern: WindowPattern) -> WindowPattern:
        daily = pattern.shape is WindowShape.DAILY
        start = pattern.start if daily and pattern.start >= 0 else 0
        end = min(max(start + length, pattern.end if daily else 0), LONGEST)
        return replace(pattern, shape=WindowShape.DAILY, start=start, end=end, days=DaySet())

    return widest


def _lengths(need: int) -> tuple[int, ...]:
    """Minutes of a window that holds the work, with time to turn back late in it, at its end, and at leisure."""
    least = max(need, 2 * HOUR)
    return least, least * 3 // 2, least * 2 + HOUR, least * 3


def _longer(pattern: WindowPattern, need: int, have: int) -> Iterator[Rung]:
    for step, more in enumerate(dict.fromkeys(max(-(-(length - have) // HOUR), 1) for length in _lengths(need))):
        end = pattern.end + more * HOUR
        if end <= LONGEST:
            told = Fact(
                "relax_longer_windows", f"calendar.windows.{pattern.id}", {"window": pattern.id, "hours": str(more)}
            )
            change = of_timetable(_patterns(pattern.id, _ending(end)))
            yield Rung(told, Cost.WINDOW + step, change)


def _ending(end: int) -> Callable[[WindowPattern], WindowPattern]:
    return lambda pattern: replace(pattern, end=end)


def further_windows(inventory: Inventory, need: int, asset: Asset | None, systems: Iterable[str]) -> tuple[Relief, ...]:
    """One more window, on the first day on which it harms least."""
    rungs = tuple(_further(inventory, need, asset, tuple(systems)))
    return (Relief(rungs),) if rungs else ()


def _further(inventory: Inventory, need: int, asset: Asset | None, systems: tuple[str, ...]) -> Iterator[Rung]:
    for step, length in enumerate(_lengths(need)):
        minutes = -(-length // HOUR) * HOUR
        chosen = _least_harm(inventory, minutes, asset, systems)
        if chosen is not None:
            day, start = chosen
            id = f"extra-{day.isoformat()}"
            days = DaySet(dates=((day, day),))
            pattern = WindowPattern(id, id, WindowShape.DAILY, start, start + minutes, days)
            values = {"hours": str(minutes // HOUR), "day": day.isoformat(), "start": f"{start // HOUR:02d}:00"}
            told = Fact("relax_further_window", "calendar.windows", values)
            yield Rung(told, Cost.WINDOW + 1 + step, of_timetable(_adding(pattern)))


def _adding(pattern: WindowPattern) -> Callable[[Timetable], Timetable]:
    return lambda found: replace(found, windows=(*found.windows, pattern))


def _least_harm(
    inventory: Inventory, minutes: int, asset: Asset | None, systems: tuple[str, ...]
) -> tuple[date, int] | None:
    """The first day and hour with the fewest minutes of service, outside blackouts, in rooms that are usable."""
    open_for = _open_for(inventory, asset, systems).minus(Spans.of(w.span for w in windows(inventory)))
    served = [_served(inventory, system) for system in systems]
    best: tuple[int, date, int] | None = None
    for span, day, start in _places(inventory, minutes, open_for):
        harm = sum(spans.within(span).minutes for spans in served)
        if best is None or harm < best[0]:
            best = harm, day, start
    return best[1:] if best else None


def _places(inventory: Inventory, minutes: int, free: Spans) -> Iterator[tuple[Span, date, int]]:
    clock, horizon = inventory.clock, inventory.project.horizon
    first = max(clock.day(horizon.start), inventory.project.as_of)
    for number in range(min((clock.day(horizon.end) - first).days, TRIED)):
        day = first + timedelta(days=number)
        for start in STARTS:
            begin = clock.minute(day, start)
            span = Span(begin, begin + minutes)
            if start + minutes <= LONGEST and free.covers(span):
                yield span, day, start


def _open_for(inventory: Inventory, asset: Asset | None, systems: tuple[str, ...]) -> Spans:
    tags = frozenset(tag for system in systems for tag in inventory.systems[system].blackouts)
    free = Spans((inventory.project.horizon,)).minus(
        tagged_blackouts(inventory, tags | (asset.blackouts if asset else frozenset()))
    )
    for stage in asset.stages if asset else ():
        free = free.intersection(room_spans(inventory, stage.position.room))
        free = free.within(_dates_of(stage, inventory.project.horizon))
    if asset and asset.at:
        free = free.intersection(room_spans(inventory, asset.at.room))
    return free


def _dates_of(stage: Stage, horizon: Span) -> Span:
    start = max(horizon.start, stage.not_before or horizon.start)
    end = min(horizon.end, stage.not_after or horizon.end)
    return Span(start, end) if start < end else horizon


def _served(inventory: Inventory, system: str) -> Spans:
    hours_id = inventory.systems[system].hours
    return hours(inventory.timetable, inventory.clock, hours_id, inventory.project.horizon)


def blackout_facts(inventory: Inventory, asset: Asset | None, systems: Iterable[str]) -> Iterator[Candidate]:
    """Every blackout that binds everybody, the asset or one of the systems; a day of it may be given up."""
    tags = {tag for system in systems for tag in inventory.systems[system].blackouts}
    tags |= asset.blackouts if asset else set()
    for blackout in inventory.timetable.blackouts:
        if blackout.everyone or blackout.tag in tags:
            values = {"tag": blackout.tag, "why": blackout.why}
            path = f"calendar.blackouts.{blackout.tag}"
            lift = of_timetable(_blackouts(blackout.tag, lambda b: replace(b, days=(), extra=())))
            yield Candidate(Fact("has_blackout", path, values), lift, (Relief(tuple(_excepted(inventory, blackout))),))


def _blackouts(tag: str, change: Callable[[Blackout], Blackout]) -> Callable[[Timetable], Timetable]:
    return lambda found: replace(found, blackouts=tuple(change(b) if b.tag == tag else b for b in found.blackouts))


def _excepted(inventory: Inventory, blackout: Blackout) -> Iterator[Rung]:
    """The first window in the blackout as an exception, the first four, all; then the whole blackout given up."""
    clock, horizon = inventory.clock, inventory.project.horizon
    rest = replace(inventory.timetable, blackouts=tuple(b for b in inventory.timetable.blackouts if b != blackout))
    closed = blackout_spans(inventory.timetable, clock, blackout, horizon)
    hit = [w.span for w in windows(replace(inventory, timetable=rest)) if closed.within(w.span)]
    path = f"calendar.blackouts.{blackout.tag}"
    for step, count in enumerate(sorted({min(count, len(hit)) for count in (1, 4)} - {0})):
        days = sorted({day for span in hit[:count] for day in _days(inventory, span)})
        told = {"tag": blackout.tag, "why": blackout.why, "days": ", ".join(day.isoformat() for day in days)}
        spans = Spans.of(inventory.clock.day_span(day) for day in days)
        change = of_timetable(_blackouts(blackout.tag, _but(frozenset(days), spans)))
        yield Rung(Fact("relax_blackout_day", path, told), Cost.DATE + step, change)
    values = {"tag": blackout.tag, "why": blackout.why}
    lift = of_timetable(_blackouts(blackout.tag, lambda b: replace(b, days=(), extra=())))
    yield Rung(Fact("relax_blackout", path, values), Cost.DATE + 5, lift)


def _days(inventory: Inventory, span: Span) -> Iterator[date]:
    day, last = inventory.clock.day(span.start), inventory.clock.day(span.end - 1)
    while day <= last:
        yield day
        day += timedelta(days=1)


def _but(days: frozenset[date], spans: Spans) -> Callable[[Blackout], Blackout]:
    def excepted(blackout: Blackout) -> Blackout:
        kept = tuple(replace(some, but=some.but | days, also=some.also - days) for some in blackout.days)
        return replace(blackout, days=kept, extra=Spans.of(blackout.extra).minus(spans).parts)

    return excepted


def pin_facts(inventory: Inventory, asset: Asset) -> Iterator[Candidate]:
    """The dates that the asset is bound to."""
    bounds = ("not_before", "not_after")
    for name in bounds:
        instants = [at for stage in asset.stages if (at := getattr(stage, name)) is not None]
        if instants:
            path = f"assets.{asset.id}.{WRITTEN.get(name, name)}"
            at = f"{inventory.clock.local(instants[0]):%Y-%m-%d %H:%M}"
            free = of_asset(asset.id, _unpinned(name))
            told = {"asset": asset.id, "at": at}
            step = relief(Fact(f"relax_{name}", path, told), Cost.PAPER + 2, free)
            yield Candidate(Fact(f"has_{name}", path, told), free, (step,))


def _unpinned(name: str) -> Callable[[Asset], Asset]:
    def unpinned(asset: Asset) -> Asset:
        stages = (replace(stage, **{name: None}) for stage in asset.stages)  # type: ignore[arg-type]
        return replace(asset, stages=tuple(stages))

    return unpinned


def room_facts(inventory: Inventory, rooms: Iterable[str]) -> Iterator[Candidate]:
    """The dates of rooms: when they open and close, are ready, lie in a construction phase or have no power."""
    for id in dict.fromkeys(rooms):
        room = inventory.rooms[id]
        for name in ("opens", "ready", "closes"):
            at = getattr(room, name)
            if at is not None:
                yield _room_date(inventory, room, name, at)
        if any(id in phase.rooms for phase in inventory.timetable.phases):
            yield _without_phases(id)
        if any(cut.room == id for cut in inventory.timetable.power_cuts):
            yield _without_cuts(id)


def _room_date(inventory: Inventory, room: Room, name: str, at: int) -> Candidate:
    path, day = f"rooms.{room.id}.{WRITTEN.get(name, name)}", inventory.clock.day(at)
    values = {"room": room.id, "day": day.isoformat()}
    steps = []
    for step, days in enumerate((7, 14, 28, 56)):
        moved = at + (days if name == "closes" else -days) * DAY
        told = Fact(f"relax_{name}", path, {"room": room.id, "day": inventory.clock.day(moved).isoformat()})
        steps.append(relief(told, Cost.DATE + step, of_room(room.id, _dated(name, moved))))
    return Candidate(Fact(f"has_{name}", path, values), of_room(room.id, _dated(name, None)), tuple(steps))


def _dated(name: str, at: int | None) -> Callable[[Room], Room]:
    def dated(room: Room) -> Room:
        return replace(room, **{name: at})  # type: ignore[arg-type]

    return dated


def _without_phases(room: str) -> Candidate:
    def without(table: Timetable) -> Timetable:
        left = (replace(p, rooms=tuple(r for r in p.rooms if r != room)) for p in table.phases)
        return replace(table, phases=tuple(phase for phase in left if phase.rooms))

    values = {"room": room}
    step = relief(Fact("relax_phase", "calendar.phases", values), Cost.DATE + 4, of_timetable(without))
    return Candidate(Fact("has_phase", "calendar.phases", values), of_timetable(without), (step,))


def _without_cuts(room: str) -> Candidate:
    def without(table: Timetable) -> Timetable:
        return replace(table, power_cuts=tuple(cut for cut in table.power_cuts if cut.room != room))

    values = {"room": room}
    step = relief(Fact("relax_power_cut", "calendar.power_cuts", values), Cost.DATE + 4, of_timetable(without))
    return Candidate(Fact("has_power_cut", "calendar.power_cuts", values), of_timetable(without), (step,))
