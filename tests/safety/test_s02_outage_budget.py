from dataclasses import replace
from datetime import date

from planner.model.asset import Asset, AssetKind, Cluster
from planner.model.policy import Severity
from planner.model.timetable import DailyHours, DaySet, Hours, Timetable
from planner.safety.context import Context
from planner.safety.rules.s02_outage_budget import RULE
from planner.units.clock import Clock
from tests.safety.estates import (
    announced,
    asset,
    batch,
    carried,
    estate,
    findings,
    link,
    moved,
    sentences,
    soft,
    steps,
    system,
    vm,
)

CLOCK = Clock("Asia/Tokyo")
FRIDAY = date(1970, 1, 2)
OPEN = Timetable(hours={"daily": Hours("daily", (DailyHours(DaySet(), 390, 1380),))})  # 06:30 to 23:00


def test_friday_2300_to_saturday_0900_counts_150_minutes_if_service_opens_at_0630() -> None:
    begin, end = CLOCK.minute(FRIDAY, 23 * 60), CLOCK.minute(FRIDAY, 33 * 60)
    inventory = estate(asset("a"), system("s", "a", hours="daily", budget=149), timetable=OPEN)
    told = announced(inventory, steps(f"{begin} {begin + 10} stop a", f"{end - 10} {end} start a"))

    assert sentences(RULE, told) == ["s is out for 150 minutes inside service hours (budget: 149)"]
    assert findings(RULE, told) == [("s02.budget", ("s",), (CLOCK.minute(FRIDAY, 30 * 60 + 30), end))]


def test_a_budget_is_for_the_whole_project() -> None:
    def found(budget: int) -> list[str]:
        inventory = estate(asset("a"), system("s", "a", budget=budget))
        twice = steps("10 20 stop a", "20 40 start a", "110 120 stop a", "120 140 start a")
        return [key for key, *_ in findings(RULE, announced(inventory, twice))]

    assert found(60) == []
    assert found(59) == ["s02.budget"]


def test_the_longest_outage_counts_service_hours_and_the_longest_elapsed_counts_the_clock() -> None:
    begin, end = CLOCK.minute(FRIDAY, 23 * 60), CLOCK.minute(FRIDAY, 33 * 60)

    def found(longest: int, elapsed: int) -> list[str]:
        limits = {"budget": 1000, "longest": longest, "longest_elapsed": elapsed}
        inventory = estate(asset("a"), system("s", "a", hours="daily", **limits), timetable=OPEN)
        return [
            key
            for key, *_ in findings(
                RULE, announced(inventory, steps(f"{begin} {end} stop a", f"{end} {end + 1} start a"))
            )
        ]

    assert found(151, 601) == []
    assert found(150, 601) == ["s02.longest"]
    assert found(151, 600) == ["s02.longest_elapsed"]


def test_a_system_open_all_day_with_budget_0_on_a_single_box_can_not_be_carried() -> None:
    inventory = estate(carried("box"), system("s", "box", budget=0))

    assert sentences(RULE, announced(inventory, steps(*moved("box", 100)))) == [
        "s is out for 60 minutes inside service hours (budget: 0)"
    ]


def test_live_migration_and_redundancy_keep_a_system_with_budget_0() -> None:
    hosts = [carried(f"h{n}", AssetKind.HYPERVISOR) for n in (1, 2)]
    cluster = Cluster("c", "c", ("h1", "h2"), live_migration=True, across=True)
    migrating = estate(*hosts, cluster, vm("v", "h1"), link("l"), system("s", "v"))
    pair = estate(carried("a"), carried("b"), system("s", "1 of a, b"))

    assert (
        findings(RULE, announced(migrating, steps("10 20 migrate v -> h2", *moved("h1", 20), "80 90 migrate v -> h1")))
        == []
    )
    assert findings(RULE, announced(pair, steps(*moved("a", 10), *moved("b", 70)))) == []


def test_a_replacement_costs_only_its_switch_over() -> None:
    new: Asset = asset("new", room=None, replaces="old-box")
    inventory = estate(asset("old-box"), new, system("s", "old-box", budget=5))
    done = steps("10 20 mount new", "20 30 start new", "30 40 check new", "100 105 switch_over new")

    assert findings(RULE, announced(inventory, done)) == []


def test_minutes_without_a_soft_need_are_a_remark_and_no_violation() -> None:
    inventory = estate(asset("a"), asset("b"), system("s", "a", needs=(soft("b"),)))
    remarked = announced(inventory, steps("10 20 stop b", "20 40 start b", "110 120 stop b", "120 130 start b"))

    assert sentences(RULE, remarked) == ["s is degraded for 50 minutes in all; at first it misses b"]
    assert [f.severity for f in RULE.check(Context.of(inventory, remarked)).findings] == [Severity.WARNING]


def test_what_a_system_misses_from_the_start_is_not_the_doing_of_the_plan() -> None:
    far = asset("b", room="new")
    inventory = estate(asset("a"), far, asset("c"), asset("d"), system("s", "a", needs=(soft("b"), soft("c & d"))))
    together = steps("10 20 stop c d", "20 40 start c d")

    assert RULE.check(Context.of(inventory, announced(inventory, together))).findings == ()
    near = replace(inventory, assets={**inventory.assets, "b": asset("b")})
    (found,) = RULE.check(Context.of(near, announced(near, together))).findings
    assert (found.subjects, found.cause) == (("s", "c", "d"), ("c", "s"))


def test_a_batch_need_may_miss_as_many_slots_in_a_row_as_it_says() -> None:
    nightly = Timetable(hours={"nightly": Hours("nightly", (DailyHours(DaySet(), 60, 120),))})  # 01:00 to 02:00

    def found(may_miss: int) -> list[str]:
        need = batch("db", slot="nightly", may_miss=may_miss)
        inventory = estate(asset("a"), asset("db"), system("s", "a", needs=(need,)), timetable=nightly)
        begin, end = CLOCK.minute(FRIDAY, 23 * 60), CLOCK.minute(FRIDAY, 49 * 60 + 30)  # two nights
        return sentences(
            RULE, announced(inventory, steps(f"{begin} {begin + 10} stop db", f"{end} {end + 5} start db"))
        )

    assert found(may_miss=2) == []
    assert found(may_miss=1) == ["s misses 2 batch slots in a row (allowed: 1); it needs db in them"]


def test_a_batch_need_that_is_missed_outside_its_slot_is_no_finding() -> None:
    nightly = Timetable(hours={"nightly": Hours("nightly", (DailyHours(DaySet(), 60, 120),))})
    inventory = estate(
        asset("a"), asset("db"), system("s", "a", needs=(batch("db", slot="nightly"),)), timetable=nightly
    )
    noon = CLOCK.minute(FRIDAY, 12 * 60)

    done = steps(f"{noon} {noon + 10} stop db", f"{noon + 10} {noon + 20} start db")

    assert findings(RULE, announced(inventory, done)) == []
