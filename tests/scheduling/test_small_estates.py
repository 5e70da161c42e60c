"""Random small inventories are planned safely, or refused with reasons; most of them are planned."""

from collections import Counter
from collections.abc import Iterable
from pathlib import Path

import pytest

from planner.model.inventory import Inventory
from planner.plan.refusal import Refusal
from planner.plan.wording import word
from planner.safety.verify import verify
from planner.scheduling.options import Options
from planner.scheduling.schedule import schedule
from planner.sources import load
from tests.scheduling.small_estates import small_estate

EFFORT = 0.1
PLANNED = 0.55
"""The least share that is planned; of the others most are impossible: services all day that may not be out."""
PLANNED_OF_FEW = 0.4
"""The same of twenty, among which the impossible ones may be many."""


def loaded(folder: Path, seed: int) -> Inventory:
    (folder / "inventory.yaml").write_text(small_estate(seed), encoding="utf-8")
    return load(folder).inventory


def outcome(inventory: Inventory) -> tuple[str, list[str]]:
    """What became of one inventory, and what speaks against it."""
    answer = schedule(inventory, Options(EFFORT, 0))
    if isinstance(answer, Refusal):
        named = inventory.assets.keys() | inventory.systems.keys()
        unnamed = [reason.key for reason in answer.reasons if not set(reason.subjects) <= named]
        return "refused", unnamed if answer.reasons else ["without a reason"]
    return "planned", [word(finding, "en") for finding in verify(inventory, answer).failures]


def judge(folder: Path, seeds: Iterable[int]) -> tuple[Counter[str], dict[int, list[str]]]:
    found: Counter[str] = Counter()
    wrong: dict[int, list[str]] = {}
    for seed in seeds:
        what, faults = outcome(loaded(folder, seed))
        found[what] += 1
        wrong |= {seed: faults} if faults else {}
    return found, wrong


@pytest.mark.parametrize("first", range(0, 20, 20))
def test_small_inventories_are_planned_safely_or_refused_with_reasons(tmp_path: Path, first: int) -> None:
    found, wrong = judge(tmp_path, range(first, first + 20))
    assert wrong == {}
    assert found["planned"] >= PLANNED_OF_FEW * 20, found


@pytest.mark.long
def test_2000_small_inventories_are_planned_safely_or_refused_with_reasons(tmp_path: Path) -> None:
    found, wrong = judge(tmp_path, range(10_000, 12_000))
    assert wrong == {}
    assert found["planned"] >= PLANNED * 2000, found
