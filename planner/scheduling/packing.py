"""Serial schedule generation: actions as early as their predecessors and named people allow, longest tail first."""

from bisect import bisect_right, insort
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from heapq import heapify, heappop, heappush

from planner.model.asset import Demand
from planner.model.inventory import Inventory
from planner.scheduling.inverse import Action

Busy = list[tuple[int, int]]
"""The (begin, end) of what one person does, or one conveyance carries, in order."""


@dataclass(frozen=True, slots=True)
class Placed:
    """When an action begins (minutes after the decision) and who does it."""

    offset: int
    people: tuple[str, ...]
    witness: str | None


@dataclass(slots=True)
class Packing:
    """``available`` are the people on duty by team; a team that has too few of them sends others of its people."""

    inventory: Inventory
    available: Mapping[str, tuple[str, ...]]
    busy: dict[str, Busy] = field(init=False, default_factory=dict)
    skills: dict[str, frozenset[str]] = field(init=False)

    def __post_init__(self) -> None:
        self.skills = {person.id: person.skills for _, person in self.inventory.people()}

    def pack(self, actions: Sequence[Action], before: Sequence[set[int]]) -> list[Placed]:
        """When each action happens; ``before[i]`` are the numbers of what ends before action i. No cycles."""
        tails = _tails(actions, before)
        waiting = [len(earlier) for earlier in before]
        ready = [(-tails[i], i) for i in range(len(actions)) if not waiting[i]]
        heapify(ready)
        after = _after(before)
        placed: dict[int, Placed] = {}
        while ready:
            _, i = heappop(ready)
            start = max((placed[p].offset + actions[p].minutes for p in before[i]), default=0)
            placed[i] = self._earliest(actions[i], start)
            for following in after[i]:
                waiting[following] -= 1
                if not waiting[following]:
                    heappush(ready, (-tails[following], following))
        return [placed[i] for i in range(len(actions))]

    def _earliest(self, action: Action, ready: int) -> Placed:
        able = {person for demand in action.demands for person in self._able(demand, action)} | set(action.uses)
        for start in sorted({ready, *(end for p in able for _, end in self.busy.get(p, ()) if end > ready)}):
            people = self._crew(action, start) if self._carried(action, start) else None
            if people is not None:
                for person in (*people, *action.uses):
                    insort(self.busy.setdefault(person, []), (start, start + action.minutes))
                witness = people.pop() if action.witnessed else None
                return Placed(start, tuple(people), witness)
        return Placed(ready, (), None)  # the teams have too few people altogether: the verifier says so

    def _carried(self, action: Action, start: int) -> bool:
        """Whether every conveyance that the action uses has a place left at each instant of it."""
        end = start + action.minutes
        for id in action.uses:
            beside = [(a, b) for a, b in self.busy.get(id, ()) if a < end and start < b]
            instants = (start, *(a for a, _ in beside if a > start))
            fullest = max(sum(a <= at < b for a, b in beside) for at in instants)
            if fullest >= self.inventory.conveyances[id].at_once:
                return False
        return True

    def _crew(self, action: Action, start: int) -> list[str] | None:
        """The people of all demands, in their order; None if somebody is missing at ``start``."""
        chosen: list[list[str]] = [[] for _ in action.demands]
        taken: set[str] = set()
        for n in sorted(range(len(action.demands)), key=lambda n: (action.demands[n].skill is None, n)):
            demand = action.demands[n]
            able = [p for p in self._able(demand, action) if p not in taken and self._is_free(p, start, action.minutes)]
            if len(able) < demand.count:
                return None
            there = self.available.get(demand.team, ())
            chosen[n] = sorted(able, key=lambda p: (p not in there, len(self.skills[p]), p))[: demand.count]
            taken.update(chosen[n])
        return [person for part in chosen for person in part]

    def _able(self, demand: Demand, action: Action) -> list[str]:
        """Who of the team can: those on duty, or all where those are fewer than the action needs of the team."""
        on_duty = [p for p in self.available.get(demand.team, ()) if self._can(p, demand)]
        if len(on_duty) >= sum(other.count for other in action.demands if other.team == demand.team):
            return on_duty
        return [p.id for p in self.inventory.teams[demand.team].people if self._can(p.id, demand)]

    def _can(self, person: str, demand: Demand) -> bool:
        return demand.skill is None or demand.skill in self.skills[person]

    def _is_free(self, person: str, start: int, minutes: int) -> bool:
        busy = self.busy.get(person, [])
        n = bisect_right(busy, (start, start))
        return (n == 0 or busy[n - 1][1] <= start) and (n == len(busy) or start + minutes <= busy[n][0])


def _after(before: Sequence[set[int]]) -> list[list[int]]:
    after: list[list[int]] = [[] for _ in before]
    for i, earlier in enumerate(before):
        for p in earlier:
            after[p].append(i)
    return after


def _tails(actions: Sequence[Action], before: Sequence[set[int]]) -> list[int]:
    """The longest chain of minutes from the start of each action to the end."""
    after = _after(before)
    tails: dict[int, int] = {}
    pending = list(range(len(actions)))
    while pending:
        i = pending[-1]
        missing = [s for s in after[i] if s not in tails]
        if missing:
            pending += missing
        else:
            tails[i] = actions[i].minutes + max((tails[s] for s in after[i]), default=0)
            pending.pop()
    return [tails[i] for i in range(len(actions))]
