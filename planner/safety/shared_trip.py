"""Members of one redundancy on one transport trip (S05)."""

from collections.abc import Iterator

from planner.model.chain import StepKind
from planner.model.need import AllOf, AtLeast, Leaf, Tree, leaves
from planner.plan.finding import Finding
from planner.plan.step import Step
from planner.safety import complaint
from planner.safety.context import Context
from planner.safety.moment import Moment
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
        trip = _Trip(context.replay.at(step.start), step)
        for id in sorted({user for asset in trip.aboard for user in world.users.get(asset, ())}):
            yield from _of_dependent(world, id, trip)


class _Trip:
    """What is on a trip: what is carried, with the VMs and blades inside it."""

    def __init__(self, moment: Moment, step: Step) -> None:
        self.step = step
        self._moment = moment
        self.inside = {id: frozenset(_inside(moment, id)) for id in step.assets}
        self.aboard = frozenset().union(*self.inside.values())

    def lost(self, tree: Tree, aboard: frozenset[str]) -> bool:
        """Whether a tree fails for good if these are lost."""
        match tree:
            case Leaf(id):
                return self._moment.serves(id) in aboard
            case AllOf(parts):
                return any(self.lost(part, aboard) for part in parts)
            case AtLeast(count, parts):
                return sum(not self.lost(part, aboard) for part in parts) < count

    def members(self, choice: AtLeast) -> tuple[str, ...]:
        """The members of a choice that are aboard, if it is lost with the trip and with none of them alone."""
        if not self.lost(choice, self.aboard) or any(self.lost(choice, alone) for alone in self.inside.values()):
            return ()
        return tuple(id for id in dict.fromkeys(leaves(choice)) if self._moment.serves(id) in self.aboard)


def _inside(moment: Moment, id: str) -> Iterator[str]:
    yield id
    for held in moment.held(id):
        yield from _inside(moment, held)


def _of_dependent(world: World, id: str, trip: _Trip) -> Iterator[Finding]:
    for fact, choice in _choices(world, id):
        members = trip.members(choice)
        if members:
            values = {"members": ", ".join(members), "dependents": id}
            yield complaint.of_step("s05.trip", members, trip.step, values, (fact,))


def _choices(world: World, id: str) -> Iterator[tuple[str, AtLeast]]:
    system = world.inventory.systems.get(id)
    declared = [(w.fact, w.need.tree) for w in world.declared[id] if w.need.kind in BINDING]
    if system is not None and system.runs_on is not None:
        declared.append((f"systems.{id}.runs_on", system.runs_on))
    for fact, tree in declared:
        yield from ((fact, choice) for choice in trees(tree) if choice.count < len(choice.parts))
