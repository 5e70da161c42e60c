"""What happens to a plan that walks into the traps of the shipped example."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from planner import sources
from planner.model.chain import CHAINS, StepKind
from planner.model.inventory import Inventory
from planner.model.need import Leaf, Need, NeedKind
from planner.plan.step import Step
from planner.safety.rules import s02_outage_budget, s03_clean_stop_and_start, s04_redundancy_kept, s20_acceptance
from planner.safety.verify import start_state
from planner.units.span import Minute
from tests.safety.estates import announced, findings, plan

SATURDAY, NEW_YEAR = date(2027, 1, 23), date(2026, 12, 30)


@pytest.fixture(scope="module")
def city() -> Inventory:
    return sources.load(Path(__file__).parents[2] / "inventory").inventory


def at(city: Inventory, day: date, hour: int) -> Minute:
    return city.clock.minute(day, hour * 60)


def move(city: Inventory, id: str, begin: Minute) -> tuple[Step, ...]:
    """The whole chain of one asset from ``begin`` on, with the durations of the inventory."""
    asset = city.assets[id]
    found = []
    for kind in CHAINS[asset.method]:
        minutes = asset.works[kind].duration.likely if kind in asset.works else 0
        if minutes:
            to = {id: asset.stages[0].position} if kind in (StepKind.CARRY, StepKind.MOUNT) else {}
            found.append(Step(f"{id}-{kind}", kind, (id,), begin, begin + minutes, to=to))
            begin += minutes
    return tuple(found)


def restart(system: str, begin: Minute, end: Minute) -> tuple[Step, ...]:
    """A system that is stopped at ``begin`` and accepted half an hour after ``end``."""
    return (
        Step(f"{system}-stop", StepKind.STOP, (system,), begin, begin + 10),
        Step(f"{system}-start", StepKind.START, (system,), end - 10, end),
        Step(f"{system}-accept", StepKind.ACCEPT, (system,), end, end + 30),
    )


def at_the_start(city: Inventory, rule: str) -> set[tuple[str, ...]]:
    found = start_state(city).findings
    return {f.subjects for f in found if f.rule == rule and not f.unknown}


def test_before_the_first_step_racks_circuits_fates_and_tiers_are_wrong(city: Inventory) -> None:
    """T1, T2, T5, T6, T13 and T19 are there at the start; nothing is unavailable, stretched or overloaded."""
    found = start_state(city).findings
    assert {finding.rule for finding in found if not finding.unknown} == {"S05", "S08", "S17"}


def test_t1_two_directories_are_one_fate_group(city: Inventory) -> None:
    assert ("R1", "adA1", "adA2") in at_the_start(city, "S05")


def test_t2_both_firewalls_of_a_pair_fall_with_their_rack(city: Inventory) -> None:
    assert {("R2", "fwA1", "fwA2"), ("R4", "fwB1", "fwB2")} <= at_the_start(city, "S05")


def test_t13_both_lines_to_the_government_cloud_end_on_one_router(city: Inventory) -> None:
    assert ("gcrt", "ln-gc1", "ln-gc2") in at_the_start(city, "S05")


def test_t19_legs_in_two_tiers_are_there_at_the_start_and_waived_in_writing(city: Inventory) -> None:
    doors = {"bk1", "esxb1", "esxb2", "esxb3"}
    found = [f for f in start_state(city).findings if f.rule == "S08" and f.subjects[0] in doors]
    assert {f.subjects[0] for f in found} == doors
    assert all(f.pre_existing and f.waived for f in found)


def test_t3_both_core_switches_in_one_interval_leave_the_network_without_any(city: Inventory) -> None:
    begin = at(city, SATURDAY, 9)
    both = plan(city, (*move(city, "core1", begin), *move(city, "core2", begin)))

    short = [subjects for key, subjects, _ in findings(s04_redundancy_kept.RULE, both) if key == "s04.too_few"]
    assert ("net", "core1", "core2") in short


def test_t3_one_core_switch_alone_takes_nothing_from_the_network(city: Inventory) -> None:
    alone = plan(city, move(city, "core2", at(city, SATURDAY, 9)))

    assert findings(s04_redundancy_kept.RULE, alone) == []


def test_t7_certificates_are_out_on_a_saturday_but_not_at_new_year(city: Inventory) -> None:
    def out(day: date) -> set[str]:
        stopped = announced(city, restart("cvs", at(city, day, 10), at(city, day, 12)))
        return {key for key, subjects, _ in findings(s02_outage_budget.RULE, stopped) if subjects == ("cvs",)}

    assert out(SATURDAY) == {"s02.budget"}
    assert out(NEW_YEAR) == set()


def test_t7_its_acceptance_at_new_year_has_to_be_provisional(city: Inventory) -> None:
    stopped = announced(city, restart("cvs", at(city, NEW_YEAR, 10), at(city, NEW_YEAR, 12)))

    assert "s20.outside_hours" in {key for key, *_ in findings(s20_acceptance.RULE, stopped)}


def test_t18_in_a_variant_family_register_and_residents_are_one_group(city: Inventory) -> None:
    def hard_on(id: str, other: str) -> dict[str, object]:
        system = city.systems[id]
        kept = tuple(need for need in system.needs if need.kind is not NeedKind.SOFT)
        return {id: replace(system, needs=(*kept, Need(NeedKind.HARD, Leaf(other))))}

    circle = {**city.systems, **hard_on("koseki", "jumin"), **hard_on("jumin", "koseki")}
    variant = replace(city, systems=circle)
    begin = at(city, NEW_YEAR, 10)
    alone = announced(variant, restart("koseki", begin, begin + 120))

    found = findings(s03_clean_stop_and_start.RULE, alone)
    group = tuple(id for id in city.systems if id in ("koseki", "jumin"))
    assert ("s03.group_apart", group, (begin + 10, begin + 110)) in found
