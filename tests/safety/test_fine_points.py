"""Fine points of the rules: what a sentence says of the rare case, too."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from planner.model import canonical
from planner.model.asset import AssetKind, Cluster
from planner.model.chain import Method, StepKind
from planner.model.inventory import Inventory
from planner.model.need import AllOf, AtLeast, Leaf
from planner.model.place import Position, Rack
from planner.model.policy import Policy
from planner.model.timetable import Blackout, DailyHours, DaySet, Hours, Timetable
from planner.plan.finding import Finding
from planner.plan.plan import Plan
from planner.plan.step import Step
from planner.plan.wave import Gate, Turn, Wave
from planner.safety.context import Context
from planner.safety.rule import Rule
from planner.safety.rules import (
    s02_outage_budget,
    s05_shared_fate,
    s12_windows_and_blackouts,
    s14_point_of_no_return,
    s20_acceptance,
    s21_complete_and_consistent,
)
from planner.safety.stop_point import stop_points
from planner.safety.timetable import hours
from planner.safety.wellformed import form_faults
from planner.units.clock import DAY, Clock
from planner.units.span import Span
from tests.safety.estates import (
    announced,
    asset,
    batch,
    carried,
    estate,
    hard,
    live,
    moved,
    plan,
    steps,
    system,
    vm,
    works,
)

CLOCK = Clock("Asia/Tokyo")
MOVE = works(stop=10, unmount=10, carry=10, mount=10, start=10, check=10)


def found(rule: Rule, of: Plan, key: str) -> list[Finding]:
    return [f for f in rule.check(Context.of(of.inventory, of)).findings if f.key == key]


def test_a_batch_need_is_met_if_one_of_the_counting_members_has_it_in_the_slot() -> None:
    """`a` reaches the database, `b` does not; as long as `a` counts, nothing is missed."""
    nightly = Timetable(hours={"n": Hours("n", (DailyHours(DaySet(), 60, 120),))})
    need = batch("db", slot="n", same_room=True)
    members = asset("a"), asset("b", room="new"), asset("db")
    inventory = estate(*members, system("s", "1 of a, b", needs=(need,)), timetable=nightly)

    assert found(s02_outage_budget.RULE, plan(inventory), "s02.batch") == []
    gone = announced(inventory, steps("0 10 stop a"))
    assert len(found(s02_outage_budget.RULE, gone, "s02.batch")) == 1


def test_an_empty_range_of_hours_opens_nothing_and_hides_nothing() -> None:
    parts = (DailyHours(DaySet(), 60, 60), DailyHours(DaySet(), 600, 660))
    inventory = estate(timetable=Timetable(hours={"h": Hours("h", parts)}))
    day = Span(CLOCK.minute(date(1970, 1, 3), 0), CLOCK.minute(date(1970, 1, 3), DAY))

    assert [(p.start - day.start, p.end - day.start) for p in hours(inventory, "h", day)] == [(600, 660)]


def trip(*aboard: str, tree: Any, **more: Any) -> list[Finding]:
    boxes = [carried(id) for id in "abcd"]
    inventory = estate(*boxes, system("s", tree, **more), policy=Policy(shared_fate_after=10))
    return found(s05_shared_fate.RULE, plan(inventory, steps(f"100 150 carry {' '.join(aboard)}")), "s05.trip")


def test_a_member_of_several_parts_is_lost_with_one_of_them_unless_enough_others_are_left() -> None:
    one, other = AllOf((Leaf("a"), Leaf("b"))), AtLeast(1, (Leaf("c"), Leaf("d")), 1)
    pairs = AtLeast(1, (one, other, Leaf("d")), 1)
    loose = AtLeast(2, (Leaf("a"), Leaf("b"), other), 2)

    assert trip("a", "c", tree=pairs) == []
    assert [f.subjects for f in trip("a", "b", tree=loose)] == [("a", "b")]
    assert trip("a", "c", tree=loose) == []
    assert [f.subjects for f in trip("a", "b", "c", "d", tree=loose)] == [("a", "b", "c", "d"), ("c", "d")]
    assert [f.span for f in trip("a", "b", tree=loose)] == [Span(100, 150)]


def test_a_trip_as_long_as_the_stated_time_is_not_too_long() -> None:
    inventory = estate(carried("a"), carried("b"), system("s", "1 of a, b"), policy=Policy(shared_fate_after=50))

    assert found(s05_shared_fate.RULE, plan(inventory, steps("100 150 carry a b")), "s05.trip") == []
    assert len(found(s05_shared_fate.RULE, plan(inventory, steps("100 151 carry a b")), "s05.trip")) == 1
    assert found(s05_shared_fate.RULE, plan(inventory, steps("100 151 carry a", "100 151 carry b")), "s05.trip") == []


def test_a_trip_voids_a_need_as_well_as_what_a_system_runs_on_and_names_the_dependent() -> None:
    needs = (hard("1 of a, b"), live("1 of c, d"))
    inventory = estate(*(carried(id) for id in "abcd"), asset("x", needs=needs), policy=Policy(shared_fate_after=10))

    both = found(s05_shared_fate.RULE, plan(inventory, steps("100 150 carry a b c d")), "s05.trip")
    assert [(f.values["members"], f.values["dependents"]) for f in both] == [("a, b", "x"), ("c, d", "x")]


def january(*things: Any, blackouts: tuple[Blackout, ...] = ()) -> Inventory:
    return estate(*things, timetable=Timetable(blackouts=blackouts))


TAGGED = frozenset({"month_end"})
MONTH_END = Blackout("month_end", "closing", extra=(Span(0, 5000),))


def test_work_on_what_has_taken_over_a_role_minds_the_blackouts_of_the_roles_systems() -> None:
    new = asset("n", room=None, method=Method.INSTALL, replaces="a", works=works(switch_over=10))
    inventory = january(asset("a"), new, system("s", "a", blackouts=TAGGED), blackouts=(MONTH_END,))
    racked = ("10 20 mount n", "20 30 start n", "30 40 check n")

    def hit(*lines: str) -> list[tuple[str, ...]]:
        done = plan(inventory, steps(*racked, *lines))
        stops = {s.id for s in done.steps() if s.kind is StepKind.STOP}
        told = found(s12_windows_and_blackouts.RULE, done, "s12.blackout")
        return [f.subjects for f in told if stops & set(f.steps)]

    assert hit("100 110 switch_over n", "200 210 stop n") == [("n", "s")]
    assert hit("200 210 stop n") == []


def test_what_has_handed_its_role_over_no_longer_minds_the_blackouts_of_the_roles_systems() -> None:
    later = Blackout("month_end", "closing", extra=(Span(150, 5000),))
    new = asset("n", room=None, method=Method.INSTALL, replaces="a", works=works(switch_over=10))
    inventory = january(asset("a"), new, system("s", "a", blackouts=TAGGED), blackouts=(later,))
    racked = ("10 20 mount n", "20 30 start n", "30 40 check n")

    def hit(*lines: str) -> list[tuple[str, ...]]:
        done = plan(inventory, steps(*racked, *lines))
        return [f.subjects for f in found(s12_windows_and_blackouts.RULE, done, "s12.blackout")]

    assert hit("100 110 switch_over n", "200 210 stop a") == []
    assert hit("100 110 switch_over n", "200 210 stop n") == [("n", "s")]
    assert hit("200 210 stop a") == [("a", "s")]
    assert hit("195 215 switch_over n", "200 210 stop a") == [("n", "s"), ("a", "s")]


def test_a_switch_over_minds_the_blackouts_of_what_runs_on_the_role_even_if_nobody_is_out_for_it() -> None:
    """`b` is enough for the system. What stands in front of `n` to replace it in turn has no part in this."""
    later = Blackout("month_end", "closing", extra=(Span(150, 5000),))
    new = asset("n", room=None, method=Method.INSTALL, replaces="a", works=works(switch_over=10))
    next_one = asset("n2", room=None, method=Method.INSTALL, replaces="n", works=works(switch_over=10))
    pair = system("s", "1 of a, b", blackouts=TAGGED)
    inventory = january(asset("a"), asset("b"), new, next_one, pair, blackouts=(later,))
    racked = ("10 20 mount n n2", "20 30 start n n2", "30 40 check n n2")

    def hit(*lines: str) -> list[tuple[str, ...]]:
        done = plan(inventory, steps(*racked, *lines))
        return [f.subjects for f in found(s12_windows_and_blackouts.RULE, done, "s12.blackout")]

    assert hit("140 150 switch_over n") == []
    assert hit("141 151 switch_over n") == [("n", "s")]
    assert hit("100 110 switch_over n", "145 155 switch_over n2") == [("n2", "s")]
    assert hit("145 155 switch_over n", "150 155 stop n2") == [("n", "s")]


def test_a_host_no_longer_minds_the_blackouts_of_a_system_whose_vm_on_it_has_handed_its_role_over() -> None:
    later = Blackout("month_end", "closing", extra=(Span(150, 5000),))
    new = asset("n", room=None, method=Method.INSTALL, replaces="v", works=works(switch_over=10))
    host = asset("h", AssetKind.HYPERVISOR)
    inventory = january(host, vm("v", "h"), new, system("s", "v", blackouts=TAGGED), blackouts=(later,))
    racked = ("10 20 mount n", "20 30 start n", "30 40 check n")

    def hit(*lines: str) -> list[tuple[str, ...]]:
        done = plan(inventory, steps(*racked, *lines))
        return [f.subjects for f in found(s12_windows_and_blackouts.RULE, done, "s12.blackout")]

    assert hit("100 110 switch_over n", "200 210 stop h") == []
    assert hit("200 210 stop h") == [("h", "s")]


def test_a_blackout_is_told_with_its_interval_its_tags_and_its_reasons() -> None:
    other = Blackout("election", "polling", extra=(Span(300, 400),), everyone=True)
    inventory = january(asset("a", blackouts=TAGGED), blackouts=(MONTH_END, other))

    (finding,) = found(s12_windows_and_blackouts.RULE, plan(inventory, steps("100 110 stop a")), "s12.blackout")
    assert (finding.span, finding.values) == (
        Span(100, 110),
        {"tags": "election, month_end", "why": "closing, polling"},
    )
    assert finding.facts == ("calendar.blackouts.month_end", "calendar.blackouts.election")


def test_a_step_without_length_lies_in_no_window_and_is_the_finding_of_another_rule() -> None:
    inventory = january(asset("a", blackouts=TAGGED), blackouts=(MONTH_END,))
    nothing = replace(steps("100 110 stop a")[0], end=100)

    assert found(s12_windows_and_blackouts.RULE, plan(inventory, (nothing,)), "s12.blackout") == []
    assert found(s12_windows_and_blackouts.RULE, plan(inventory, (nothing,)), "s12.outside_window") == []


def test_the_inventory_inside_the_plan_is_the_one_that_it_is_judged_by() -> None:
    inventory, other = estate(carried("a")), estate(carried("b"))
    of = replace(plan(inventory), inventory_hash=canonical.digest(inventory))

    assert list(form_faults(inventory, of)) == []
    (finding,) = form_faults(inventory, replace(of, inventory=other))
    assert finding.key == "s21.other_inventory"
    assert finding.values == {"found": canonical.digest(other), "due": canonical.digest(inventory)}
    again = estate(carried("a"))
    assert list(form_faults(inventory, replace(of, inventory=again))) == []


def test_a_turn_names_what_exists_and_is_not_over_before_it_begins() -> None:
    inventory = estate(carried("a", works=MOVE))

    def told(*turns: Turn) -> list[tuple[str, tuple[str, ...], Span | None]]:
        of = plan(inventory, steps(*moved("a", 100)), turns=turns)
        findings = s21_complete_and_consistent.RULE.check(Context.of(inventory, of)).findings
        return [(f.key, f.subjects, f.span) for f in findings if f.key != "s21.other_inventory"]

    whole = Turn("t1", ("a",), 100, 160)
    assert told(whole) == []
    assert told(replace(whole, assets=("a", "ghost"))) == [("s21.unknown_subject", ("ghost",), Span(100, 160))]
    assert told(whole, Turn("t2", (), 300, 290)) == [("s21.turn_length", ("w1", "t2"), Span(300, 301))]
    assert told(whole, Turn("t2", (), 160, 200)) == told(whole, Turn("t2", (), 300, 300)) == []
    assert told(whole, Turn("t2", (), 159, 200)) == [("s21.turns_overlap", ("w1", "t1", "t2"), Span(159, 160))]
    assert told(replace(whole, start=101))[0][0] == told(replace(whole, end=159))[0][0] == "s21.no_turn"


def in_waves(inventory: Inventory, *rows: tuple[Step, ...]) -> Plan:
    waves = tuple(
        Wave(f"w{n}", "any", Span(0, 10_000), (), tuple(replace(s, id=f"{n}{s.id}") for s in row))
        for n, row in enumerate(rows, 1)
    )
    return replace(plan(inventory), waves=waves)


def test_waves_follow_each_other_and_may_touch() -> None:
    inventory = estate(carried("a"), carried("b"))

    def told(begin: int) -> list[tuple[tuple[str, ...], Span | None]]:
        of = in_waves(inventory, steps(*moved("a", 100)), steps(*moved("b", begin)))
        return [(f.subjects, f.span) for f in found(s21_complete_and_consistent.RULE, of, "s21.waves_overlap")]

    assert told(160) == []
    assert told(159) == [(("w1", "w2"), Span(159, 160))]


def gate(id: str, at: int, before: str) -> Gate:
    return Gate(id, at, before, "p/1", "p/2", ("all is well",))


def test_equal_states_at_two_gates_are_one_stop_point_over_the_time_of_both() -> None:
    inventory = estate(carried("a"), policy=Policy(stop_point_days=1))
    row = steps(*moved("a", 500))
    gates = (gate("g1", 300, "s001"), gate("g2", 450, "s001"))
    wave = Wave("w1", "any", Span(200, 700), (), row, gates=gates)

    (point,) = stop_points(inventory, replace(plan(inventory), waves=(wave,)))
    assert (point.id, point.span, point.resumes, tuple(point.steps)) == ("g1", Span(300, 700 + DAY), 700, ())


def test_a_stop_point_ends_with_the_horizon() -> None:
    inventory = estate(carried("a"), carried("b"), policy=Policy(stop_point_days=28))
    of = in_waves(inventory, steps(*moved("a", 100)), steps(*moved("b", 500)))

    (point,) = stop_points(inventory, of)
    assert (point.id, point.span, point.resumes) == ("w1", Span(160, 10_000), 500)
    assert [s.id for s in point.steps] == [s.id for s in of.waves[0].steps]


def test_the_step_that_a_wave_names_as_its_point_of_no_return_is_told_where_it_is_another() -> None:
    inventory = estate(asset("a", method=Method.RETIRE))
    of = plan(inventory, steps("60 70 stop a", "70 80 dispose a"))

    def told(named: str | None) -> dict[str, str]:
        wave = replace(of.waves[0], point_of_no_return=named)
        (finding,) = found(s14_point_of_no_return.RULE, replace(of, waves=(wave,)), "s14.not_named")
        return dict(finding.values)

    assert told("s001") == {"step": "s001"}
    assert told(None) == {"step": ""}


def test_a_retired_asset_that_is_needed_leads_to_the_need_of_its_dependent() -> None:
    retired = asset("a", method=Method.RETIRE)
    inventory = estate(retired, asset("b", needs=(live("a"),)), system("s", needs=(live("a"),)))
    of = plan(inventory, steps("60 70 stop a", "70 80 dispose a"))

    told = found(s21_complete_and_consistent.RULE, of, "s21.retired_but_needed")
    assert [(f.subjects, f.facts, f.span) for f in told] == [
        (("a", "b"), ("assets.a.method", "assets.b.needs"), Span(60, 80)),
        (("a", "s"), ("assets.a.method", "systems.s.needs"), Span(60, 80)),
    ]


@pytest.mark.parametrize(
    ("of", "fact"),
    [
        (plan(estate(carried("a", works=works(check=10))), steps("0 10 start a")), "assets.a.works.check"),
        (plan(estate(system("s", works=works(accept=10))), steps("0 10 start s")), "systems.s.works.accept"),
    ],
)
def test_a_start_that_nobody_tests_leads_to_the_test_that_takes_time(of: Plan, fact: str) -> None:
    (finding,) = found(s20_acceptance.RULE, of, "s20.untested")

    assert finding.facts == (fact,)


def test_a_step_that_takes_another_time_leads_to_the_work_of_each_of_its_subjects() -> None:
    both = estate(asset("a", works=works(stop=5)), system("s", "a", works=works(stop=5)))

    (finding,) = found(s21_complete_and_consistent.RULE, plan(both, steps("0 10 stop a s")), "s21.duration")
    assert finding.facts == ("assets.a.works.stop", "systems.s.works.stop")


def test_what_a_vm_ends_on_is_a_host_that_stays() -> None:
    hosts = [asset("h", AssetKind.HYPERVISOR), asset("i", AssetKind.HYPERVISOR, method=Method.RETIRE)]
    inventory = estate(*hosts, Cluster("c", "c", ("h", "i"), live_migration=True), vm("v", "h", cluster="c"))

    def told(*lines: str) -> list[tuple[str, ...]]:
        rule = s21_complete_and_consistent.RULE
        return [f.subjects for f in found(rule, plan(inventory, steps(*lines)), "s21.ends_on_retired")]

    assert told("10 20 migrate v -> i") == [("v", "i")]
    assert told("10 20 migrate v -> i", "30 40 migrate v -> h") == []


def placed(position: Position, **more: Any) -> Plan:
    inventory = estate(carried("a", works=MOVE, **more))
    return replace(plan(inventory, steps(*moved("a", 100))), placements={"a": position})


def test_a_placement_is_where_the_steps_lead_to_and_of_what_stays_where_it_stands() -> None:
    def told(of: Plan) -> list[tuple[str, str]]:
        findings = found(s21_complete_and_consistent.RULE, of, "s21.placement")
        return [(f.values["due"], f.values["found"]) for f in findings]

    assert told(placed(Position("new"))) == []
    assert told(placed(Position("old"))) == [("new", "old")]
    still = estate(asset("a", at=Position("old", "O1", 3)), racks={"O1": Rack("O1", "O1", "old")})
    assert told(replace(plan(still), placements={"a": Position("old", "O1", 3)})) == []
    assert told(replace(plan(still), placements={"a": Position("new")})) == [("old/O1/3", "new")]
