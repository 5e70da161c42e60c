"""Retired assets are off, and nobody needs them (S21)."""

from collections import defaultdict
from collections.abc import Iterator, Mapping

from planner.model.asset import Asset
from planner.model.chain import Method, StepKind
from planner.model.inventory import Inventory
from planner.model.need import Tree, leaves
from planner.model.system import System
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
    named = _Named(inventory)
    for asset in inventory.assets.values():
        last = [step for step in steps.get(asset.id, []) if step.kind in ENDS][-2:]
        if asset.method is Method.RETIRE and last and not _is_replaced(named.heirs[asset.id], steps, last[0].start):
            for dependent in _dependents(inventory, named, asset, last[0].start):
                facts = (f"assets.{asset.id}.method", f"{_folder(inventory, dependent)}.{dependent}.needs")
                yield complaint.of_steps("s21.retired_but_needed", (asset.id, dependent), tuple(last), facts=facts)


class _Named:
    """Who names an asset: what replaces it, and the subjects that have it in a need or run on it."""

    def __init__(self, inventory: Inventory) -> None:
        self.heirs: dict[str, list[Asset]] = defaultdict(list)
        self.subjects: dict[str, list[str]] = defaultdict(list)
        for asset in inventory.assets.values():
            if asset.replaces is not None:
                self.heirs[asset.replaces].append(asset)
            self._note(asset.id, [need.tree for need in asset.needs])
        for system in inventory.systems.values():
            trees = [need.tree for need in (*system.needs, *system.cloud_needs)]
            self._note(system.id, [*trees, *([system.runs_on] if system.runs_on is not None else [])])

    def _note(self, id: str, trees: list[Tree]) -> None:
        for leaf in {leaf for tree in trees for leaf in leaves(tree)}:
            self.subjects[leaf].append(id)


def _is_replaced(heirs: list[Asset], steps: Mapping[str, list[Step]], by: Minute) -> bool:
    return any(s.end <= by for heir in heirs for s in steps.get(heir.id, []) if s.kind is _handing_over(heir))


def _handing_over(heir: Asset) -> StepKind:
    """The step at the end of which an asset serves the role of another; a switch-over without length has no step."""
    return StepKind.SWITCH_OVER if sequence.takes_time(heir, StepKind.SWITCH_OVER) else StepKind.CHECK


def _dependents(inventory: Inventory, named: _Named, asset: Asset, at: Minute) -> Iterator[str]:
    for id in named.subjects[asset.id]:
        other = inventory.subject(id)
        if isinstance(other, System):
            left = other.leaves is not None and other.leaves <= at
            needs = other.cloud_needs if left else other.needs
            trees = [other.runs_on] if other.runs_on is not None and not left else []
        else:
            remains = other.method is not Method.RETIRE and (other.leaves is None or other.leaves > at)
            needs, trees = other.needs if remains and id != asset.id else (), []
        if _names([*(need.tree for need in needs if need.until is None or need.until > at), *trees], asset.id):
            yield id


def _names(trees: list[Tree], id: str) -> bool:
    return any(id in leaves(tree) for tree in trees)


def _folder(inventory: Inventory, id: str) -> str:
    return "assets" if id in inventory.assets else "systems"
