"""Findings that the office accepts in writing."""

from dataclasses import replace

from planner.model.inventory import Inventory
from planner.plan.finding import Finding


def waived(inventory: Inventory, finding: Finding) -> Finding:
    """The finding with the reason of the waiver that covers its rule and all of its subjects, if there is one."""
    for waiver in inventory.policy.waivers:
        if waiver.rule == finding.rule and waiver.assets >= set(finding.subjects):
            return replace(finding, waived=f"{waiver.reason} ({waiver.by})")
    return finding
