"""S23 every stop point survives: whoever stops at a gate or between waves is left with a state that may last."""

from collections.abc import Iterator
from dataclasses import replace
from functools import cached_property
from itertools import groupby, pairwise
from operator import itemgetter

from planner.model.inventory import Inventory
from planner.model.policy import Severity
from planner.plan.finding import Finding
from planner.plan.plan import Plan
from planner.safety.cause import first_cause
from planner.safety.context import Context
from planner.safety.done import Done
from planner.safety.moment import Moment
from planner.safety.replay import Replay
from planner.safety.rule import Outcome, Rule
from planner.safety.rules import (
    s04_redundancy_kept,
    s05_shared_fate,
    s06_bridge_first,
    s07_bridge_load,
    s08_tier_separation,
    s09_segments,
    s17_rooms_and_racks,
)
from planner.safety.rules.s22_start_state import Identity, identity
from planner.safety.stop_point import KnownStates, StopPoint, stop_points
from planner.safety.stopped import Stopped
from planner.safety.told import Told
from planner.safety.waiver import waived
from planner.safety.watch import at, excess, seen
from planner.units.span import Span

SENTENCE = (
    "At a gate inside a wave, stopping means rolling back (after the point of no return: carrying on), and the state "
    "after it is tested. Between waves the state is tested until the start of the next wave plus "
    "`policy.stop_point_days` (28 by default): availability, S04-S09, S17."
)

OF_STATE = tuple(
    module.RULE
    for module in (
        s04_redundancy_kept,
        s05_shared_fate,
        s06_bridge_first,
        s07_bridge_load,
        s08_tier_separation,
        s09_segments,
        s17_rooms_and_racks,
    )
)


def check(context: Context) -> Outcome:
    """Stop at every gate and between all waves, and judge the state that is left for as long as it has to last."""
    found: list[Finding] = []
    start, known = StateAtStart(context), KnownStates.by(context)
    checks = 0
    for point in stop_points(context.inventory, context.plan):
        checks += len(context.replay.world.subjects)
        if known.has(point):
            continue
        outcome = judged(context, point, start)
        checks += outcome.checks
        found += outcome.findings
    return Outcome(tuple(found), checks)


def judged(context: Context, point: StopPoint, start: "StateAtStart") -> Outcome:
    """What the state that is left at a stop point violates in its span, though it was not so before the first step."""
    stopped = _context(context, point, start.left.at(context.inventory, point))
    found = list(_unavailable(context, point, stopped, start))
    for rule in OF_STATE:
        found += (f for inner in rule.violations(stopped) for f in _of_state(context, point, inner, start))
    judged_pairs = len(stopped.replay.moments) * len(stopped.replay.world.subjects)
    stopped.replay.release()
    return Outcome(tuple(found), judged_pairs * (1 + len(OF_STATE)))


class StateAtStart:
    """The state before the first step: what is not available, and what is found, with how bad it is."""

    def __init__(self, context: Context) -> None:
        begin = context.horizon.start
        self._point = StopPoint("", Span(begin, begin + 1), begin, Done.of(()))
        self._plan = context

    @cached_property
    def left(self) -> Stopped:
        """What is left wherever the plan is stopped."""
        return Stopped(self._plan.replay)

    @cached_property
    def _context(self) -> Context:
        return _context(self._plan, self._point, self._plan.replay.start())

    def out(self, system: str) -> bool:
        return not self._context.replay.moments[0].fine(system)

    @cached_property
    def found(self) -> dict[Identity, float]:
        findings = (finding for rule in OF_STATE for finding in rule.check(self._context).findings)
        return {identity(finding): excess(finding) for finding in findings}


def _context(context: Context, point: StopPoint, replay: Replay) -> Context:
    """Nothing more is done, and nobody is told of any outage."""
    inventory = context.inventory
    plan = Plan(inventory, context.plan.inventory_hash, context.plan.making, tuple(point.steps), (), ())
    return Context(inventory, plan, replay, Told(plan, replay))


def _unavailable(context: Context, point: StopPoint, stopped: Context, start: StateAtStart) -> Iterator[Finding]:
    """Systems that are out in the state that is left, though they were not before the first step."""
    for system, out in stopped.replay.unavailable.items():
        for part in out if out and not start.out(system) else ():
            for span, chain in _reasons(stopped.replay, system, part):
                ids, facts = chain
                values = {"system": system, **_told(context.inventory, point)}
                yield at(span, seen("s23.unavailable", (system,), cause=(point.id, *ids), facts=facts, values=values))


def _reasons(replay: Replay, system: str, part: Span) -> Iterator[tuple[Span, tuple[tuple[str, ...], tuple[str, ...]]]]:
    """Why a system is out in a part of time, as maximal stretches in which the reason is the same."""
    reasons = ((_why_out(moment, system), moment.minute) for moment in replay.between(part))
    parts = [(why, max(next(row)[1], part.start)) for why, row in groupby(reasons, key=itemgetter(0))]
    for (why, begin), (_, end) in pairwise([*parts, ((), part.end)]):
        yield Span(begin, end), why


def _why_out(moment: Moment, system: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    chain = first_cause(moment, system)
    return chain.ids, chain.facts


def _of_state(context: Context, point: StopPoint, inner: Finding, start: StateAtStart) -> Iterator[Finding]:
    """A violation that was not there before the first step, that nobody has waived, and that stopping prolongs."""
    inventory = context.inventory
    remark = inner.severity is not Severity.ERROR or inner.span is None
    old = excess(inner) <= start.found.get(identity(inner), -1.0)
    if remark or old or waived(inventory, inner).waived is not None or inner.span is None:
        return
    if inner.span.end > min(point.resumes, point.span.end - 1):
        choice = inventory.policy.severities.get(inner.rule)
        severity = Severity.ERROR if choice is None else choice.severity
        values = {**inner.values, "rule": inner.rule, "inner": inner.key, **_told(inventory, point)}
        cause = (point.id, inner.rule, *inner.cause)
        said = seen("s23.state", inner.subjects, cause=cause, facts=inner.facts, values=values)
        yield at(inner.span, replace(said, severity=severity))


def _told(inventory: Inventory, point: StopPoint) -> dict[str, str]:
    return {"stop": point.id, "until": inventory.clock.iso(point.span.end)}


RULE = Rule("S23", SENTENCE, check)
