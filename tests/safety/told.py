"""What a rule finds in a plan, as small as the tests of its small print need it."""

from planner.model.inventory import Inventory
from planner.plan.finding import Finding
from planner.plan.plan import Plan
from planner.safety.context import Context
from planner.safety.rule import Rule
from tests.safety.estates import plan, steps


def told(rule: Rule, of: Plan, key: str = "") -> list[Finding]:
    """The findings of a rule, or those of one key."""
    found = rule.check(Context.of(of.inventory, of)).findings
    return [f for f in found if not key or f.key == key]


def keys(rule: Rule, inventory: Inventory, *lines: str) -> list[str]:
    """What a rule finds in a plan of these steps."""
    return [f.key for f in told(rule, plan(inventory, steps(*lines)))]
