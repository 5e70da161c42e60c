"""Which rules bind whom: the policy may turn a rule into a warning, and a waiver accepts what breaks it in writing."""

from planner.model.inventory import Inventory
from planner.model.policy import Severity


def binds(inventory: Inventory, rule: str, *subjects: str) -> bool:
    """Whether breaking a rule about these subjects makes every plan unsafe.

    A waiver of the rule that names one of them is enough to say no, so that yes is never said of what is accepted.
    """
    choice = inventory.policy.severities.get(rule)
    lenient = choice is not None and choice.severity is not Severity.ERROR
    waived = any(w.rule == rule and not w.assets.isdisjoint(subjects) for w in inventory.policy.waivers)
    return not lenient and not waived
