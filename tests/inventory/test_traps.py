"""The traps of the example are in it: the facts that the rules have to trip over."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from planner.calendar import hours
from planner.model.chain import Method
from planner.model.inventory import Inventory
from planner.model.need import NeedKind, leaves
from planner.units.span import Span

if TYPE_CHECKING:
    from tests.inventory.conftest import Vary


def _in_rack(city: Inventory, rack: str) -> set[str]:
    return {a.id for a in city.assets.values() if a.at and a.at.rack == rack}


def _kg(city: Inventory, rack: str) -> float:
    return sum(city.assets[id].kg or 0 for id in _in_rack(city, rack)) + city.racks[rack].frame_kg


def _needs(city: Inventory, subject: str, kind: NeedKind) -> set[str]:
    return {leaf for need in city.subject(subject).needs if need.kind is kind for leaf in leaves(need.tree)}


def _open_minutes(city: Inventory, system: str, day: date, start: int = 0, end: int = 1440) -> int:
    span = Span(city.clock.minute(day, start), city.clock.minute(day, end))
    return sum(part.minutes for part in hours(city.timetable, city.clock, city.systems[system].hours, span))


def test_t1_two_directories_are_one_fate_group(city: Inventory) -> None:
    assert _in_rack(city, "R1") >= {"adA1", "sanA", "esxa1", "esxa2", "jdb1", "tfa1", "ups1"}
    assert city.clusters[city.assets["adA2"].cluster or ""].storage == "sanA"


def test_t2_both_firewalls_of_a_pair_stand_in_one_rack(city: Inventory) -> None:
    assert _in_rack(city, "R2") >= {"fwA1", "fwA2"}
    assert _in_rack(city, "R4") >= {"fwB1", "fwB2"}


def test_t3_one_of_the_two_core_switches_works_at_any_minute(city: Inventory) -> None:
    core = city.systems["net"]
    assert (core.hours, core.budget) == (None, 0)
    assert core.runs_on is not None
    assert set(leaves(core.runs_on)) == {"core1", "core2"}
    assert {city.assets[id].method for id in ("core1", "core2")} == {Method.CARRY}


def test_t4_the_management_server_runs_on_the_cluster_that_it_manages(city: Inventory) -> None:
    assert {city.assets[id].cluster for id in ("vcs", "dhcp1", "adB2")} == {"cl-b"}
    assert _needs(city, "vcs", NeedKind.START) == {"adB1", "adB2", "dhcp1"}
    assert all("vcs" not in _needs(city, id, NeedKind.START) for id in ("adB1", "adB2", "dhcp1"))


def test_t5_rack_r1_draws_30_9_ampere_at_100_volt(city: Inventory) -> None:
    circuit = city.circuits[city.racks["R1"].feeds[0]]
    drawn = sum(city.assets[id].va or 0 for id in _in_rack(city, "R1") - {"ups1"})
    assert drawn / circuit.volts == pytest.approx(30.9)
    assert circuit.amps == 30
    assert drawn / 200 == pytest.approx(15.45)


@pytest.mark.parametrize(("rack", "load"), [("R1", 655), ("R2", 609), ("R3", 585), ("R5", 536)])
def test_t6_four_racks_are_too_heavy_for_the_floor(city: Inventory, rack: str, load: int) -> None:
    assert round(_kg(city, rack) / city.racks[rack].footprint_m2) == load
    assert city.rooms["old"].floor_kg_m2 == 500


def test_t7_certificates_are_open_on_saturdays_but_not_around_new_year(city: Inventory) -> None:
    assert _open_minutes(city, "cvs", date(2027, 1, 9)) == 16 * 60 + 30
    assert all(_open_minutes(city, "cvs", day) == 0 for day in (date(2026, 12, 29), date(2027, 1, 3)))
    assert _open_minutes(city, "cvs", date(2027, 1, 4)) == 16 * 60 + 30
    assert city.systems["cvs"].budget == 0
    assert {"jumin"} <= _needs(city, "cvs", NeedKind.HARD)
    assert {"lgwan"} <= _needs(city, "cvs", NeedKind.LIVE)


def test_t7_its_acceptance_needs_the_outside_service(city: Inventory) -> None:
    assert city.systems["cvs"].accept_hours == "daily"


def test_t8_every_line_can_be_laid_twice_and_carriers_come_on_weekdays(city: Inventory) -> None:
    lines = [a for a in city.assets.values() if a.method is Method.RELAY]
    assert all(line.dual_lay for line in lines)
    saturday = Span(city.clock.minute(date(2027, 1, 9)), city.clock.minute(date(2027, 1, 10)))
    assert not hours(city.timetable, city.clock, "carrier", saturday)


def test_t10_sunday_counters_fall_into_windows_and_one_is_shifted(city: Inventory) -> None:
    biting = [date(2026, 12, 27), date(2027, 1, 10), date(2027, 1, 24)]
    assert all(_open_minutes(city, "zei", day) == 525 for day in biting)
    assert _open_minutes(city, "zei", date(2026, 11, 22)) == 0
    assert _open_minutes(city, "zei", date(2026, 11, 29)) == 525


def test_t11_backup_and_replica_stand_in_one_rack(city: Inventory) -> None:
    assert _in_rack(city, "R5") >= {"bk1", "tape", "file2"}


def test_t12_a_literal_address_of_the_tax_system_stands_in_a_script(city: Inventory) -> None:
    form = city.assets["zprn"]
    assert form.new_address is not None
    assert city.segments["a-sv"].new_prefix is not None
    assert [reference.holder for reference in form.references] == ["rpa"]


def test_t13_both_cloud_lines_end_on_one_router(city: Inventory) -> None:
    assert {city.assets[id].ends["old"] for id in ("ln-gc1", "ln-gc2")} == {("gcrt",)}


@pytest.mark.parametrize(("system", "old", "new"), [("tel", "pbx", "pbx2"), ("bosai", "jalert", "jalert2")])
def test_t14_what_may_never_be_out_has_a_parallel_unit(city: Inventory, system: str, old: str, new: str) -> None:
    assert (city.systems[system].hours, city.systems[system].budget) == (None, 0)
    assert city.assets[new].replaces == old


def test_t15_twelve_hours_eleven_of_rest_and_someone_fresh(city: Inventory) -> None:
    staff = city.policy.staff
    assert (staff.shift, staff.rest, staff.month, staff.fresh) == (720, 660, 2700, 1)


def test_t17_the_tax_system_leaves_two_months_after_the_move_and_stays_until_then(city: Inventory) -> None:
    system, box = city.systems["zei"], city.assets["zap1"]
    assert system.leaves == city.clock.minute(date(2027, 3, 1))
    assert (box.method, box.leaves) == (Method.RETIRE, system.leaves)
    assert city.rooms["old"].closes is not None
    assert city.rooms["old"].closes > system.leaves
    assert system.cloud_needs


def test_t18_family_register_and_residents_are_soft_in_the_shipped_example(city: Inventory) -> None:
    assert "koseki" in _needs(city, "jumin", NeedKind.SOFT)
    assert "jumin" in _needs(city, "koseki", NeedKind.SOFT)


def test_t19_the_legs_in_two_tiers_are_waived_in_writing(city: Inventory) -> None:
    waived = {asset for waiver in city.policy.waivers if waiver.rule == "S08" for asset in waiver.assets}
    assert waived >= {"bk1", "esxb1", "esxb2", "esxb3"}


def test_three_segments_are_renumbered_and_one_gateway_changes(city: Inventory) -> None:
    assert {id for id, segment in city.segments.items() if segment.new_prefix} == {"a-sv", "c-proxy", "d-bosai"}
    assert {a.id for a in city.assets.values() if a.new_address} == {"zprn", "prx1", "bos1"}
    assert city.assets["inrt2"].replaces == city.segments["c-cl"].gateway[0]


def test_floors_close_in_stages_and_each_department_leaves_in_time(city: Inventory) -> None:
    phases = {phase.rooms[0]: phase.span for phase in city.timetable.phases}
    going = [a for a in city.assets.values() if a.department and a.at and a.method is Method.CARRY]
    assert len(going) == 8
    for group in going:
        stage, old = group.stages[0], group.at.room if group.at else ""
        assert stage.not_after is not None
        assert stage.not_after <= phases[old].start
        if stage.position.room in phases:
            assert (stage.not_before or city.project.horizon.start) >= phases[stage.position.room].end or (
                stage.not_after <= phases[stage.position.room].start
            )


def test_t18_in_a_variant_each_is_hard_on_the_other(vary: Vary) -> None:
    vary("systems.yaml", "{soft: jumin, mbps: 20}]  # tests", "{hard: jumin, mbps: 20}]  # tests")
    tied = vary("systems.yaml", "{soft: [jbat, koseki], mbps: 20}", "{hard: koseki, mbps: 20}, {soft: jbat, mbps: 20}")
    assert "jumin" in _needs(tied, "koseki", NeedKind.HARD)
    assert "koseki" in _needs(tied, "jumin", NeedKind.HARD)
