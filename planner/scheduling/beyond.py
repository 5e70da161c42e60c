"""What remains possible after a point of no return (S13): what people do meanwhile, and how late the rest may be."""

from collections.abc import Iterator, Mapping

from planner.model.inventory import Inventory
from planner.plan.wave import CARRY_ON
from planner.scheduling.deadline import latest_return, service_minutes
from planner.units.span import Minute, Span, Spans


def fallback(inventory: Inventory, out: Mapping[str, Spans], left: Span) -> str:
    """What the systems that are out in ``left`` do meanwhile, the most critical first; `CARRY_ON` where none is."""
    factors = inventory.policy.weights.criticality
    hit = [inventory.systems[system] for system, spans in out.items() if spans.within(left)]
    ranked = sorted(hit, key=lambda system: (-factors[system.criticality], system.id))
    named = dict.fromkeys(system.fallback for system in ranked if system.fallback)
    return " / ".join(named) or CARRY_ON


def permitted_delay(inventory: Inventory, out: Mapping[str, Spans], left: Span, end: Minute) -> int:
    """How many minutes later than planned the steps in ``left``, of which the last ends at ``end``, may be.

    = min(end of ``left`` - ``end``, over outages in ``left``: latest permitted return - planned return), at least 0.
    """
    return max(0, min([left.end - end, *_slack(inventory, out, left)]))


def _slack(inventory: Inventory, out: Mapping[str, Spans], left: Span) -> Iterator[int]:
    for system, spans in out.items():
        spent = 0
        for span in spans:
            latest = latest_return(inventory, system, span.start, spent) if span.overlaps(left) else None
            if latest is not None:
                yield latest - span.end
            spent += service_minutes(inventory, system, span)
