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
