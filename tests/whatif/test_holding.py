"""Whether the same steps hold under other facts, and what a plan comes to."""

from dataclasses import replace
from pathlib import Path

import pytest

from planner.plan.contingency import Reaction
from planner.plan.file import identity
from planner.plan.plan import Plan
from planner.sources.scenarios.loading import Base, read_base, read_scenario
from planner.whatif.holding import holding, told_anew
from planner.whatif.tally import people_nights, tally
from tests.whatif.town import plan_of, scenario, written


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return written(tmp_path_factory.mktemp("town") / "inventory")


@pytest.fixture(scope="module")
def base(folder: Path) -> Base:
    return read_base(folder)


@pytest.fixture(scope="module")
def plan(folder: Path) -> Plan:
    return plan_of(folder)


def test_a_plan_holds_under_its_own_facts(plan: Plan) -> None:
    found = holding(plan.inventory, plan)

    assert (found.holds, found.breaks, found.losses) == (True, (), ())


def test_outages_are_told_anew_so_that_only_what_is_done_is_judged(base: Base, plan: Plan, tmp_path: Path) -> None:
    file = scenario(tmp_path, "rounded", "change: {policy.announce_to: 60m}")
    inventory = read_scenario(base, file).loaded.inventory

    assert told_anew(inventory, plan).outages != plan.outages
    assert holding(inventory, plan).holds


def test_a_plan_is_not_unsafe_for_a_deadline_that_only_comes_earlier(base: Base, plan: Plan, tmp_path: Path) -> None:
    inventory = read_scenario(base, scenario(tmp_path, "margin", "change: {policy.margin: 35m}")).loaded.inventory

    assert told_anew(inventory, plan).waves != plan.waves
    assert holding(inventory, plan).holds


def test_each_broken_rule_is_told_once_with_its_first_instant_and_how_often(
    base: Base, plan: Plan, tmp_path: Path
) -> None:
    file = scenario(tmp_path, "away", "away: [{person: ict/1, from: 2026-10-10, last_day: 2026-10-10}]")
    found = holding(read_scenario(base, file).loaded.inventory, plan)

    assert not found.holds
    assert [broken.rule for broken in found.breaks] == ["S15", "S13"]  # nor can they turn back without
    mine = [step for step in plan.waves[0].steps if "ict/1" in (*step.people, step.witness)]
    first = found.breaks[0].first
    assert first.span is not None
    assert (first.key, first.span.start) == ("s15.absent", min(step.start for step in mine))
    assert found.breaks[0].count == len(mine)


def test_a_plan_of_something_that_is_gone_is_judged_as_it_stands(base: Base, plan: Plan, tmp_path: Path) -> None:
    file = scenario(tmp_path, "gone", "remove: [servers.gw1]\nchange: {systems.gw.runs_on: web1}")
    found = holding(read_scenario(base, file).loaded.inventory, plan)

    assert {"S21"} <= {broken.rule for broken in found.breaks}


def test_an_asset_that_is_dead_on_arrival_is_lost_by_the_rules_of_single_failures(
    base: Base, plan: Plan, tmp_path: Path
) -> None:
    """The office is closed on the first day after: 525 minutes of jumin, four times each."""
    read = read_scenario(base, scenario(tmp_path, "dead", "dead: [db1, web1]"))
    found = holding(read.alive.inventory, plan, read.dead)

    assert found.breaks == ()
    assert not found.holds
    assert [(case.subject, case.reaction, case.weighted) for case in found.losses] == [
        ("db1", Reaction.TURN_BACK, 2100),
        ("web1", Reaction.TURN_BACK, 0),
    ]


def test_the_numbers_of_a_plan_are_those_of_its_outages_waves_and_terms(plan: Plan) -> None:
    found = tally(plan)

    assert (found.plan, [wave.id for wave in found.waves]) == (identity(plan), ["W1", "W2"])
    assert (found.outage, found.inside) == (sum(o.computed for o in plan.outages), 0)
    weights = {"jumin": 4, "gw": 1, "web": 2}
    assert found.weighted == sum(outage.computed * weights[outage.system] for outage in plan.outages)
    assert found.end == max(step.end for step in plan.waves[-1].steps)
    assert found.value == sum(term.value for term in plan.objective if not term.first)
    assert found.gap == round(100 * (found.value - found.bound) / found.value)
    assert found.share == f"{found.gap}%"


def test_the_sum_has_no_gap_to_its_bound_where_less_outage_in_service_hours_is_not_ruled_out(plan: Plan) -> None:
    found = replace(tally(plan), service=80, service_bound=0)

    assert (found.gap, found.share) == (None, "-")


def test_nights_count_the_shifts_of_each_person_with_work_outside_the_office(plan: Plan) -> None:
    """Without office hours all work is outside; with hours that are always open none is."""
    days = {
        (person, plan.inventory.clock.day(step.start))
        for step in plan.steps()
        for person in (*step.people, *((step.witness,) if step.witness else ()))
    }
    assert people_nights(plan) == len(days)

    hours = plan.inventory.timetable.hours["office"]
    always = replace(hours, parts=(replace(hours.parts[0], days=type(hours.parts[0].days)(), start=0, end=1440),))
    timetable = replace(plan.inventory.timetable, hours={"office": always})
    policy = replace(plan.inventory.policy, staff=replace(plan.inventory.policy.staff, office="office"))
    inventory = replace(plan.inventory, timetable=timetable, policy=policy)
    assert people_nights(replace(plan, inventory=inventory)) == 0
