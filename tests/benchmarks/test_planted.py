"""The estates with a hidden plan: the plan is there, and as full as it is said to be."""

from datetime import timedelta

import pytest

from planner.calendar import windows
from planner.model.asset import AssetKind
from planner.model.chain import StepKind
from planner.safety.verify import verify
from tests.benchmarks.campus import CLOCK, FIRST
from tests.benchmarks.planted import planted


def test_the_hidden_plan_keeps_every_rule() -> None:
    plan = planted(101, 0)

    verdict = verify(plan.inventory, plan)

    assert len(plan.inventory.assets) == 101
    assert verdict.findings == ()
    assert verdict.certificate.unchecked == ()


@pytest.mark.long
@pytest.mark.parametrize("seed", range(20))
@pytest.mark.parametrize("size", [60, 300])
def test_every_hidden_plan_keeps_every_rule(size: int, seed: int) -> None:
    plan = planted(size, seed)

    assert verify(plan.inventory, plan).findings == ()


@pytest.mark.parametrize("size", [60, 110, 400])
def test_each_wave_is_filled_and_there_are_twice_as_many_windows(size: int) -> None:
    plan = planted(size, 1)
    filled = [sum(turn.end - turn.start for turn in wave.turns) / wave.window.minutes for wave in plan.waves]

    assert all(0.85 <= part <= 0.95 for part in filled), filled
    assert len(windows(plan.inventory)) >= 2 * len(plan.waves)


def test_a_service_may_be_out_for_a_tenth_more_than_the_hidden_plan_and_its_turning_back_take() -> None:
    plan = planted(60, 0)
    wave, own = plan.waves[0], "d0-app0"
    (outage,) = (outage for outage in plan.outages if outage.system == own)
    (turn,) = (turn for wave in plan.waves for turn in wave.turns if "d0-s0" in turn.assets)
    points = [p for w in plan.waves for p in w.check_points if turn.start <= p.planned <= turn.end]
    needed = max(p.planned + (p.minutes or 0) + 30 for p in points) - outage.span.start

    assert wave.id == "N0"
    assert plan.inventory.systems[own].budget == pytest.approx(1.1 * needed, abs=1)
    assert plan.inventory.systems[own].budget < 2 * needed


def test_a_planted_estate_has_what_an_office_has() -> None:
    office = planted(300, 0).inventory
    kinds = {asset.kind for asset in office.assets.values()}

    assert kinds >= {AssetKind.STORAGE, AssetKind.HYPERVISOR, AssetKind.VM, AssetKind.LINE, AssetKind.FIREWALL}
    assert len(office.racks) == 4 * len(office.clusters)
    assert [link.id for link in office.links.values() if link.bridge] == ["bridge"]
    assert all(system.budget > 0 for system in office.systems.values())


def test_the_storage_is_backed_up_on_the_day_on_which_it_moves() -> None:
    plan = planted(60, 0)
    saved = {step.assets[0]: step.start for step in plan.preparation if step.kind is StepKind.BACK_UP}
    moved = {id: step.start for step in plan.steps() if step.kind is StepKind.CARRY for id in step.assets}

    assert list(saved) == ["d0-san"]
    assert saved["d0-san"] == CLOCK.minute(FIRST + timedelta(days=0), 14 * 60)
    assert 0 < moved["d0-san"] - saved["d0-san"] < 24 * 60


def test_a_size_and_a_seed_make_one_hidden_plan() -> None:
    assert planted(60, 3) == planted(60, 3)
    assert planted(60, 3) != planted(60, 4)


def test_an_office_with_a_hidden_plan_has_at_least_one_department() -> None:
    with pytest.raises(ValueError, match="an office has at least 50 assets: 49"):
        planted(49, 0)
