"""What `calendar`, `check` and the needs graph say about the example's traps."""

import json
from pathlib import Path

import pytest

from planner.calendar import hours, judge, pattern_windows, usable, windows
from planner.cli.entry import main
from planner.dependencies import Remark, at_start, consequences, hard_groups, impact, start_cycles
from planner.errors.status import ExitStatus
from planner.model.inventory import Inventory
from tests.inventory.conftest import SHIPPED, Vary


def together(city: Inventory) -> dict[str, Remark]:
    """The remarks on shared fate by what falls together."""
    return {remark.values["lost"]: remark for remark in consequences(city) if remark.key == "shared_fate"}


def wide_open(city: Inventory, subject: str) -> set[str]:
    """The runs of closed days of which the subject may use every minute, by their first day."""
    runs = (j for j in judge(city, subject) if j.window.id.startswith("closed/") and j.is_whole)
    return {judgement.window.id.removeprefix("closed/") for judgement in runs}


def test_t1_the_two_directories_fall_with_one_rack_circuit_and_ups(city: Inventory) -> None:
    assert together(city)["adA1, adA2"].values["elements"] == "co1 (circuit), R1 (rack), ups1 (ups)"


def test_t2_each_pair_of_firewalls_falls_with_one_rack(city: Inventory) -> None:
    assert "R2 (rack)" in together(city)["fwA1, fwA2"].values["elements"]
    assert "R4 (rack)" in together(city)["fwB1, fwB2"].values["elements"]


def test_t3_one_core_switch_may_be_off_and_both_make_everything_unavailable_but_stop_only_the_network(
    city: Inventory,
) -> None:
    scene = at_start(city)

    assert impact(scene, ["core1"]).dead == impact(scene, ["core2"]).dead == ()
    both = impact(scene, ["core1", "core2"])
    assert [effect.subject for effect in both.stopped] == ["net"]
    assert {"jumin", "koseki", "bunsho"} <= set(both.dead)


def test_t4_nothing_that_the_management_server_needs_to_start_waits_for_it(city: Inventory) -> None:
    assert start_cycles(city) == ()


def test_t4_in_a_variant_the_circle_through_the_management_server_is_refused_with_its_places(
    vary: Vary, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    line = "{id: dhcp1, "
    inventory = vary("servers.yaml", line, f"{line}needs: [{{start: vcs}}], ")

    (cycle,) = start_cycles(inventory)
    assert cycle.way == ("dhcp1", "vcs", "dhcp1")
    assert main(["check", str(tmp_path / "inventory"), "--format", "json"]) == ExitStatus.COULD_NOT
    assert [fault["code"] for fault in json.loads(capsys.readouterr().out)["faults"]] == ["E303"]


def test_t7_a_saturday_falls_into_the_hours_of_the_certificates_and_new_year_does_not(city: Inventory) -> None:
    found = {w.id: w.span for w in pattern_windows(city.timetable, city.clock, city.project.horizon)}
    daily = city.systems["cvs"].hours

    assert hours(city.timetable, city.clock, daily, found["closed/2026-12-29"]).minutes == 0
    assert hours(city.timetable, city.clock, daily, found["closed/2027-01-09"]).minutes == (15 + 16.5 + 13.5) * 60
    assert hours(city.timetable, city.clock, daily, found["night/2027-01-12"]).minutes == 0


def test_t10_the_sunday_counters_of_the_winter_fall_into_the_windows(city: Inventory) -> None:
    sundays = {
        window.id
        for window in windows(city)
        if window.id.startswith("closed/2026-12") or window.id.startswith("closed/2027-01")
        if hours(city.timetable, city.clock, "counter", window.span)
    }

    assert sundays == {"closed/2026-12-26", "closed/2027-01-09", "closed/2027-01-23"}


def test_t13_both_cloud_lines_fall_with_their_router(city: Inventory) -> None:
    assert together(city)["ln-gc1, ln-gc2"].values["elements"] == "gcrt (router)"
    assert "atena" in impact(at_start(city), ["gcrt"]).dead


def test_t18_in_a_variant_the_circle_is_named_and_treated_as_one_group(vary: Vary) -> None:
    inventory = vary("systems.yaml", "{soft: jumin, mbps: 20}]  # tests", "{hard: jumin, mbps: 20}]  # tests")
    both = vary("systems.yaml", "{soft: [jbat, koseki], mbps: 20}", "{hard: koseki, mbps: 20}")

    assert hard_groups(inventory) == ()
    (group,) = hard_groups(both)
    assert set(group.members) == {"jumin", "koseki"}
    assert set(group.way) == {"jumin", "koseki"}
    assert [remark.subjects for remark in consequences(both) if remark.key == "hard_group"] == [group.members]


def test_the_servers_of_the_residents_register_may_use_new_year_the_long_weekend_and_four_others(
    city: Inventory,
) -> None:
    winter = {"2026-12-26", "2026-12-29", "2027-01-09", "2027-01-23", "2027-01-30", "2027-02-06"}

    assert winter <= wide_open(city, "esxa1")


def test_about_28_week_nights_are_usable_by_everyone(city: Inventory) -> None:
    nights = [window for window in windows(city) if window.id.startswith("night/")]

    assert 26 <= len(nights) <= 34
    assert {window.span.minutes for window in nights} == {450}


def test_no_window_of_what_moves_lies_before_the_new_room_opens(city: Inventory) -> None:
    opens = city.rooms["new"].opens
    assert opens is not None

    assert min(span.start for span in usable(city, "esxa1")) >= opens


def test_check_finds_the_floor_and_the_circuit_of_the_old_room_and_no_fault(
    capsys: pytest.CaptureFixture[str],
) -> None:
    """T5 and T6 are there before the first step; they do not stop the check."""
    assert main(["check", str(SHIPPED), "--lang", "en", "--format", "json"]) == ExitStatus.DONE

    found = json.loads(capsys.readouterr().out)
    sentences = [finding["message"] for finding in found["start_state"]]
    for rack, load in (("R1", 655), ("R2", 609), ("R3", 585), ("R5", 536)):
        assert f"{rack}, old: the floor bears {load} kg/m2 of at most 500" in sentences
    assert any(sentence.startswith("co1, old: the circuit bears 3090 VA") for sentence in sentences)
    assert found["faults"] == []
