"""Rare cases of dates: what begins or ends to be valid, what is new, and who restarts more than once."""

from dataclasses import replace
from typing import Any

import pytest

from planner.model.asset import AssetKind, Backup, Cluster, Work
from planner.model.chain import Method
from planner.model.inventory import Inventory
from planner.model.place import Room, RoomKind
from planner.model.policy import Policy, Staff
from planner.model.timetable import DailyHours, DaySet, Hours, Phase, PowerCut, Timetable
from planner.plan.finding import Finding
from planner.plan.plan import Plan
from planner.plan.wave import Gate, Turn, Wave
from planner.safety.condition import Condition
from planner.safety.context import Context
from planner.safety.replay import Replay
from planner.safety.rule import Rule
from planner.safety.rules import (
    s01_continuous_availability,
    s03_clean_stop_and_start,
    s19_blast_radius,
    s21_complete_and_consistent,
)
from planner.safety.stop_point import stop_points
from planner.safety.strain import openings
from planner.safety.timetable import Almanac
from planner.safety.unrest import Unrest
from planner.units.duration import Duration
from planner.units.span import Span
from tests.safety.estates import (
    asset,
    carried,
    estate,
    hard,
    link,
    live,
    moved,
    plan,
    steps,
    system,
    vm,
)


def found(rule: Rule, of: Plan, key: str) -> list[Finding]:
    return [f for f in rule.check(Context.of(of.inventory, of)).findings if f.key == key]


FROM, UNTIL = 300, 600


@pytest.mark.parametrize(
    "what",
    [
        estate(link("l", since=FROM)),
        estate(link("l", until=FROM)),
        estate(Room("r", "r", RoomKind.SERVER_ROOM, opens=FROM)),
        estate(Room("r", "r", RoomKind.SERVER_ROOM, closes=FROM)),
        estate(Room("r", "r", RoomKind.SERVER_ROOM, ready=FROM)),
        estate(timetable=Timetable(power_cuts=(PowerCut("old", Span(FROM, 900), "p"),))),
        estate(timetable=Timetable(power_cuts=(PowerCut("old", Span(0, FROM), "p"),))),
        estate(timetable=Timetable(phases=(Phase("p", "p", ("old",), Span(FROM, 900)),))),
        estate(timetable=Timetable(phases=(Phase("p", "p", ("old",), Span(0, FROM)),))),
        estate(system("s", leaves=FROM)),
        estate(system("s", needs=(live("a", since=FROM),))),
        estate(system("s", cloud_needs=(live("a", until=FROM),))),
        estate(asset("a", leaves=FROM)),
        estate(asset("a", needs=(live("b", since=FROM),))),
        estate(asset("a", needs=(live("b", until=FROM),))),
    ],
)
def test_whatever_begins_or_ends_to_be_valid_is_an_edge_of_a_state_that_has_to_last(what: Inventory) -> None:
    unrest = Unrest(what)

    assert unrest.within(Span(FROM, UNTIL))
    assert not unrest.within(Span(FROM + 1, UNTIL))
    assert not unrest.within(Span(0 + 1, FROM))


def test_work_that_is_for_links_alone_is_none_for_an_asset_beside_one() -> None:
    inventory = estate(asset("a"), link("br", bridge=True))

    def told(line: str) -> list[str]:
        findings = s21_complete_and_consistent.RULE.check(Context.of(inventory, plan(inventory, steps(line)))).findings
        return [f.key for f in findings if f.key == "s21.no_such_work"]

    assert told("10 20 close br") == told("10 20 confirm a") == []
    assert told("10 20 close br a") == told("10 20 close a") == ["s21.no_such_work"]


def test_an_office_that_closes_at_noon_opens_once_a_day() -> None:
    parts = DailyHours(DaySet(), 510, 720), DailyHours(DaySet(), 780, 1035)
    open_day = Timetable(hours={"office": Hours("office", parts)})
    inventory = estate(timetable=open_day, policy=Policy(staff=Staff(office="office")))

    clock = inventory.clock
    days = [opening - clock.minute(clock.day(opening)) for opening in openings(inventory, Almanac(inventory))]
    assert set(days) == {510, 540}  # the horizon begins at 09:00 of its first day
    assert len({clock.day(opening) for opening in openings(inventory, Almanac(inventory))}) == len(days)


def test_a_group_goes_down_together_each_time_that_it_restarts() -> None:
    group = system("k", "a", needs=(hard("j"),)), system("j", "a", needs=(hard("k"),))
    inventory = estate(asset("a"), *group)
    whole = ("0 10 stop j", "10 20 stop k", "20 30 start k", "30 40 start j")
    relay = ("100 110 stop k", "110 120 start k", "110 120 stop j", "120 130 start j")

    def apart(*lines: str) -> list[Span | None]:
        return [f.span for f in found(s03_clean_stop_and_start.RULE, plan(inventory, steps(*lines)), "s03.group_apart")]

    assert apart(*whole) == []
    assert apart(*whole, *relay) == [Span(110, 120), Span(120, 130)]


@pytest.mark.parametrize(
    ("dates", "out"),
    [({"since": 100}, (100, 10_000)), ({"until": 100}, (0, 100)), ({"since": 50, "until": 70}, (50, 70))],
)
def test_a_need_holds_nobody_up_before_it_begins_or_after_it_has_ended(
    dates: dict[str, int], out: tuple[int, int]
) -> None:
    inventory = estate(asset("a", needs=(live("b", **dates),)), asset("b", room="new"), system("s", "a"))

    undeclared = found(s01_continuous_availability.RULE, plan(inventory), "s01.undeclared")
    assert [f.span for f in undeclared] == [Span(*out)]


def test_a_vm_that_is_new_is_not_there_at_the_start_and_one_that_stays_is() -> None:
    host = asset("h", AssetKind.HYPERVISOR)
    inventory = estate(host, vm("v", "h"), replace(vm("n", "h"), method=Method.INSTALL), asset("x", room=None))

    conditions = Replay.of(inventory, ()).at(0).condition
    assert [conditions[id] for id in "vnx"] == [Condition.UP, Condition.ABSENT, Condition.ABSENT]


def test_a_vm_without_a_shared_storage_moves_with_its_host() -> None:
    backup = Backup(Work(Duration.fixed(60)), max_age=600)

    def told(*cluster: Cluster) -> list[tuple[str, ...]]:
        data = vm("db", "h", cluster="c" if cluster else None, backup=backup)
        inventory = estate(carried("h", AssetKind.HYPERVISOR), data, *cluster, carried("bk", backs_up=("db",)))
        of = plan(inventory, steps(*moved("h", 100), *moved("bk", 120)))
        return [f.subjects for f in found(s19_blast_radius.RULE, of, "s19.with_original")]

    assert told() == told(Cluster("c", "c", ("h",))) == [("bk", "db")]


def test_a_need_that_ends_before_an_asset_retires_for_good_does_not_keep_it() -> None:
    needs = (live("a", until=100),)
    inventory = estate(asset("a", method=Method.RETIRE), asset("b", needs=needs))
    restart, end = ("10 20 stop a", "20 30 start a", "30 40 check a"), ("200 210 stop a", "210 220 dispose a")

    def told(*lines: str) -> list[tuple[str, ...]]:
        of = plan(inventory, steps(*lines))
        return [f.subjects for f in found(s21_complete_and_consistent.RULE, of, "s21.retired_but_needed")]

    assert told(*restart, *end) == []
    assert told("90 95 stop a", "95 99 dispose a") == [("a", "b")]


def test_what_retires_too_or_has_left_needs_nobody_any_more() -> None:
    def told(**more: Any) -> list[tuple[str, ...]]:
        dependent = asset("b", needs=(live("a"),), **more)
        inventory = estate(asset("a", method=Method.RETIRE), dependent)
        of = plan(inventory, steps("200 210 stop a", "210 220 dispose a"))
        return [f.subjects for f in found(s21_complete_and_consistent.RULE, of, "s21.retired_but_needed")]

    assert told() == told(leaves=201) == [("a", "b")]
    assert told(method=Method.RETIRE) == told(leaves=200) == told(leaves=100) == []


def test_a_system_that_has_left_needs_what_it_needs_in_the_cloud() -> None:
    def told(**more: Any) -> list[tuple[str, ...]]:
        inventory = estate(asset("a", method=Method.RETIRE), system("s", **more))
        of = plan(inventory, steps("200 210 stop a", "210 220 dispose a"))
        return [f.subjects for f in found(s21_complete_and_consistent.RULE, of, "s21.retired_but_needed")]

    assert told(runs_on="a") == told(runs_on="a", leaves=201) == told(needs=(live("a"),)) == [("a", "s")]
    assert told(runs_on="a", leaves=200) == told(needs=(live("a"),), leaves=200) == []
    assert told(cloud_needs=(live("a"),), leaves=200) == [("a", "s")]
    assert told(cloud_needs=(live("a"),)) == []


def test_what_stands_at_a_gate_is_all_of_the_turns_that_are_over_and_what_only_prepared() -> None:
    inventory = estate(carried("a"), carried("b"), policy=Policy(stop_point_days=1))
    row = (*steps(*moved("a", 100)), *(replace(s, id=f"b{s.id}") for s in steps(*moved("b", 200), "210 220 back_up a")))
    turns = (Turn("t1", ("a",), 100, 160), Turn("t2", ("b",), 200, 260))

    def standing(at: int) -> list[str]:
        gate = Gate("g", at, "bs006", "p/1", "p/2", ("all is well",))
        wave = Wave("w1", "any", Span(50, 700), turns, row, gates=(gate,))
        (point,) = stop_points(inventory, replace(plan(inventory), waves=(wave,)))
        return [s.id for s in point.steps]

    first = [s.id for s in row[:6]]
    assert standing(159) == []
    assert standing(160) == standing(219) == first
    assert standing(220) == [*first, "bs007"]
    assert standing(260) == [s.id for s in row]
