"""What turning back comes to at each check point: until when all has to be back, and who is out meanwhile."""

from dataclasses import replace

from planner.safety.ways_back import ways_back
from planner.units.span import Span
from tests.safety import weekend
from tests.safety.estates import live, system
from tests.safety.weekend import WINDOW, at

PLAN = weekend.plan()
(WAVE,) = PLAN.waves
AT = {point.id: point.planned for point in WAVE.check_points}
NEEDS_DB = system("form", needs=(live("db"),))


def test_every_check_point_with_a_rollback_has_its_way_back_and_no_other() -> None:
    found = ways_back(PLAN.inventory, PLAN)

    assert list(found) == [point.id for point in WAVE.check_points if point.rollback] == ["c0", "c1", "c2", "c3"]


def test_where_no_stopped_system_comes_before_it_the_end_of_the_window_gives_the_limit() -> None:
    found = ways_back(PLAN.inventory, PLAN)

    assert {(found[id].latest, found[id].bound_by) for id in ("c0", "c1", "c2")} == {(WINDOW.end, "window")}


def test_a_system_without_budget_has_to_be_back_when_it_opens() -> None:
    found = ways_back(PLAN.inventory, PLAN)["c3"]

    assert (found.latest, found.bound_by) == (at("10 06:30"), "reg")


def test_an_earlier_deadline_in_the_plan_does_not_change_until_when_all_has_to_be_back() -> None:
    hurried = tuple(replace(p, deadline=p.deadline - 60) if p.deadline else p for p in WAVE.check_points)
    plan = replace(PLAN, waves=(replace(WAVE, check_points=hurried),))

    assert ways_back(PLAN.inventory, plan) == ways_back(PLAN.inventory, PLAN)


def test_a_stopped_system_is_out_from_the_decision_to_the_end_of_its_acceptance() -> None:
    found = ways_back(PLAN.inventory, PLAN)

    assert found["c3"].out == {"reg": Span(AT["c3"], AT["c3"] + 150)}


def test_nobody_is_out_where_the_other_member_serves() -> None:
    found = ways_back(PLAN.inventory, PLAN)

    assert [found[id].out for id in ("c0", "c1", "c2")] == [{}, {}, {}]


def test_a_system_without_a_step_of_its_own_is_back_with_what_it_needs() -> None:
    inventory = replace(PLAN.inventory, systems={**PLAN.inventory.systems, "form": NEEDS_DB})

    out = ways_back(inventory, replace(PLAN, inventory=inventory))["c3"].out
    assert out["form"] == Span(AT["c3"], AT["c3"] + 130)


def test_a_system_that_turning_back_takes_out_is_out_from_then() -> None:
    (stop,) = (step for step in WAVE.check_points[3].rollback if step.kind is weekend.K.STOP)
    later = [replace(step, offset=step.offset + 40) for step in WAVE.check_points[3].rollback]
    points = (*WAVE.check_points[:3], replace(WAVE.check_points[3], rollback=tuple(later)), WAVE.check_points[4])
    inventory = replace(PLAN.inventory, systems={**PLAN.inventory.systems, "form": NEEDS_DB})
    plan = replace(PLAN, inventory=inventory, waves=(replace(WAVE, check_points=points),))

    assert stop.offset == 0
    assert ways_back(inventory, plan)["c3"].out["form"] == Span(AT["c3"] + 40, AT["c3"] + 170)


def test_a_system_that_turning_back_does_not_bring_back_is_not_said_to_be_back() -> None:
    gone = replace(WAVE.check_points[3], rollback=WAVE.check_points[3].rollback[:-1])
    plan = replace(PLAN, waves=(replace(WAVE, check_points=(*WAVE.check_points[:3], gone, WAVE.check_points[4])),))

    assert ways_back(PLAN.inventory, plan)["c3"].out == {}
