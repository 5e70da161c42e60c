"""The tiny problem in whole slots, and what is true of one slot: written for the brute force alone.

A slot is an hour. Every duration, window, service hour, margin and limit of these inventories is a multiple of it, so
looking at whole hours loses nothing against the planner's grid of five minutes: take any plan, draw one number below a
slot, and round every instant down or up to the slot grid by comparing the part that it is over with that number. The
order of instants and all differences of at least n slots stay; all terms are linear between neighbouring orders, so the
mean over the number drawn is the plan's own value, and one of the rounded plans is no worse.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from typing import NamedTuple

from planner.model.chain import CHAINS, RESTART, SYSTEM_RESTART, Method, StepKind
from planner.model.inventory import Inventory
from planner.model.need import AllOf, Leaf, Need, NeedKind, Tree, leaves
from planner.model.system import System

SLOT = 60
K = StepKind
BINDING = (NeedKind.HARD, NeedKind.LIVE)
UNDER_WAY = {K.STOP: "stopping", K.CARRY: "moving", K.START: "starting", K.CHECK: "starting", K.ACCEPT: "starting"}
AFTERWARDS = {K.STOP: "down", K.CARRY: "down", K.START: "starting"}
STILL = ("down", "moving")


class Op(NamedTuple):
    """One step: its kind, its slots, how many people it keeps busy."""

    kind: StepKind
    slots: int
    people: int


class Place(NamedTuple):
    """What a subject is in one slot: its condition, its room (None on the way and for systems), what is done to it."""

    condition: str
    room: str | None
    doing: StepKind | None = None


Situation = tuple[Place, ...]
"""One place per subject, assets first, in the order of the inventory."""


@dataclass(frozen=True)
class Facts:
    """What is true in a slot: who holds, who misses what it hard-needs; how many needs cross the bridge.

    ``allowed``: nobody runs on what is gone (S03) or is tested in vain (S20); where it is not, nobody is said to hold.
    """

    holds: frozenset[str]
    fallen: frozenset[str]
    allowed: bool
    crossings: int


class Slots:
    """An inventory of the family of `tiny`, in slots from the start of the horizon."""

    def __init__(self, inventory: Inventory) -> None:
        self.inventory = inventory
        self.subjects = (*inventory.assets, *inventory.systems)
        self.number = {id: n for n, id in enumerate(self.subjects)}
        self.movers = frozenset(n for n, a in enumerate(inventory.assets.values()) if a.method is Method.CARRY)
        self.forward = [self._chain(id, CHAINS[Method.CARRY], back=False) for id in inventory.assets]
        self.again = [self._restart(id, back=False) for id in self.subjects]
        self.again_back = [self._restart(id, back=True) for id in self.subjects]
        self.capacity = sum(len(team.people) for team in inventory.teams.values())
        self.link = next(iter(inventory.links.values()), None)
        self.judge: Callable[[Situation], Facts] = cache(self._judge)

    def _restart(self, id: str, *, back: bool) -> tuple[Op, ...]:
        """What takes no time to stop cannot be stopped for something else."""
        found = self._chain(id, RESTART if id in self.inventory.assets else SYSTEM_RESTART, back=back)
        return found if found and found[0].kind is K.STOP else ()

    def _chain(self, id: str, kinds: tuple[StepKind, ...], *, back: bool) -> tuple[Op, ...]:
        return tuple(op for kind in kinds if (op := self.op(id, kind, back=back)).slots)

    def op(self, id: str, kind: StepKind, *, back: bool) -> Op:
        """The step of this kind; ``back``: with the duration of undoing."""
        subject = self.inventory.subject(id)
        work = (subject.rollback.get(kind) if back else None) or subject.works.get(kind)
        if work is None:
            return Op(kind, 0, 0)
        return Op(kind, work.duration.likely // SLOT, sum(demand.count for demand in work.crew))

    def old(self, n: int) -> str | None:
        """The room of the start."""
        asset = self.inventory.assets.get(self.subjects[n])
        return asset.at.room if asset and asset.at else None

    def new(self, n: int) -> str | None:
        """The room of the end."""
        asset = self.inventory.assets.get(self.subjects[n])
        return asset.stages[-1].position.room if asset and asset.stages else self.old(n)

    @cache  # noqa: B019
    def leans_on(self, n: int) -> frozenset[int]:
        """Everything that hard needs lead to from a subject."""
        found: set[int] = set()
        waiting = [n]
        while waiting:
            for tree in self._hard_trees(self.subjects[waiting.pop()]):
                fresh = {self.number[leaf] for leaf in leaves(tree)} - found
                found |= fresh
                waiting += fresh
        return frozenset(found)

    def _hard_trees(self, id: str) -> Iterator[Tree]:
        subject = self.inventory.subject(id)
        yield from (need.tree for need in subject.needs if need.kind is NeedKind.HARD)
        if isinstance(subject, System) and subject.runs_on is not None:
            yield subject.runs_on

    def _judge(self, situation: Situation) -> Facts:
        places = dict(zip(self.subjects, situation, strict=True))
        fallen = frozenset(id for id in self.subjects if not self._stands(id, places))
        if any(places[id].condition not in STILL for id in fallen):
            return Facts(frozenset(), fallen, allowed=False, crossings=0)
        truth = _Truth(self, places)
        tested = [id for id in self.subjects if places[id].doing in (K.CHECK, K.ACCEPT)]
        allowed = all(truth.supported(id) for id in tested)
        return Facts(frozenset(truth.good), fallen, allowed, truth.crossings())

    def _stands(self, id: str, places: dict[str, Place]) -> bool:
        """S03: by the conditions alone."""
        return all(_counted(tree, lambda leaf: places[leaf].condition == "up") for tree in self._hard_trees(id))


class _Truth:
    """Who is up and has what it needs: whoever misses something is struck out until nothing changes."""

    def __init__(self, slots: Slots, places: dict[str, Place]) -> None:
        self.inventory, self.link, self.places = slots.inventory, slots.link, places
        self.good = {id for id, place in places.items() if place.condition == "up"}
        while struck := {id for id in self.good if not self.supported(id)}:
            self.good -= struck

    def supported(self, id: str) -> bool:
        """Whether the hard and live needs of a subject hold, and what it runs on."""
        subject = self.inventory.subject(id)
        needs = [need for need in subject.needs if need.kind in BINDING]
        if not isinstance(subject, System):
            return all(self._holds(need.tree, id) for need in needs)
        assert subject.runs_on is not None
        counting = self.counting(id)
        return _counted(subject.runs_on, lambda leaf: leaf in counting)

    def counting(self, system: str) -> set[str]:
        """The members that hold and at which the needs of the system hold."""
        facts = self.inventory.systems[system]
        assert facts.runs_on is not None
        needs = [need for need in facts.needs if need.kind in BINDING]
        members = (leaf for leaf in leaves(facts.runs_on) if leaf in self.good)
        return {member for member in members if all(self._holds(need.tree, member) for need in needs)}

    def _holds(self, tree: Tree, at: str) -> bool:
        return _counted(tree, lambda leaf: leaf in self.good and any(self._reached(at, m) for m in self._members(leaf)))

    def _members(self, leaf: str) -> list[str]:
        return sorted(self.counting(leaf)) if leaf in self.inventory.systems else [leaf]

    def _reached(self, at: str, member: str) -> bool:
        here, there = self.places[at].room, self.places[member].room
        return here is not None and there is not None and (here == there or self.link is not None)

    def crossings(self) -> int:
        """How many needs cross the bridge: of assets that are up, of systems at each member that counts."""
        if self.link is None or not self.link.bridge:
            return 0
        own = [(id, need) for id in self.inventory.assets if self._up(id) for need in self._needs(id)]
        own += [
            (at, need)
            for id in self.inventory.systems
            if self._up(id)
            for at in self.counting(id)
            for need in self._needs(id)
        ]
        return sum(self._crosses(at, need.tree) for at, need in own)

    def _up(self, id: str) -> bool:
        return self.places[id].condition == "up"

    def _needs(self, id: str) -> list[Need]:
        return [need for need in self.inventory.subject(id).needs if need.kind in BINDING]

    def _crosses(self, at: str, tree: Tree) -> bool:
        """Needs of this family name one asset or one system."""
        assert isinstance(tree, Leaf)
        rooms = {self.places[member].room for member in self._members(tree.id)}
        return self._holds(tree, at) and self.places[at].room not in rooms


def _counted(tree: Tree, holds: Callable[[str], bool]) -> bool:
    if isinstance(tree, Leaf):
        return holds(tree.id)
    parts = [_counted(part, holds) for part in tree.parts]
    return all(parts) if isinstance(tree, AllOf) else sum(parts) >= tree.count
