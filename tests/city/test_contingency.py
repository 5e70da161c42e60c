"""Single failures and stops of the example city: what is ranked first is what its ICT office has to fear."""

from pathlib import Path

import pytest

from planner.model.inventory import Inventory
from planner.pipeline.load import load_inventory
from planner.pipeline.verify import read_plan
from planner.plan.contingency import Case, CoverKind, Obstacle, Reaction
from planner.plan.plan import Plan
from planner.safety.context import Context
from planner.safety.timetable import Almanac
from planner.units.progress import silent
from planner.whatif.asset_lost import Loser
from planner.whatif.course import Course
from planner.whatif.person_missing import Reliever
from planner.whatif.reckoning import Reckoning
from planner.whatif.step_late import Delayer
from planner.whatif.stops import stops
from planner.whatif.waiting import Waiting

DAY = 1440


@pytest.fixture(scope="module")
def inventory(city: Path) -> Inventory:
    return load_inventory(city).inventory


@pytest.fixture(scope="module")
def plan(city_plan: Path) -> Plan:
    return read_plan(city_plan)


@pytest.fixture(scope="module")
def lost(inventory: Inventory, plan: Plan) -> list[Case]:
    """Every asset that does not come up again, the worst first."""
    context = Context.of(inventory, plan)
    loser = Loser(Course(context), Reckoning(context, Almanac(inventory), DAY))
    return sorted((loser.case(occasion) for occasion in loser.occasions()), key=lambda case: -case.weighted)


def test_the_two_storages_without_a_second_one_are_the_worst(lost: list[Case]) -> None:
    assert {case.subject for case in lost[:2]} == {"sanA", "sanB"}
    assert all(len(case.losses) > 10 for case in lost[:2])


def test_everything_that_is_carried_or_new_is_let_fail(inventory: Inventory, plan: Plan, lost: list[Case]) -> None:
    checked = {id for step in plan.steps() if step.kind == "check" for id in step.assets}

    assert checked <= {case.subject for case in lost}


def test_a_host_of_a_cluster_is_covered_by_the_others(lost: list[Case]) -> None:
    hosts = [case for case in lost if case.subject.startswith("esx")]

    assert len(hosts) == 6
    for case in hosts:
        assert case.losses == ()
        assert CoverKind.HOSTS in {cover.kind for cover in case.covers}


def test_one_of_a_pair_costs_nothing_and_its_partner_is_named(lost: list[Case]) -> None:
    pairs = {"core1": "core2", "core2": "core1", "fwA1": "fwA2", "jdb1": "jdb2", "adA1": "adA2"}

    for asset, partner in pairs.items():
        (case,) = [case for case in lost if case.subject == asset]
        assert case.losses == ()
        assert any(partner in cover.by for cover in case.covers)


def test_whoever_turns_back_in_time_loses_nothing_if_the_asset_works_where_it_was(lost: list[Case]) -> None:
    """The plan is verified: rollbacks that are decided in time end before service begins."""
    back = [case for case in lost if case.reaction is Reaction.TURN_BACK]

    assert len(back) > 50
    assert [case.subject for case in back if case.if_back] == []


def test_a_vendor_with_one_engineer_is_the_one_whose_absence_puts_the_wave_off(
    inventory: Inventory, plan: Plan
) -> None:
    context = Context.of(inventory, plan)
    course, almanac = Course(context), Almanac(inventory)
    waiting = Waiting(course)
    reliever = Reliever(course, waiting, Delayer(course, waiting, Reckoning(context, almanac, DAY)), almanac)
    alone = [team for team in inventory.teams.values() if len(team.people) == 1]

    cases = [case for team in alone for wave in plan.waves if (case := reliever.case(team, wave)) is not None]
    assert cases
    assert {(case.reaction, case.obstacle) for case in cases} == {(Reaction.NOT_BEGUN, Obstacle.NOBODY)}


def test_every_gate_and_gap_says_until_when_and_none_breaks_before_the_work_can_be_resumed(
    inventory: Inventory, plan: Plan
) -> None:
    found = stops(inventory, plan, silent)

    gates = {gate.id for wave in plan.waves for gate in wave.gates}
    assert {stop.id for stop in found} == gates | {wave.id for wave in plan.waves[:-1]}
    for stop in found:
        assert stop.lasts is None or stop.lasts > stop.resumes
