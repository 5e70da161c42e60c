"""What the verifier says."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from planner.model.policy import Severity
from planner.units.span import Span


@dataclass(frozen=True, slots=True)
class Finding:
    """One violation.

    ``subjects`` are the assets, systems, people or places concerned, ``cause`` the chain from cause to effect, as ids,
    ``facts`` the paths in the inventory where the facts stand (``assets.hv1.needs``), ``key`` and ``values`` the
    message in the catalogue (`planner.plan.wording`). ``pre_existing``: the same rule, subjects and cause hold at
    the start. ``unknown``: a value that the rule needs is not in the inventory.
    """

    rule: str
    severity: Severity
    key: str
    subjects: tuple[str, ...]
    span: Span | None = None
    steps: tuple[str, ...] = ()
    cause: tuple[str, ...] = ()
    facts: tuple[str, ...] = ()
    values: Mapping[str, str] = field(default_factory=dict)
    pre_existing: bool = False
    unknown: bool = False
    waived: str | None = None


@dataclass(frozen=True, slots=True)
class Certificate:
    """What was checked, and what was not.

    ``events`` were replayed; ``checks`` counts (event, rule, subject) per rule.
    """

    inventory_hash: str
    events: int
    checks: Mapping[str, int]
    unchecked: tuple[str, ...]
    severities: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Verdict:
    """All findings and the certificate. ``safe``: no finding that is an error, new, and not waived."""

    findings: tuple[Finding, ...]
    certificate: Certificate

    @property
    def failures(self) -> tuple[Finding, ...]:
        return tuple(
            f
            for f in self.findings
            if f.severity is Severity.ERROR and not f.pre_existing and not f.unknown and f.waived is None
        )

    @property
    def safe(self) -> bool:
        return not self.failures
