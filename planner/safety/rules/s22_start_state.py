"""What is wrong before the first step is reported apart; a plan fails by it if it gets worse or stays without a waiver.

A finding with the same rule, subjects and cause at the start is pre-existing, as long as it lasts: what had gone and
comes back, a step has made worse. The rule is applied to the findings of the other rules, so it has no replay of its
own.
"""

from collections.abc import Iterable, Iterator
from dataclasses import replace

from planner.model.policy import Severity
from planner.plan.finding import Finding
from planner.safety.watch import at, excess, seen
from planner.units.span import Minute, Span, Spans

Identity = tuple[str, str, tuple[str, ...], tuple[str, ...]]


def identity(finding: Finding) -> Identity:
    """By what a finding is recognised: rule and message, subjects and cause."""
    return (finding.rule, finding.key, finding.subjects, finding.cause)


def mark(findings: Iterable[Finding], at_start: Iterable[Finding], begin: Minute, told: Spans) -> tuple[Finding, ...]:
    """Mark as pre-existing what is found at the start too, is not worse now, and has lasted since ``begin``.

    ``told`` is when any outage is declared: what it excuses or hides for a while has lasted all the same.
    """
    before = {identity(finding): excess(finding) for finding in at_start}
    found = tuple(findings)
    known = [n for n, f in enumerate(found) if excess(f) <= before.get(identity(f), -1.0)]
    lasting: dict[Identity, Minute] = {}
    old = set[int]()
    for n in sorted(known, key=lambda n: _start(found[n], begin)):
        finding, until = found[n], lasting.get(identity(found[n]), begin)
        start = _start(finding, begin)
        if start <= until or told.covers(Span(until, start)):
            old.add(n)
            lasting[identity(finding)] = max(until, finding.span.end if finding.span else begin)
    return tuple(replace(f, pre_existing=True) if n in old else f for n, f in enumerate(found))


def _start(finding: Finding, begin: Minute) -> Minute:
    return finding.span.start if finding.span else begin


def still_there(findings: Iterable[Finding], end: Minute) -> Iterator[Finding]:
    """A failure of the plan for each pre-existing error that lasts to the end of the horizon and is not waived."""
    for finding in findings:
        fails = finding.severity is Severity.ERROR and not finding.unknown and finding.waived is None
        counts = fails and finding.pre_existing
        if counts and finding.span is not None and finding.span.end >= end:
            values = {"rule": finding.rule}
            cause = (finding.rule, *finding.cause)
            found = seen("s22.still_there", finding.subjects, cause=cause, facts=finding.facts, values=values)
            yield at(finding.span, found)
