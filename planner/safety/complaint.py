"""A finding about one step, as most rules have it."""

from collections.abc import Mapping
from dataclasses import replace

from planner.model.policy import Severity
from planner.plan.finding import Finding
from planner.plan.step import Step
from planner.units.span import Minute, Span


def of_step(
    key: str,
    subjects: tuple[str, ...],
    step: Step,
    values: Mapping[str, str] | None = None,
    facts: tuple[str, ...] = (),
) -> Finding:
    """The finding ``key`` (such as ``s15.absent``, whose first part names the rule) over the whole of the step."""
    return of_steps(key, subjects, (step,), values, facts)


def of_steps(
    key: str,
    subjects: tuple[str, ...],
    steps: tuple[Step, ...],
    values: Mapping[str, str] | None = None,
    facts: tuple[str, ...] = (),
) -> Finding:
    """The same from the first start to the last end of several steps; no interval if they have no length."""
    times = [t for step in steps for t in (step.start, step.end)]
    ids = tuple(step.id for step in steps)
    return of_span(key, subjects, stretch(min(times), max(times)) if times else None, ids, values, facts)


def of_span(
    key: str,
    subjects: tuple[str, ...],
    span: Span | None,
    steps: tuple[str, ...] = (),
    values: Mapping[str, str] | None = None,
    facts: tuple[str, ...] = (),
) -> Finding:
    """The same over any interval."""
    rule = key.partition(".")[0].upper()
    return Finding(rule, Severity.ERROR, key, subjects, span, steps, subjects, facts, values or {})


def stretch(start: Minute, end: Minute) -> Span:
    """From ``start`` to ``end``, and at least one minute: an instant is shown as the minute that it begins."""
    return Span(start, max(end, start + 1))


def unknown(finding: Finding) -> Finding:
    """The finding as one about a value that the inventory does not tell."""
    return replace(finding, unknown=True)
