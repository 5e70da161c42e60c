"""What has to be stopped first, and in which order (contract, "Stop closure")."""

from collections.abc import Iterable, Sequence
from heapq import heapify, heappop, heappush

from planner.model.need import NeedKind
from planner.scheduling.compiled import Node
from planner.scheduling.judge import Judge
from planner.scheduling.numbering import NOWHERE
from planner.scheduling.world import SystemState


def stop_closure(judge: Judge, away: Iterable[str], handed: Iterable[str] = ()) -> list[str]:
    """Every subject whose hard tree holds now and fails without ``away``, dependents first, without ``away`` itself.

    Nobody fills the roles of ``handed`` meanwhile: they are handed over.

    A leaf counts while its asset is up and reachable; whether that asset's live needs hold does not matter here, so
    that what only becomes unavailable is not stopped.
    """
    numbering = judge.ground.numbering
    first = [numbering.subject[id] for id in away]
    before, hard = HardTrees(judge, set(first)), HardTrees(judge, set(first))
    hard.gone.update(first)
    fresh = set(first)
    if roles := {numbering.subject[id] for id in handed}:
        hard.role = unfilled(judge, roles)
        fresh.update(x for x, served in enumerate(hard.role) if served != judge.role[x])
    while fresh:
        near = {d for i in fresh for d in judge.ground.dependents[i]} - hard.gone
        fresh = {d for d in near if hard.running(d) and not hard.holds(d) and before.holds(d)}
        hard.gone.update(fresh)
    stopped = sorted(hard.gone - set(first))
    return [numbering.subjects[i] for i in reversed(start_order(stopped, hard))]


def unfilled(judge: Judge, handed: set[int]) -> list[int]:
    """Who fills each role while nobody fills those that are handed over, nor those that pass through them."""
    serve = judge.world.serve

    def passes(x: int) -> bool:
        while x != NOWHERE and x not in handed and serve[x] != x:
            x = serve[x]
        return x in handed

    return [NOWHERE if passes(x) else served for x, served in enumerate(judge.role)]


class HardTrees:
    """Hard trees alone, with ``gone`` taken away. Created with nothing gone and the roles filled as they are."""

    def __init__(self, judge: Judge, away: set[int]) -> None:
        self.judge = judge
        self.role: Sequence[int] = judge.role
        self.away = away
        self.gone: set[int] = set()

    def running(self, i: int) -> bool:
        """Whether a subject could be stopped: up, or accepted."""
        judge = self.judge
        return judge.up[i] if i < judge.assets else judge.world.state[i] == SystemState.ACCEPTED

    def holds(self, i: int) -> bool:
        judge = self.judge
        if i >= judge.assets:
            return self._system_holds(i)
        host, storage, rack = judge.world.host[i], judge.ground.derived.storage[i], judge.world.rack[i]
        if host != NOWHERE and not self._present(host):
            return False
        if storage and not self._leaf(storage[0], i, i, local=not storage[1]):
            return False
        return (host != NOWHERE or rack == NOWHERE or self._powered(i, rack)) and self._needs_hold(i, i)

    def _powered(self, i: int, rack: int) -> bool:
        supply = self.judge.ground.derived.supply[rack]
        return not supply or i in supply or any(self._leaf(ups, i, i, local=True) for ups in supply)

    def _system_holds(self, i: int) -> bool:
        runs_on = self.judge.force.runs_on[i]
        if runs_on is None:
            return self._needs_hold(NOWHERE, i)
        return self._members_hold(runs_on, i)

    def _members_hold(self, node: Node, system: int) -> bool:
        good = sum(
            self._member(part, system) if isinstance(part, int) else self._members_hold(part, system)
            for part in node.parts
        )
        return good >= node.count

    def _member(self, x: int, system: int) -> bool:
        if x >= self.judge.assets:
            return self._present(x)
        p = self.role[x]
        return p != NOWHERE and self._present(p) and self._needs_hold(p, system)

    def _needs_hold(self, place: int, subject: int) -> bool:
        return all(
            self._tree(need.tree, place, subject, local=need.same_room)
            for need in self.judge.force.needs[subject]
            if need.kind is NeedKind.HARD
        )

    def _tree(self, node: Node, place: int, subject: int, *, local: bool) -> bool:
        local = local or node.in_room
        good = sum(
            self._leaf(part, place, subject, local=local)
            if isinstance(part, int)
            else self._tree(part, place, subject, local=local)
            for part in node.parts
        )
        return good >= node.count

    def _leaf(self, x: int, place: int, subject: int, *, local: bool) -> bool:
        judge = self.judge
        if x >= judge.assets:
            return self._present(x)
        p = self.role[x]
        if p == NOWHERE or not self._present(p) or (subject, x) in judge.world.stale:
            return False
        if place == NOWHERE or judge.room[place] == judge.room[p]:
            return True
        return not local and judge.path(place, p) is not None

    def _present(self, i: int) -> bool:
        return i not in self.gone and (self.running(i) or i in self.away)

    def providers(self, i: int) -> set[int]:
        """Everything that the hard trees of a subject name, in the roles of now."""
        judge = self.judge
        trees = [need.tree for need in judge.force.needs[i] if need.kind is NeedKind.HARD]
        runs_on = judge.force.runs_on[i]
        named = {x for tree in (*trees, *((runs_on,) if runs_on else ())) for x in tree.leaves()}
        named = {judge.role[x] if x < judge.assets else x for x in named}
        return named | self._carriers(i) if i < judge.assets else named

    def _carriers(self, i: int) -> set[int]:
        judge = self.judge
        host, storage, rack = judge.world.host[i], judge.ground.derived.storage[i], judge.world.rack[i]
        supply = judge.ground.derived.supply[rack] if rack != NOWHERE and host == NOWHERE else ()
        return {host, *supply, *((storage[0],) if storage else ())}


def start_order(subjects: list[int], hard: HardTrees) -> list[int]:
    """Providers first, then by number; a hard cycle stays together, in the order of the file."""
    inside = set(subjects)
    needs = {i: hard.providers(i) & inside - {i} for i in subjects}
    group = _cycles(subjects, needs)
    cycles = _members(group)
    waiting = {g: {group[p] for i in members for p in needs[i]} - {g} for g, members in cycles.items()}
    ready = [g for g, providers in waiting.items() if not providers]
    heapify(ready)
    order: list[int] = []
    while ready:
        g = heappop(ready)
        order += cycles[g]
        for other, providers in waiting.items():
            if g in providers:
                providers.discard(g)
                if not providers:
                    heappush(ready, other)
    return order


def _members(group: dict[int, int]) -> dict[int, list[int]]:
    members: dict[int, list[int]] = {}
    for i in sorted(group):
        members.setdefault(group[i], []).append(i)
    return members


def _cycles(subjects: list[int], needs: dict[int, set[int]]) -> dict[int, int]:
    """For each subject the smallest subject that it is in a cycle with, itself if it is in none."""
    reach = {i: _reached(i, needs) for i in subjects}
    return {i: min((j for j in reach[i] if i in reach[j]), default=i) if i in reach[i] else i for i in subjects}


def _reached(i: int, needs: dict[int, set[int]]) -> set[int]:
    seen: set[int] = set()
    stack = list(needs[i])
    while stack:
        node = stack.pop()
        if node not in seen:
            seen.add(node)
            stack.extend(needs[node])
    return seen
