"""The same inventory and options give the same bytes, whatever process makes the plan and however it hashes."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.cli.small import written
from tests.cli.test_hand_edits import TOWN

CODE = "import sys; from planner.cli import main; sys.exit(main())"


def planned(inventory: Path, out: Path, seed: str, *more: str) -> bytes:
    """The plan that a process of its own makes, with this seed for the order of sets."""
    arguments = ["plan", str(inventory), "-o", str(out), "--plan-only", "-q", *more]
    environment = {**os.environ, "PYTHONHASHSEED": seed, "TZ": "America/New_York"}
    subprocess.run([sys.executable, "-c", CODE, *arguments], env=environment, check=True, capture_output=True)
    return (out / "plan.json").read_bytes()


def test_a_small_plan_repeats_to_the_byte(tmp_path: Path) -> None:
    inventory = written(tmp_path / "inventory", TOWN)

    assert planned(inventory, tmp_path / "one", "0") == planned(inventory, tmp_path / "two", "4711")


def test_another_seed_of_the_solver_stands_in_the_plan(tmp_path: Path) -> None:
    inventory = written(tmp_path / "inventory", TOWN)

    assert b'"seed": 7' in planned(inventory, tmp_path / "out", "0", "--seed", "7")


@pytest.mark.long
def test_the_plan_of_the_city_repeats_to_the_byte(city: Path, city_plan: Path, tmp_path: Path) -> None:
    assert planned(city, tmp_path / "again", "4711") == city_plan.read_bytes()
