"""Whether the steps of a rollback follow from what was done before, none left out (S13)."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from types import MappingProxyType

from planner.model.chain import StepKind
from planner.model.inventory import Inventory
from planner.plan.finding import Finding
from planner.plan.step import Step
from planner.safety import complaint
from planner.safety.replay import Replay
from planner.safety.sequence import BESIDE, takes_time
from planner.units.span import Minute

K = StepKind
AFTER: Mapping[StepKind, tuple[StepKind, ...]] = MappingProxyType(
    {
        K.CARRY: (K.UNMOUNT,),
        K.MOUNT: (K.CARRY, K.UNMOUNT),
        K.WARM_UP: (K.MOUNT, K.CARRY),
        K.START: (K.MOUNT, K.WARM_UP, K.STOP),
        K.CHECK: (K.START, K.RENUMBER),
        K.ACCEPT: (K.START,),
        K.STOP: (K.START, K.CHECK, K.ACCEPT, K.RENUMBER, K.SWITCH_OVER, K.MIGRATE),
    }
)
"""What a step may directly follow; a step that was broken off may also be done again."""


def progression_faults(
    inventory: Inventory, done: Mapping[str, Iterable[Step]], at: Minute, witness: Sequence[Step]
) -> Iterator[Finding]:
    """Each step of the witness follows one that may come before it, unless that work takes no time.

    ``done`` are the plan's steps of each subject in order of time; those that have begun at ``at`` count.
    """
    last: dict[str, StepKind] = {}
    for id in dict.fromkeys(id for step in witness for id in step.assets):
        for step in done.get(id, ()):
            if step.kind not in BESIDE and step.start < min(step.end, at):
                last[id] = step.kind
    for step in sorted(witness, key=lambda step: (step.start, step.id)):
        for id in step.assets:
            missing = _missing(inventory, step, id, last.get(id))
            if missing is not None:
                yield complaint.of_step("s13.step_left_out", (id,), step, {"kind": missing.value})
        _note(last, step)


def carriage_faults(inventory: Inventory, replay: Replay, witness: Iterable[Step]) -> Iterator[Finding]:
    """What is mounted stands in the room of its rack already: nothing gets there without being carried."""
    for step in witness:
        for id, goal in step.to.items() if step.kind is K.MOUNT else ():
            here = replay.place_before(id, step.start)
            apart = here is None or here.room != goal.room
            if id in inventory.assets and apart and takes_time(inventory.assets[id], K.CARRY):
                yield complaint.of_step("s13.step_left_out", (id,), step, {"kind": K.CARRY.value})


def _note(last: dict[str, StepKind], step: Step) -> None:
    if step.kind not in BESIDE:
        last.update(dict.fromkeys(step.assets, step.kind))


def _missing(inventory: Inventory, step: Step, id: str, before: StepKind | None) -> StepKind | None:
    known = id in inventory.assets or id in inventory.systems
    if not known or before is None or step.kind not in AFTER or before in (step.kind, *AFTER[step.kind]):
        return None
    first = AFTER[step.kind][0]
    return first if takes_time(inventory.subject(id), first) else None
