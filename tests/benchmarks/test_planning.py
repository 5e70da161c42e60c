"""Planning where a good plan is known to be: the product, its bound and the peers beside it."""

import pytest

from planner.model.chain import StepKind
from planner.plan.plan import Plan
from planner.safety.verify import verify
from planner.scheduling.options import Options
from planner.scheduling.schedule import schedule
from tests.benchmarks.peers import Item, greedy_waves, items, least_waves, model_waves
from tests.benchmarks.planted import planted
from tests.benchmarks.planting import plant


@pytest.mark.long
def test_a_small_office_takes_no_more_waves_than_the_hidden_plan() -> None:
    hidden = planted(60, 0)

    plan = schedule(hidden.inventory, Options(effort=0.01))

    assert isinstance(plan, Plan)
    assert len(plan.waves) <= len(hidden.waves) == 3
    assert verify(plan.inventory, plan).findings == ()


def test_the_bound_is_below_the_hidden_plan_and_the_greedy_not_below_the_bound() -> None:
    for size in (60, 120, 250, 1_000):
        planting = plant(size, 0)
        rows = items(planting)

        assert 0 < least_waves(rows, planting.crews) <= len(planting.waves)
        assert greedy_waves(rows, planting.crews) >= least_waves(rows, planting.crews)


def test_the_peers_find_the_only_way_to_use_two_windows() -> None:
    rows = [Item(300, 310, 1), Item(300, 310, 1), Item(400, 410, 1), Item(400, 410, 1)]

    assert greedy_waves(rows, 1) == 3
    assert model_waves(rows, 1, 4, 5.0) == 2
    assert least_waves(rows, 1) == 2


def test_the_peers_are_told_of_every_box() -> None:
    planting = plant(120, 0)
    carried = {id for step in planted(120, 0).steps() if step.kind is StepKind.CARRY for id in step.assets}
    storages = [id for id in carried if id.endswith("san")]

    assert sum(row.crews for row in items(planting)) == len(carried) - len(storages)
