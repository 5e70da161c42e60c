"""How fast a plan is verified: the whole verdict, all rules, on one core."""

import resource
import sys
import time

from planner.safety import rules
from planner.safety.context import Context
from planner.safety.replay import Replay
from planner.safety.rules.s13_rollback_deadline import REPLAYED
from planner.safety.verify import verify
from planner.safety.witness import continued, undoing
from tests.benchmarks.nights import campus
from tests.benchmarks.row import Measure, Row

SEED = 1


def measure(size: int) -> Measure:
    """Verify the plan of an office of so many assets.

    ``checks`` are pairs of a rule and a subject that changed at an event, or that has a provider that changed. At the
    events of the plan they are taken by all rules, at those of its rollbacks, which are told apart too, by the rules
    that a rollback is judged under (S13). What is judged besides, as states that are kept for a while, is not counted.
    """
    plan = campus(size, SEED)
    begin = time.process_time()
    verdict = verify(plan.inventory, plan)
    seconds, peak = time.process_time() - begin, peak_mb()
    context = Context.of(plan.inventory, plan)
    of_plan, of_rollbacks = _changes(context.replay) * len(rules.RULES), _of_rollbacks(context) * len(REPLAYED)
    counts = {
        "steps": len(plan.steps()),
        "check_points": sum(len(wave.check_points) for wave in plan.waves),
        "events": verdict.certificate.events,
        "events_per_second": verdict.certificate.events / seconds,
        "checks": of_plan + of_rollbacks,
        "checks_of_rollbacks": of_rollbacks,
        "checks_per_second": (of_plan + of_rollbacks) / seconds,
        "peak_mb": peak,
        "findings": len(verdict.findings),
    }
    return Measure(size, seconds, counts)


def _changes(replay: Replay) -> int:
    """At each event the subjects that changed, or that have a provider that changed; all of them at the first."""
    everybody = len(replay.world.subjects)
    return sum(everybody if moment.felt is None else len(moment.felt) for moment in replay.moments)


def _of_rollbacks(context: Context) -> int:
    """The same of the rollbacks at all check points."""
    undone = undoing(context.inventory)
    points = [(wave, point) for wave in context.plan.waves for point in wave.check_points if not point.final]
    return sum(_changes(continued(context, undone, wave, point).replay) for wave, point in points)


def peak_mb() -> float:
    """The most memory that this process has held."""
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak / 2**20 if sys.platform == "darwin" else peak / 2**10


ROW = Row("verify", measure, (100, 1_000), (100, 1_000, 10_000, 100_000))
