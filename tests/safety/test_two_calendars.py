"""The calendar's truth is written twice: what the verifier expands is what the planner expands, rule by rule."""

import random
from datetime import date, timedelta

import pytest

from planner import calendar
from planner.model.inventory import Inventory, Project
from planner.model.place import Room, RoomKind
from planner.model.timetable import (
    Blackout,
    DailyHours,
    DaySet,
    DayType,
    Hours,
    Phase,
    PowerCut,
    Timetable,
    WindowPattern,
    WindowShape,
)
from planner.resources import inventory_folder
from planner.safety.timetable import Almanac
from planner.sources import load
from planner.units.clock import Clock
from planner.units.span import Span, Spans

FIRST = date(2026, 11, 1)


def any_day(chance: random.Random) -> date:
    return FIRST + timedelta(days=chance.randrange(200))


def any_days(chance: random.Random) -> DaySet:
    """One to three random conditions."""
    month_day = (chance.randint(1, 12), chance.randint(1, 28)), (chance.randint(1, 12), chance.randint(1, 28))
    begin = any_day(chance)
    conditions = {
        "type": chance.choice(list(DayType)),
        "weekdays": frozenset(chance.sample(range(7), 3)),
        "nth": frozenset(chance.sample((1, 2, 3, 4, 5, -1), 2)),
        "yearly": (month_day,),
        "dates": ((begin, begin + timedelta(days=chance.randrange(30))),),
        "first_open": chance.randint(1, 4),
        "last_open": chance.randint(1, 4),
        "month_days": ((chance.randint(1, 31), chance.randint(1, 31)),),
        "but": frozenset({any_day(chance)}),
        "also": frozenset({any_day(chance)}),
    }
    return DaySet(**{name: conditions[name] for name in chance.sample(sorted(conditions), chance.randint(1, 3))})


def any_span(chance: random.Random, clock: Clock) -> Span:
    start = clock.minute(any_day(chance), chance.randrange(1440))
    return Span(start, start + chance.randint(1, 6000))


def town(seed: int) -> Inventory:
    """Random opening days, hours, windows, blackouts and rooms, in Tokyo or where clocks are put back and forward."""
    chance = random.Random(seed)
    zone = chance.choice(("Asia/Tokyo", "Europe/Berlin"))
    clock = Clock(zone)
    parts = tuple(
        DailyHours(any_days(chance), a := chance.randrange(1400), a + chance.randint(1, 1440)) for _ in (1, 2)
    )
    timetable = Timetable(
        closed_weekdays=frozenset(chance.sample(range(7), 2)),
        holidays={any_day(chance): "h" for _ in range(4)},
        closed_yearly=(((12, 29), (1, 3)),),
        opened=frozenset({any_day(chance)}),
        shut=frozenset({any_day(chance)}),
        hours={"h": Hours("h", parts)},
        windows=(
            WindowPattern("night", "n", WindowShape.DAILY, 22 * 60, 29 * 60, any_days(chance)),
            WindowPattern("run", "r", WindowShape.CLOSED_RUN, chance.choice((-120, 480)), 1200, run_days=2),
            WindowPattern("short", "s", WindowShape.CLOSED_RUN, 0, 1440, run_days=1, run_days_max=2),
        ),
        blackouts=(
            Blackout("everyone", "w", (any_days(chance),), (any_span(chance, clock),), everyone=chance.random() < 0.5),
            Blackout("tag", "w", (any_days(chance), any_days(chance))),
        ),
        power_cuts=(PowerCut("r", any_span(chance, clock), "w"),),
        phases=(Phase("p", "p", ("r",), any_span(chance, clock)),),
    )
    horizon = Span(clock.minute(FIRST), clock.minute(FIRST + timedelta(days=180)))
    as_of = FIRST + timedelta(days=chance.choice((-60, 20)))
    room = Room("r", "r", RoomKind.SERVER_ROOM, opens=clock.minute(any_day(chance)))
    return Inventory(Project("p", "p", as_of, horizon, zone), rooms={"r": room}, timetable=timetable)


def planned(inventory: Inventory) -> dict[str, tuple[Span, ...]]:
    """The planner's windows by the id of the whole."""
    found: dict[str, tuple[Span, ...]] = {}
    for window in calendar.windows(inventory):
        head, _, tail = window.id.rpartition("/")
        whole = head if tail.isdecimal() else window.id
        found[whole] = (*found.get(whole, ()), window.span)
    return found


def agree(inventory: Inventory) -> None:
    almanac, timetable, clock = Almanac(inventory), inventory.timetable, inventory.clock
    horizon = inventory.project.horizon
    assert {id: parts.parts for id, parts in almanac.windows.items()} == planned(inventory)
    for id in timetable.hours:
        assert almanac.hours(id) == calendar.hours(timetable, clock, id, horizon)
    for tag in {blackout.tag for blackout in timetable.blackouts}:
        theirs = [calendar.blackout_spans(timetable, clock, b, horizon) for b in timetable.blackouts if b.tag == tag]
        assert almanac.blackout(frozenset({tag})) == Spans.of(part for spans in theirs for part in spans)
    for room in inventory.rooms:
        assert almanac.usable(room) == calendar.room_spans(inventory, room)


@pytest.mark.parametrize("seed", range(150))
def test_verifier_and_planner_expand_random_rules_alike(seed: int) -> None:
    agree(town(seed))


def test_verifier_and_planner_expand_the_example_city_alike() -> None:
    agree(load(inventory_folder()).inventory)
