"""What every judgement of one inventory rests on: its arrays, who depends on whom, and which needs are in force."""

from bisect import bisect_right
from dataclasses import dataclass

from planner.model.inventory import Inventory
from planner.model.need import NeedKind
from planner.scheduling.compiled import Declared, Node, Require
from planner.scheduling.derived import Derived, evaluation_order
from planner.scheduling.network import Network
from planner.scheduling.numbering import Numbering
from planner.units.span import Minute

AVAILABILITY = frozenset({NeedKind.HARD, NeedKind.LIVE})
"""The kinds of needs that decide availability."""


@dataclass(frozen=True, slots=True)
class Force:
    """What is in force between two boundaries, by subject: valid needs, those that decide availability, runs_on."""

    needs: tuple[tuple[Require, ...], ...]
    decisive: tuple[tuple[tuple[Node, bool], ...], ...]
    runs_on: tuple[Node | None, ...]


class Ground:
    """The numbered inventory; ``boundaries`` are the instants at which the truth of an unchanged world may change."""

    def __init__(self, inventory: Inventory) -> None:
        self.inventory = inventory
        self.numbering = Numbering.of(inventory)
        self.network = Network(inventory, self.numbering)
        self.derived = Derived(inventory, self.numbering)
        self.declared = Declared.of(inventory, self.numbering)
        self.providers = self.derived.providers(self.declared)
        self.order = evaluation_order(self.providers)
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
