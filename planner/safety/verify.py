"""The verdict on a plan, and on an inventory before any plan."""

from collections.abc import Iterable, Iterator
from dataclasses import replace

from planner.model.inventory import Inventory
from planner.model.policy import Severity
from planner.plan.finding import Certificate, Finding, Verdict
from planner.plan.plan import Making, Plan
from planner.safety.context import Context
from planner.safety.digest import digest_of
from planner.safety.involved import Involved
from planner.safety.memory import without_collector
from planner.safety.readable import readable
from planner.safety.replay import Replay, start_of
from planner.safety.rule import Outcome, Rule
from planner.safety.rules import RULES, UNCHECKED, s22_start_state
from planner.safety.told import Told
from planner.safety.waiver import waived
from planner.safety.wellformed import form_faults
from planner.units.span import Spans


@without_collector()
def verify(inventory: Inventory, plan: Plan) -> Verdict:
    """Replay a plan and report every violation of every rule that is built.

    What of the plan cannot be read as it stands (unknown ids, steps without length) is reported and left out of the
    replay.
    """
    context = Context.of(inventory, readable(inventory, plan))
    outcomes = {rule.id: rule.check(context) for rule in RULES}
    at_start = [
        finding for outcome in _at_start(inventory, context.replay.start()).values() for finding in outcome.findings
    ]
    found = [*form_faults(inventory, plan), *(f for outcome in outcomes.values() for f in outcome.findings)]
    begin = context.horizon.start
    told = Spans.of(outage.span for outage in context.plan.outages)
    judged = _judged(inventory, s22_start_state.mark(found, at_start, begin, told))
    marked = tuple(waived(inventory, f) for f in judged)
    lasting = tuple(s22_start_state.still_there(marked, context.horizon.end))
    involved = Involved(context.replay.steps)
    checks = {id: outcome.checks for id, outcome in outcomes.items()} | {"S22": len(at_start) + len(found)}
    return Verdict(
        findings=_in_order(involved.named(f) for f in (*marked, *_judged(inventory, lasting))),
        certificate=_certificate(inventory, context.replay.events, checks),
    )


def start_state(inventory: Inventory) -> Verdict:
    """What is wrong before the first step: the rules of states, at the first instant of the horizon."""
    outcomes = _at_start(inventory, start_of(inventory))
    found = [waived(inventory, f) for outcome in outcomes.values() for f in outcome.findings]
    marked = [replace(finding, pre_existing=True) for finding in found]
    checks = {id: outcome.checks for id, outcome in outcomes.items()}
    return Verdict(_in_order(_judged(inventory, marked)), _certificate(inventory, 1, checks))


def _at_start(inventory: Inventory, replay: Replay) -> dict[str, Outcome]:
    plan = _nothing_done(inventory)
    context = Context(inventory, plan, replay, Told(plan, replay))
    return {rule.id: rule.check(context) for rule in RULES if rule.of_state}


def _nothing_done(inventory: Inventory) -> Plan:
    return Plan(inventory, digest_of(inventory), Making("planner", "none"), (), (), ())


def _judged(inventory: Inventory, findings: Iterable[Finding]) -> Iterator[Finding]:
    """Violations with the severity that the policy gives their rule; remarks stay what they are."""
    for finding in findings:
        choice = inventory.policy.severities.get(finding.rule)
        violated = choice is not None and finding.severity is Severity.ERROR
        yield replace(finding, severity=choice.severity) if choice is not None and violated else finding


def _in_order(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """By start, rule and subjects, each only once."""
    once = {
        (f.span.start if f.span else 0, f.span.end if f.span else 0, f.rule, f.key, f.subjects, f.cause): f
        for f in findings
    }
    return tuple(once[key] for key in sorted(once))


def _certificate(inventory: Inventory, events: int, checks: dict[str, int]) -> Certificate:
    return Certificate(
        inventory_hash=digest_of(inventory),
        events=events,
        checks=checks,
        unchecked=UNCHECKED,
        severities={rule.id: _severity(inventory, rule) for rule in RULES},
    )


def _severity(inventory: Inventory, rule: Rule) -> str:
    choice = inventory.policy.severities.get(rule.id)
    return str(Severity.ERROR) if choice is None else f"{choice.severity}: {choice.reason}"
