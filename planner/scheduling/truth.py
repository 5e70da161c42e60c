"""Availability at one instant (contract, "Truth of a leaf", "A system is available"), asked thousands of times."""

from bisect import bisect_right
from collections.abc import Iterable

from planner.model.inventory import Inventory
from planner.model.need import NeedKind
from planner.scheduling.closure import stop_closure
from planner.scheduling.evaluation import Evaluation
from planner.scheduling.ground import AVAILABILITY, Ground
from planner.scheduling.judge import Judge
from planner.scheduling.world import AssetState, SystemState, World
from planner.units.span import Minute

MEMORY = 4096
"""How many evaluations of a whole estate are remembered."""

SUBJECTS = 2_000_000
"""How many subjects all remembered evaluations have together at the most."""


class Truth(Ground):
    """Decides, for worlds of one inventory, what holds, what is available and what crosses rooms.

    ``memory`` is how many evaluations are remembered; then all are forgotten.
    """

    def __init__(self, inventory: Inventory, memory: int = MEMORY) -> None:
        super().__init__(inventory)
        self.memory = min(memory, SUBJECTS // max(1, len(self.order)))
        self._known: dict[tuple[object, ...], Evaluation] = {}
        self._last: Evaluation | None = None

    def start(self) -> World:
        """The estate before the first step."""
        return World.start(self.inventory, self.numbering)

    def evaluate(self, world: World, at: Minute) -> Evaluation:
        """The truth of ``world`` at the instant ``at``; later changes of ``world`` do not touch the answer."""
        key = (world.key(), bisect_right(self.boundaries, at))
        if key not in self._known:
            if len(self._known) >= self.memory:
                self._known.clear()
            base = self._last
            self._last = Evaluation(Judge(self, world.copy(), at, base.judge if base else None), base)
            self._known[key] = self._last
        return self._known[key]

    def ready(
        self,
        world: World,
        subject: str,
        at: Minute,
        kinds: frozenset[NeedKind] = AVAILABILITY,
        assuming: Iterable[str] = (),
    ) -> bool:
        """Whether the subject's own needs of these kinds hold, whatever its own state (S20: checks and acceptances).

        ``assuming`` are subjects taken as up and accepted, such as the other members of a cycle that starts as one.
        """
        for id in assuming:
            world = world.copy()
            state = AssetState.UP if id in self.inventory.assets else SystemState.ACCEPTED
            world.set_state(id, state)
        return self.evaluate(world, at).ready(subject, kinds)

    def stop_closure(self, world: World, away: Iterable[str], at: Minute, handed: Iterable[str] = ()) -> list[str]:
        """Every asset and system whose hard tree fails when ``away`` is taken away, in stop order: dependents first.

        The start order is the reverse. ``away`` itself is not in the answer. Nobody fills the roles of ``handed``.
        """
        return stop_closure(self.evaluate(world, at).judge, away, handed)
