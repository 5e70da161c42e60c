"""Which subjects cannot do their work when some are off, found as the largest set that holds itself up."""

from collections.abc import Callable, Iterable, Iterator, Mapping

from planner.dependencies.reach import Reach
from planner.dependencies.requirement import Origin, Requirement, requirements
from planner.dependencies.scene import Scene
from planner.dependencies.touched import Touched
from planner.model.need import AllOf, AtLeast, Leaf, NeedKind, Tree, leaves

LeafTruth = Callable[[str], bool]
"""Whether the leaf with this id holds."""

HARD = frozenset({NeedKind.HARD})
WORKING = frozenset({NeedKind.HARD, NeedKind.LIVE})


def holds(tree: Tree, leaf: LeafTruth, near: LeafTruth | None = None) -> bool:
    """Whether a tree holds, given whether its leaves do, and whether they do in the dependent's own room (``near``)."""
    match tree:
        case Leaf(id):
            return leaf(id)
        case AllOf(parts):
            return all(holds(part, leaf, near) for part in parts)
        case AtLeast(count, parts):
            judge = near if tree.in_room and near else leaf
            return sum(holds(part, judge, near) for part in parts) >= count


class Truth:
    """The requirements of a scene, and what falls when subjects are taken away."""

    def __init__(self, scene: Scene) -> None:
        self.scene = scene
        self.requirements = requirements(scene)
        self._of: dict[str, list[Requirement]] = {}
        for requirement in self.requirements:
            self._of.setdefault(requirement.dependent, []).append(requirement)
        inventory = scene.inventory
        self._rank = {id: number for number, id in enumerate((*inventory.assets, *inventory.systems))}
        self._touched = Touched(scene, self.requirements)
        self.absent = frozenset(id for id in inventory.assets if scene.room(id) is None)
        self._fallen_anyway: dict[bool, Mapping[str, str]] = {}

    def of(self, subject: str) -> tuple[Requirement, ...]:
        """What one subject requires."""
        return tuple(self._of.get(subject, ()))

    def stopped(self, off: Iterable[str]) -> Mapping[str, str]:
        """What has to be stopped cleanly first: each subject whose hard trees fail, with the leaf that is to blame."""
        return self._fall(off, HARD, is_reach_judged=False)

    def unavailable(self, off: Iterable[str]) -> Mapping[str, str]:
        """What does not do its work: hard and live trees, reachability included, with the leaf that is to blame."""
        return self._fall(off, WORKING, is_reach_judged=True)

    def _fall(self, off: Iterable[str], kinds: frozenset[NeedKind], *, is_reach_judged: bool) -> Mapping[str, str]:
        """What falls with ``off``, beside what has fallen anyway (that is found once)."""
        if is_reach_judged not in self._fallen_anyway:
            absent = dict.fromkeys(sorted(self.absent), "")
            every = frozenset(self._rank)
            self._fallen_anyway[is_reach_judged] = self._spread(absent, every, kinds, is_reach_judged=is_reach_judged)
        first = dict.fromkeys(off, "")
        fallen = {**first, **{s: b for s, b in self._fallen_anyway[is_reach_judged].items() if s not in first}}
        return self._spread(fallen, self._touched.by(first), kinds, is_reach_judged=is_reach_judged)

    def _spread(
        self, fallen: dict[str, str], touched: frozenset[str], kinds: frozenset[NeedKind], *, is_reach_judged: bool
    ) -> dict[str, str]:
        """Round by round, each on what had fallen before it, so that the blame is found on a shortest way."""
        while touched:
            judge = Round(self, frozenset(fallen), is_reach_judged=is_reach_judged)
            asked = sorted(touched - fallen.keys(), key=self._rank.__getitem__)
            found = {s: judge.blame(s, kinds) for s in asked if not judge.stands(s, kinds)}
            fallen.update(found)
            touched = self._touched.by(found)
        return fallen


class Round:
    """One look at every tree, with what has fallen so far."""

    def __init__(self, truth: Truth, fallen: frozenset[str], *, is_reach_judged: bool = True) -> None:
        self._truth = truth
        self._fallen = fallen
        self._is_reach_judged = is_reach_judged
        self._reach = Reach(truth.scene, self._is_down)
        self._members: dict[str, tuple[str, ...]] = {}

    def stands(self, subject: str, kinds: frozenset[NeedKind]) -> bool:
        """Whether all trees of these kinds hold; those of a system at enough of its members."""
        if subject not in self._truth.scene.inventory.systems:
            return all(self._holds(r, subject) for r in self._truth.of(subject) if r.kind in kinds)
        return self._system_stands(subject, kinds)

    def failing(self, subject: str, kinds: frozenset[NeedKind]) -> Iterator[Requirement]:
        """The requirements of these kinds that do not hold; those of a system at none of its members."""
        for requirement in self._truth.of(subject):
            places = self.members(subject) or (None,)
            if requirement.kind in kinds and not any(self._holds(requirement, place) for place in places):
                yield requirement

    def blame(self, subject: str, kinds: frozenset[NeedKind]) -> str:
        """The first leaf of a failing tree that has fallen, or what broke the way to it; empty if neither is known."""
        named = [id for requirement in self.failing(subject, kinds) for id in leaves(requirement.tree)]
        fallen = (id for id in named if self._is_down(id))
        on_the_way = (end for _, end in self._reach.dead_ends())
        gateways = (id for id in self._gateways(subject) if self._is_down(id))
        return next((id for ids in (fallen, on_the_way, gateways) for id in ids), "")

    def members(self, subject: str) -> tuple[str, ...]:
        """The assets at which a subject's needs are evaluated: itself, or a system's members that have not fallen."""
        inventory = self._truth.scene.inventory
        if subject in inventory.assets:
            return (subject,)
        if subject not in self._members:
            self._members[subject] = ()  # a system that runs on itself has no members of its own
            tree = inventory.systems[subject].runs_on
            ids = () if tree is None else tuple(leaves(tree))
            found = (member for id in ids if not self._is_down(id) for member in self.members(id))
            self._members[subject] = tuple(dict.fromkeys(found))
        return self._members[subject]

    def _system_stands(self, system: str, kinds: frozenset[NeedKind]) -> bool:
        every = self._truth.of(system)
        needs = [r for r in every if r.kind in kinds and r.origin is not Origin.RUNS_ON]
        tree = next((r.tree for r in every if r.origin is Origin.RUNS_ON), None)
        if tree is None:
            return all(self._holds(need, None) for need in needs)

        def counts(member: str) -> bool:
            places = self.members(member)
            return not self._is_down(member) and any(all(self._holds(need, p) for need in needs) for p in places)

        return holds(tree, counts)

    def _holds(self, requirement: Requirement, place: str | None) -> bool:
        def far(id: str) -> bool:
            return self._is_served(place, id)

        def near(id: str) -> bool:
            return self._is_served_here(place, id)

        return holds(requirement.tree, near if requirement.same_room else far, near)

    def _is_served_here(self, place: str | None, id: str) -> bool:
        """Whether the leaf works and stands in the room of ``place``."""
        if self._is_down(id) or not self._is_reach_judged or place is None:
            return not self._is_down(id)
        here = self._truth.scene.room(place)
        return any(self._truth.scene.room(member) == here for member in self.members(id))

    def _is_served(self, place: str | None, id: str) -> bool:
        """Whether the leaf works and is reached from ``place``; None is no place."""
        if self._is_down(id) or not self._is_reach_judged or place is None:
            return not self._is_down(id)
        members = self.members(id)
        served = (self._truth.scene.server_of(member) for member in members)
        return not members or any(self._reach.reaches(place, member) for member in served)

    def _is_down(self, id: str) -> bool:
        return self._truth.scene.server_of(id) in self._fallen

    def _gateways(self, subject: str) -> Iterator[str]:
        inventory = self._truth.scene.inventory
        for member in self.members(subject):
            for segment in inventory.assets[member].segments:
                yield from inventory.segments[segment].gateway
