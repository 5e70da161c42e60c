"""Where turning back has to be decided, whatever the plan says (S13)."""

from collections.abc import Iterator
from dataclasses import dataclass

from planner.model.chain import Method, StepKind
from planner.model.inventory import Inventory
from planner.plan.step import Step
from planner.plan.wave import CheckPoint, Wave
from planner.safety.irreversible import first_irreversible
from planner.safety.preparation import is_preparatory
from planner.units.span import Minute


@dataclass(frozen=True, slots=True)
class Required:
    """A check point that a wave must have: after which step (None: before the first disconnection), and when."""

    after: Step | None
    at: Minute

    def is_met_by(self, point: CheckPoint) -> bool:
        if self.after is None:
            return not point.after and point.planned <= self.at
        return self.after.id in point.after and point.planned == self.at


def required(inventory: Inventory, wave: Wave) -> Iterator[Required]:
    """The first disconnection, every technical check of what was stopped or moved, and acceptances that are declared.

    Only what lies before the point of no return; the final acceptance is not among them.
    """
    binding = [step for step in wave.steps if not is_preparatory(inventory, step)]
    if not binding:
        return
    yield Required(None, min(step.start for step in binding))
    final = final_acceptance(wave)
    limit = no_return(inventory, wave)
    for step in binding:
        if (limit is None or step.end <= limit) and step is not final and _decides(inventory, step):
            yield Required(step, step.end)


def no_return(inventory: Inventory, wave: Wave) -> Minute | None:
    """The start of the wave's first irreversible step."""
    first = first_irreversible(inventory, wave)
    return first[0].start if first else None


def final_acceptance(wave: Wave) -> Step | None:
    """The acceptance that ends last, if nothing but confirmations and preparation of others ends after it."""
    accepts = [step for step in wave.steps if step.kind is StepKind.ACCEPT]
    return max(accepts, key=lambda step: (step.end, step.id), default=None)


def _decides(inventory: Inventory, step: Step) -> bool:
    if step.kind is StepKind.CHECK:
        assets = [inventory.assets[id] for id in step.assets if id in inventory.assets]
        return any(asset.method is not Method.INSTALL for asset in assets)
    systems = [inventory.systems[id] for id in step.assets if id in inventory.systems]
    return step.kind is StepKind.ACCEPT and any(system.accept_is_check_point for system in systems)
