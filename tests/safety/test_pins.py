"""A pin binds the days of the waves of what it names (S12); its borders to the day, and noon to the minute."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from planner.model.asset import AssetKind
from planner.model.chain import Method
from planner.model.inventory import Inventory
from planner.model.pin import Pin
from planner.plan.finding import Finding
from planner.plan.plan import Plan
from planner.plan.step import Step
from planner.plan.wave import Wave
from planner.safety.pins import broken_pins
from planner.units.clock import Clock
from planner.units.span import Span
from tests.safety.estates import asset, carried, estate, plan, steps, system, vm

CLOCK = Clock("Asia/Tokyo")
SATURDAY, SUNDAY = date(2027, 1, 9), date(2027, 1, 10)


def at(day: date, minute: int) -> int:
    return CLOCK.minute(day, minute)


def pinned(inventory: Inventory, *rows: tuple[Step, ...], end: int = 0, **pin: Any) -> list[Finding]:
    """What one pin on `a` says of waves from Saturday 08:00 on, a day apart; ``end`` is the first one's."""
    facts: dict[str, Any] = {"subjects": ("a",), **pin}
    waves = []
    for number, row in enumerate(rows):
        begin = at(SATURDAY, 8 * 60) + number * 1440
        window = Span(begin, end if end and not number else begin + 60)
        waves.append(Wave(f"w{number}", "any", window, (), row))
    bound: Plan = replace(plan(inventory), waves=tuple(waves))
    return list(broken_pins(replace(inventory, pins=(Pin(**facts),)), bound))


@pytest.mark.parametrize(
    ("pin", "broken"),
    [
        ({"on": SATURDAY}, []),
        ({"on": SUNDAY}, []),
        ({"on": date(2027, 1, 8)}, ["s12.pin_on"]),
        ({"on": date(2027, 1, 11)}, ["s12.pin_on"]),
        ({"not_before": SATURDAY}, []),
        ({"not_before": SUNDAY}, ["s12.pin_not_before"]),
        ({"last_day": SUNDAY}, []),
        ({"last_day": SATURDAY}, ["s12.pin_last_day"]),
    ],
)
def test_the_days_of_a_wave_are_inside_what_a_pin_allows(pin: dict[str, date], broken: list[str]) -> None:
    found = pinned(estate(carried("a")), steps("0 1 carry a"), end=at(SUNDAY, 20 * 60), **pin)

    assert [(f.key, f.subjects, f.facts, f.values.get("wave")) for f in found] == [
        (key, ("a",), ("pins.0",), "w0") for key in broken
    ]


@pytest.mark.parametrize(("end", "last"), [(720, "2027-01-09"), (721, "2027-01-10")])
def test_the_day_on_which_a_window_ends_is_one_of_its_days_if_its_last_minute_is_not_before_noon(
    end: int, last: str
) -> None:
    found = pinned(estate(carried("a")), steps("0 1 carry a"), end=at(SUNDAY, end), last_day=date(2027, 1, 8))

    assert [(f.values["day"], f.values["pin"]) for f in found] == [(last, "2027-01-08")]


@pytest.mark.parametrize("kind", ["unmount", "carry", "mount", "switch_over", "renumber", "dispose"])
def test_bound_is_every_wave_in_which_the_asset_becomes_another_one(kind: str) -> None:
    found = pinned(estate(carried("a")), steps(f"0 1 {kind} a"), last_day=date(2027, 1, 8))

    assert [f.key for f in found] == ["s12.pin_last_day"]


@pytest.mark.parametrize("kind", ["stop", "start", "check", "back_up"])
def test_a_restart_or_a_backup_is_free_of_pins_and_so_is_work_on_others(kind: str) -> None:
    inventory = estate(carried("a"), carried("b"))

    assert pinned(inventory, steps(f"0 1 {kind} a", "0 1 carry b"), last_day=date(2027, 1, 8)) == []


def test_what_retires_is_bound_by_its_stop() -> None:
    found = pinned(estate(asset("a", method=Method.RETIRE)), steps("0 1 stop a"), last_day=date(2027, 1, 8))

    assert [f.key for f in found] == ["s12.pin_last_day"]


def test_a_pin_on_a_system_binds_all_that_it_runs_on_down_to_the_host() -> None:
    things = carried("h", AssetKind.HYPERVISOR), vm("v", "h"), carried("b"), carried("c"), system("s", "v & b")
    row = steps("0 1 carry h", "0 1 carry b", "0 1 carry c")
    found = pinned(estate(*things), row, subjects=("s",), last_day=date(2027, 1, 8))

    assert sorted(f.subjects for f in found) == [("b",), ("h",)]


def test_what_moves_in_the_same_wave_has_its_last_wave_in_common() -> None:
    inventory = estate(carried("a"), carried("b"))

    def apart(*rows: tuple[str, ...]) -> list[tuple[tuple[str, ...], str]]:
        found = pinned(inventory, *(steps(*row) for row in rows), same_as=("b",))
        return [(f.subjects, f.values["waves"]) for f in found if f.key == "s12.pin_apart"]

    assert apart(("0 1 carry a",), ("0 1 carry a", "0 1 carry b")) == []
    assert apart(("0 1 carry a",), ("0 1 carry b",)) == [(("a", "b"), "a w0, b w1")]
    assert apart(("0 1 carry a",), ("0 1 stop b",)) == []
