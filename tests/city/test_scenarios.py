"""The shipped scenarios: each is read, changes what it says, and has its say about the plan of the example city."""

from collections.abc import Callable
from functools import cache
from pathlib import Path

import pytest

from planner.model.inventory import Inventory
from planner.pipeline.verify import read_plan
from planner.pipeline.whatif import ask, study
from planner.plan.comparison import Asked, Holding, Outcome
from planner.plan.finding import Finding
from planner.plan.plan import Plan
from planner.plan.wording import word
from planner.safety.context import Context
from planner.safety.rules import RULES
from planner.scheduling.options import Options
from planner.sources.scenarios.loading import Base, read_base, read_scenario
from planner.sources.scenarios.scenario import Scenario
from planner.units.progress import silent
from planner.whatif.arrangement import arranged, swapped
from tests.kept import CHECKOUT

SCENARIOS = CHECKOUT / "inventory" / "scenarios"
NAMES = ("late-handover", "election", "january-weekends", "zei-later", "vendor-one-less", "waves-swapped")


@pytest.fixture(scope="module")
def plan(city_plan: Path) -> Plan:
    return read_plan(city_plan)


@pytest.fixture(scope="module")
def read(city: Path) -> Callable[[str], Scenario]:
    """A function that reads a shipped scenario, each once."""
    base: Base = read_base(city)
    return cache(lambda name: read_scenario(base, SCENARIOS / f"{name}.yaml"))


def broken(inventory: Inventory, plan: Plan, *rules: str) -> list[Finding]:
    """What these rules have against the plan; what is there before it is left out."""
    context = Context.of(inventory, plan)
    found = [finding for rule in RULES if rule.id in rules for finding in rule.check(context).findings]
    return [f for f in found if f.span is None or f.span.start > inventory.project.horizon.start]


def paths(scenario: Scenario) -> list[str]:
    return [edit.path for edit in scenario.edits]


def test_the_shipped_scenarios_are_the_six_each_with_its_file_name_as_id_and_a_title_in_both_languages(
    read: Callable[[str], Scenario],
) -> None:
    assert sorted(file.stem for file in SCENARIOS.glob("*.yaml")) == sorted(NAMES)
    for name in NAMES:
        scenario = read(name)
        assert scenario.id == name
        assert scenario.title["ja"] != scenario.title["en"]
        assert scenario.description["ja"] != scenario.description["en"]


def test_a_late_hand_over_keeps_everything_out_of_the_new_room_until_after_new_year(
    read: Callable[[str], Scenario], plan: Plan
) -> None:
    scenario = read("late-handover")
    assert paths(scenario)[:2] == ["rooms.new.opens", "rooms.new.ready"]

    found = broken(scenario.loaded.inventory, plan, "S17")
    assert {finding.key for finding in found} >= {"s17.room_closed", "s17.not_ready"}
    assert {"jumin", "cvs"} & {
        o.system for o in plan.outages
    }  # they moved in the New Year closing, before it opens now


def test_an_election_takes_the_window_of_the_wave_in_march(read: Callable[[str], Scenario], plan: Plan) -> None:
    scenario = read("election")
    assert paths(scenario) == ["calendar.blackouts.snap_election"]

    hit = [wave.id for wave in plan.waves if wave.window_id == "closed/2027-03-20"]
    assert hit
    found = broken(scenario.loaded.inventory, plan, "S12")
    assert {finding.subjects for finding in found if finding.key == "s12.no_window"} == {(id,) for id in hit}


def test_four_weekends_of_january_are_open_where_new_year_is_not(read: Callable[[str], Scenario], plan: Plan) -> None:
    scenario = read("january-weekends")
    inventory = scenario.loaded.inventory
    saturdays = [f"2027-01-{day:02}T12:00+09:00" for day in (9, 16, 23, 30)]
    assert paths(scenario)[:2] == ["calendar.hours.daily", "calendar.hours.branches"]
    parts = inventory.timetable.hours["daily"].parts
    assert all(any(inventory.clock.day(inventory.clock.parse(s)) in p.days.but for p in parts) for s in saturdays)

    hit = {wave.id for wave in plan.waves if wave.window_id == "closed/2026-12-29"}
    assert {f.subjects[0] for f in broken(inventory, plan, "S12") if f.key == "s12.no_window"} == hit


def test_taxes_that_stay_two_months_longer_still_need_what_the_plan_takes_away(
    read: Callable[[str], Scenario], plan: Plan
) -> None:
    scenario = read("zei-later")
    assert paths(scenario) == ["systems.zei.leaves", "assets.zap1.leaves", "systems.rpa.needs.1.last_day"]

    inventory = scenario.loaded.inventory
    leaves = inventory.systems["zei"].leaves or 0
    gone = min(step.start for step in plan.steps() if "zap1" in step.assets) < leaves
    found = {(finding.key, finding.subjects) for finding in broken(inventory, plan, "S21", "S03")}
    assert (("s21.retired_but_needed", ("zap1", "zei")) in found) == gone


def test_a_vendor_with_one_person_less_lacks_just_that_person(read: Callable[[str], Scenario], plan: Plan) -> None:
    scenario = read("vendor-one-less")
    assert paths(scenario) == ["teams.VA.people.VA/3.absent"]

    found = broken(scenario.loaded.inventory, plan, "S15")
    mine = [step.id for step in plan.steps() if "VA/3" in (*step.people, step.witness)]
    assert {id for finding in found for id in finding.steps} == set(mine)
    assert bool(mine) == bool(found)


def test_the_third_and_the_fourth_wave_are_to_change_places(read: Callable[[str], Scenario], plan: Plan) -> None:
    scenario = read("waves-swapped")

    assert paths(scenario) == []
    assert [[named.id for named in pair] for pair in scenario.swaps] == [["W3", "W4"]]
    assert swapped(plan, ("W3", "W4")) == ("W4", "W3")


@pytest.mark.long
def test_the_swapped_waves_are_in_each_others_windows_and_taxes_would_lose_their_server(
    read: Callable[[str], Scenario], plan: Plan
) -> None:
    other = arranged(read("waves-swapped").loaded.inventory, plan, [("W4", "W3")])

    was, now = ({wave.id: wave.window_id for wave in each.waves} for each in (plan, other))
    assert (now["W3"], now["W4"]) == (was["W4"], was["W3"])
    assert {now[id] for id in now.keys() - {"W3", "W4"}} == {was[id] for id in was.keys() - {"W3", "W4"}}
    found = broken(other.inventory, other, "S21")
    assert ("s21.retired_but_needed", ("zap1", "zei")) in {(finding.key, finding.subjects) for finding in found}


@pytest.mark.long
@pytest.mark.parametrize("name", NAMES)
def test_each_scenario_breaks_the_plan_and_gets_a_verified_plan_or_a_refusal_with_its_reasons(
    name: str, read: Callable[[str], Scenario], plan: Plan
) -> None:
    each = study(read(name), plan)
    held = ask(plan, each, Asked.HOLDS, Options(), silent, lambda: False)

    assert isinstance(held, Holding)
    assert not held.holds
    for asked in (Asked.LEAST, Asked.NEW):
        found = ask(plan, each, asked, Options(), silent, lambda: False)
        assert isinstance(found, Outcome)
        assert found.unsafe == ()
        assert (found.tally is None) != (found.refusal is None)
        assert found.changes is None or not found.changes.same_work
        for reason in found.refusal.reasons if found.refusal else ():
            assert not word(reason, "ja").startswith(reason.key)
