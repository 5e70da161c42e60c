"""Retired assets are off, and nobody needs them (S21)."""

from collections.abc import Iterator, Mapping

from planner.model.asset import Asset
from planner.model.chain import Method, StepKind
from planner.model.inventory import Inventory
from planner.model.need import Tree, leaves
from planner.plan.finding import Finding
from planner.plan.step import Step
from planner.safety import complaint, sequence
from planner.units.span import Minute

ENDS = (StepKind.STOP, StepKind.DISPOSE)


def retirement_faults(inventory: Inventory, steps: Mapping[str, list[Step]]) -> Iterator[Finding]:
    """From the first step that retires an asset on, no need of anything that remains names it.

    A need that has ended, a subject that is retired or has left by then, and a role that another asset has taken over
    do not count.
    """
    for asset in inventory.assets.values():
        last = [step for step in steps.get(asset.id, []) if step.kind in ENDS][-2:]
        if asset.method is Method.RETIRE and last and not _is_replaced(inventory, asset, steps, last[0].start):
            for dependent in _dependents(inventory, asset, last[0].start):
                facts = (f"assets.{asset.id}.method", f"{_folder(inventory, dependent)}.{dependent}.needs")
                yield complaint.of_steps("s21.retired_but_needed", (asset.id, dependent), tuple(last), facts=facts)


def _is_replaced(inventory: Inventory, asset: Asset, steps: Mapping[str, list[Step]], by: Minute) -> bool:
    heirs = [a for a in inventory.assets.values() if a.replaces == asset.id]
    return any(s.end <= by for heir in heirs for s in steps.get(heir.id, []) if s.kind is _handing_over(heir))


def _handing_over(heir: Asset) -> StepKind:
    """The step at the end of which an asset serves the role of another; a switch-over without length has no step."""
    return StepKind.SWITCH_OVER if sequence.takes_time(heir, StepKind.SWITCH_OVER) else StepKind.CHECK


def _dependents(inventory: Inventory, asset: Asset, at: Minute) -> Iterator[str]:
    for other in inventory.assets.values():
        stays = other.method is not Method.RETIRE and (other.leaves is None or other.leaves > at)
        trees = [need.tree for need in other.needs if need.until is None or need.until > at]
        if stays and other.id != asset.id and _names(trees, asset.id):
            yield other.id
    for system in inventory.systems.values():
        left = system.leaves is not None and system.leaves <= at
        needs = system.cloud_needs if left else system.needs
        trees = [need.tree for need in needs if need.until is None or need.until > at]
        trees += [system.runs_on] if system.runs_on is not None and not left else []
        if _names(trees, asset.id):
            yield system.id


def _names(trees: list[Tree], id: str) -> bool:
    return any(id in leaves(tree) for tree in trees)


def _folder(inventory: Inventory, id: str) -> str:
    return "assets" if id in inventory.assets else "systems"
