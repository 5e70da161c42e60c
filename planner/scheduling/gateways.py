"""Members of a segment that are up while its gateway is not, though somebody counts on them (S09)."""

from collections.abc import Callable, Iterable

from planner.model.asset import Asset
from planner.model.inventory import Inventory
from planner.model.need import AllOf, AtLeast, Leaf, Tree
from planner.model.system import System
from planner.scheduling.evaluation import Evaluation
from planner.scheduling.numbering import NOWHERE
from planner.scheduling.one_place import segment_members
from planner.scheduling.truth import Truth


class Gateways:
    """By segment with a gateway: its gateways, and its members with the systems that need them, all in numbers."""

    def __init__(self, truth: Truth) -> None:
        inventory, number = truth.inventory, truth.numbering.subject
        self._truth = truth
        self._segments = [
            (
                tuple(number[id] for id in segment.gateway),
                tuple(number[id] for id in segment_members(inventory, segment.id) if id not in segment.gateway),
            )
            for segment in inventory.segments.values()
            if segment.gateway
        ]
        self._suffering = {m: self._systems_of(m) for _, members in self._segments for m in members}

    def unserved(self, during: Evaluation, out: frozenset[str]) -> frozenset[str]:
        """Members that are up without a gateway although systems that need them are not in ``out``."""
        judge = during.judge
        return frozenset(
            judge.ground.numbering.subjects[member]
            for gateways, members in self._segments
            if not any(judge.role[g] != NOWHERE and judge.up[judge.role[g]] for g in gateways)
            for member in members
            if judge.up[member] and judge.role[member] == member and not self._suffering[member] <= out
        )

    def _systems_of(self, member: int) -> frozenset[str]:
        seen, waiting = {member}, [member]
        while waiting:
            new = set(self._truth.dependents[waiting.pop()]) - seen
            seen |= new
            waiting += new
        numbering = self._truth.numbering
        return frozenset(numbering.subjects[i] for i in seen if i in numbering.systems)


def redundant(inventory: Inventory, needed: Callable[[str], Iterable[str]]) -> frozenset[str]:
    """Everything that is one of several of which fewer are needed, and what such leans on, told by ``needed``.

    Its dependents may stay up without it.
    """
    subjects: tuple[Asset | System, ...] = (*inventory.assets.values(), *inventory.systems.values())
    trees = [need.tree for subject in subjects for need in subject.needs]
    trees += [system.runs_on for system in inventory.systems.values() if system.runs_on]
    seen = set(_spare(trees, spare=False))
    waiting = sorted(seen)
    while waiting:
        new = set(needed(waiting.pop())) - seen
        seen |= new
        waiting += sorted(new)
    return frozenset(seen)


def _spare(trees: Iterable[Tree], *, spare: bool) -> Iterable[str]:
    for tree in trees:
        match tree:
            case Leaf(id) if spare:
                yield id
            case AllOf(parts):
                yield from _spare(parts, spare=spare)
            case AtLeast(count, parts):
                yield from _spare(parts, spare=spare or count < len(parts))
