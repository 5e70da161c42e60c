"""The numbers and names in a finding are those of the plan: what was found, what is allowed, and how much too much."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from planner.model.asset import AssetKind, Backup, Cluster, Work
from planner.model.place import Position, Rack, Room, RoomKind
from planner.model.policy import Policy
from planner.model.system import Criticality
from planner.model.timetable import DailyHours, DaySet, Hours, Timetable
from planner.model.transport import Conveyance, ConveyanceKind, Route
from planner.plan.finding import Finding
from planner.plan.plan import Plan
from planner.plan.wording import word
from planner.safety.context import Context
from planner.safety.rule import Rule
from planner.safety.rules import (
    s01_continuous_availability,
    s02_outage_budget,
    s04_redundancy_kept,
    s05_shared_fate,
    s07_bridge_load,
    s09_segments,
    s11_backup,
    s16_transport,
    s19_blast_radius,
    s21_complete_and_consistent,
)
from planner.units.clock import DAY, Clock
from planner.units.duration import Duration
from planner.units.span import Span
from tests.safety.estates import (
    announced,
    asset,
    batch,
    carried,
    estate,
    link,
    live,
    moved,
    outage,
    plan,
    segment,
    sentences,
    stages,
    steps,
    system,
    vm,
    works,
)

CLOCK = Clock("Asia/Tokyo")


def found(rule: Rule, of: Plan, key: str) -> list[Finding]:
    return [f for f in rule.check(Context.of(of.inventory, of)).findings if f.key == key]


def said(rule: Rule, of: Plan, key: str) -> list[str]:
    return [word(finding, "en") for finding in found(rule, of, key)]


def test_a_declared_outage_says_by_how_much_it_is_too_long_and_how_long_the_service_is_back_in_it() -> None:
    inventory, done = estate(carried("a"), system("s", "a")), steps(*moved("a", 1000))
    told = [outage("s", 980, 1077, computed=60, inside=60)]

    assert sentences(s01_continuous_availability.RULE, plan(inventory, done, told)) == [
        "the declared outage of s begins 20 minutes before it is out (allowed: 15)",
        "the declared outage of s ends 17 minutes after it is back (allowed: 15)",
    ]
    twice = steps(*moved("a", 1000), *moved("a", 1080))
    told = [outage("s", 1000, 1140, computed=120, inside=120)]
    assert sentences(s01_continuous_availability.RULE, plan(inventory, twice, told)) == [
        "s is available for 20 minutes inside one declared outage (allowed: less than 15)"
    ]
    (joined,) = found(s01_continuous_availability.RULE, plan(inventory, twice, told), "s01.joined")
    assert joined.span == Span(1060, 1080)


def test_a_whole_outage_that_only_several_declared_ones_cover_is_told_whole() -> None:
    inventory, done = estate(carried("a"), system("s", "a")), steps(*moved("a", 1000))
    told = [outage("s", 1000, 1030, computed=30), outage("s", 1030, 1060, computed=30)]

    (undeclared,) = found(s01_continuous_availability.RULE, plan(inventory, done, told), "s01.undeclared")
    assert undeclared.span == Span(1000, 1060)


def test_a_budget_and_the_longest_outage_say_what_is_allowed_and_by_how_much_it_is_exceeded() -> None:
    limits = {"budget": 50, "longest": 40, "longest_elapsed": 30}
    inventory = estate(carried("a"), system("s", "a", **limits))
    of = announced(inventory, steps(*moved("a", 1000)))

    assert sentences(s02_outage_budget.RULE, of) == [
        "s is out for 60 minutes inside service hours (budget: 50)",
        "one outage of s takes 60 minutes inside service hours (longest allowed: 40)",
        "one outage of s lasts 60 minutes (longest allowed on the clock: 30)",
    ]
    excess = [f.values["excess"] for f in s02_outage_budget.RULE.check(Context.of(inventory, of)).findings]
    assert excess == ["10", "20", "30"]


def test_what_is_exactly_allowed_is_not_exceeded() -> None:
    limits = {"budget": 60, "longest": 60, "longest_elapsed": 60}
    inventory = estate(carried("a"), system("s", "a", **limits))

    assert sentences(s02_outage_budget.RULE, announced(inventory, steps(*moved("a", 1000)))) == []


def test_missed_batch_slots_are_told_from_the_first_to_the_last_with_how_many_are_too_many() -> None:
    nightly = Timetable(hours={"n": Hours("n", (DailyHours(DaySet(), 60, 120),))})
    needs = (batch("db", slot="n", may_miss=1),)
    inventory = estate(asset("a"), asset("db"), system("s", "a", needs=needs), timetable=nightly)
    night = CLOCK.minute(date(1970, 1, 2), 60)
    of = announced(inventory, steps(f"{night - 60} {night - 50} stop db"))

    (missed,) = found(s02_outage_budget.RULE, of, "s02.batch")
    assert missed.span == Span(night, night + 6 * DAY + 60)
    assert (missed.values["missed"], missed.values["excess"]) == ("7", "6")  # the horizon ends on the seventh day after
    assert (missed.subjects, missed.cause) == (("s", "db"), ("db", "s"))


def test_a_lost_member_is_told_with_how_many_are_needed_and_kept() -> None:
    kept = estate(carried("a"), carried("b"), asset("c"), system("s", "2 keep 3 of a, b, c"))
    (spare,) = found(s04_redundancy_kept.RULE, plan(kept, steps(*moved("a", 100))), "s04.spare_missing")
    assert (spare.values["needed"], spare.values["held"], spare.values["excess"]) == ("3", "2", "1")
    short = plan(kept, steps(*moved("a", 100), *moved("b", 100)))
    (few,) = found(s04_redundancy_kept.RULE, short, "s04.too_few")
    assert (few.values["needed"], few.values["held"], few.values["excess"]) == ("2", "1", "2")


def hosts(*memory: int, guests: tuple[int, ...]) -> tuple[Any, ...]:
    boxes = [carried(f"h{n}", AssetKind.HYPERVISOR, memory_gb=gb) for n, gb in enumerate(memory, 1)]
    vms = [vm(f"v{n}", "h1", cluster="c", memory_gb=gb) for n, gb in enumerate(guests, 1)]
    return (*boxes, *vms, Cluster("c", "c", tuple(box.id for box in boxes), live_migration=True, across=True))


def test_a_cluster_without_enough_memory_says_what_is_asked_for_and_what_there_is() -> None:
    inventory = estate(*hosts(64, 96, guests=(50, 70)))
    of = plan(inventory, steps("100 110 migrate v1 v2 -> h2", *moved("h1", 110)))

    (lacks,) = found(s04_redundancy_kept.RULE, of, "s04.memory")
    assert word(lacks, "en") == "cluster c lacks memory: its VMs ask for 120 GB, the hosts that are up have 96 GB"
    assert (lacks.values["excess"], lacks.subjects, lacks.span) == ("24", ("c", "h1"), Span(110, 170))


def test_a_host_without_enough_memory_says_what_is_asked_for_and_what_it_has() -> None:
    inventory = estate(*hosts(128, 96, guests=(50, 70)))
    of = plan(inventory, steps("100 110 migrate v1 -> h2", "200 210 migrate v2 -> h2"))

    (crowded,) = found(s04_redundancy_kept.RULE, of, "s04.host_memory")
    assert word(crowded, "en") == (
        "host h2 lacks memory: the VMs on it and on their way to it ask for 120 GB, it has 96 GB"
    )
    assert (crowded.values["excess"], crowded.span) == ("24", Span(200, 10_000))


def crossing(count: int, **more: Any) -> Plan:
    """So many servers in the old room live on one in the new room over a link; the first ones carry the most."""
    servers = [asset(f"a{n}", needs=(live("b", mbps=100 - n, **more),)) for n in range(1, count + 1)]
    return plan(estate(*servers, asset("b", room="new"), link("l", mbps=50, latency_ms=0.5)))


def test_an_overload_names_the_five_heaviest_pairs_and_counts_the_others() -> None:
    (five,) = found(s07_bridge_load.RULE, crossing(5), "s07.overload")
    assert five.values["by"] == "a1-b, a2-b, a3-b, a4-b, a5-b"
    (six,) = found(s07_bridge_load.RULE, crossing(6), "s07.overload")
    assert six.values["by"] == "a1-b, a2-b, a3-b, a4-b, a5-b, +1"
    (seven,) = found(s07_bridge_load.RULE, crossing(7), "s07.overload")
    assert seven.values["by"] == "a1-b, a2-b, a3-b, a4-b, a5-b, +2"
    assert (seven.values["load"], seven.values["capacity"], seven.values["excess"]) == ("672", "50", "622")


def test_a_link_that_bears_exactly_what_it_carries_is_not_overloaded() -> None:
    def over(mbps: int) -> list[str]:
        servers = asset("a", needs=(live("b", mbps=50),)), asset("b", room="new")
        return said(s07_bridge_load.RULE, plan(estate(*servers, link("l", mbps=mbps))), "s07.overload")

    assert over(50) == []
    assert over(49) == ["link l carries 50 Mbps, its capacity is 49 Mbps; by a-b"]


def test_a_latency_is_the_sum_of_the_way_and_may_be_as_long_as_the_limit() -> None:
    def told(limit: float) -> list[str]:
        servers = asset("a", room="w", needs=(live("b", mbps=1, latency_ms=limit),)), asset("b", room="new")
        ways = link("l", "w", "old", latency_ms=0.5), link("m", latency_ms=0.25)
        of = plan(estate(*servers, *ways, rooms=("old", "new", "w")))
        return [f"{word(f, 'en')} {f.values['excess']}" for f in found(s07_bridge_load.RULE, of, "s07.latency")]

    assert told(0.75) == []
    assert told(0.5) == ["a reaches b in 0.75 ms, its limit is 0.5 ms 0.25"]


def test_a_void_redundancy_names_five_dependents_and_counts_the_others() -> None:
    def told(count: int) -> str:
        pair = (asset("a", at=Position("old", "O1", 1)), asset("b", at=Position("old", "O1", 5)))
        systems = [system(f"s{n}", "1 of a, b") for n in range(1, count + 1)]
        (void,) = found(
            s05_shared_fate.RULE, plan(estate(*pair, *systems, racks={"O1": Rack("O1", "O1", "old")})), "s05.void"
        )
        return void.values["dependents"]

    assert told(5) == "s1, s2, s3, s4, s5"
    assert told(6) == "s1, s2, s3, s4, s5 +1"
    assert told(7) == "s1, s2, s3, s4, s5 +2"


def test_a_monitor_that_moves_names_five_of_what_it_watches_and_counts_the_others() -> None:
    def told(count: int) -> str:
        boxes = [carried(f"a{n}") for n in range(1, count + 1)]
        inventory = estate(*boxes, carried("mon", watches=("old",)))
        lines = [line for box in (*boxes, inventory.assets["mon"]) for line in moved(box.id, 100)]
        (moves,) = found(s19_blast_radius.RULE, plan(inventory, steps(*lines)), "s19.watcher_moves")
        return moves.values["moved"]

    assert told(5) == "a1, a2, a3, a4, a5"
    assert told(6) == "a1, a2, a3, a4, a5 +1"
    assert told(8) == "a1, a2, a3, a4, a5 +3"


def test_too_many_critical_systems_are_counted() -> None:
    vital = [replace(system(f"s{n}", "a"), criticality=Criticality.S) for n in (1, 2)]
    inventory = estate(carried("a"), *vital, policy=Policy(critical_per_wave=1))

    assert said(s19_blast_radius.RULE, plan(inventory, steps(*moved("a", 100))), "s19.too_many") == [
        "s1, s2: w1 touches 2 systems of criticality S (at most 1)"
    ]


def test_a_backup_that_is_too_old_says_its_age_and_the_limit_in_hours_and_minutes() -> None:
    work = Work(Duration.fixed(60))
    kept = Backup(work, max_age=605, restore_tested=0, copies=("vault",), verify=work)
    inventory = estate(carried("db", stateful=True, backup=kept), Room("vault", "vault", RoomKind.VAULT))
    of = plan(inventory, steps("100 160 back_up db", "160 220 verify db", *moved("db", 1000)))

    assert sentences(s11_backup.RULE, of) == [
        "the backup of db is 14:10 (hours:minutes) old when it moves, the limit is 10:05"
    ]


def test_a_restore_test_may_be_of_the_day_of_the_move_and_says_how_old_it_is() -> None:
    work = Work(Duration.fixed(60))

    def told(day: int) -> list[str]:
        tested = CLOCK.minute(date(1970, 1, day), 0)
        kept = Backup(work, max_age=600, restore_tested=tested, copies=("vault",), verify=work)
        policy = Policy(restore_test_days=2)
        inventory = estate(
            carried("db", stateful=True, backup=kept), Room("vault", "vault", RoomKind.VAULT), policy=policy
        )
        begin = CLOCK.minute(date(1970, 1, 5), 600)
        lines = (f"{begin - 300} {begin - 240} back_up db", f"{begin - 240} {begin - 180} verify db")
        return sentences(s11_backup.RULE, plan(inventory, steps(*lines, *moved("db", begin))))

    assert told(5) == told(4) == told(3) == []
    assert told(2) == ["the restore of db is tested on 1970-01-02, 3 days before it moves; at most 2 are allowed"]
    assert len(told(6)) == 1


def trip(*, kg: float = 40.0, height: int = 2, warm_up: int = 10, minutes: int = 10, lift: float = 100.0) -> Plan:
    ev = Conveyance("ev", "ev", ConveyanceKind.ELEVATOR, max_kg=lift, door_cm=(48.3, 60.0))
    routes = (Route(("old", "new"), ("ev",), minutes=minutes, doors=("w", "n")),)
    box = carried("a", height=height, kg=kg, warm_up=warm_up)
    inventory = estate(box, carried("b", height=1, kg=1.0, warm_up=0), conveyances={"ev": ev}, routes=routes)
    return plan(inventory, steps(*moved("a", 100), *moved("b", 105)))


@pytest.mark.parametrize(
    ("of", "key", "sentence"),
    [
        (trip(minutes=12), "s16.too_fast", "the trip takes 10 minutes, its route needs 12"),
        (trip(kg=104.0), "s16.too_heavy", "the trip weighs 104 kg, ev bears 100"),
        (
            trip(height=14),
            "s16.too_large",
            "the device (48 x 62 cm) does not pass the door of ev (48 x 60 cm)",
        ),
        (
            trip(warm_up=25),
            "s16.warm_up",
            "it is switched on 10 minutes after it arrived; it has to warm up for 25",
        ),
        (trip(), "s16.crowded", "2 trips use ev in the same time, 1 can"),
    ],
)
def test_a_trip_says_what_was_found_and_what_is_allowed(of: Plan, key: str, sentence: str) -> None:
    assert said(s16_transport.RULE, of, key)[0] == sentence


def test_a_trip_may_last_as_long_as_its_route_and_weigh_what_the_elevator_bears() -> None:
    keys = {f.key for f in s16_transport.RULE.check(Context.of(trip().inventory, trip(kg=100.0))).findings}

    assert keys == {"s16.crowded"}


def test_a_step_that_lasts_other_than_its_work_says_both() -> None:
    facts = works(stop=10, unmount=10, carry=10, mount=10, start=10, check=15)
    inventory = estate(carried("a", works=facts))

    assert said(s21_complete_and_consistent.RULE, plan(inventory, steps(*moved("a", 100))), "s21.duration") == [
        "the step lasts 10 minutes, 15 in the inventory"
    ]


def test_a_vm_that_migrates_out_of_its_cluster_says_where_to() -> None:
    boxes = [asset(id, AssetKind.HYPERVISOR) for id in ("h", "i", "j")]
    inventory = estate(*boxes, Cluster("c", "c", ("h", "i")), vm("v", "h", cluster="c"))
    of = plan(inventory, steps("10 20 migrate v -> j"))

    assert said(s21_complete_and_consistent.RULE, of, "s21.host") == ["v: the target j is no host of the VM's cluster"]
    nowhere = replace(of, waves=(replace(of.waves[0], steps=(replace(of.waves[0].steps[0], hosts={}),)),))
    assert said(s21_complete_and_consistent.RULE, nowhere, "s21.host") == [
        "v: the target  is no host of the VM's cluster"
    ]


def test_one_missing_provider_is_told_once_whoever_else_feels_it() -> None:
    """`s` runs on `a` and `b`, both of which live on `c`, which is down: one chain, the shortest."""
    needs = (live("c"),)
    inventory = estate(asset("a", needs=needs), asset("b", needs=needs), carried("c"), system("s", "a & b"))
    undeclared = plan(inventory, steps(*moved("c", 100)))

    (one,) = found(s01_continuous_availability.RULE, undeclared, "s01.undeclared")
    assert one.cause == ("c", "a", "s")


def test_a_segment_that_stands_in_two_rooms_names_the_first_member_of_each() -> None:
    members = [carried("a", segments=("x",)), carried("b", segments=("x",)), asset("c", segments=("x",))]
    inventory = estate(*members, segment("x"), system("s", "a"))

    done = steps(*moved("a", 100), *moved("b", 100))
    assert sentences(s09_segments.RULE, plan(inventory, done))[0] == (
        "segment x may not be stretched and stands in several rooms: new (a), old (c)"
    )


def test_stages_are_told_by_their_number_and_their_dates() -> None:
    first, second = stages("new", "old")
    work = works(stop=10, unmount=10, carry=10, mount=10, start=10, check=10)
    inventory = estate(carried("a", works=work, stages=(first, replace(second, not_after=250))))
    of = plan(inventory, steps(*moved("a", 100), *moved("a", 200, to="old")))

    assert said(s21_complete_and_consistent.RULE, of, "s21.stage_dates") == [
        "the steps of stage 2 lie outside the dates that the inventory sets"
    ]
