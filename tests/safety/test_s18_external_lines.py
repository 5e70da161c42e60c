"""S18: lines are laid by appointment and switched over by themselves; who handles an asset is there and has agreed."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from planner.model.asset import Application, Asset, AssetKind
from planner.model.chain import Method
from planner.model.inventory import Inventory
from planner.model.people import Person, Team
from planner.model.timetable import DailyHours, DaySet, Hours, Timetable
from planner.plan.step import Step
from planner.safety.context import Context
from planner.safety.rules.s18_external_lines import RULE
from planner.units.clock import DAY
from tests.safety.estates import asset, carried, estate, findings, moved, plan, stages, steps, works

LATE = 9 * 60
"""Tokyo is nine hours ahead of the epoch's clock: 18:00 to 22:00 there are the minutes 540 to 780 of each day."""
CARRIER = Timetable(hours={"carrier": Hours("carrier", (DailyHours(DaySet(), 18 * 60, 22 * 60),))})
LAID = ("2000 2060 lay l", "2060 2070 test l", "3000 3010 switch_over l")


def line(**changes: Any) -> Asset:
    facts: dict[str, Any] = {
        "method": Method.RELAY,
        "stages": stages("new"),
        "ends": {"old": ("r1",), "new": ("r2",)},
        "dual_lay": True,
        "lead_days": 1,
        "appointments": "carrier",
        "works": works(lay=60, test=10, switch_over=10),
        **changes,
    }
    return asset("l", AssetKind.LINE, **facts)


def town(*things: Asset, **changes: Any) -> Inventory:
    router = {"kind": AssetKind.ROUTER}
    ends = (asset("r1", **router), asset("r2", room="new", **router))
    return estate(*(things or (line(**changes),)), *ends, timetable=CARRIER, teams=TEAMS)


TEAMS = {
    "J-LIS": Team("J-LIS", "J-LIS", (Person("J-LIS/1", "1"),)),
    "ict": Team("ict", "ict", (Person("ict/1", "1"),), own=True),
}


def keys(inventory: Inventory, *lines: str) -> list[str]:
    return [key for key, _, _ in findings(RULE, plan(inventory, steps(*(lines or LAID))))]


def unknown(inventory: Inventory, done: tuple[Step, ...]) -> list[str]:
    return [f.key for f in RULE.check(Context.of(inventory, plan(inventory, done))).findings if f.unknown]


def test_a_line_laid_by_appointment_and_switched_over_breaks_nothing() -> None:
    assert keys(town()) == []
    assert unknown(town(), steps(*LAID)) == []


def test_laying_and_testing_lie_in_the_carriers_appointments() -> None:
    """They begin at 1980 and end at 2220 on the second day."""

    def visit(lay: int) -> list[str]:
        return keys(town(), f"{lay} {lay + 60} lay l", "2200 2210 test l", LAID[2])

    assert visit(1980) == []
    assert visit(1979) == ["s18.no_appointment"]
    assert keys(town(), LAID[0], "2215 2225 test l", LAID[2]) == ["s18.no_appointment"]


def test_the_switch_over_needs_no_appointment() -> None:
    assert keys(town(), *LAID[:2], "2500 2510 switch_over l") == []


def test_nothing_is_laid_before_the_lead_time_is_over() -> None:
    """It counts from the day of the plan, and from the day of the application where that is known."""
    begin = DAY - LATE

    def laid(days: int, **application: int) -> list[str]:
        filed = Application(**application) if application else None
        return keys(town(lead_days=days, application=filed))

    assert (laid(1), laid(2)) == ([], ["s18.lead_time"])
    assert laid(2, filed=begin - 2 * DAY, accepted=0) == []
    assert laid(2, filed=begin, accepted=0) == ["s18.lead_time"]


def test_the_switch_over_is_a_step_of_its_own() -> None:
    assert keys(town(), *LAID[:2]) == ["s18.no_switch_over"]
    assert keys(town(works=works(lay=60, test=10)), *LAID[:2]) == ["s18.no_switch_over"]


def test_with_dual_lay_the_new_end_is_laid_and_tested_before_the_switch_over() -> None:
    assert keys(town(), *LAID[:2], "2060 2070 switch_over l") == ["s18.not_ready"]
    assert keys(town(), LAID[0], LAID[2]) == ["s18.not_ready"]
    assert keys(town(), LAID[2]) == ["s18.not_ready", "s18.not_ready"]
    assert keys(town(dual_lay=False), LAID[0], LAID[2]) == []


def test_the_new_end_is_up_throughout_the_switch_over() -> None:
    def away(begin: int) -> list[str]:
        return keys(town(), *LAID, f"{begin} {begin + 5} stop r2", f"{begin + 5} {begin + 10} check r2")

    assert (away(2990), away(3010)) == ([], [])
    assert (away(2991), away(3009)) == (["s18.new_end_down"], ["s18.new_end_down"])


def test_one_of_several_new_ends_is_enough_and_a_passive_end_needs_none() -> None:
    spare = {"old": ("r1",), "new": ("r2", "r3")}
    stopped = (*LAID, "2900 2910 stop r2")

    assert keys(town(line(ends=spare), asset("r3", room="new")), *stopped) == []
    assert keys(town(line(ends=spare), asset("r3")), *stopped) == ["s18.new_end_down"]
    assert keys(town(line(ends={})), *stopped) == []


def test_the_old_end_is_not_closed_before_the_new_one_is_in_use() -> None:
    assert keys(town(), *LAID, "2980 2990 stop r1") == ["s18.closed_first"]
    assert keys(town(), *LAID, "3010 3020 stop r1") == []
    assert keys(town(), *LAID, "2980 2990 stop r1", "2990 2999 check r1") == []
    assert keys(town(), *LAID, "2980 2990 stop r1", "2990 3000 check r1") == ["s18.closed_first"]


def handled(**more: Any) -> Asset:
    agreed = Application(filed=-90 * DAY, accepted=-DAY)
    return carried("a", **{"handled_by": "J-LIS", "application": agreed, **more})


def by(*people: str, witness: str | None = None) -> tuple[Step, ...]:
    return tuple(replace(step, people=people, witness=witness) for step in steps(*moved("a", 1000)))


def test_what_a_body_handles_is_touched_only_with_somebody_of_it_present() -> None:
    inventory = town(handled())

    assert findings(RULE, plan(inventory, by("ict/1", "J-LIS/1"))) == []
    assert findings(RULE, plan(inventory, by("ict/1", witness="J-LIS/1"))) == []
    found = findings(RULE, plan(inventory, by("ict/1")))
    assert found == [("s18.body_absent", ("a", "J-LIS"), (n, n + 10)) for n in range(1000, 1060, 10)]


def test_backing_up_or_lowering_a_time_to_live_does_not_touch_it() -> None:
    done = steps("100 110 back_up a", "110 120 lower_ttl a", "120 130 warm_up a")

    assert findings(RULE, plan(town(handled()), done)) == []


def accepted(application: Application | None, as_of: date = date(1970, 1, 1)) -> list[str]:
    inventory = town(handled(application=application))
    later = replace(inventory, project=replace(inventory.project, as_of=as_of))
    return [key for key, _, _ in findings(RULE, plan(later, by("J-LIS/1")))]


def test_an_application_that_is_not_accepted_yet_is_not_a_date() -> None:
    assert accepted(Application(filed=0)) == ["s18.not_accepted"]
    assert accepted(Application(filed=0, accepted=0)) == []
    tomorrow = DAY - LATE
    assert accepted(Application(filed=0, accepted=tomorrow)) == ["s18.not_accepted"]
    assert accepted(Application(filed=0, accepted=tomorrow), date(1970, 1, 2)) == []


def test_steps_lie_inside_what_was_accepted() -> None:
    """The move takes the minutes 1000 to 1060."""
    assert accepted(Application(accepted=0, since=1000, until=1060)) == []
    assert accepted(Application(accepted=0, since=1005)) == ["s18.outside_application"]
    assert accepted(Application(accepted=0, until=1055)) == ["s18.outside_application"]


def test_what_is_not_known_is_reported() -> None:
    assert unknown(town(lead_days=None), steps(*LAID)) == ["s18.lead_time_unknown"]
    assert unknown(town(appointments=None), steps(*LAID)) == ["s18.appointments_unknown"]
    assert unknown(town(handled(application=None)), by("J-LIS/1")) == ["s18.application_unknown"]
    assert unknown(town(handled(handled_by="the prefecture")), by("J-LIS/1")) == ["s18.body_unknown"]


def test_what_is_not_known_of_a_line_leads_to_where_it_would_stand() -> None:
    def facts(inventory: Inventory) -> list[tuple[str, ...]]:
        found = RULE.check(Context.of(inventory, plan(inventory, steps(*LAID)))).findings
        return [f.facts for f in found if f.unknown]

    (line,) = (id for id, each in town().assets.items() if each.kind is AssetKind.LINE)
    assert facts(town(lead_days=None)) == [(f"assets.{line}.lead_days",)]
    assert facts(town(appointments=None)) == [(f"assets.{line}.appointments",)]


def test_nothing_is_asked_of_a_line_that_is_left_alone() -> None:
    assert keys(town(appointments=None, lead_days=None), "100 110 back_up r1") == []


Mutation = Callable[[tuple[Step, ...]], tuple[Step, ...]]


def without(kind: str) -> Mutation:
    return lambda done: tuple(step for step in done if step.kind.value != kind)


def shifted(kind: str, by_minutes: int) -> Mutation:
    def change(step: Step) -> Step:
        hit = step.kind.value == kind
        return replace(step, start=step.start + by_minutes, end=step.end + by_minutes) if hit else step

    return lambda done: tuple(change(step) for step in done)


@pytest.mark.parametrize(
    ("mutation", "key"),
    [
        (without("lay"), "s18.not_ready"),
        (without("switch_over"), "s18.no_switch_over"),
        (shifted("switch_over", -960), "s18.not_ready"),
        (shifted("test", 600), "s18.no_appointment"),
        (shifted("lay", -1440), "s18.lead_time"),
    ],
)
def test_a_mutation_of_a_plan_that_keeps_the_rule_is_found(mutation: Mutation, key: str) -> None:
    done = steps(*LAID)

    assert findings(RULE, plan(town(), done)) == []
    assert key in {found for found, _, _ in findings(RULE, plan(town(), mutation(done)))}


def test_a_finding_tells_where_the_facts_stand() -> None:
    inventory = town()
    done = plan(inventory, steps(*LAID[:1], "2215 2225 test l", LAID[2]))
    (found,) = RULE.check(Context.of(inventory, done)).findings

    assert (found.subjects, found.facts, found.steps) == (("l",), ("assets.l.appointments",), ("s002",))


def test_where_a_line_goes_is_told_by_the_step_and_else_by_its_first_stage() -> None:
    """The router in the new room is off during the switch-over; a later stage has nothing to do with it."""
    lines = ("2990 2995 stop r2", "3020 3025 start r2", "3025 3030 check r2")
    inventory = town(stages=stages("new", "old"))
    silent = tuple(replace(step, to={}) if step.kind == "switch_over" else step for step in steps(*LAID, *lines))

    for done in (silent, steps(*LAID, *lines)):
        assert "s18.new_end_down" in [key for key, _, _ in findings(RULE, plan(inventory, done))]
