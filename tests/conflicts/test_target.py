"""The target state is called wrong only where no plan is safe."""

from pathlib import Path

import pytest

from planner.conflicts.target import wrong_target
from planner.model.inventory import Inventory
from planner.plan.plan import Plan
from planner.safety.verify import verify
from planner.scheduling.options import Options
from planner.scheduling.schedule import schedule
from planner.sources import load
from tests.cli.small import written
from tests.safety import weekend
from tests.scheduling.small_estates import small_estate


def estate(folder: Path, seed: int) -> Inventory:
    return load(written(folder, small_estate(seed))).inventory


def has_safe_plan(inventory: Inventory) -> bool:
    plan = schedule(inventory, Options(0.1))
    return isinstance(plan, Plan) and verify(inventory, plan).safe


def test_the_target_of_a_town_with_a_safe_plan_is_right() -> None:
    assert verify(weekend.inventory(), weekend.plan()).safe
    assert wrong_target(weekend.inventory()) == ()


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_the_target_of_a_small_estate_with_a_safe_plan_is_right(tmp_path: Path, seed: int) -> None:
    inventory = estate(tmp_path, seed)
    assert wrong_target(inventory) == ()
    assert has_safe_plan(inventory)


@pytest.mark.long
def test_the_targets_of_many_small_estates_with_safe_plans_are_right(tmp_path: Path) -> None:
    wrong = {}
    for seed in range(300):
        inventory = estate(tmp_path / str(seed), seed)
        reasons = wrong_target(inventory)
        if reasons and has_safe_plan(inventory):
            wrong[seed] = reasons
    assert wrong == {}


PARTED = """\
version: 1
project: {{id: t, name: t, as_of: 2026-09-01, horizon: {{from: 2026-10-01, last_day: 2026-11-30}}}}
rooms: [{{id: old, name: old, kind: server_room}}, {{id: new, name: new, kind: server_room}}]
racks: [{{id: O1, room: old}}, {{id: N1, room: new}}]
servers: [{{id: a, at: O1/10, to: N1/10}}, {{id: b, at: O1/12}}]
systems: [{{id: x, name: x, criticality: B, hours: daily, budget: 4h, runs_on: a, needs: [{{live: b{dates}}}]}}]
teams: [{{id: ict, name: ict, own: true, people: 4}}]
policy: {{decider: ict/1, deputy: ict/2, criteria: [nothing is on fire]}}
calendar:
  hours: {{daily: every day 06:30-23:00}}
  windows: [{{id: sat, days: saturday, start: "08:00", end: "20:00"}}]
"""


@pytest.mark.parametrize(
    ("dates", "minutes"),
    [
        ("", [3 * 60 + 2 * 990]),
        (", from: 2026-11-30", [990]),
        (", from: 2026-11-30 21:00", []),
    ],
)
def test_service_counts_as_lost_from_the_day_on_from_which_what_is_missing_is_needed(
    tmp_path: Path, dates: str, minutes: list[int]
) -> None:
    inventory = load(written(tmp_path, PARTED.format(dates=dates))).inventory
    assert [int(reason.values["minutes"]) for reason in wrong_target(inventory)] == minutes
