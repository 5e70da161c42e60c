"""A step that ends late: what waits for it, which deadlines are missed, what it costs."""

import random
from dataclasses import replace

import pytest

from planner.model.timetable import DailyHours, DaySet, Hours, Timetable
from planner.plan.contingency import Case, Cover, CoverKind, Obstacle, Reaction
from planner.plan.plan import Plan
from planner.plan.step import RollbackStep, Step
from planner.plan.wave import CheckPoint
from planner.safety.context import Context
from planner.safety.replay import Replay
from planner.safety.timetable import Almanac
from planner.units.span import Span
from planner.whatif.course import Course
from planner.whatif.reckoning import Reckoning
from planner.whatif.retimed import Retimed
from planner.whatif.step_late import Delayer
from planner.whatif.waiting import Waiting
from tests.safety import komachi, weekend
from tests.safety.estates import OLD, asset, carried, estate, link, live, moved, plan, steps, system
from tests.safety.weekend import at

DAY = 1440


def waiting(of: Plan) -> Waiting:
    return Waiting(Course(Context.of(of.inventory, of)))


def late(of: Plan, step: str, minutes: int) -> Case:
    context = Context.of(of.inventory, of)
    course = Course(context)
    delayer = Delayer(course, Waiting(course), Reckoning(context, Almanac(of.inventory), DAY))
    return delayer.case(course.steps[step], minutes)


def ends(of: Plan, step: str, minutes: int) -> dict[str, int]:
    """By how many minutes each step ends later."""
    planned = {each.id: each for each in of.steps()}
    return {id: s.end - planned[id].end for id, s in waiting(of).shifted({step: minutes}).items()}


def test_what_follows_without_a_gap_is_as_late_as_the_step() -> None:
    of = plan(estate(carried("a")), steps(*moved("a", 100)))

    assert ends(of, "s003", 30) == {"s003": 30, "s004": 30, "s005": 30, "s006": 30}


def test_a_gap_in_the_plan_takes_up_the_delay() -> None:
    """Twenty minutes lie between the stop of `a` and its unmounting."""
    of = plan(estate(carried("a")), steps("0 10 stop a", "30 40 unmount a", "40 50 carry a"))

    assert ends(of, "s001", 20) == {"s001": 20}
    assert ends(of, "s001", 50) == {"s001": 50, "s002": 30, "s003": 30}


def test_whoever_shares_nothing_with_the_late_step_does_not_wait() -> None:
    of = plan(estate(carried("a"), carried("b")), steps("0 10 stop a", "10 20 unmount a", "10 20 stop b"))

    assert ends(of, "s001", 60) == {"s001": 60, "s002": 60}


def test_a_person_waits_with_the_next_step_until_the_late_one_is_done() -> None:
    one, other = steps("0 10 stop a", "10 20 stop b")
    of = plan(estate(carried("a"), carried("b")), (replace(one, people=("p/1",)), replace(other, witness="p/1")))

    assert ends(of, "s001", 60) == {"s001": 60, "s002": 60}


def test_what_needs_the_late_subject_waits_for_it() -> None:
    of = plan(estate(carried("a"), carried("b", needs=(live("a"),))), steps("0 10 start a", "10 20 start b"))

    assert ends(of, "s001", 60) == {"s001": 60, "s002": 60}


def test_whatever_follows_the_test_of_a_bridge_waits_for_it() -> None:
    bridge = link("br", bridge=True)
    of = plan(estate(carried("a"), bridge), steps("0 10 test br", "10 20 stop a"))

    assert ends(of, "s001", 60) == {"s001": 60, "s002": 60}


def test_a_turn_waits_for_the_turn_before_it() -> None:
    """The second web server has nothing to do with the first but that its turn comes after; 70 minutes lie between."""
    found = ends(weekend.plan(), "web1/check", 200)

    # web1 ends at 11:10 + 200 = 14:30, so web2 begins at 14:30 instead of 14:00; the night begins at 23:00 anyhow.
    assert found == {"web1/check": 200, **{f"web2/{kind.value}": 30 for kind in weekend.MINUTES}}


def test_a_delay_that_keeps_deadlines_and_service_is_covered_by_slack() -> None:
    case = late(weekend.plan(), "db/check", 120)

    # Decided at 03:20, ten minutes before its deadline; accepted at 03:40.
    assert (case.reaction, case.rollback, case.missed, case.losses) == (Reaction.CARRY_ON, True, (), ())
    assert (case.check_point, case.deadline, case.covers) == ("c3", at("10 03:30"), (Cover(CoverKind.SLACK),))
    assert case.harmless


def test_a_check_that_ends_after_its_deadline_leaves_nothing_but_to_carry_on() -> None:
    case = late(weekend.plan(), "db/check", 131)

    assert (case.reaction, case.rollback, case.missed, case.losses) == (Reaction.CARRY_ON, False, ("c3",), ())
    assert not case.harmless


def test_the_deadline_itself_is_kept() -> None:
    assert late(weekend.plan(), "db/check", 130).missed == ()


def test_service_that_begins_before_the_late_end_is_lost_by_the_minute() -> None:
    """Accepted at 01:40 + 330 = 07:10, open from 06:30."""
    case = late(weekend.plan(), "db/check", 330)

    assert [(loss.system, loss.since, loss.minutes, loss.weighted) for loss in case.losses] == [
        ("reg", at("10 06:30"), 40, 160)
    ]
    assert case.losses[0].at_opening


def test_the_crew_turns_back_at_the_next_check_point_in_time() -> None:
    """`a` is late; its own check point is in time, the one of `b` after it would not be: it stays undone."""
    hours = Timetable(hours={"day": Hours("day", (DailyHours(DaySet(), 600, 1200),))})
    town = estate(carried("a"), carried("b"), system("s", "b", hours="day"), timetable=hours)
    done = steps(
        *moved("a", 100), *(f"{200 + 10 * n} {210 + 10 * n} {k} b" for n, k in enumerate(("stop", "carry", "check")))
    )
    of = plan(town, done)
    wave = replace(
        of.waves[0],
        check_points=(
            CheckPoint("c1", ("s006",), 160, minutes=30, deadline=400),
            CheckPoint("c2", ("s009",), 230, minutes=30, deadline=240),
        ),
        turns=(),
    )
    late_one = replace(done[6], people=("p/1",))
    first = replace(done[5], people=("p/1",))
    wave = replace(wave, steps=(*done[:5], first, late_one, *done[7:]))

    # a's check ends at 160 + 60 = 220, so b's stop at 220 instead of 200, and c2 is reached at 250, after 240.
    case = late(replace(of, waves=(wave,)), "s006", 60)
    assert (case.reaction, case.check_point, case.rollback, case.missed) == (Reaction.TURN_BACK, "c1", True, ("c2",))
    assert case.losses == ()


def test_a_wave_that_does_not_end_in_its_window_is_told() -> None:
    of = plan(estate(carried("a")), steps(*moved("a", 100)), window=Span(0, 200))

    assert late(of, "s006", 40).missed == ()
    assert late(of, "s006", 41).missed == ("window",)


def test_preparation_that_is_late_holds_up_only_what_it_is_for() -> None:
    first = tuple(replace(step, id="p1") for step in steps("0 50 back_up b"))
    of = plan(estate(carried("a"), carried("b")), steps("60 70 stop a", "60 70 stop b"), preparation=first)

    assert ends(of, "p1", 30) == {"p1": 30, "s002": 20}


def test_preparation_that_is_too_late_puts_the_wave_off() -> None:
    first = tuple(replace(step, id="p1") for step in steps("0 50 back_up a"))
    of = plan(estate(carried("a")), steps(*moved("a", 100)), window=Span(0, 200), preparation=first)

    early, too_late = late(of, "p1", 60), late(of, "p1", 120)
    assert (early.reaction, early.wave) == (Reaction.CARRY_ON, None)
    assert (too_late.reaction, too_late.obstacle) == (Reaction.NOT_BEGUN, Obstacle.DELAY)


@pytest.mark.parametrize("of", [weekend.plan(), komachi.plan()], ids=["weekend", "komachi"])
def test_states_that_are_judged_once_give_the_outages_of_a_whole_replay(of: Plan) -> None:
    """Two hundred delays by chance: what is out when is the same as by the verifier's own replay."""
    chance, context = random.Random(20261123), Context.of(of.inventory, of)
    course = Course(context)
    all_steps, retimed, compared = Waiting(course), Retimed(context), 0
    for _ in range(200):
        step = chance.choice(all_steps.steps)
        changed = all_steps.shifted({step.id: chance.choice((1, 10, 45, 90, 240, 600))})
        begin = course.begin(min(course.steps[id].start for id in changed))
        last = max(each.end for each in changed.values())
        row: tuple[Step, ...] = tuple(changed.get(s.id, s) for s in course.since(begin, last))
        span = Span(begin, last + 1)
        found = retimed.out(row, span)
        whole = Replay(of.inventory, context.replay.state_at(begin), row, span).unavailable
        if found is not None:
            assert {id: spans for id, spans in whole.items() if spans} == found
            compared += 1
    assert compared > 100


def test_a_link_that_ends_while_the_steps_are_late_is_replayed_as_a_whole() -> None:
    ending = link("l", until=150)
    town = estate(carried("a"), asset("b", needs=(live("a"),)), ending, system("s", "b"))
    context = Context.of(town, plan(town, steps(*moved("a", 100))))

    assert Retimed(context).out((), Span(140, 160)) is None
    assert Retimed(context).out((), Span(151, 160)) is not None


def budgeted(**limits: int) -> Plan:
    """One server that is out from 100 to 160 in open hours, within limits."""
    return plan(estate(carried("a"), system("s", "a", **limits)), steps(*moved("a", 100)))


def test_a_delay_within_the_budget_costs_its_minutes_and_the_crew_carries_on() -> None:
    case = late(budgeted(budget=90), "s004", 30)

    assert (case.reaction, case.beyond) == (Reaction.CARRY_ON, ())
    assert [(loss.since, loss.minutes) for loss in case.losses] == [(160, 30)]
    assert not case.harmless


@pytest.mark.parametrize(
    "limits", [{"budget": 89}, {"budget": 500, "longest": 89}, {"budget": 500, "longest_elapsed": 89}]
)
def test_a_system_that_is_out_for_longer_than_it_may_be_is_told(limits: dict[str, int]) -> None:
    assert late(budgeted(**limits), "s004", 30).beyond == ("s",)
    assert late(budgeted(**limits), "s004", 29).beyond == ()


def test_a_limit_on_the_clock_counts_in_closed_hours_too() -> None:
    """Nobody loses service between 100 and 190; the limit is exceeded all the same."""
    hours = Timetable(hours={"late": Hours("late", (DailyHours(DaySet(), 1200, 1300),))})
    town = estate(carried("a"), system("s", "a", hours="late", longest_elapsed=89), timetable=hours)

    case = late(plan(town, steps(*moved("a", 100))), "s004", 30)
    assert (case.losses, case.beyond) == ((), ("s",))


def back(*lines: str) -> tuple[RollbackStep, ...]:
    """A rollback from lines like ``"0 10 start a"``: offset and end, kind, subjects."""
    return tuple(
        RollbackStep(step.kind, step.assets, step.start, step.end - step.start, to=dict.fromkeys(step.to, OLD))
        for step in steps(*lines)
    )


def test_turning_back_late_undoes_what_others_have_begun_meanwhile() -> None:
    """`a` has stopped at 130 instead of 110; `b` is on its way by then, and only the rollback of `c3` knows of that.

    Both are up again at 160, instead of 130 and 145.
    """
    town = estate(carried("a"), carried("b"), system("s", "a", budget=500), system("t", "b", budget=500))
    done = steps(
        *("100 110 stop a", "110 120 carry a", "120 130 check a"),
        *("115 125 stop b", "125 135 carry b", "135 145 check b"),
    )
    home = ("0 10 carry a", "0 10 carry b", "10 20 start a", "10 20 start b", "20 30 check a", "20 30 check b")
    points = (
        CheckPoint("c1", ("s001",), 110, minutes=20, deadline=500, rollback=back("0 10 start a", "10 20 check a")),
        CheckPoint("c3", ("s003",), 130, minutes=30, deadline=140, rollback=back(*home)),
    )
    of = plan(town, done)
    of = replace(of, waves=(replace(of.waves[0], check_points=points),))

    case = late(of, "s001", 20)
    assert (case.reaction, case.check_point, case.missed) == (Reaction.TURN_BACK, "c3", ("c3",))
    assert [(loss.system, loss.since, loss.minutes) for loss in case.losses] == [("s", 130, 30), ("t", 145, 15)]


def test_without_a_rollback_that_undoes_all_that_is_begun_there_is_no_way_back() -> None:
    town = estate(carried("a"), carried("b"), system("s", "a", budget=500))
    of = plan(town, steps("100 110 stop a", "110 120 carry a", "120 130 check a", "132 142 stop b"))
    points = (
        CheckPoint("c1", ("s001",), 110, minutes=20, deadline=500, rollback=back("0 10 start a", "10 20 check a")),
        CheckPoint("c2", ("s003",), 130, minutes=30, deadline=140),
    )
    of = replace(of, waves=(replace(of.waves[0], check_points=points),))

    # Reached at 135 instead of 110, when `b` is being stopped: no check point knows of that.
    case = late(of, "s001", 25)
    assert (case.reaction, case.rollback, case.check_point, case.missed) == (Reaction.CARRY_ON, False, None, ("c2",))
