"""How many waves a plan takes, against the hidden plan, a bound and two peers in the same run."""

import time

from planner.plan.plan import Plan
from planner.safety.verify import verify
from planner.scheduling.schedule import schedule
from tests.benchmarks.peers import greedy_waves, items, least_waves, model_waves
from tests.benchmarks.planted import planted
from tests.benchmarks.planting import plant
from tests.benchmarks.row import Measure, Row
from tests.benchmarks.verifying import peak_mb

SEED = 0
SECONDS = {60: 10.0, 1_000: 60.0, 10_000: 300.0}
"""How long planning may take, by size; the peer that counts by the clock gets the same."""
GOAL = {60: 1.0, 1_000: 1.1, 10_000: 1.2}
"""Waves for each wave of the hidden plan, by size."""


def measure(size: int) -> Measure:
    """Plan a planted estate; 0 waves are no plan. ``k`` is how many the hidden plan has."""
    hidden, planting = planted(size, SEED), plant(size, SEED)
    limit = next((seconds for least, seconds in SECONDS.items() if size <= least), max(SECONDS.values()))
    begin = time.process_time()
    answer = schedule(hidden.inventory)
    seconds, peak = time.process_time() - begin, peak_mb()
    rows = items(planting)
    waves = len(answer.waves) if isinstance(answer, Plan) else 0
    bound = least_waves(rows, planting.crews)
    model = model_waves(rows, planting.crews, 2 * len(hidden.waves) + 1, limit)
    counts = {
        "k": len(hidden.waves),
        "bound": bound,
        "waves": waves,
        "waves_per_k": waves / len(hidden.waves),
        "waves_per_bound": waves / bound,
        "greedy": greedy_waves(rows, planting.crews),
        "one_model": model or 0,
        "limit": limit,
        "peak_mb": peak,
        "findings": len(verify(answer.inventory, answer).findings) if isinstance(answer, Plan) else 0,
    }
    return Measure(size, seconds, counts)


ROW = Row("planted", measure, (60,), tuple(SECONDS))
