"""The same inventory and options give the same bytes, whatever process makes the plan and however it hashes."""

import os
import subprocess
import sys
from itertools import count
from pathlib import Path

import pytest

from planner.pipeline.plan import Planned, write_plan
from planner.plan.plan import Plan
from planner.safety.verify import verify
from planner.scheduling.options import Options
from planner.scheduling.schedule import schedule
from planner.sources import load
from planner.units.progress import silent
from tests.cli.small import written
from tests.cli.test_hand_edits import TOWN
from tests.pipeline import nights

CODE = "import sys; from planner.cli import main; sys.exit(main())"
ONE_CORE = "import os; hasattr(os, 'sched_setaffinity') and os.sched_setaffinity(0, {min(os.sched_getaffinity(0))}); "


def planned(inventory: Path, out: Path, seed: str, *more: str, code: str = CODE) -> bytes:
    """The plan that a process of its own makes, with this seed for the order of sets."""
    arguments = ["plan", str(inventory), "-o", str(out), "--plan-only", "-q", *more]
    environment = {**os.environ, "PYTHONHASHSEED": seed, "TZ": "America/New_York"}
    subprocess.run([sys.executable, "-c", code, *arguments], env=environment, check=True, capture_output=True)
    return (out / "plan.json").read_bytes()


def test_a_small_plan_repeats_to_the_byte_on_any_number_of_cores(tmp_path: Path) -> None:
    inventory = written(tmp_path / "inventory", TOWN)

    one = planned(inventory, tmp_path / "one", "0")
    assert one == planned(inventory, tmp_path / "two", "4711", code=ONE_CORE + CODE)


def test_another_seed_of_the_solver_stands_in_the_plan(tmp_path: Path) -> None:
    inventory = written(tmp_path / "inventory", TOWN)

    assert b'"seed": 7' in planned(inventory, tmp_path / "out", "0", "--seed", "7")


@pytest.mark.long
def test_alternatives_repeat_to_the_byte(tmp_path: Path) -> None:
    inventory = nights.written(tmp_path / "inventory")
    outs = [tmp_path / seed for seed in ("0", "4711")]
    for out in outs:
        planned(inventory, out, out.name, "--alternatives", "9")

    names = sorted(path.relative_to(outs[0]).as_posix() for path in outs[0].rglob("*.json"))
    assert names == [
        "alternatives.json",
        "alternatives/waves-1.json",
        "documents.json",
        "plan.json",
    ]
    assert all((outs[0] / name).read_bytes() == (outs[1] / name).read_bytes() for name in names)


@pytest.mark.long
def test_the_plan_of_the_city_repeats_to_the_byte(city: Path, city_plan: Path, tmp_path: Path) -> None:
    assert planned(city, tmp_path / "again", "4711") == city_plan.read_bytes()


@pytest.mark.long
@pytest.mark.parametrize("questions", [40, 90])
def test_a_stopped_plan_of_the_city_repeats_to_the_byte_on_one_core(tmp_path: Path, city: Path, questions: int) -> None:
    inventory, calls = load(city).inventory, count()
    stopped = schedule(inventory, Options(), silent, lambda: next(calls) >= questions)
    assert isinstance(stopped, Plan)
    assert stopped.making.stopped
    first = write_plan(Planned(stopped, verify(inventory, stopped)), tmp_path)

    again = planned(city, tmp_path / "again", "4711", "--repeat", str(first), code=ONE_CORE + CODE)

    assert again == first.read_bytes()
