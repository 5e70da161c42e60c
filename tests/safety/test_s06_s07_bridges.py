import pytest

from planner.model.asset import AssetKind, Cluster
from planner.model.timetable import DailyHours, DaySet, Hours, Timetable
from planner.safety.context import Context
from planner.safety.replay import Replay, Turn
from planner.safety.rules import s06_bridge_first, s07_bridge_load
from planner.safety.stretches import stretches
from planner.safety.told import Told
from planner.safety.world import World
from planner.units.duration import Duration
from planner.units.span import Span
from tests.safety.estates import (
    announced,
    asset,
    batch,
    carried,
    estate,
    findings,
    link,
    live,
    moved,
    outage,
    plan,
    sentences,
    soft,
    steps,
    system,
    vm,
)

BRIDGE = link("br", bridge=True, test=Duration.fixed(20), mbps=100)
HOSTS = [asset("h1", AssetKind.HYPERVISOR), asset("h2", AssetKind.HYPERVISOR, room="new")]


def test_a_bridge_is_tested_before_the_first_crossing_and_closed_after_the_last() -> None:
    inventory = estate(carried("a"), carried("b"), BRIDGE, system("s", "a", needs=(live("b", mbps=1),)))

    def found(test: int, close: int) -> list[object]:
        lines = (*moved("a", 100), *moved("b", 300), f"{test} {test + 20} test br", f"{close} {close + 5} close br")
        told = [outage("s", 100, 160), outage("s", 300, 360)]
        return list(findings(s06_bridge_first.RULE, plan(inventory, steps(*lines), told)))

    assert found(80, 360) == []
    assert found(150, 360) == [("s06.no_way", ("s", "a", "b"), (160, 170))]
    assert found(80, 290) == [("s06.no_way", ("s", "a", "b"), (290, 300))]


def test_a_missing_way_is_told_with_both_rooms() -> None:
    inventory = estate(carried("a"), asset("b"), system("s", "a", needs=(live("b"),)))

    assert sentences(s06_bridge_first.RULE, plan(inventory, steps(*moved("a", 100)))) == [
        "a in new has no way to b in old, so s is not available"
    ]


def test_live_migration_needs_a_way_between_the_hosts() -> None:
    def found(*things: object, across: bool = True) -> list[str]:
        cluster = Cluster("c", "c", ("h1", "h2"), live_migration=True, across=across)
        inventory = estate(*HOSTS, vm("v", "h1"), cluster, *things)
        return [key for key, *_ in findings(s06_bridge_first.RULE, plan(inventory, steps("10 20 migrate v -> h2")))]

    assert found(link("l")) == []
    assert found() == ["s06.migration_way"]
    assert found(link("l"), across=False) == ["s06.migration_way"]


def test_hosts_without_a_cluster_that_allows_it_exchange_no_running_vms() -> None:
    inventory = estate(*HOSTS, vm("v", "h1"), link("l"))

    assert sentences(s06_bridge_first.RULE, plan(inventory, steps("10 20 migrate v -> h2"))) == [
        "v may not migrate from h1 to h2: no cluster with live migration holds both"
    ]


def test_a_batch_need_crosses_in_its_slot_only() -> None:
    noon = Timetable(
        hours={"noon": Hours("noon", (DailyHours(DaySet(), 720, 780),))}
    )  # 12:00 to 13:00, nine hours from UTC
    needs = (batch("b", slot="noon", mbps=101),)
    assets = asset("a"), asset("b", room="new")
    inventory = estate(*assets, link("l", mbps=100), system("s", "a", needs=needs), timetable=noon)

    day = 1440
    overloads = findings(s07_bridge_load.RULE, plan(inventory))
    assert overloads == [("s07.overload", ("l",), (180 + n * day, 240 + n * day)) for n in range(7)]


def test_crossing_needs_stay_within_the_capacity_of_the_bridge() -> None:
    def found(mbps: int) -> list[str]:
        needs = (live("b", mbps=60), soft("c", mbps=mbps))
        inventory = estate(carried("a"), asset("b"), asset("c"), BRIDGE, system("s", "a", needs=needs))
        return sentences(s07_bridge_load.RULE, announced(inventory, steps("0 20 test br", *moved("a", 100))))

    assert found(40) == []
    assert found(41) == ["link br carries 101 Mbps, its capacity is 100 Mbps; by s-b, s-c"]


def test_each_part_of_a_need_of_several_things_crosses() -> None:
    near = system("s", "a", needs=(live("b & c & d", mbps=60),))
    far = (asset(id, room="new") for id in "bc")
    inventory = estate(asset("a"), *far, asset("d"), link("l", mbps=119), near)

    assert sentences(s07_bridge_load.RULE, plan(inventory)) == [
        "link l carries 120 Mbps, its capacity is 119 Mbps; by s-b, s-c"
    ]


def test_live_migration_loads_the_bridge() -> None:
    cluster = Cluster("c", "c", ("h1", "h2"), live_migration=True, across=True)
    inventory = estate(*HOSTS, vm("v", "h1", migrate_mbps=1001), cluster, link("l"))

    assert findings(s07_bridge_load.RULE, plan(inventory, steps("10 20 migrate v -> h2"))) == [
        ("s07.overload", ("l",), (10, 20))
    ]


def test_members_in_the_room_come_first_and_load_nothing() -> None:
    needs = (live("1 of far, near", mbps=101),)
    inventory = estate(
        asset("a"), asset("near"), asset("far", room="new"), link("l", mbps=100), system("s", "a", needs=needs)
    )

    assert findings(s07_bridge_load.RULE, plan(inventory, steps("50 60 stop near", "60 70 start near"))) == [
        ("s07.overload", ("l",), (50, 70))
    ]


def test_the_shortest_path_bears_the_load() -> None:
    needs = (live("b", mbps=50),)
    ways = link("z"), link("y", "old", "mid", mbps=1), link("x", "mid", "new", mbps=1)
    inventory = estate(
        asset("a"), asset("b", room="new"), *ways, system("s", "a", needs=needs), rooms=("old", "mid", "new")
    )

    assert findings(s07_bridge_load.RULE, plan(inventory)) == []


def test_a_crossing_need_meets_its_own_latency_limit() -> None:
    def found(limit: float) -> list[str]:
        needs = (live("b", mbps=1, latency_ms=limit),)
        ways = link("x", "old", "mid", latency_ms=0.5), link("y", "mid", "new", latency_ms=0.25)
        inventory = estate(
            asset("a"), asset("b", room="new"), *ways, system("s", "a", needs=needs), rooms=("old", "mid", "new")
        )
        return sentences(s07_bridge_load.RULE, plan(inventory))

    assert found(0.75) == []
    assert found(0.7) == ["s reaches b in 0.75 ms, its limit is 0.7 ms"]


def test_needs_marked_same_room_never_cross() -> None:
    inventory = estate(carried("a"), asset("b"), link("l"), system("s", "a", needs=(live("b", same_room=True),)))

    assert findings(s07_bridge_load.RULE, plan(inventory, steps(*moved("a", 100)))) == [
        ("s07.same_room", ("s", "a", "b"), (160, 10_000))
    ]


@pytest.mark.parametrize(
    ("needed", "more", "says"),
    [
        ({}, {}, "the traffic between s, b, which crosses rooms, is not known"),
        ({"mbps": 1}, {"mbps": None}, "the capacity of link l is not known"),
        ({"mbps": 1, "latency_ms": 5}, {"latency_ms": None}, "the latency of link l is not known"),
    ],
)
def test_unknown_values_are_reported_and_never_counted_as_enough(
    needed: dict[str, float], more: dict[str, None], says: str
) -> None:
    inventory = estate(
        asset("a"), asset("b", room="new"), link("l", **more), system("s", "a", needs=(live("b", **needed),))
    )

    assert sentences(s07_bridge_load.RULE, plan(inventory)) == [says]


def test_what_crosses_a_link_is_told_of_any_minute_in_any_order() -> None:
    """A branch leaves its plan earlier or later than the one that was looked at before it."""
    needs = (live("b", mbps=40, until=50), live("c", mbps=7, since=20))
    far = (asset(id, room="new") for id in "bc")
    inventory = estate(asset("a"), *far, link("l"), system("s", "a", needs=needs))
    context = Context.of(inventory, plan(inventory))
    carried_at = s07_bridge_load._Carried(
        context, stretches(context.replay, s07_bridge_load._traffic(World(inventory)))
    )

    loads = {minute: carried_at.at(minute).get("l", 0) for minute in (60, 0, 30, 60, 10, 50, 19, 20, 49)}
    assert loads == {60: 7, 0: 40, 30: 47, 10: 40, 50: 7, 19: 40, 20: 47, 49: 47}


@pytest.mark.parametrize(("latency", "found"), [(0.2, set[str]()), (0.1, {"s07.latency"})])
def test_turning_back_is_looked_at_closely_where_what_comes_back_crosses_too_slowly(
    latency: float, found: set[str]
) -> None:
    """In the plan `b` stays off in the new room; whoever carries on from there starts it."""
    inventory = estate(asset("a"), carried("b"), link("l"), system("s", "a", needs=(live("b", latency_ms=latency),)))
    whole = Replay.of(inventory, steps("50 60 stop b", "60 70 carry b"))
    turning = Turn(inventory, 100, steps("110 120 start b", "120 130 check b"), Span(100, 200))
    (branch,) = whole.branches([turning])
    context, rule = Context(inventory, plan(inventory), branch, Told(plan(inventory), branch)), s07_bridge_load.RULE

    assert rule.is_silent is not None
    assert rule.is_silent(context) is (not found)
    assert {f.key for f in rule.check(context).findings if not f.unknown} == found
