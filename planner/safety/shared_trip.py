"""Members of one redundancy on one transport trip (S05)."""

from collections.abc import Iterator

from planner.model.chain import StepKind
from planner.model.need import AllOf, AtLeast, Leaf, Tree
from planner.plan.finding import Finding
from planner.plan.step import Step
from planner.safety import complaint
from planner.safety.context import Context
from planner.safety.redundancy import trees
from planner.safety.world import BINDING, World


def findings(context: Context) -> Iterator[Finding]:
    """Trips that last longer than the stated time and whose loss leaves a need too few members for good."""
    limit = context.inventory.policy.shared_fate_after
    long = [
        s for s in context.replay.steps if s.kind is StepKind.CARRY and s.end - s.start > limit and len(s.assets) > 1
    ]
    world = context.replay.world
    for step in long:
        for id in sorted({user for asset in step.assets for user in world.users.get(asset, ())}):
            yield from _of_dependent(world, id, step)


def _of_dependent(world: World, id: str, step: Step) -> Iterator[Finding]:
    for fact, tree in _choices(world, id):
        aboard = tuple(part.id for part in tree.parts if isinstance(part, Leaf) and part.id in step.assets)
        left = sum(not _lost(part, step.assets) for part in tree.parts)
        if len(aboard) > 1 and left < tree.count:
            values = {"members": ", ".join(aboard), "dependents": id}
            yield complaint.of_step("s05.trip", aboard, step, values, (fact,))


def _choices(world: World, id: str) -> Iterator[tuple[str, AtLeast]]:
    system = world.inventory.systems.get(id)
    declared = [(w.fact, w.need.tree) for w in world.declared[id] if w.need.kind in BINDING]
    if system is not None and system.runs_on is not None:
        declared.append((f"systems.{id}.runs_on", system.runs_on))
    for fact, tree in declared:
        yield from ((fact, choice) for choice in trees(tree) if choice.count < len(choice.parts))


def _lost(tree: Tree, aboard: tuple[str, ...]) -> bool:
    match tree:
        case Leaf(id):
            return id in aboard
        case AllOf(parts):
            return any(_lost(part, aboard) for part in parts)
        case AtLeast(count, parts):
            return sum(not _lost(part, aboard) for part in parts) < count
