"""Availability at one instant (contract, "Truth of a leaf", "A system is available"), asked thousands of times."""

from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass

from planner.model.inventory import Inventory
from planner.model.need import NeedKind
from planner.scheduling.closure import stop_closure
from planner.scheduling.compiled import Declared, Node, Require
from planner.scheduling.derived import Derived, evaluation_order
from planner.scheduling.evaluation import Evaluation
from planner.scheduling.judge import AVAILABILITY, Judge
from planner.scheduling.network import Network
from planner.scheduling.numbering import Numbering
from planner.scheduling.world import AssetState, SystemState, World
from planner.units.span import Minute

MEMORY = 4096
"""How many evaluations of a whole estate are remembered."""

SUBJECTS = 2_000_000
"""How many subjects all remembered evaluations have together at the most."""


@dataclass(frozen=True, slots=True)
class Force:
    """What is in force between two boundaries, by subject: valid needs, those that decide availability, runs_on."""

    needs: tuple[tuple[Require, ...], ...]
    decisive: tuple[tuple[tuple[Node, bool], ...], ...]
    runs_on: tuple[Node | None, ...]


class Truth:
    """Decides, for worlds of one inventory, what holds, what is available and what crosses rooms.

    ``memory`` is how many evaluations are remembered; then all are forgotten.
    """

    def __init__(self, inventory: Inventory, memory: int = MEMORY) -> None:
        self.inventory = inventory
        self.numbering = Numbering.of(inventory)
        self.network = Network(inventory, self.numbering)
        self.derived = Derived(inventory, self.numbering)
        self.declared = Declared.of(inventory, self.numbering)
        self.providers = self.derived.providers(self.declared)
        self.order = evaluation_order(self.providers)
        self.memory = min(memory, SUBJECTS // max(1, len(self.order)))
        self.place = [0] * len(self.order)
        for place, subject in enumerate(self.order):
            self.place[subject] = place
        self.ends = self.derived.ends
        self.dependents: list[list[int]] = [[] for _ in self.providers]
        for dependent, providers in enumerate(self.providers):
            for provider in providers:
                self.dependents[provider].append(dependent)
        self.leaning = [list(found) for found in self.dependents]
        for segment, gateways in self.derived.gateways.items():
            members = [i for i, asset in enumerate(self.network.assets) if segment in asset.segments]
            for gateway in self.derived.routing[segment] | set(gateways):
                self.leaning[gateway] += members
        self.weighty = [i for i in range(len(self.providers)) if self._is_weighty(i)]
        self.redundant = [i for i in range(len(self.providers)) if any(n.redundant for n in self.declared.nodes(i))]
        self.boundaries = self._boundaries()
        self._force: dict[int, Force] = {}
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

    def force(self, at: Minute) -> Force:
        """The needs in force at ``at``."""
        number = bisect_right(self.boundaries, at)
        if number not in self._force:
            pairs = [self.declared.at(i, at) for i in range(len(self.providers))]
            decisive = (tuple((n.tree, n.same_room) for n in needs if n.kind in AVAILABILITY) for needs, _ in pairs)
            self._force[number] = Force(tuple(p[0] for p in pairs), tuple(decisive), tuple(p[1] for p in pairs))
        return self._force[number]

    def _is_weighty(self, i: int) -> bool:
        """Whether a need of known Mbit/s, or the storage of a host, may load a link."""
        stored = i < self.numbering.assets and self.derived.storage[i] is not None
        return stored or any(need.mbps for needs in (self.declared.needs[i], self.declared.cloud[i]) for need in needs)

    def _boundaries(self) -> list[Minute]:
        """Every instant at which the truth of an unchanged world may change."""
        needs = [need for written in (*self.declared.needs, *self.declared.cloud) for need in written]
        instants = {e for need in needs for e in (need.since, need.until)} | set(self.declared.leaves)
        instants |= {e for link in self.inventory.links.values() for e in (link.since, link.until)}
        return sorted(e for e in instants if e is not None)
