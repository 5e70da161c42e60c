"""Waves that somebody has decided already are kept by the planner, demanded by the verifier, and told in refusals."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from planner.model.inventory import Inventory
from planner.model.pin import Pin
from planner.plan.plan import Plan
from planner.plan.refusal import Refusal, RefusalKind
from planner.plan.wording import word
from planner.safety.verify import verify
from planner.scheduling.options import Options
from planner.scheduling.pins import allows, beneath
from planner.scheduling.reschedule import restated
from planner.scheduling.schedule import schedule
from planner.sources import load
from planner.units.span import Span

TOWN = """\
version: 1
project: {id: t, name: t, as_of: 2026-09-01, horizon: {from: 2026-10-01, last_day: 2026-11-30}}
rooms: [{id: old, name: old, kind: server_room}, {id: new, name: new, kind: server_room}]
links: [{id: fibre, between: [old, new], gbps: 10}]
teams: [{id: ict, name: ict, own: true, people: 5}]
policy: {decider: ict/1, deputy: ict/2, criteria: [nothing is on fire]}
servers: [{id: a, at: old, to: new}, {id: b, at: old, to: new}, {id: c, at: old, to: new}]
systems: [{id: s, name: s, runs_on: [a], criticality: B, hours: office}]
groups: [{id: g, of: [b, c], at_least: 1}]
calendar:
  hours: {office: weekdays 08:30-17:15}
  windows:
    - {id: sat, days: saturday, start: "08:00", end: "20:00"}
    - {id: fri, days: friday, start: "22:00", end: "29:00"}
"""


@pytest.fixture(scope="module")
def town(tmp_path_factory: pytest.TempPathFactory) -> Inventory:
    return loaded(tmp_path_factory.mktemp("town"), "")


def loaded(folder: Path, more: str) -> Inventory:
    (folder / "town.yaml").write_text(TOWN + more, encoding="utf-8")
    return load(folder).inventory


def planned(town: Inventory, *pins: Pin) -> Plan | Refusal:
    return schedule(replace(town, pins=pins), Options(0.3, 0))


def days(plan: Plan | Refusal) -> dict[str, date]:
    """The first day of the window of each asset."""
    assert isinstance(plan, Plan), plan
    assert verify(plan.inventory, plan).failures == ()
    clock = plan.inventory.clock
    return {id: clock.day(wave.window.start) for wave in plan.waves for turn in wave.turns for id in turn.assets}


def test_pins_are_read_with_groups_and_lists_as_their_members(tmp_path: Path) -> None:
    more = """\
pins:
  - {subject: s, on: 2026-10-24, why: agreed}
  - {subject: [g], last_day: 2026-10-11, same_wave_as: a}
"""

    assert loaded(tmp_path, more).pins == (
        Pin(("s",), on=date(2026, 10, 24), why="agreed"),
        Pin(("b", "c"), last_day=date(2026, 10, 11), same_as=("a",)),
    )


def test_the_place_of_a_pin_is_found_also_where_pins_stand_in_two_files(tmp_path: Path) -> None:
    (tmp_path / "a.yaml").write_text("pins: [{subject: a, on: 2026-10-03}]\n", encoding="utf-8")
    loaded(tmp_path, "pins:\n  - {subject: s, on: 2026-10-24}\n")
    found = load(tmp_path)

    places = [Path(found.provenance[f"pins.{number}"].position.file).name for number in (0, 1)]
    assert ([pin.subjects for pin in found.inventory.pins], places) == ([("a",), ("s",)], ["a.yaml", "town.yaml"])


def test_a_system_is_moved_on_its_day_and_others_as_before(town: Inventory) -> None:
    found = days(planned(town, Pin(("s",), on=date(2026, 10, 24)), Pin(("b", "c"), not_before=date(2026, 11, 8))))

    assert found["a"] == date(2026, 10, 24)
    assert min(found["b"], found["c"]) > date(2026, 11, 8)


def test_a_last_day_is_kept(town: Inventory) -> None:
    found = days(planned(town, Pin(("a",), not_before=date(2026, 11, 1)), Pin(("b",), last_day=date(2026, 10, 4))))

    assert found["b"] <= date(2026, 10, 4)
    assert found["a"] >= date(2026, 11, 1)


def test_what_is_to_share_a_wave_goes_where_the_other_is_pinned(town: Inventory) -> None:
    pins = Pin(("a",), on=date(2026, 11, 7)), Pin(("b", "c"), same_as=("a",))

    assert set(days(planned(town, *pins)).values()) == {date(2026, 11, 7)}


def test_a_night_belongs_to_the_day_on_which_it_begins_and_a_weekend_to_all_of_its_days(town: Inventory) -> None:
    clock, saturday = town.clock, date(2026, 10, 24)
    night = Span(clock.minute(date(2026, 10, 23), 22 * 60), clock.minute(saturday, 5 * 60))
    weekend = Span(clock.minute(saturday, 8 * 60), clock.minute(date(2026, 10, 25), 20 * 60))

    pin = Pin(("a",), on=date(2026, 10, 25))
    assert [allows(Pin(("a",), on=saturday), span, clock) for span in (night, weekend)] == [False, True]
    assert [allows(pin, span, clock) for span in (night, weekend)] == [False, True]
    assert [allows(Pin(("a",), last_day=saturday), span, clock) for span in (night, weekend)] == [True, False]


def test_a_day_without_a_window_is_refused_as_impossible_with_the_pin(town: Inventory) -> None:
    answer = planned(town, Pin(("s",), on=date(2026, 10, 25)))

    assert isinstance(answer, Refusal)
    assert answer.kind is RefusalKind.IMPOSSIBLE
    assert [(reason.key, reason.subjects, reason.facts) for reason in answer.reasons] == [
        ("pin_without_window", ("a",), ("pins.0",))
    ]
    assert word(answer.reasons[0], "en") == (
        "no window is left for a on the days that it is pinned to (subject: s, on: 2026-10-25)"
    )


def test_pins_that_contradict_each_other_are_both_named(town: Inventory) -> None:
    answer = planned(town, Pin(("a",), on=date(2026, 10, 24)), Pin(("s",), not_before=date(2026, 11, 1)))

    assert isinstance(answer, Refusal)
    assert [reason.facts for reason in answer.reasons] == [("pins.0", "pins.1")]


def test_one_wave_for_what_is_pinned_to_two_days_is_a_reason_in_the_words_of_the_inventory(town: Inventory) -> None:
    pins = Pin(("a",), on=date(2026, 10, 24)), Pin(("b",), on=date(2026, 10, 31), same_as=("a",))
    answer = planned(town, *pins)

    assert isinstance(answer, Refusal)
    assert answer.kind is RefusalKind.NOT_FOUND
    told = [word(reason, "en") for reason in answer.reasons if reason.key == "pin_not_held"]
    assert told == [
        "no plan was found that moves a as they are pinned (subject: a, on: 2026-10-24)",
        "no plan was found that moves a, b as they are pinned (subject: b, on: 2026-10-31, same_wave_as: a)",
    ]


@pytest.mark.parametrize(
    ("pin", "key"),
    [
        (Pin(("s",), on=date(2026, 10, 25)), "s12.pin_on"),
        (Pin(("a",), not_before=date(2026, 10, 25)), "s12.pin_not_before"),
        (Pin(("a",), last_day=date(2026, 10, 23)), "s12.pin_last_day"),
        (Pin(("b",), same_as=("s",)), "s12.pin_apart"),
    ],
)
def test_the_verifier_rejects_a_plan_that_does_not_keep_a_pin(town: Inventory, pin: Pin, key: str) -> None:
    made = planned(town, Pin(("a",), on=date(2026, 10, 24)), Pin(("b", "c"), on=date(2026, 11, 7)))
    assert isinstance(made, Plan)

    stricter = replace(town, pins=(pin,))
    failures = verify(stricter, restated(stricter, made)).failures
    assert [(finding.rule, finding.key, finding.facts) for finding in failures] == [("S12", key, ("pins.0",))]
    assert pin.subjects[0] == "s" or pin.subjects[0] in word(failures[0], "ja")


def test_a_vm_pins_its_host(tmp_path: Path) -> None:
    more = "vms: [{id: v, host: h}]\npower: []\nstorage: [{id: h, kind: hypervisor, at: old, to: new}]\n"

    assert beneath(loaded(tmp_path, more), ("v",)) == {"h"}
