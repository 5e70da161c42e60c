"""Check points after the last instant at which turning back would still end in time (S13)."""

from collections.abc import Iterator

from planner.plan.plan import Plan
from planner.plan.refusal import Reason, Refusal, RefusalKind
from planner.plan.wave import Turn, Wave


def _late(plan: Plan) -> Iterator[tuple[Wave, Turn, int]]:
    """The turns with a check point after its deadline (S13), with the minutes that turning back takes."""
    for wave in plan.waves:
        for check in wave.check_points:
            if check.deadline is not None and check.planned > check.deadline:
                turn = next(t for t in wave.turns if t.start <= check.planned <= t.end)
                yield wave, turn, check.minutes or 0


def late_turns(plan: Plan) -> dict[frozenset[str], int]:
    """The rollback minutes of late turns, by the subjects of the turn."""
    found: dict[frozenset[str], int] = {}
    for _, turn, minutes in _late(plan):
        key = frozenset(turn.assets)
        found[key] = max(found.get(key, 0), minutes)
    return found


def unless_late(answer: Plan | Refusal) -> Plan | Refusal:
    """The answer; a plan that leaves no time to turn back is none."""
    late = {turn.id: (wave, turn, minutes) for wave, turn, minutes in _late(answer)} if isinstance(answer, Plan) else {}
    reasons = [
        Reason("no_time_to_turn_back", turn.assets, {"window": wave.window_id, "minutes": str(minutes)})
        for wave, turn, minutes in late.values()
    ]
    return Refusal(RefusalKind.NOT_FOUND, tuple(reasons)) if reasons else answer
