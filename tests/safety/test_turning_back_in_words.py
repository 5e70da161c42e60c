"""What S13 says of a plan that keeps every rule, and of small changes to its check points."""

from dataclasses import replace
from typing import Any

from planner.model.chain import StepKind
from planner.plan.finding import Finding
from planner.plan.plan import Plan
from planner.plan.step import RollbackStep
from planner.plan.wave import CheckPoint
from planner.plan.wording import word
from planner.safety.context import Context
from planner.safety.deadline import deadline
from planner.safety.replay import Replay
from planner.safety.returning import latest_return
from planner.safety.rules.s13_rollback_deadline import RULE
from planner.safety.timetable import Almanac
from planner.safety.witness import continued, differences, length, steps_of, undoing
from planner.units.duration import Duration
from planner.units.span import Span, Spans
from tests.safety import weekend
from tests.safety.estates import estate, link, steps
from tests.safety.weekend import CLOCK, at

K = StepKind
PLAN = weekend.plan()
POINTS = {point.id: point for point in PLAN.waves[0].check_points}


def with_point(id: str, **changes: Any) -> Plan:
    """The weekend with one check point changed."""
    wave = PLAN.waves[0]
    points = tuple(replace(p, **changes) if p.id == id else p for p in wave.check_points)
    return replace(PLAN, waves=(replace(wave, check_points=points),))


def found(of: Plan) -> list[Finding]:
    return list(RULE.check(Context.of(of.inventory, of)).findings)


def said(of: Plan) -> list[str]:
    return [word(finding, "en") for finding in found(of)]


def test_the_weekend_can_be_turned_back_at_every_check_point() -> None:
    assert said(PLAN) == []


def test_a_deadline_that_is_told_too_late_is_told_with_the_right_one() -> None:
    right = POINTS["c3"].deadline or 0

    assert said(with_point("c3", deadline=right)) == []
    (late,) = said(with_point("c3", deadline=right + 1))
    assert f"tells the deadline {CLOCK.iso(right + 1)}" in late
    assert f"the right one, {CLOCK.iso(right)}" in late
    assert CLOCK.iso(right) == CLOCK.iso(at("10 06:30") - 30 - 150)


def test_the_length_of_a_rollback_is_told_in_minutes() -> None:
    assert said(with_point("c1", minutes=129)) == [
        "the rollback of check point c1 lasts 130 minutes, the plan tells 129"
    ]
    assert length(POINTS["c1"]) == 130
    assert length(replace(POINTS["c1"], rollback=())) == 0


def test_what_a_rollback_does_not_undo_is_counted_and_named() -> None:
    (first, *rest) = POINTS["c1"].rollback
    elsewhere = tuple(replace(s, to={"web1": weekend.within("new", "web1")}) if s.to else s for s in rest)
    told = [f for f in found(with_point("c1", rollback=(first, *elsewhere))) if f.key == "s13.not_undone"]

    assert [(f.values["count"], f.values["others"], f.subjects) for f in told] == [("1", "web1", ("c1", "web1"))]


def test_a_witness_is_made_of_the_clock_from_the_planned_instant_on() -> None:
    point = CheckPoint("c", (), 1000, rollback=(_back(K.STOP, 0, 1), _back(K.START, 5, 0), _back(K.CHECK, 7, 10)))

    assert [(s.id, s.kind, s.start, s.end) for s in steps_of(point)] == [
        ("c/1", K.STOP, 1000, 1001),
        ("c/3", K.CHECK, 1007, 1017),
    ]
    assert length(point) == 17


def _back(kind: StepKind, offset: int, minutes: int) -> RollbackStep:
    return RollbackStep(kind, ("web1",), offset, minutes)


def test_a_witness_step_has_a_length_and_does_not_begin_before_the_decision() -> None:
    def numbers(*more: RollbackStep) -> list[str]:
        point = POINTS["c1"]
        told = found(with_point("c1", rollback=(*point.rollback, *more)))
        return [f.values["number"] for f in told if f.key == "s13.witness_form"]

    assert numbers(_back(K.CHECK, 130, 1)) == []
    assert numbers(_back(K.CHECK, 130, 0)) == ["7"]
    assert numbers(_back(K.CHECK, -1, 5), _back(K.CHECK, 140, -5)) == ["7", "8"]


def test_a_check_point_has_the_findings_of_its_own_minute_and_subjects() -> None:
    (finding,) = found(with_point("c2", minutes=1))

    assert (finding.subjects, finding.steps) == (("c2", "web2"), ("web2/check",))
    assert finding.span == Span(POINTS["c2"].planned, POINTS["c2"].planned + 1)


def bound(id: str) -> tuple[int, str, tuple[str, ...]]:
    point, wave = POINTS[id], PLAN.waves[0]
    context, inventory = Context.of(PLAN.inventory, PLAN), undoing(PLAN.inventory)
    due = deadline(context, Almanac(PLAN.inventory), wave, point, continued(context, inventory, wave, point))
    return due.at, due.bound_by, due.subjects


def test_the_window_bounds_who_keeps_everything_running_and_the_opening_who_does_not() -> None:
    assert bound("c1") == (weekend.WINDOW.end - 30 - 130, "window", ())
    assert bound("c3") == (at("10 06:30") - 30 - 150, "reg", ("reg",))


def test_the_latest_return_counts_service_minutes_from_the_start_of_the_outage() -> None:
    almanac, reg = Almanac(PLAN.inventory), PLAN.inventory.systems["reg"]
    night = at("9 23:00")

    def latest(since: int, *earlier: Span, **limits: Any) -> int | None:
        return latest_return(almanac, replace(reg, **limits), Spans.of((*earlier, Span(since, since + 1))), since)

    assert latest(night) == at("10 06:30")
    assert latest(night - 1, budget=1) == at("10 06:30")
    assert latest(night - 1, budget=2) == at("10 06:31")
    assert latest(at("10 06:30"), budget=5) == at("10 06:35")
    assert latest(at("10 06:29"), budget=0) == at("10 06:30")
    assert latest(night, Span(at("5 12:00"), at("5 12:10")), budget=15) == at("10 06:35")
    assert latest(night, Span(at("5 12:00"), at("5 12:20")), budget=15) == at("10 06:30")  # more than all is used up
    assert latest(night, longest_elapsed=100, budget=50) == night + 100
    assert latest(night, longest=20, budget=50) == at("10 06:50")
    assert latest(night, hours="office", budget=0) == at("12 08:30")  # Monday is a holiday
    assert latest(night, budget=10**6) is None
    assert latest(PLAN.inventory.project.horizon.start, budget=0, hours=None) == PLAN.inventory.project.horizon.start


def test_a_check_point_about_several_steps_lies_at_the_end_of_the_last_one() -> None:
    def planned(minute: int) -> bool:
        both = with_point("c3", after=("db/start", "db/check"), planned=minute)
        return "s13.planned" not in [f.key for f in found(both)]

    last = POINTS["c3"].planned
    assert planned(last)
    assert not planned(last - weekend.MINUTES[K.CHECK])


def test_a_bridge_that_was_opened_and_closed_again_is_as_it_was() -> None:
    inventory = estate(*(link(id, bridge=True, test=Duration.fixed(10)) for id in ("br", "old-br")))
    replay = Replay.of(inventory, steps("0 5 test old-br", "10 20 test br", "30 40 close br", "50 60 close old-br"))

    def differing(begin: int, end: int) -> tuple[str, ...]:
        return differences(inventory, replay.ledger, replay.page_at(begin), replay.page_at(end))

    assert differing(5, 45) == differing(5, 25) == ()
    assert differing(5, 70) == ("old-br",)
    assert differing(25, 45) == ("br",)
