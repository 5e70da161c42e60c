"""How the new end of a line is laid, tested and taken into use (S18)."""

from collections.abc import Iterator, Sequence
from datetime import timedelta

from planner.model.asset import Asset
from planner.model.chain import Method, StepKind
from planner.plan.finding import Finding
from planner.plan.step import Step
from planner.safety import complaint
from planner.safety.condition import Condition
from planner.safety.context import Context
from planner.safety.moment import Moment
from planner.safety.sequence import takes_time
from planner.safety.timetable import Almanac

K = StepKind
BY_CARRIER = (K.LAY, K.TEST)


def laying_faults(context: Context, almanac: Almanac, line: Asset) -> Iterator[Finding]:
    """Appointments and lead time of what the carrier does, and how the line is switched over."""
    own = context.replay.of_subject.get(line.id, ())
    visits = [step for step in own if step.kind in BY_CARRIER]
    switches = [step for step in own if step.kind is K.SWITCH_OVER]
    if visits:
        yield from _appointments(almanac, line, visits)
        yield from _lead_time(context, almanac, line, visits)
    if line.method is Method.RELAY and own and not switches:
        facts = (f"assets.{line.id}.works.switch_over",)
        yield complaint.of_steps("s18.no_switch_over", (line.id,), tuple(own), facts=facts)
    for switch in switches[:1]:
        if line.dual_lay:
            yield from _laid_before(line, visits, switch)
            yield from _open_ends(context, line, switch)


def _appointments(almanac: Almanac, line: Asset, visits: Sequence[Step]) -> Iterator[Finding]:
    """Each visit lies in one appointment."""
    facts = (f"assets.{line.id}.appointments",)
    if line.appointments is None:
        found = complaint.of_steps("s18.appointments_unknown", (line.id,), tuple(visits), facts=facts)
        yield complaint.unknown(found)
        return
    hours = almanac.hours(line.appointments)
    for step in visits:
        if not any(span.covers(step.span) for span in hours):
            values = {"hours": line.appointments}
            yield complaint.of_step("s18.no_appointment", (line.id,), step, values, facts)


def _lead_time(context: Context, almanac: Almanac, line: Asset, visits: Sequence[Step]) -> Iterator[Finding]:
    """``day of the application (as_of without one) + lead_days <= start of the first visit``."""
    facts, first = (f"assets.{line.id}.lead_days",), min(visits, key=lambda step: step.start)
    if line.lead_days is None:
        yield complaint.unknown(complaint.of_step("s18.lead_time_unknown", (line.id,), first, facts=facts))
        return
    filed = line.application.filed if line.application is not None else None
    clock = context.inventory.clock
    earliest = almanac.notice_over(line.lead_days)
    if filed is not None:
        earliest = clock.minute(clock.day(filed) + timedelta(days=line.lead_days))
    if first.start < earliest:
        values = {"days": str(line.lead_days), "earliest": context.when(earliest)}
        yield complaint.of_step("s18.lead_time", (line.id,), first, values, facts)


def _laid_before(line: Asset, visits: Sequence[Step], switch: Step) -> Iterator[Finding]:
    """The new end is laid and tested before the switch-over begins."""
    done = {step.kind for step in visits if step.end <= switch.start}
    for kind in BY_CARRIER:
        if takes_time(line, kind) and kind not in done:
            facts = (f"assets.{line.id}.dual_lay",)
            yield complaint.of_step("s18.not_ready", (line.id,), switch, {"kind": kind.value}, facts)


def _open_ends(context: Context, line: Asset, switch: Step) -> Iterator[Finding]:
    """The new end is up throughout the switch-over, the old one until it begins."""
    goal = switch.to.get(line.id) or (line.stages[0].position if line.stages else None)
    facts = (f"assets.{line.id}.ends", f"assets.{line.id}.dual_lay")
    if goal is not None:
        ends = line.ends.get(goal.room, ())
        if not all(_any_up(moment, ends, goal.room) for moment in context.replay.between(switch.span)):
            values = {"ends": ", ".join(ends), "room": goal.room}
            yield complaint.of_step("s18.new_end_down", (line.id, *ends), switch, values, facts)
    before = context.replay.at(switch.start - 1)
    if not before.up(line.id):
        ends = line.ends.get(before.room(line.id) or "", ())
        values = {"ends": ", ".join(ends) or line.id}
        yield complaint.of_step("s18.closed_first", (line.id, *ends), switch, values, facts)


def _any_up(moment: Moment, ends: Sequence[str], room: str) -> bool:
    return not ends or any(moment.condition[end] is Condition.UP and moment.room(end) == room for end in ends)
