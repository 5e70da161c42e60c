"""Random small inventories in which roles are taken over are planned safely, or refused with reasons."""

from pathlib import Path

import pytest

from planner.plan.refusal import Refusal
from planner.plan.wording import word
from planner.safety.verify import verify
from planner.scheduling.options import Options
from planner.scheduling.schedule import schedule
from planner.sources import load
from tests.scheduling.role_estates import role_estate


def judged(folder: Path, seed: int) -> list[str] | None:
    """What the verifier has against the plan of an inventory; None for a refusal."""
    (folder / "inventory.yaml").write_text(role_estate(seed), encoding="utf-8")
    inventory = load(folder).inventory
    answer = schedule(inventory, Options(0.1, 0))
    if isinstance(answer, Refusal):
        assert answer.reasons
        return None
    return [word(finding, "en") for finding in verify(inventory, answer).failures]


@pytest.mark.parametrize("seed", [27, 44, 53, 56])
def test_an_inventory_with_roles_that_are_taken_over_is_planned_safely(tmp_path: Path, seed: int) -> None:
    assert judged(tmp_path, seed) == []


@pytest.mark.long
def test_300_inventories_with_roles_are_planned_safely_or_refused_with_reasons(tmp_path: Path) -> None:
    found = {seed: judged(tmp_path, seed) for seed in range(300)}
    assert {seed: faults for seed, faults in found.items() if faults} == {}
    assert sum(faults == [] for faults in found.values()) >= 120
