"""What the benchmark measures is what it says; nothing here is timed."""

import json
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from planner.safety.verify import verify
from tests.benchmarks.campus import cells
from tests.benchmarks.nights import campus
from tests.benchmarks.row import Measure, Watch, exponents

RUN = Path(__file__).parent / "run.py"


@pytest.mark.parametrize("size", [60, 200])
def test_a_generated_plan_keeps_every_rule(size: int) -> None:
    plan = campus(size, 0)

    verdict = verify(plan.inventory, plan)

    assert len(plan.inventory.assets) == size
    assert verdict.findings == ()
    assert verdict.certificate.unchecked == ()


def test_a_generated_plan_that_is_edited_does_not_keep_every_rule() -> None:
    plan = campus(60, 0)
    wave = plan.waves[0]
    left_out = wave.steps[:3] + wave.steps[4:]

    edited = replace(plan, waves=(replace(wave, steps=left_out),))

    assert not verify(plan.inventory, edited).safe


def test_a_size_and_a_seed_make_one_plan() -> None:
    assert campus(150, 3) == campus(150, 3)
    assert campus(150, 3) != campus(150, 4)


def test_an_office_is_large_enough_for_one_cell() -> None:
    with pytest.raises(ValueError, match="an office has more than 49 assets: 40"):
        cells(40, 0)


def test_the_exponent_is_1_where_seconds_grow_with_the_size() -> None:
    measures = [Measure(100, 0.5), Measure(1_000, 5.0), Measure(2_000, 20.0)]

    assert exponents(measures) == pytest.approx([1.0, 2.0])


def test_the_benchmark_writes_what_it_measured(tmp_path: Path) -> None:
    told = tmp_path / "figures.json"

    done = subprocess.run(
        [sys.executable, str(RUN), "--quick", "--only", "verify", "--sizes", "60", "--json", str(told)],
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=True,
    )

    (measure,) = json.loads(told.read_text(encoding="utf-8"))["verify"]["measures"]
    assert measure["size"] == 60
    assert measure["counts"]["findings"] == 0
    assert measure["counts"]["checks_per_second"] > 0
    assert "verify      60:" in done.stdout


@pytest.mark.long
def test_the_quick_benchmark_finds_every_plan_safe() -> None:
    done = subprocess.run(
        [sys.executable, str(RUN), "--quick"], check=False, capture_output=True, text=True, encoding="utf-8"
    )

    assert done.returncode == 0, done.stdout
    assert "exponent" in done.stdout


def test_a_peer_that_is_stopped_by_the_wall_gets_as_many_seconds_of_it_as_the_core_was_shared() -> None:
    now = Watch()

    assert Watch(now.core - 2, now.wall - 6).crowding() == pytest.approx(3, rel=0.05)
    assert Watch(now.core - 2, now.wall - 1).crowding() == 1
