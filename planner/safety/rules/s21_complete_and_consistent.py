"""S21 complete and consistent: what must change does, once, in order; nothing else does; of this inventory."""

from collections.abc import Iterator

from planner.plan.finding import Finding
from planner.safety import complaint, completeness, destination, retirement, turns
from planner.safety.context import Context
from planner.safety.digest import digest_of
from planner.safety.rule import Outcome, Rule

SENTENCE = (
    "Every asset that must change does so once per declared stage (temporary positions are stages; evacuations of VMs "
    "are extra), ends where the inventory says, and nothing else moves; retired assets are off and nobody needs them, "
    "their disks stay in custody until destruction is witnessed and certified; the plan belongs to exactly this "
    "inventory."
)


def check(context: Context) -> Outcome:
    """Judge the chain, place and dates of every subject, and to which inventory the plan belongs.

    The form of the plan is judged before it is replayed (`planner.safety.wellformed`).
    """
    found = tuple(_faults(context))
    subjects = len(context.inventory.assets) + len(context.inventory.systems)
    return Outcome(found, 4 * subjects + 2 * len(context.plan.steps()) + len(context.plan.waves) + 1)


def _faults(context: Context) -> Iterator[Finding]:
    inventory, plan = context.inventory, context.plan
    steps = completeness.by_subject(plan)
    yield from _belonging(context)
    yield from completeness.chain_faults(inventory, steps)
    yield from completeness.overlap_faults(steps)
    yield from completeness.stage_faults(inventory, steps)
    yield from completeness.duration_faults(inventory, plan)
    yield from completeness.kind_faults(inventory, plan)
    yield from destination.destination_faults(inventory, plan, steps)
    yield from destination.host_faults(inventory, steps)
    yield from retirement.retirement_faults(inventory, steps)
    yield from turns.wave_faults(inventory, plan, steps)


def _belonging(context: Context) -> Iterator[Finding]:
    """The hash in the plan is that of this inventory."""
    now = digest_of(context.inventory)
    if context.plan.inventory_hash != now:
        values = {"found": context.plan.inventory_hash, "due": now}
        yield complaint.of_steps("s21.other_inventory", (context.inventory.project.id,), (), values)


RULE = Rule("S21", SENTENCE, check)
