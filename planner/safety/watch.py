"""Joins what a rule sees at consecutive moments into one finding."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from planner.model.policy import Severity
from planner.plan.finding import Finding
from planner.units.span import Span


@dataclass(slots=True)
class Watch:
    """Findings without span go in with the span in which they hold; equal ones that touch become one.

    Two are equal when rule, key, subjects and cause are; values, facts and steps are those of the first, or of the
    worse one (`excess`) if they differ.
    """

    _open: dict[object, Finding] = field(default_factory=dict)
    _closed: list[Finding] = field(default_factory=list)

    def see(self, span: Span, finding: Finding) -> None:
        """Report a finding in a span; spans come in the order of time."""
        identity = (finding.rule, finding.key, finding.subjects, finding.cause)
        before = self._open.get(identity)
        if before is not None and before.span is not None and before.span.end >= span.start:
            worse = finding if excess(finding) > excess(before) else before
            self._open[identity] = replace(worse, span=Span(before.span.start, max(span.end, before.span.end)))
            return
        if before is not None:
            self._closed.append(before)
        self._open[identity] = replace(finding, span=span)

    def findings(self) -> tuple[Finding, ...]:
        """Everything that was reported, by start."""
        return tuple(sorted((*self._closed, *self._open.values()), key=_order))


def excess(finding: Finding) -> float:
    """How bad a finding is, where its rule says so; the greater the worse."""
    return float(finding.values.get("excess", "0"))


def _order(finding: Finding) -> tuple[int, str, tuple[str, ...], tuple[str, ...]]:
    return (finding.span.start if finding.span else 0, finding.key, finding.subjects, finding.cause)


def seen(
    key: str,
    subjects: tuple[str, ...],
    *,
    cause: tuple[str, ...] = (),
    facts: tuple[str, ...] = (),
    values: Mapping[str, str] | None = None,
    unknown: bool = False,
) -> Finding:
    """A finding without span; the first part of the key (``s04.too_few``) names the rule."""
    rule = key.partition(".")[0].upper()
    return Finding(rule, Severity.ERROR, key, subjects, None, (), cause, facts, values or {}, unknown=unknown)


def at(span: Span, finding: Finding) -> Finding:
    """The finding in a span."""
    return replace(finding, span=span)
