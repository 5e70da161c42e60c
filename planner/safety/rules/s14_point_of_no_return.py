"""S14 point of no return: one first irreversible step a wave, and directly before it a gate with people who decide."""

from collections.abc import Iterator
from dataclasses import replace

from planner.model.policy import Severity
from planner.plan.finding import Finding
from planner.plan.step import Step
from planner.plan.wave import Gate, Wave
from planner.safety import complaint, duty
from planner.safety.context import Context
from planner.safety.irreversible import first_irreversible
from planner.safety.rule import Outcome, Rule
from planner.safety.timetable import Almanac
from planner.safety.underway import Underway
from planner.units.span import Span

SENTENCE = (
    "A wave has at most one first irreversible step; a gate with criteria, a decider and a deputy, and 'no' as its "
    "default stands directly before it; decider and deputy are on duty and reachable without any asset that is down."
)


def check(context: Context) -> Outcome:
    """Judge every wave's point of no return, and the gates before it; other gates are the office's own affair."""
    almanac, steps = Almanac(context.inventory), Underway((step.span, step) for step in context.plan.steps())
    found: list[Finding] = []
    for wave in context.plan.waves:
        found += _point(context, wave, steps)
        final = {step.id for step in first_irreversible(context.inventory, wave)}
        for gate in (gate for gate in wave.gates if gate.before in final):
            found += _gate(context, almanac, wave, gate)
    gates = sum(len(wave.gates) for wave in context.plan.waves)
    return Outcome(tuple(found), len(context.plan.waves) + gates)


def _point(context: Context, wave: Wave, steps: Underway[Step]) -> Iterator[Finding]:
    """The wave names its first irreversible step, there is only one, and a gate stands before it."""
    first = first_irreversible(context.inventory, wave)
    if len(first) > 1:
        yield complaint.of_steps("s14.several", _subjects(first), first)
    if not first:
        if wave.point_of_no_return is not None:
            yield complaint.of_span("s14.reversible", (wave.id,), wave.window, values={"step": wave.point_of_no_return})
        return
    if wave.point_of_no_return not in {step.id for step in first}:
        values = {"step": wave.point_of_no_return or ""}
        yield complaint.of_steps("s14.not_named", _subjects(first), first, values)
    for step in first:
        gates = [gate for gate in wave.gates if gate.before == step.id]
        if not gates:
            yield complaint.of_step("s14.no_gate", step.assets, step)
        for gate in gates:
            yield from _directly_before(wave, gate, step, steps)


def _directly_before(wave: Wave, gate: Gate, step: Step, steps: Underway[Step]) -> Iterator[Finding]:
    """In the wave's window, and no other step begins or ends from the decision to the step that it is about."""
    meanwhile = Span(gate.at - 1, max(gate.at, step.start) + 1)
    others = [s for s in steps.during(meanwhile) if s.id != step.id]
    between = tuple(s for s in others if gate.at <= s.start < step.start or gate.at < s.end <= step.start)
    if not wave.window.start <= gate.at <= step.start or between:
        subjects = (gate.id, *step.assets)
        yield complaint.of_steps("s14.gate_elsewhere", subjects, (*between, step), {"gate": gate.id})


def _gate(context: Context, almanac: Almanac, wave: Wave, gate: Gate) -> Iterator[Finding]:
    span = complaint.stretch(gate.at, gate.at)
    steps = (gate.before,)
    if not any(criterion.strip() for criterion in gate.criteria):
        yield complaint.of_span("s14.no_criteria", (wave.id, gate.id), span, steps)
    if gate.default != "no":
        yield complaint.of_span("s14.default", (wave.id, gate.id), span, steps, {"default": gate.default})
    if gate.decider == gate.deputy:
        yield complaint.of_span("s14.same_person", (gate.id, gate.decider), span, steps)
    for id in dict.fromkeys((gate.decider, gate.deputy)):
        yield from _on_duty(context, almanac, gate, id, span)


def _on_duty(context: Context, almanac: Almanac, gate: Gate, id: str, span: Span) -> Iterator[Finding]:
    """A person of a team is not absent and inside the team's hours; a contact can be phoned."""
    known = duty.roster(context.inventory)
    contact = context.inventory.contacts.get(id)
    if id in known:
        team, person = known[id]
        away = any(gate.at in absent for absent in person.absent)
        off = team.hours is not None and gate.at not in almanac.hours(team.hours)
        if away or off:
            facts = (f"teams.{team.id}",)
            yield complaint.of_span("s14.off_duty", (gate.id, id), span, (gate.before,), {"person": id}, facts)
    elif contact is None:
        yield complaint.of_span("s14.unknown_person", (gate.id, id), span, (gate.before,), {"person": id})
    elif contact.phone is None:
        facts = (f"contacts.{id}.phone",)
        finding = complaint.of_span("s14.no_phone", (gate.id, id), span, (gate.before,), {"person": id}, facts)
        yield replace(finding, unknown=True, severity=Severity.WARNING)


def _subjects(steps: tuple[Step, ...]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(id for step in steps for id in step.assets))


RULE = Rule("S14", SENTENCE, check)
