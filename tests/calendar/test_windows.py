from dataclasses import replace
from datetime import date, timedelta
from time import perf_counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from planner.calendar import (
    Obstacle,
    ObstacleKind,
    Window,
    holidays_of,
    judge,
    preparable,
    room_spans,
    tags_of,
    usable,
    windows,
)
from planner.model.asset import Asset, AssetKind, Cluster, Stage
from planner.model.chain import Method
from planner.model.inventory import Inventory, Project
from planner.model.need import AllOf, AtLeast, Leaf
from planner.model.network import Link
from planner.model.place import Position, Room, RoomKind
from planner.model.system import Criticality, System
from planner.model.timetable import (
    Blackout,
    DaySet,
    DayType,
    Phase,
    PowerCut,
    Timetable,
    WindowPattern,
    WindowShape,
)
from planner.units.clock import DAY, Clock
from planner.units.span import Span, Spans

TOKYO = Clock("Asia/Tokyo")


def at(text: str) -> int:
    day, _, time = text.partition(" ")
    hour, minute = (time or "00:00").split(":")
    return TOKYO.minute(date.fromisoformat(day), int(hour) * 60 + int(minute))


def span(start: str, end: str) -> Span:
    return Span(at(start), at(end))


def shown(spans: Spans) -> list[str]:
    return [f"{TOKYO.iso(s.start)[5:16]} {TOKYO.iso(s.end)[5:16]}" for s in spans]


WEEKEND = WindowPattern("weekend", "週末", WindowShape.CLOSED_RUN, start=8 * 60, end=DAY + 360, run_days=2)
NIGHT = WindowPattern("night", "平日夜間", WindowShape.DAILY, 18 * 60, 30 * 60, days=DaySet(type=DayType.OPEN))


def city(*patterns: WindowPattern, **changes: object) -> Inventory:
    timetable = Timetable(
        holidays=holidays_of(range(2026, 2029)), closed_yearly=(((12, 29), (1, 3)),), windows=patterns or (WEEKEND,)
    )
    horizon = span("2026-12-21 06:00", "2027-01-18")
    project = Project("tagajo", "移転", as_of=date(2026, 8, 31), horizon=horizon)
    rooms = {id: Room(id, id, RoomKind.SERVER_ROOM) for id in ("old", "new")}
    return replace(Inventory(project, rooms=rooms, timetable=timetable), **changes)  # type: ignore[arg-type]


def blacked_out(inventory: Inventory, *blackouts: Blackout) -> Inventory:
    return replace(inventory, timetable=replace(inventory.timetable, blackouts=blackouts))


def on(day: str) -> DaySet:
    return DaySet(dates=((date.fromisoformat(day), date.fromisoformat(day)),))


def asset(id: str, kind: AssetKind = AssetKind.SERVER, **facts: object) -> Asset:
    return Asset(id, id, kind, Method.CARRY, **facts)  # type: ignore[arg-type]


def moving(id: str, **facts: object) -> Asset:
    return asset(id, at=Position("old"), stages=(Stage(Position("new")),), **facts)


def ids(inventory: Inventory) -> list[str]:
    return [window.id for window in windows(inventory)]


def test_closed_runs_become_windows_named_after_their_first_closed_day() -> None:
    assert ids(city()) == ["weekend/2026-12-26", "weekend/2026-12-29", "weekend/2027-01-09", "weekend/2027-01-16"]


def test_the_window_of_a_three_day_weekend_ends_on_the_morning_after_its_last_day() -> None:
    three_days = windows(city())[2]

    assert three_days == Window("weekend/2027-01-09", "週末", span("2027-01-09 08:00", "2027-01-12 06:00"))


def test_a_window_may_begin_on_the_evening_before_and_is_still_named_after_the_closed_day() -> None:
    from_friday = replace(WEEKEND, start=-5 * 60)

    assert windows(city(from_friday))[2] == Window(
        "weekend/2027-01-09", "週末", span("2027-01-08 19:00", "2027-01-12 06:00")
    )


def test_a_pattern_may_take_only_short_or_only_long_runs() -> None:
    short, long = replace(WEEKEND, id="short", run_days_max=2), replace(WEEKEND, id="long", run_days=3)

    assert ids(city(short, long)) == ["short/2026-12-26", "long/2026-12-29", "long/2027-01-09", "short/2027-01-16"]


def test_week_nights_reach_into_the_morning_after() -> None:
    first = windows(city(NIGHT))[0]

    assert first == Window("night/2026-12-21", "平日夜間", span("2026-12-21 18:00", "2026-12-22 06:00"))


def test_a_run_that_begins_before_the_horizon_is_measured_whole_and_cut_to_it() -> None:
    inventory = city(replace(WEEKEND, run_days=6))
    late = replace(inventory, project=replace(inventory.project, horizon=span("2026-12-31", "2027-01-18")))

    assert windows(late) == (Window("weekend/2026-12-29", "週末", span("2026-12-31", "2027-01-04 06:00")),)


def test_nothing_is_planned_before_as_of() -> None:
    inventory = city()
    later = replace(inventory, project=replace(inventory.project, as_of=date(2027, 1, 10)))

    assert windows(later)[0] == Window("weekend/2027-01-09", "週末", span("2027-01-10", "2027-01-12 06:00"))
    assert len(windows(later)) == 2


def test_an_as_of_after_the_horizon_leaves_no_window() -> None:
    inventory = city()

    assert windows(replace(inventory, project=replace(inventory.project, as_of=date(2027, 2, 1)))) == ()


def test_a_blackout_for_everyone_splits_a_window_into_numbered_parts() -> None:
    inventory = blacked_out(city(), Blackout("jlis", "外部停止", days=(on("2027-01-10"),), everyone=True))

    assert [w for w in windows(inventory) if "01-09" in w.id] == [
        Window("weekend/2027-01-09", "週末", span("2027-01-09 08:00", "2027-01-10")),
        Window("weekend/2027-01-09/2", "週末", span("2027-01-11", "2027-01-12 06:00")),
    ]


def test_a_tagged_blackout_binds_only_what_carries_the_tag() -> None:
    assets = {"tagged": moving("tagged", blackouts=frozenset({"sunday"})), "free": moving("free")}
    inventory = blacked_out(city(assets=assets), Blackout("sunday", "休日窓口", days=(on("2027-01-10"),)))

    assert span("2027-01-09 08:00", "2027-01-12 06:00") in usable(inventory, "free").parts
    assert shown(usable(inventory, "tagged"))[2:4] == ["01-09T08:00 01-10T00:00", "01-11T00:00 01-12T06:00"]


def test_the_tags_of_a_system_bind_what_it_runs_on_down_to_host_chassis_and_storage() -> None:
    assets = {
        "san": asset("san", AssetKind.STORAGE),
        "hv": asset("hv", AssetKind.HYPERVISOR),
        "vm": asset("vm", AssetKind.VM, host="hv"),
        "box": asset("box", AssetKind.CHASSIS),
        "blade": asset("blade", AssetKind.BLADE, chassis="box"),
        "other": asset("other"),
    }
    tree = AllOf((Leaf("vm"), AtLeast(1, (Leaf("blade"), Leaf("base")), keep=1)))
    systems = {
        "jumin": System("jumin", "住民", Criticality.S, runs_on=tree, blackouts=frozenset({"moving"})),
        "base": System("base", "基盤", Criticality.A),
    }
    inventory = city(assets=assets, systems=systems, clusters={"c": Cluster("c", "c", ("hv",), storage="san")})

    bound = {id for id in (*assets, *systems) if "moving" in tags_of(inventory, id)}

    assert bound == {"san", "hv", "vm", "box", "blade", "jumin", "base"}


def test_the_tags_of_systems_that_work_affects_bind_it_too() -> None:
    systems = {"zei": System("zei", "税", Criticality.A, blackouts=frozenset({"tax"}))}
    inventory = city(assets={"core": moving("core")}, systems=systems)

    assert tags_of(inventory, "core") == frozenset()
    assert tags_of(inventory, "core", ("zei",)) == frozenset({"tax"})


def test_a_room_is_usable_between_its_dates_outside_phases_and_power_cuts() -> None:
    inventory = city()
    rooms = {"new": replace(inventory.rooms["new"], opens=at("2026-12-22"), closes=at("2027-01-10"))}
    timetable = replace(
        inventory.timetable,
        phases=(Phase("p1", "3-4階", ("new",), span("2026-12-24", "2026-12-28")),),
        power_cuts=(PowerCut("new", span("2027-01-02 09:00", "2027-01-02 15:00"), "法定点検"),),
    )

    found = room_spans(replace(inventory, rooms=rooms, timetable=timetable), "new")

    assert shown(found) == [
        "12-22T00:00 12-24T00:00",
        "12-28T00:00 01-02T09:00",
        "01-02T15:00 01-10T00:00",
    ]


def test_an_asset_may_change_place_only_while_both_rooms_are_usable() -> None:
    inventory = city(assets={"a": moving("a")})
    rooms = {
        "old": replace(inventory.rooms["old"], closes=at("2027-01-11")),
        "new": replace(inventory.rooms["new"], opens=at("2026-12-30")),
    }

    assert shown(usable(replace(inventory, rooms=rooms), "a")) == [
        "12-30T00:00 01-04T06:00",
        "01-09T08:00 01-11T00:00",
    ]


def test_each_stage_of_an_asset_has_its_own_rooms_and_dates() -> None:
    stages = (Stage(Position("new"), not_after=at("2026-12-29")), Stage(Position("old"), not_before=at("2027-01-10")))
    inventory = city(assets={"a": asset("a", at=Position("old"), stages=stages)})

    assert shown(usable(inventory, "a", 0)) == ["12-26T08:00 12-28T06:00"]
    assert shown(usable(inventory, "a", 1)) == ["01-10T00:00 01-12T06:00", "01-16T08:00 01-18T00:00"]
    assert usable(inventory, "a") == usable(inventory, "a", 0).union(usable(inventory, "a", 1))


def test_a_virtual_machine_is_bound_by_the_rooms_of_its_host() -> None:
    vm = Asset("vm", "vm", AssetKind.VM, Method.FOLLOW, host="hv")
    inventory = city(assets={"vm": vm, "hv": moving("hv")})
    late = replace(
        inventory,
        rooms={**inventory.rooms, "new": Room("new", "new", RoomKind.SERVER_ROOM, opens=at("2027-01-12 06:00"))},
    )

    assert shown(usable(late, "vm")) == ["01-16T08:00 01-18T00:00"]


def test_a_bridge_is_bound_by_its_own_dates() -> None:
    link = Link("bridge", "橋", ("old", "new"), bridge=True, since=at("2027-01-10"))

    assert shown(usable(city(links={"bridge": link}), "bridge")) == [
        "01-10T00:00 01-12T06:00",
        "01-16T08:00 01-18T00:00",
    ]


def test_a_subject_that_does_not_exist_is_a_key_error() -> None:
    with pytest.raises(KeyError, match="ghost"):
        usable(city(), "ghost")


def test_preparation_is_bound_by_freezes_only() -> None:
    inventory = blacked_out(
        city(assets={"a": moving("a", blackouts=frozenset({"carrier", "month_end"}))}),
        Blackout("carrier", "年末年始凍結", days=(DaySet(yearly=(((12, 22), (1, 5)),)),), freeze=True),
        Blackout("month_end", "月末", days=(DaySet(last_open=2, first_open=2),)),
    )

    assert shown(preparable(inventory, "a")) == ["12-21T06:00 12-22T00:00", "01-06T00:00 01-18T00:00"]


def test_the_judgement_names_what_takes_a_window_away() -> None:
    inventory = blacked_out(
        city(assets={"a": moving("a", blackouts=frozenset({"council"}))}),
        Blackout("council", "議会", days=(on("2027-01-09"), on("2027-01-10"), on("2027-01-11"), on("2027-01-12"))),
        Blackout("payday", "給与", days=(on("2027-01-16"),)),
    )
    rooms = {**inventory.rooms, "new": Room("new", "新", RoomKind.SERVER_ROOM, opens=at("2026-12-27"))}

    judged = {j.window.id: j for j in judge(replace(inventory, rooms=rooms), "a")}

    assert not judged["weekend/2027-01-09"].usable
    assert judged["weekend/2027-01-09"].obstacles == (
        Obstacle(ObstacleKind.BLACKOUT, "council", "議会", Spans((span("2027-01-09 08:00", "2027-01-12 06:00"),))),
    )
    assert [(o.kind, o.what) for o in judged["weekend/2026-12-26"].obstacles] == [(ObstacleKind.NOT_OPEN, "new")]
    assert judged["weekend/2026-12-29"].is_whole
    assert not judged["weekend/2026-12-29"].obstacles


def test_the_judgement_of_no_one_knows_the_past_the_horizon_and_what_binds_everyone() -> None:
    inventory = blacked_out(city(), Blackout("jlis", "外部停止", days=(on("2027-01-10"),), everyone=True))
    later = replace(inventory, project=replace(inventory.project, as_of=date(2026, 12, 30)))

    found = {j.window.id: [o.kind for o in j.obstacles] for j in judge(later)}

    assert found == {
        "weekend/2026-12-26": [ObstacleKind.PAST],
        "weekend/2026-12-29": [ObstacleKind.PAST],
        "weekend/2027-01-09": [ObstacleKind.BLACKOUT],
        "weekend/2027-01-16": [ObstacleKind.HORIZON],
    }


def test_what_is_usable_and_what_obstacles_take_make_up_each_window() -> None:
    inventory = blacked_out(
        city(WEEKEND, NIGHT, assets={"a": moving("a", blackouts=frozenset({"edge"}))}),
        Blackout("edge", "月末月初", days=(DaySet(last_open=2, first_open=2),)),
        Blackout("all", "点検", days=(on("2027-01-13"),), everyone=True),
    )
    rooms = {
        **inventory.rooms,
        "new": Room("new", "新", RoomKind.SERVER_ROOM, opens=at("2026-12-24"), closes=at("2027-01-16")),
    }

    for judged in judge(replace(inventory, rooms=rooms), "a"):
        taken = Spans.of(part for obstacle in judged.obstacles for part in obstacle.spans)
        assert judged.usable == Spans((judged.window.span,)).minus(taken)


def test_the_windows_of_sixteen_months_are_found_in_milliseconds() -> None:
    inventory = city(WEEKEND, NIGHT)
    long = replace(inventory, project=replace(inventory.project, horizon=span("2026-12-01", "2028-04-01")))

    start = perf_counter()
    found = windows(long)
    taken = perf_counter() - start

    assert len(found) > 300
    assert taken < 0.2


def naive_open(timetable: Timetable, day: date) -> bool:
    """The sentence of the contract, word for word, for one day."""
    if day in timetable.shut:
        return False
    if day in timetable.opened:
        return True
    if day.weekday() in timetable.closed_weekdays or day in timetable.holidays:
        return False
    return not ((day.month == 12 and day.day >= 29) or (day.month == 1 and day.day <= 3))


DAYS = st.dates(date(2026, 12, 20), date(2027, 1, 20))


@given(
    opened=st.frozensets(DAYS, max_size=4),
    shut=st.frozensets(DAYS, max_size=6),
    run_days=st.integers(1, 4),
    longest=st.none() | st.integers(4, 8),
    probe=st.integers(at("2026-12-21 06:00"), at("2027-01-17 23:59")),
)
def test_a_minute_is_in_a_closed_run_as_the_days_around_it_say(
    opened: frozenset[date], shut: frozenset[date], run_days: int, longest: int | None, probe: int
) -> None:
    pattern = replace(WEEKEND, start=0, end=DAY, run_days=run_days, run_days_max=longest)
    base = city(pattern)
    inventory = replace(base, timetable=replace(base.timetable, opened=opened, shut=shut))

    first = last = TOKYO.day(probe)
    if naive_open(inventory.timetable, first):
        expected = False
    else:
        while not naive_open(inventory.timetable, first - timedelta(days=1)):
            first -= timedelta(days=1)
        while not naive_open(inventory.timetable, last + timedelta(days=1)):
            last += timedelta(days=1)
        expected = run_days <= (last - first).days + 1 <= (longest or 99)

    found = [window for window in windows(inventory) if probe in window.span]
    assert len(found) == expected
    assert all(window.id == f"weekend/{first.isoformat()}" for window in found)


@given(
    blackouts=st.lists(st.tuples(st.sampled_from(["own", "systems", "other", "all"]), DAYS), max_size=8),
    opens=st.none() | st.integers(at("2026-12-21"), at("2027-01-20")),
    closes=st.none() | st.integers(at("2026-12-25"), at("2027-01-25")),
    probe=st.integers(at("2026-12-21 06:00"), at("2027-01-17 23:59")),
)
def test_a_minute_is_usable_when_it_is_in_a_window_and_nothing_takes_it_away(
    blackouts: list[tuple[str, date]], opens: int | None, closes: int | None, probe: int
) -> None:
    systems = {"s": System("s", "s", Criticality.A, runs_on=Leaf("a"), blackouts=frozenset({"systems"}))}
    base = city(WEEKEND, NIGHT, assets={"a": moving("a", blackouts=frozenset({"own"}))}, systems=systems)
    rooms = {**base.rooms, "new": Room("new", "new", RoomKind.SERVER_ROOM, opens=opens, closes=closes)}
    rules = [Blackout(tag, "why", days=(on(day.isoformat()),), everyone=tag == "all") for tag, day in blackouts]
    inventory = blacked_out(replace(base, rooms=rooms), *rules)

    in_window = any(probe in w.span for w in windows(base))
    barred = any(tag != "other" and TOKYO.day(probe) == day for tag, day in blackouts)
    in_room = (opens is None or opens <= probe) and (closes is None or probe < closes)

    assert (probe in usable(inventory, "a")) == (in_window and not barred and in_room)
