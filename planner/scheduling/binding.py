"""Which rules bind whom: the policy may turn a rule into a warning, and a waiver accepts what breaks it in writing."""

from collections.abc import Iterable

from planner.model.inventory import Inventory
from planner.model.policy import Severity


def binds(inventory: Inventory, rule: str, *subjects: str) -> bool:
    """Whether breaking a rule about these subjects makes every plan unsafe.

    A waiver of the rule that names one of them is enough to say no, so that yes is never said of what is accepted.
    """
    waived = any(w.rule == rule and not w.assets.isdisjoint(subjects) for w in inventory.policy.waivers)
    return is_error(inventory, rule) and not waived


def is_error(inventory: Inventory, rule: str) -> bool:
    """Whether breaking a rule makes a plan unsafe at all."""
    choice = inventory.policy.severities.get(rule)
    return choice is None or choice.severity is Severity.ERROR


def is_accepted(inventory: Inventory, rule: str, subjects: Iterable[str]) -> bool:
    """Whether a waiver of the rule covers all of the subjects of a finding."""
    named = frozenset(subjects)
    return any(waiver.rule == rule and waiver.assets >= named for waiver in inventory.policy.waivers)
