"""Each computed interval of unavailability lies inside one declared outage, longer by the rounding at most."""

from collections.abc import Iterator
from itertools import pairwise

from planner.plan.finding import Finding
from planner.plan.plan import Outage
from planner.safety.cause import first_cause
from planner.safety.context import Context
from planner.safety.rule import Outcome, Rule
from planner.safety.timetable import hours
from planner.safety.watch import at, seen
from planner.units.span import Span, Spans


def check(context: Context) -> Outcome:
    """Compare what is computed with what is declared, system by system."""
    declared: dict[str, list[Outage]] = {}
    for outage in sorted(context.plan.outages, key=lambda outage: outage.span):
        declared.setdefault(outage.system, []).append(outage)
    systems = context.inventory.systems
    found = [f for system in systems for f in _of_system(context, system, declared.get(system, []))]
    return Outcome(tuple(found), len(context.replay.moments) * len(context.inventory.systems))


def _of_system(context: Context, system: str, declared: list[Outage]) -> Iterator[Finding]:
    computed = context.replay.unavailable[system]
    for span in computed:
        if not any(outage.span.covers(span) for outage in declared):
            yield from _undeclared(context, system, span, Spans.of(outage.span for outage in declared))
    for outage in declared:
        yield from _too_long(context, outage, [part for part in computed if outage.span.overlaps(part)])
        yield from _misstated(context, outage, computed.within(outage.span))


def _undeclared(context: Context, system: str, span: Span, declared: Spans) -> Iterator[Finding]:
    """The parts that nobody was told of; the whole where several declared outages share it."""
    for missing in Spans((span,)).minus(declared) or (span,):
        chain = first_cause(context.replay.at(missing.start), system)
        values = {"system": system, "minutes": str(missing.minutes)}
        yield at(missing, seen("s01.undeclared", (system,), cause=chain.ids, facts=chain.facts, values=values))


def _too_long(context: Context, outage: Outage, parts: list[Span]) -> Iterator[Finding]:
    rounding = context.inventory.policy.rounding
    values = {"system": outage.system, "rounding": str(rounding)}
    if not parts:
        yield at(outage.span, seen("s01.needless", (outage.system,), values=values))
        return
    spare = {"early": parts[0].start - outage.span.start, "late": outage.span.end - parts[-1].end}
    for side, minutes in spare.items():
        if minutes > rounding:
            told = {**values, "minutes": str(minutes)}
            yield at(outage.span, seen(f"s01.too_{side}", (outage.system,), values=told))
    for one, other in pairwise(parts):
        if other.start - one.end >= rounding:
            told = {**values, "minutes": str(other.start - one.end)}
            yield at(Span(one.end, other.start), seen("s01.joined", (outage.system,), values=told))


def _misstated(context: Context, outage: Outage, computed: Spans) -> Iterator[Finding]:
    system = context.inventory.systems[outage.system]
    inside = computed.intersection(hours(context.inventory, system.hours, outage.span)).minutes
    if (outage.computed, outage.inside) != (computed.minutes, inside):
        values = {
            "system": outage.system,
            "stated": f"{outage.computed}/{outage.inside}",
            "computed": f"{computed.minutes}/{inside}",
        }
        yield at(outage.span, seen("s01.misstated", (outage.system,), values=values))


RULE = Rule("S01", __doc__ or "", check, of_state=True)
