"""How fast a plan is verified: the whole verdict, all rules, on one core."""

import resource
import sys
import time

from planner.plan.plan import Plan
from planner.safety.replay import Replay
from planner.safety.rules import RULES
from planner.safety.verify import verify
from tests.benchmarks.nights import campus
from tests.benchmarks.row import Measure, Row

SEED = 1


def measure(size: int) -> Measure:
    """Verify the plan of an office of so many assets; ``checks`` are pairs of a rule and a subject that changed."""
    plan = campus(size, SEED)
    changes = _changes(plan)
    begin = time.process_time()
    verdict = verify(plan.inventory, plan)
    seconds = time.process_time() - begin
    counts = {
        "steps": len(plan.steps()),
        "check_points": sum(len(wave.check_points) for wave in plan.waves),
        "events": verdict.certificate.events,
        "events_per_second": verdict.certificate.events / seconds,
        "checks": changes * len(RULES),
        "checks_per_second": changes * len(RULES) / seconds,
        "peak_mb": _peak_mb(),
        "findings": len(verdict.findings),
    }
    return Measure(size, seconds, counts)


def _changes(plan: Plan) -> int:
    """At each event the subjects that changed, or that have a provider that changed; all of them at the first."""
    replay = Replay.of(plan.inventory, plan.steps())
    everybody = len(replay.world.subjects)
    return sum(everybody if moment.felt is None else len(moment.felt) for moment in replay.moments)


def _peak_mb() -> float:
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak / 2**20 if sys.platform == "darwin" else peak / 2**10


ROW = Row("verify", measure, (100, 1_000), (100, 1_000, 10_000, 100_000))
