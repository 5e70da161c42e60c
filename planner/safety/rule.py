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
    ``is_silent`` tells cheaply of a replay that branches off, where it can, that the rule is broken nowhere in it.
    """

    id: str
    sentence: str
    check: Callable[[Context], Outcome]
    of_state: bool = False
    is_silent: Callable[[Context], bool] | None = None

    def violations(self, context: Context) -> tuple[Finding, ...]:
        """The findings of `check` that are more than a value that is not known."""
        if self.is_silent is not None and self.is_silent(context):
            return ()
        return tuple(finding for finding in self.check(context).findings if not finding.unknown)
