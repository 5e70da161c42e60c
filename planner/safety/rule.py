"""What a rule is: an id, the sentence of the specification, and a check of a replayed plan."""

from collections.abc import Callable
from dataclasses import dataclass

from planner.plan.finding import Finding
from planner.safety.context import Context


@dataclass(frozen=True, slots=True)
class Outcome:
    """What one rule says of one plan: its findings, and how many (event, subject) pairs it decided."""

    findings: tuple[Finding, ...]
    checks: int


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule of the specification.

    ``sentence`` is its text. ``check`` reports every violation as an error; severities, waivers and what existed
    before are applied afterwards. ``of_state``: the rule judges single instants, so it is evaluated at the start too.
    """

    id: str
    sentence: str
    check: Callable[[Context], Outcome]
    of_state: bool = False
