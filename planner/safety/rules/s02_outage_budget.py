"""Computed minutes inside service hours stay within budget and longest outage, those on the clock in their limit.

Batch needs are counted here too: no more slots in a row may be missed than their ``may_miss`` allows. Minutes in which
an available system misses a soft need are reported as a remark.
"""

from collections.abc import Iterator
from dataclasses import replace

from planner.model.need import leaves
from planner.model.policy import Severity
from planner.model.system import System
from planner.plan.finding import Finding
from planner.safety.batches import Missed, missed_batches
from planner.safety.cause import first_cause
from planner.safety.context import Context
from planner.safety.replay import missing_soft
from planner.safety.rule import Outcome, Rule
from planner.safety.timetable import hours
from planner.safety.watch import at, seen
from planner.units.span import Span, Spans


def check(context: Context) -> Outcome:
    """Count each system's minutes: an outage that reaches from closed into service hours counts from the opening on.

    What was not available before the plan began is no outage of the plan; S01 and S22 report it.
    """
    systems = context.inventory.systems.values()
    found = [finding for system in systems for finding in _of_system(context, system)]
    found += [_missed(missed) for missed in missed_batches(context.inventory, context.replay)]
    found += [finding for system in systems for finding in _degraded(context, system.id)]
    return Outcome(tuple(found), sum(len(context.replay.unavailable[system.id]) + 1 for system in systems))


def _degraded(context: Context, system: str) -> Iterator[Finding]:
    """Minutes without a soft need: a remark, no violation."""
    spans = [s for s in context.replay.degraded[system] if s.start > context.replay.span.start]
    if spans:
        missing = missing_soft(context.replay.at(spans[0].start), system)
        minutes = sum(span.minutes for span in spans)
        values = {"system": system, "minutes": str(minutes), "providers": ", ".join(missing)}
        found = seen("s02.degraded", (system, *missing), cause=(*missing[:1], system), values=values)
        yield replace(at(Span(spans[0].start, spans[-1].end), found), severity=Severity.WARNING)


def _missed(missed: Missed) -> Finding:
    """Too many slots of a batch need in a row without what it needs."""
    providers = tuple(dict.fromkeys(leaves(missed.want.need.tree)))
    values = {
        "dependent": missed.id,
        "providers": ", ".join(providers),
        "missed": str(len(missed.slots)),
        "allowed": str(missed.want.need.may_miss),
        "excess": str(len(missed.slots) - missed.want.need.may_miss),
    }
    span = Span(missed.slots[0].start, missed.slots[-1].end)
    subjects = (missed.id, *providers)
    return at(
        span, seen("s02.batch", subjects, cause=(*providers, missed.id), facts=(missed.want.fact,), values=values)
    )


def _of_system(context: Context, system: System) -> Iterator[Finding]:
    computed = Spans(tuple(s for s in context.replay.unavailable[system.id] if s.start > context.replay.span.start))
    if not computed:
        return
    open_hours = hours(context.inventory, system.hours, Span(computed.parts[0].start, computed.parts[-1].end))
    inside = computed.intersection(open_hours)
    if inside.minutes > system.budget:
        span = Span(inside.parts[0].start, inside.parts[-1].end)
        yield _exceeded(context, system, "budget", span, (inside.minutes, system.budget))
    for outage in computed:
        served = open_hours.within(outage).minutes
        if system.longest is not None and served > system.longest:
            yield _exceeded(context, system, "longest", outage, (served, system.longest))
        if system.longest_elapsed is not None and outage.minutes > system.longest_elapsed:
            yield _exceeded(context, system, "longest_elapsed", outage, (outage.minutes, system.longest_elapsed))


def _exceeded(context: Context, system: System, limit: str, span: Span, minutes: tuple[int, int]) -> Finding:
    first = next(iter(context.replay.unavailable[system.id].within(span)), span)
    chain = first_cause(context.replay.at(first.start), system.id)
    values = {
        "system": system.id,
        "minutes": str(minutes[0]),
        "allowed": str(minutes[1]),
        "excess": str(minutes[0] - minutes[1]),
    }
    facts = (f"systems.{system.id}.{limit}", f"systems.{system.id}.hours", *chain.facts)
    return at(span, seen(f"s02.{limit}", (system.id,), cause=chain.ids, facts=facts, values=values))


RULE = Rule("S02", __doc__ or "", check)
