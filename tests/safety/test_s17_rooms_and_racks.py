"""S17: units, weight, floor load, current with one feed lost, UPS, supply, cooling, dates and readiness of rooms."""

from dataclasses import replace
from typing import Any

import pytest

from planner.model.asset import Asset, AssetKind
from planner.model.inventory import Inventory
from planner.model.place import Circuit, Position, Rack, Room, RoomKind
from planner.model.timetable import Phase, PowerCut, Timetable
from planner.plan.finding import Finding
from planner.plan.step import Step
from planner.safety.context import Context
from planner.safety.occupancy import occupancy
from planner.safety.replay import Replay, Turn
from planner.safety.rules.s17_rooms_and_racks import RULE
from planner.safety.told import Told
from planner.units.span import Span
from tests.safety.estates import HORIZON, asset, carried, estate, moved, plan, steps, vm

KNOWN = {"floor_kg_m2": 1000.0, "va": 10_000, "cooling_w": 10_000}
CIRCUITS = {id: Circuit(id, "new" if id.startswith("n") else "old", 200, 30.0) for id in ("o1", "o2", "n1", "n2")}
RACKS = {
    "O1": Rack("O1", "O1", "old", max_kg=500, feeds=("o1", "o2")),
    "N1": Rack("N1", "N1", "new", max_kg=500, feeds=("n1", "n2")),
}


def server(id: str, unit: int, rack: str = "O1", **more: Any) -> Asset:
    room = "old" if rack.startswith("O") else "new"
    facts: dict[str, Any] = {"height": 2, "kg": 30.0, "va": 500, "at": Position(room, rack, unit), **more}
    return asset(id, **facts)


def site(*things: Any, **more: Any) -> Inventory:
    """Rooms `old` and `new` with racks O1 and N1 on two circuits of 4,800 VA each."""
    rooms = [Room(id, id, RoomKind.SERVER_ROOM, **KNOWN) for id in ("old", "new")]
    facts: dict[str, Any] = {"racks": RACKS, "circuits": CIRCUITS, **more}
    return estate(*rooms, *things, **facts)


def found(inventory: Inventory, done: tuple[Step, ...] = ()) -> list[Finding]:
    return list(RULE.check(Context.of(inventory, plan(inventory, done))).findings)


def keys(inventory: Inventory, done: tuple[Step, ...] = ()) -> list[str]:
    return [finding.key for finding in found(inventory, done)]


def placed(done: tuple[Step, ...], id: str, position: Position) -> tuple[Step, ...]:
    return tuple(replace(s, to={id: position}) if id in s.to else s for s in done)


def test_what_fits_is_no_finding() -> None:
    assert keys(site(server("a", 10), server("b", 12))) == []


def test_two_servers_in_one_rack_unit_are_named_with_rack_and_instant() -> None:
    a, b = server("a", 10, "N1"), carried("b", at=Position("old", "O1", 1), height=2, kg=30.0, va=500)
    done = placed(steps(*moved("b", 60)), "b", Position("new", "N1", 11))
    (finding,) = found(site(a, b), done)
    assert (finding.rule, finding.key, finding.subjects) == ("S17", "s17.same_unit", ("a", "b", "N1"))
    assert finding.span == Span(90, HORIZON.end)  # from the start of the mount
    assert finding.values["unit"] == "11"


def test_a_unit_is_free_once_its_server_is_out_of_the_rack() -> None:
    a = carried("a", at=Position("old", "O1", 10), height=2, kg=30.0, va=500)
    b = carried("b", at=Position("old", "O1", 12), height=2, kg=30.0, va=500)
    there = Position("new", "N1", 10)
    first = placed(steps(*moved("a", 60), to="new"), "a", Position("new", "N1", 20))
    second = placed(steps(*moved("b", 200)), "b", there)
    assert keys(site(a, b), (*first, *second)) == []


@pytest.mark.parametrize(
    ("unit", "height", "expected"), [(42, 1, []), (42, 2, ["s17.outside_rack"]), (0, 1, ["s17.outside_rack"])]
)
def test_units_lie_inside_the_rack(unit, height, expected):
    assert keys(site(server("a", unit, height=height))) == expected


def test_blades_stand_in_their_chassis_and_take_no_units_of_their_own() -> None:
    chassis = server("c", 10, kind=AssetKind.CHASSIS, height=4)
    blade = Asset("b", "b", AssetKind.BLADE, chassis.method, kg=4.0, va=100, chassis="c")
    assert keys(site(chassis, blade)) == []


def test_the_weight_of_a_rack_is_that_of_its_contents() -> None:
    racks = {"O1": replace(RACKS["O1"], max_kg=59.0)}
    (finding,) = found(site(server("a", 10), server("b", 12), racks=racks))
    assert (finding.key, finding.subjects, finding.values["found"]) == ("s17.rack_weight", ("O1",), "60")


def test_r1_puts_655_kg_on_a_square_metre_and_a_spreader_plate_relieves_the_floor() -> None:
    rooms = (Room("old", "old", RoomKind.SERVER_ROOM, floor_kg_m2=500, va=9000, cooling_w=9000),)
    heavy = server("a", 10, kg=302.5)  # (130 + 302.5) / 0.66 = 655
    (finding,) = found(site(heavy, *rooms))
    assert (finding.key, finding.subjects) == ("s17.floor_load", ("O1", "old"))
    assert (finding.values["found"], finding.values["limit"]) == ("655", "500")
    racks = {"O1": replace(RACKS["O1"], spread_m2=1.0)}
    assert keys(site(heavy, *rooms, racks=racks)) == []


def test_r1_draws_30_9_ampere_at_100_volts_too_much_for_one_circuit_of_30() -> None:
    def fed(volts: int) -> Inventory:
        circuits = {"o1": Circuit("o1", "old", volts, 30.0)}
        return site(server("a", 10, va=3090), circuits=circuits, racks={"O1": replace(RACKS["O1"], feeds=("o1",))})

    (finding,) = found(fed(100))
    assert (finding.key, finding.subjects) == ("s17.circuit", ("o1", "old"))
    assert (finding.values["found"], finding.values["limit"]) == ("3090", "2400")
    assert keys(fed(200)) == []


def test_a_circuit_bears_the_whole_draw_of_both_supplies_when_the_other_feed_is_lost() -> None:
    small = {**CIRCUITS, "o1": Circuit("o1", "old", 100, 10.0), "o2": Circuit("o2", "old", 100, 10.0)}
    twice = server("a", 10, va=1000, supplies=2)  # 500 on each of 800, 1000 when one is lost
    assert keys(site(twice, circuits=small)) == ["s17.circuit", "s17.circuit"]
    assert keys(site(replace(twice, va=800), circuits=small)) == []


def test_only_one_feed_is_lost_at_a_time() -> None:
    circuits = {id: Circuit(id, "old", 100, 15.0) for id in ("o1", "o2", "o3")}  # 1200 VA each
    racks = {
        "O1": replace(RACKS["O1"], feeds=("o1", "o2")),
        "O2": Rack("O2", "O2", "old", max_kg=500, feeds=("o1", "o3")),
    }
    devices = (server("a", 10, va=800, supplies=2), server("b", 10, "O2", va=800, supplies=2))
    assert keys(site(*devices, circuits=circuits, racks=racks)) == []  # o1: 400 + 400, and 400 more
    more = (replace(devices[0], va=900), devices[1])
    assert keys(site(*more, circuits=circuits, racks=racks)) == ["s17.circuit"]  # o1: 450 + 400, and 450 more


def test_a_draw_that_is_not_known_is_reported_as_long_as_it_is_in_a_room_with_a_limit() -> None:
    """The floor that it is carried to has none."""
    floor = Room("floor", "floor", RoomKind.FLOOR)
    a = carried("a", at=Position("old", "O1", 10), height=2, kg=30.0, va=None, stages=())
    done = placed(steps(*moved("a", 60)), "a", Position("floor"))
    told = [f for f in found(site(a, server("b", 20), floor), done) if f.unknown and f.subjects[:1] == ("a",)]

    assert {f.span for f in told} == {Span(0, 70)}


SMALL = Circuit("o1", "old", 100, 10.0)
"""It bears 800 VA."""


@pytest.mark.parametrize(
    ("key", "facts"),
    [
        ("", {}),
        ("s17.circuit", {"circuits": {**CIRCUITS, "o1": SMALL}}),
        ("s17.ups", {"circuits": {**CIRCUITS, "o1": replace(CIRCUITS["o1"], ups="u")}}),
        ("s17.room_va", {"rooms": {"va": 1299}}),
        ("s17.rack_weight", {"racks": {**RACKS, "O1": replace(RACKS["O1"], max_kg=99)}}),
    ],
)
def test_turning_back_is_looked_at_closely_where_what_comes_back_is_too_much(key: str, facts: dict[str, Any]) -> None:
    """`b` has been stopped and taken out; whoever turns back puts it beside `a` again."""
    a, u = server("a", 10), server("u", 1, kind=AssetKind.UPS, va=999)
    b = carried("b", at=Position("old", "O1", 20), height=2, kg=40.0, va=800)
    old = Room("old", "old", RoomKind.SERVER_ROOM, **{**KNOWN, **facts.get("rooms", {})})
    inventory = site(a, b, u, **{name: table for name, table in facts.items() if name != "rooms"})
    inventory = replace(inventory, rooms={**inventory.rooms, "old": old})
    back = placed(steps("110 120 mount b", "120 130 start b", "130 140 check b"), "b", Position("old", "O1", 20))
    whole = Replay.of(inventory, steps("50 60 stop b", "60 70 unmount b"))
    (branch,) = whole.branches([Turn(inventory, 100, back, Span(100, 200))])
    context = Context(inventory, plan(inventory), branch, Told(plan(inventory), branch))
    silent = RULE.is_silent

    assert silent is not None
    assert silent(context) is (key == "")
    assert {f.key for f in RULE.check(context).findings if not f.unknown} == {key} - {""}


def test_a_device_that_is_off_draws_nothing() -> None:
    small = {**CIRCUITS, "o1": Circuit("o1", "old", 100, 10.0)}
    a = carried("a", at=Position("old", "O1", 10), height=2, kg=30.0, va=1000)
    done = placed(steps(*moved("a", 60)), "a", Position("new", "N1", 10))
    (finding,) = found(site(a, circuits=small), done)
    assert (finding.key, finding.span) == ("s17.circuit", Span(0, 70))  # until it has stopped


def test_a_ups_bears_its_circuits_with_another_feed_lost() -> None:
    circuits = {**CIRCUITS, "o1": replace(CIRCUITS["o1"], ups="ups1")}
    ups = server("ups1", 1, kind=AssetKind.UPS, va=999)
    (finding,) = found(site(server("a", 10, va=1000, supplies=2), ups, circuits=circuits))
    assert (finding.key, finding.subjects, finding.values["found"]) == ("s17.ups", ("ups1",), "1000")
    assert keys(site(server("a", 10, va=999, supplies=2), ups, circuits=circuits)) == []


def test_supply_and_cooling_of_a_room_bear_everything_that_is_on_in_it() -> None:
    rooms = (Room("old", "old", RoomKind.SERVER_ROOM, floor_kg_m2=1000.0, va=999, cooling_w=900),)
    devices = (server("a", 10), server("b", 12))
    assert keys(site(*devices, *rooms)) == ["s17.room_cooling_w", "s17.room_va"]


def test_unknown_values_are_reported_and_do_not_fail() -> None:
    findings = found(site(server("a", 10, kg=None, va=None), server("b", 12, height=None)))
    assert {(f.subjects, f.values["what"]) for f in findings} == {(("a",), "kg"), (("a",), "va"), (("b",), "height")}
    assert all(finding.key == "s17.unknown" and finding.unknown for finding in findings)


def test_unknown_limits_are_reported_where_something_stands() -> None:
    rooms = (Room("old", "old", RoomKind.SERVER_ROOM),)
    racks = {"O1": replace(RACKS["O1"], max_kg=None)}
    findings = found(site(server("a", 10), *rooms, racks=racks))
    facts = {fact for finding in findings for fact in finding.facts}
    assert facts == {"racks.O1.max_kg", "rooms.old.floor_kg_m2", "rooms.old.va", "rooms.old.cooling_w"}


def test_of_a_device_of_unknown_height_the_lowest_unit_is_taken() -> None:
    findings = found(site(server("a", 10, height=None), server("b", 10)))
    assert [(f.key, f.subjects) for f in findings] == [("s17.same_unit", ("a", "b", "O1")), ("s17.unknown", ("a",))]
    assert [f.key for f in found(site(server("a", 9, height=None), server("b", 10)))] == ["s17.unknown"]


def test_a_rack_without_feeds_is_reported_as_unknown() -> None:
    racks = {"O1": replace(RACKS["O1"], feeds=())}
    (finding,) = found(site(server("a", 10), racks=racks))
    assert (finding.subjects, finding.values["what"], finding.unknown) == (("O1",), "feeds", True)


def test_nothing_stands_in_a_room_before_it_opens_or_after_it_closes() -> None:
    rooms = (
        Room("new", "new", RoomKind.SERVER_ROOM, opens=95, **KNOWN),
        Room("old", "old", RoomKind.SERVER_ROOM, closes=50, **KNOWN),
    )
    a = carried("a", at=Position("old", "O1", 10), height=2, kg=30.0, va=500)
    done = placed(steps(*moved("a", 60)), "a", Position("new", "N1", 10))
    late, early = (f for f in found(site(a, *rooms), done) if f.key == "s17.room_closed")
    assert (late.subjects, late.span) == (("a", "old"), Span(50, 80))
    assert (early.subjects, early.span) == (("a", "new"), Span(90, 95))


def test_a_construction_phase_closes_a_room() -> None:
    timetable = Timetable(phases=(Phase("stage", "工事", ("old",), Span(500, 600)),))
    (finding,) = found(site(server("a", 10), timetable=timetable))
    assert (finding.key, finding.span) == ("s17.room_closed", Span(500, 600))


def test_what_is_on_in_a_power_cut_is_a_finding_and_what_is_off_is_none() -> None:
    timetable = Timetable(power_cuts=(PowerCut("old", Span(500, 600), "点検"),))
    assert [f.span for f in found(site(server("a", 10), timetable=timetable))] == [Span(500, 600)]
    stopped = steps("480 490 stop a", "610 620 start a", "620 630 check a")
    assert keys(site(server("a", 10), timetable=timetable), stopped) == []


def test_a_room_takes_its_first_asset_after_its_readiness_is_signed() -> None:
    rooms = (Room("new", "new", RoomKind.SERVER_ROOM, readiness=("引渡し",), ready=200, **KNOWN),)
    a = carried("a", at=Position("old", "O1", 10), height=2, kg=30.0, va=500)

    def move(begin: int) -> tuple[Step, ...]:
        return placed(steps(*moved("a", begin)), "a", Position("new", "N1", 10))

    (finding,) = found(site(a, *rooms), move(60))
    assert (finding.key, finding.span) == ("s17.not_ready", Span(90, 200))
    assert keys(site(a, *rooms), move(200)) == []


def test_a_vm_weighs_and_draws_nothing() -> None:
    assert keys(site(server("h", 10, kind=AssetKind.HYPERVISOR), vm("v", "h"))) == []


def test_an_asset_that_has_left_for_the_cloud_uses_no_room() -> None:
    rooms = (Room("old", "old", RoomKind.SERVER_ROOM, closes=500, **KNOWN),)
    assert keys(site(server("zei", 10, leaves=500), *rooms)) == []
    assert keys(site(server("zei", 10, leaves=501), *rooms)) == ["s17.room_closed"]


def test_what_exactly_meets_a_limit_is_no_finding() -> None:
    """60 kg in a rack of 130 kg on one square metre, 1000 VA in a room."""
    devices = (server("a", 10), server("b", 12))
    racks = {"O1": replace(RACKS["O1"], max_kg=60.0, frame_kg=130.0, spread_m2=1.0)}

    def room(**more: Any) -> Room:
        return Room("old", "old", RoomKind.SERVER_ROOM, **{"floor_kg_m2": 190.0, "va": 1000, "cooling_w": 1000, **more})

    assert keys(site(*devices, room(), racks=racks)) == []
    assert keys(site(*devices, room(floor_kg_m2=189.9), racks=racks)) == ["s17.floor_load"]
    assert keys(site(*devices, room(va=999), racks=racks)) == ["s17.room_va"]
    assert keys(site(*devices, room(cooling_w=999), racks=racks)) == ["s17.room_cooling_w"]


def test_a_finding_on_a_limit_says_what_was_found_and_by_how_much_it_is_too_much() -> None:
    racks = {"O1": replace(RACKS["O1"], max_kg=59.5)}
    small = {**CIRCUITS, "o1": Circuit("o1", "old", 100, 10.0, ups="u")}
    ups = server("u", 1, kind=AssetKind.UPS, kg=0.0, va=900)
    rooms = (Room("old", "old", RoomKind.SERVER_ROOM, floor_kg_m2=250.0, va=990, cooling_w=9000),)
    told = {
        f.key: f.values for f in found(site(server("a", 10), server("b", 12), ups, *rooms, racks=racks, circuits=small))
    }

    assert {key: (v["found"], v["limit"], v["excess"]) for key, v in told.items()} == {
        "s17.rack_weight": ("60", "60", "0.500"),
        "s17.floor_load": ("288", "250", "37.879"),  # (130 + 60) / 0.66
        "s17.circuit": ("1000", "800", "200.000"),
        "s17.ups": ("1000", "900", "100.000"),
        "s17.room_va": ("1000", "990", "10"),
    }


def test_a_ups_of_unknown_size_is_reported_where_something_hangs_on_it() -> None:
    circuits = {**CIRCUITS, "o1": replace(CIRCUITS["o1"], ups="u")}
    ups = server("u", 1, kind=AssetKind.UPS, va=None)

    findings = found(site(server("a", 10), ups, circuits=circuits))
    assert {(f.subjects, f.values["what"]) for f in findings} == {(("u",), "va")}
    assert keys(site(ups, circuits=circuits)) == []


def test_a_device_with_two_supplies_in_a_rack_of_three_feeds_hangs_on_the_first_two() -> None:
    circuits = {id: Circuit(id, "old", 100, 10.0) for id in ("o1", "o2", "o3")}  # 800 VA each
    racks = {"O1": replace(RACKS["O1"], feeds=("o1", "o2", "o3"))}
    subjects = [
        f.subjects[0] for f in found(site(server("a", 10, va=1000, supplies=2), circuits=circuits, racks=racks))
    ]

    assert sorted(subjects) == ["o1", "o2"]
    one = [f.subjects[0] for f in found(site(server("a", 10, va=1000), circuits=circuits, racks=racks))]
    assert one == ["o1"]


def test_a_room_is_judged_by_all_that_is_unknown_in_it_only_where_it_has_a_limit() -> None:
    rooms = (Room("old", "old", RoomKind.BRANCH, floor_kg_m2=1000.0),)

    assert keys(site(asset("a", va=None), *rooms)) == []
    bounded = (Room("old", "old", RoomKind.BRANCH, floor_kg_m2=1000.0, va=100),)
    assert [(f.subjects, f.values["what"]) for f in found(site(asset("a", va=None), *bounded))] == [(("a",), "va")]


def test_the_top_unit_is_counted_from_the_lowest_one() -> None:
    (clash,) = found(site(server("a", 10, height=3), server("b", 12)))
    assert clash.values["unit"] == "12"
    (outside,) = found(site(server("a", 41, height=3)))
    assert (outside.values["found"], outside.values["limit"]) == ("41-43", "42")


def test_what_has_always_stood_in_a_room_does_not_ask_when_the_room_is_ready() -> None:
    rooms = (Room("new", "new", RoomKind.SERVER_ROOM, readiness=("引渡し",), **KNOWN),)
    still, comes = server("a", 10, "N1"), carried("b", at=Position("old", "O1", 1), height=2, kg=30.0, va=500)
    done = placed(steps(*moved("b", 60)), "b", Position("new", "N1", 20))

    def asked(*things: Asset, lines: tuple[Step, ...] = ()) -> list[tuple[str, ...]]:
        return [f.facts for f in found(site(*rooms, *things), lines) if f.unknown]

    assert asked(still) == []
    assert asked(still, comes, lines=done) == [("rooms.new.ready",)]


def test_everything_that_ever_stands_somewhere_is_counted_once() -> None:
    new = asset("n", room=None, height=2, kg=30.0, va=500)
    inventory = site(server("a", 10), server("b", 12), new)
    lines = steps("100 110 mount n", "200 210 stop a", "210 220 dispose a")
    done = placed(lines, "n", Position("new", "N1", 20))

    def count(*row: Step) -> int:
        return occupancy(Replay.of(inventory, row)).count

    assert (count(), count(*done[:1]), count(*done)) == (2, 3, 3)
