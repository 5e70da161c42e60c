"""Where turning back has to be decided, whatever the plan says (S13)."""

from collections.abc import Iterator
from dataclasses import dataclass

from planner.model.chain import StepKind
from planner.model.inventory import Inventory
from planner.plan.step import Step
from planner.plan.wave import CheckPoint, Wave
from planner.safety.irreversible import first_irreversible
from planner.safety.preparation import Use, is_preparatory
from planner.units.span import Minute

DISCONNECTS = frozenset({StepKind.UNMOUNT, StepKind.CARRY, StepKind.SWITCH_OVER, StepKind.RENUMBER, StepKind.DISPOSE})
"""Kinds after which turning back is more than switching on again."""


@dataclass(frozen=True, slots=True)
class Required:
    """A check point that a wave must have: after which step (None: before the first disconnection), and when."""

    after: Step | None
    at: Minute

    def is_met_by(self, point: CheckPoint) -> bool:
        """Whether the point is there, with a deadline: a final one has none."""
        if point.final:
            return False
        if self.after is None:
            return point.planned == self.at
        return self.after.id in point.after and point.planned == self.at


def required(inventory: Inventory, wave: Wave, use: Use) -> Iterator[Required]:
    """The first disconnection, every technical check of what was stopped or moved, and acceptances that are declared.

    ``use`` is since when new assets are in use. Only what lies before the point of no return; the final acceptance, of
    the wave or of a turn, is not among them.
    """
    binding = [step for step in wave.steps if not is_preparatory(inventory, step, use)]
    first = min((step.start for step in binding if step.kind in DISCONNECTS), default=None)
    if first is not None:
        yield Required(None, first)
    limit = no_return(inventory, wave)
    for step in binding:
        if (limit is None or step.end <= limit) and _decides(inventory, wave, step):
            yield Required(step, step.end)


def no_return(inventory: Inventory, wave: Wave) -> Minute | None:
    """The start of the wave's first irreversible step."""
    first = first_irreversible(inventory, wave)
    return first[0].start if first else None


def _decides(inventory: Inventory, wave: Wave, step: Step) -> bool:
    if step.kind is StepKind.CHECK:
        return any(id in inventory.assets for id in step.assets)
    systems = [inventory.systems[id] for id in step.assets if id in inventory.systems]
    asked = step.kind is StepKind.ACCEPT and any(system.accept_is_check_point for system in systems)
    return asked and not _is_final(wave, step)


def _is_final(wave: Wave, acceptance: Step) -> bool:
    """No acceptance of the wave ends later, or its turn ends with it: what is accepted then may last."""
    last = max(step.end for step in wave.steps if step.kind is StepKind.ACCEPT)
    ends = {turn.end for turn in wave.turns if turn.start <= acceptance.start < turn.end}
    return acceptance.end == last or acceptance.end in ends
